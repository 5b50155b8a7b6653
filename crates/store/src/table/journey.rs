//! A person's runs: a projection of the facts, each with the template that it is pinned to.

use jiff::{Timestamp, civil::Date};
use waymark_core::{
    event::{Event, Fact},
    id::{EventId, JourneyId, PackId},
    journey::{History, Template},
};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, from_json, parse, to_json},
};

const WHAT: &str = "journeys";

/// A person's run through a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Journey {
    /// The run.
    pub id: JourneyId,
    /// The template as it was when the journey was assigned; no edit of the file changes it.
    pub template: Template,
    /// BLAKE3 of the template's bytes, hex.
    pub hash: String,
    /// Where the template came from.
    pub pack: PackId,
    /// Day 1, or the first working day after it.
    pub start: Date,
    /// When it was assigned.
    pub assigned_at: Timestamp,
    /// The withdrawal that stands: the journey is off the list.
    pub withdrawn_by: Option<EventId>,
}

/// Reads of journeys.
#[derive(Debug)]
pub struct Journeys<'db>(&'db Db);

impl Db {
    /// The person's journeys.
    pub fn journeys(&self) -> Journeys<'_> {
        Journeys(self)
    }
}

type Row = (String, String, String, String, String, String, Option<String>);

impl Journeys<'_> {
    /// All journeys in the order in which they were assigned, withdrawn ones included.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn list(&self) -> Result<Vec<Journey>, ReadError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, template_body, hash, pack, start, assigned_at, withdrawn_by
             FROM journey ORDER BY assigned_by",
        )
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter().map(from_row).collect()
    }

    /// One journey.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn get(&self, id: JourneyId) -> Result<Option<Journey>, ReadError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, template_body, hash, pack, start, assigned_at, withdrawn_by FROM journey WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(self.0.reader())
        .await
        .reading(WHAT)?;
        row.map(from_row).transpose()
    }

    /// The fold over one journey's facts.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub async fn history(&self, id: JourneyId) -> Result<History, ReadError> {
        Ok(History::of(id, &self.0.events().for_journey(id).await?))
    }
}

fn from_row((id, template, hash, pack, start, assigned_at, withdrawn_by): Row) -> Result<Journey, ReadError> {
    Ok(Journey {
        id: parse(WHAT, &id)?,
        template: from_json(WHAT, &template)?,
        hash,
        pack: parse(WHAT, &pack)?,
        start: parse(WHAT, &start)?,
        assigned_at: parse(WHAT, &assigned_at)?,
        withdrawn_by: withdrawn_by.map(|id| parse(WHAT, &id)).transpose()?,
    })
}

/// Pins `template` to the journey that `event` assigns. Where two facts assign the same journey, the
/// one with the smaller id holds, so that the order of arrival does not matter. `found` is the pack of this
/// device that has the template, where the fact names one of another device. Only [`Tx::record`],
/// [`Tx::import`] and [`Tx::pin_waiting`] call this.
pub(crate) async fn pin(
    tx: &mut Tx,
    event: &Event,
    template: &Template,
    found: Option<PackId>,
) -> Result<(), WriteError> {
    let Fact::JourneyAssigned { journey, version, hash, pack, start, .. } = &event.fact else { return Ok(()) };
    let pack = found.as_ref().unwrap_or(pack);
    let insert = sqlx::query(
        "INSERT INTO journey
             (id, assigned_by, assigned_at, pack, template, title, version, hash, template_body, start)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET
             assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at, pack = excluded.pack,
             template = excluded.template, title = excluded.title, version = excluded.version,
             hash = excluded.hash, template_body = excluded.template_body
         WHERE excluded.assigned_by < journey.assigned_by",
    )
    .bind(journey.to_string())
    .bind(event.id.to_string())
    .bind(event.time.to_string())
    .bind(pack.to_string())
    .bind(template.id.as_str().to_owned())
    .bind(template.title.clone())
    .bind(version.clone())
    .bind(hash.clone())
    .bind(to_json("templates", template)?)
    .bind(start.to_string());
    tx.run(WHAT, insert).await?;
    Ok(())
}

/// Assignments in the log whose journey has no template yet.
pub(crate) async fn unpinned(tx: &mut Tx) -> Result<Vec<Event>, ReadError> {
    let bodies: Vec<String> = sqlx::query_scalar(
        "SELECT body FROM event WHERE type = 'dev.waymark.journey.assigned.v1'
         AND journey NOT IN (SELECT id FROM journey) ORDER BY id",
    )
    .fetch_all(tx.connection())
    .await
    .reading(WHAT)?;
    bodies.iter().map(|body| from_json(WHAT, body)).collect()
}

/// The team's template for an assignment: the very one by its hash, else its present version.
pub(crate) async fn template_for(tx: &mut Tx, event: &Event) -> Result<Option<(PackId, Template)>, ReadError> {
    let Fact::JourneyAssigned { template, hash, .. } = &event.fact else { return Ok(None) };
    let row: Option<(String, String)> = sqlx::query_as(
        "SELECT template.pack, template.body FROM template JOIN pack ON pack.id = template.pack
         WHERE pack.kind = 'team' AND (template.hash = ?1 OR template.id = ?2)
         ORDER BY template.hash = ?1 DESC, template.id = ?2 DESC LIMIT 1",
    )
    .bind(hash.clone())
    .bind(template.as_str().to_owned())
    .fetch_optional(tx.connection())
    .await
    .reading(WHAT)?;
    row.map(|(pack, body)| Ok((parse(WHAT, &pack)?, from_json(WHAT, &body)?))).transpose()
}

/// Writes what follows from the fold. Does nothing for a journey whose assignment has not arrived.
pub(crate) async fn project(tx: &mut Tx, id: JourneyId, history: &History) -> Result<(), WriteError> {
    let Some(start) = history.start() else { return Ok(()) };
    let (start, withdrawn_by) = (start.to_string(), history.withdrawal().map(|event| event.to_string()));
    let update = sqlx::query(
        "UPDATE journey SET start = ?1, withdrawn_by = ?2 WHERE id = ?3 AND (start <> ?1 OR withdrawn_by IS NOT ?2)",
    )
    .bind(start)
    .bind(withdrawn_by)
    .bind(id.to_string());
    tx.run(WHAT, update).await?;
    Ok(())
}
