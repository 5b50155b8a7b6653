//! What the facts say about each step: a projection, made by the same fold as everywhere.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::SqliteExecutor;
use waymark_core::{
    event::{Event, Evidence},
    id::{EventId, JourneyId, StepId},
    journey::History,
};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, from_json, parse, to_json},
};

const WHAT: &str = "states of steps";

/// What the facts say about a step. Conditions, prerequisites and parts come on top of it
/// (`waymark_core::journey::resolve`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepStatus {
    /// Nothing that stands.
    Open,
    /// It was done, and the completion stands.
    Done {
        /// The completion that counts.
        completion: EventId,
        /// When.
        at: Timestamp,
        /// What supports it.
        evidence: Evidence,
    },
    /// It does not apply to this person.
    Waived {
        /// The waiver that stands.
        waiver: EventId,
        /// Since when.
        at: Timestamp,
    },
    /// The person cannot go on.
    Blocked {
        /// The block that stands.
        block: EventId,
        /// Since when.
        at: Timestamp,
    },
}

impl StepStatus {
    /// The state of `step` in `history`: done before waived before blocked.
    pub fn of(history: &History, step: &StepId) -> Self {
        if let Some(completion) = history.completion(step) {
            Self::Done { completion: completion.event, at: completion.at, evidence: completion.evidence }
        } else if let Some(waiver) = history.waiver(step) {
            Self::Waived { waiver: waiver.event, at: waiver.at }
        } else if let Some(block) = history.block(step) {
            Self::Blocked { block: block.event, at: block.at }
        } else {
            Self::Open
        }
    }

    /// The states of all steps that `events` speak about.
    pub fn of_all(history: &History, events: &[Event]) -> BTreeMap<StepId, Self> {
        let steps: BTreeSet<&StepId> = events.iter().filter_map(|event| event.fact.step()).collect();
        steps.into_iter().map(|step| (step.clone(), Self::of(history, step))).collect()
    }
}

/// Reads of the states of steps.
#[derive(Debug)]
pub struct StepStatuses<'db>(&'db Db);

impl Db {
    /// What the facts say about each step.
    pub fn step_statuses(&self) -> StepStatuses<'_> {
        StepStatuses(self)
    }
}

impl StepStatuses<'_> {
    /// The states of all steps of a journey that have facts; the others are open.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn for_journey(&self, journey: JourneyId) -> Result<BTreeMap<StepId, StepStatus>, ReadError> {
        for_journey(self.0.reader(), journey).await
    }
}

type Row = (String, String, Option<String>, Option<String>, Option<String>);

async fn for_journey(
    executor: impl SqliteExecutor<'_>,
    journey: JourneyId,
) -> Result<BTreeMap<StepId, StepStatus>, ReadError> {
    let rows: Vec<Row> = sqlx::query_as("SELECT step, status, at, event, evidence FROM step_status WHERE journey = ?")
        .bind(journey.to_string())
        .fetch_all(executor)
        .await
        .reading(WHAT)?;
    rows.into_iter().map(from_row).collect()
}

fn from_row((step, status, at, event, evidence): Row) -> Result<(StepId, StepStatus), ReadError> {
    let (at, event) = (at.unwrap_or_default(), event.unwrap_or_default());
    let status = match status.as_str() {
        "done" => StepStatus::Done {
            completion: parse(WHAT, &event)?,
            at: parse(WHAT, &at)?,
            evidence: from_json(WHAT, &evidence.unwrap_or_default())?,
        },
        "waived" => StepStatus::Waived { waiver: parse(WHAT, &event)?, at: parse(WHAT, &at)? },
        "blocked" => StepStatus::Blocked { block: parse(WHAT, &event)?, at: parse(WHAT, &at)? },
        // The table's CHECK leaves only `open`.
        _ => StepStatus::Open,
    };
    Ok((StepId::new(step), status))
}

/// Writes the states that changed. Only [`Tx::record`] and [`Tx::rebuild_projections`] call this.
pub(crate) async fn project(
    tx: &mut Tx,
    journey: JourneyId,
    statuses: BTreeMap<StepId, StepStatus>,
) -> Result<(), WriteError> {
    let before = for_journey(tx.connection(), journey).await?;
    for (step, status) in statuses {
        if before.get(&step) == Some(&status) {
            continue;
        }
        let (name, at, event, evidence) = match status {
            StepStatus::Open => ("open", None, None, None),
            StepStatus::Done { completion, at, evidence } => {
                ("done", Some(at), Some(completion), Some(to_json(WHAT, &evidence)?))
            }
            StepStatus::Waived { waiver, at } => ("waived", Some(at), Some(waiver), None),
            StepStatus::Blocked { block, at } => ("blocked", Some(at), Some(block), None),
        };
        let upsert = sqlx::query(
            "INSERT INTO step_status (journey, step, status, at, event, evidence) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (journey, step) DO UPDATE SET
                 status = excluded.status, at = excluded.at, event = excluded.event, evidence = excluded.evidence",
        )
        .bind(journey.to_string())
        .bind(step.as_str().to_owned())
        .bind(name)
        .bind(at.map(|at| at.to_string()))
        .bind(event.map(|event| event.to_string()))
        .bind(evidence);
        tx.run(WHAT, upsert).await?;
    }
    Ok(())
}
