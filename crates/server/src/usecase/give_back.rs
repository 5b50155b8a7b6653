//! Facts of the server itself that a backup lacked, brought back by whom they concern.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use waymark_api::http::{
    MAX_BATCH,
    envelope::CloudEvent,
    feed::{GiveBack, GivenBack},
    problem::ProblemKind,
};
use waymark_core::{
    event::Event,
    id::{EventId, JourneyId},
};

use super::{
    ingest::{self, sha256},
    project::{self, KnownTemplate, Run, assignment},
    sinks,
};
use crate::{
    auth::Caller,
    error::ApiError,
    state::State,
    store::{
        About as _, StoreError, Tx,
        audit::{self, Act},
        event::{self, ACCEPTED, NewEvent},
        hire::{self, Hire},
    },
};

/// Takes receipts back: a fact that is there is left alone, one that is missing gets its effect once more. A
/// receipt of somebody else, and a fact that has no place here, is passed over.
///
/// # Errors
/// [`ProblemKind::BadRequest`] for more than [`MAX_BATCH`], or where the database cannot work; then nothing was
/// taken back.
pub(crate) async fn give_back(state: &State, caller: &Caller, wish: GiveBack) -> Result<GivenBack, ApiError> {
    if wish.receipts.len() > MAX_BATCH {
        return Err(ApiError::new(ProblemKind::BadRequest, format!("At most {MAX_BATCH} receipts at once.")));
    }
    let sent = wish.receipts.len();
    let returned: Vec<Returned> =
        wish.receipts.iter().filter_map(|receipt| Returned::open(state, caller, receipt)).collect();
    let mut tx = state.store().begin().await?;
    let hire = hire::lock(&mut tx, caller.person).await?.ok_or_else(ingest::not_your_device)?;
    let ids: Vec<EventId> = returned.iter().map(|fact| fact.event.id).collect();
    let known: HashSet<EventId> = event::by_id(&mut tx, &ids).await?.into_iter().map(|stored| stored.id).collect();
    let (there, mut missing): (Vec<_>, Vec<_>) = returned.into_iter().partition(|fact| known.contains(&fact.event.id));
    // In the order in which the server recorded them: an assignment comes before what stands on it.
    missing.sort_by_key(|fact| (fact.epoch, fact.sequence));
    missing.dedup_by_key(|fact| fact.event.id);
    let mut recovery = Recovery::load(&mut tx, state, hire, &missing).await?;
    missing.into_iter().for_each(|fact| recovery.take(fact));
    let taken = recovery.rows.len();
    if taken > 0 {
        recovery.store(&mut tx, caller, state.now()).await?;
        tx.commit().await.about("facts that come back")?;
        state.facts().folds.keep(recovery.runs.into_values());
        state.facts().wakes.wake(caller.person);
        tracing::info!(taken, "facts that a backup lacked are back");
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(GivenBack {
        server_epoch: state.identity().epoch,
        taken: count(taken),
        known: count(there.len()),
        passed_over: count(sent - there.len() - taken),
    })
}

/// A fact out of its receipt.
struct Returned {
    event: Event,
    envelope: CloudEvent,
    epoch: i64,
    sequence: i64,
    body: String,
}

impl Returned {
    fn open(state: &State, caller: &Caller, receipt: &str) -> Option<Self> {
        let body = state.receipts().open(caller.person, receipt)?;
        let envelope: CloudEvent = serde_json::from_str(&body).ok()?;
        let event = envelope.event().ok()?;
        let (epoch, sequence) = (envelope.wmepoch.parse().ok()?, envelope.number()? as i64);
        Some(Self { event, envelope, epoch, sequence, body })
    }

    /// Who did it, as [`NewEvent::actor`] has it.
    fn actor(&self) -> &str {
        let authid = &self.envelope.authid;
        authid.strip_prefix("p:").or_else(|| authid.strip_prefix("s:")).unwrap_or(authid)
    }
}

struct Recovery {
    hire: Hire,
    runs: HashMap<JourneyId, Run>,
    openable: HashMap<String, std::sync::Arc<KnownTemplate>>,
    rows: Vec<NewEvent>,
}

impl Recovery {
    async fn load(tx: &mut Tx, state: &State, hire: Hire, missing: &[Returned]) -> Result<Self, StoreError> {
        let journeys: HashSet<JourneyId> = missing.iter().map(|fact| fact.event.fact.journey()).collect();
        let runs = project::load(tx, state.facts(), &journeys.into_iter().collect::<Vec<_>>()).await?;
        let mut openable = HashMap::new();
        for (_, hash, _) in missing.iter().filter_map(|fact| assignment(&fact.event.fact)) {
            if let Some(template) = state.facts().templates.get(&mut **tx, hash).await? {
                openable.insert(hash.to_owned(), template);
            }
        }
        Ok(Self { hire, runs, openable, rows: Vec::new() })
    }

    /// Gives a fact its effect, where its journey is here or begins with it.
    fn take(&mut self, fact: Returned) {
        let journey = fact.event.fact.journey();
        if let Some((_, hash, start)) = assignment(&fact.event.fact)
            && !self.runs.contains_key(&journey)
            && let Some(template) = self.openable.get(hash)
        {
            self.runs.insert(journey, Run::opened(journey, self.hire.id, template.clone(), start));
        }
        let Some(run) = self.runs.get_mut(&journey).filter(|run| run.row.person == self.hire.id) else {
            tracing::warn!(%journey, "a fact comes back whose journey is not here");
            return;
        };
        run.apply(&fact.event);
        self.hire.feed_last += 1;
        self.rows.push(NewEvent {
            id: fact.event.id,
            source: fact.envelope.source.clone(),
            device: None,
            epoch: fact.epoch,
            sequence: fact.sequence,
            actor: fact.actor().to_owned(),
            person: self.hire.id,
            journey: Some(journey),
            step: fact.event.fact.step().map(ToString::to_string),
            event_type: fact.envelope.event_type.clone(),
            time: fact.event.time,
            hash: sha256(&fact.body),
            body: fact.body,
            outcome: ACCEPTED.to_owned(),
            feed: Some(self.hire.feed_last),
        });
    }

    async fn store(&mut self, tx: &mut Tx, caller: &Caller, now: Timestamp) -> Result<(), StoreError> {
        event::insert(tx, &self.rows, now).await?;
        sinks::enqueue(tx, self.rows.iter().map(|row| (row.event_type.as_str(), row.body.as_str())), now).await?;
        project::store(tx, self.runs.values_mut(), &self.hire, now).await?;
        hire::set_feed_last(tx, self.hire.id, self.hire.feed_last).await?;
        let (actor, object) = (format!("p:{}", caller.person), format!("person/{}", self.hire.id));
        let act = Act { actor: &actor, action: "facts.given-back", object: &object, outcome: "done" };
        audit::append(tx, now, &act).await
    }
}
