//! The log of everything that happened.

use jiff::Timestamp;
use sqlx::SqliteExecutor;
use waymark_core::{
    event::Event,
    id::{ActionId, EventId, JourneyId},
};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, from_json, parse, to_json},
};

const WHAT: &str = "facts";

/// One gesture of the person, with the facts that it left.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The gesture.
    pub id: ActionId,
    /// Its facts, in the order of the log.
    pub events: Vec<Event>,
    /// The gesture that this one took back, where it was an undo.
    pub undoes: Option<ActionId>,
    /// The last gesture that took this one back.
    pub undone_by: Option<ActionId>,
}

/// Reads of the log.
#[derive(Debug)]
pub struct Events<'db>(&'db Db);

/// Reads of the log inside a transaction: they see what it recorded, and nobody else writes meanwhile.
#[derive(Debug)]
pub struct EventsInTx<'tx>(&'tx mut Tx);

impl Db {
    /// The log.
    pub fn events(&self) -> Events<'_> {
        Events(self)
    }
}

impl Tx {
    /// The log as this transaction sees it.
    pub fn events(&mut self) -> EventsInTx<'_> {
        EventsInTx(self)
    }
}

impl Events<'_> {
    /// All facts, in the order in which this device learnt of them.
    ///
    /// # Errors
    /// Where the log cannot be read or holds something that is no fact.
    pub async fn all(&self) -> Result<Vec<Event>, ReadError> {
        all(self.0.reader()).await
    }

    /// The facts of one journey, in the order in which this device learnt of them.
    ///
    /// # Errors
    /// As [`Events::all`].
    pub async fn for_journey(&self, journey: JourneyId) -> Result<Vec<Event>, ReadError> {
        for_journey(self.0.reader(), journey).await
    }

    /// The facts of one gesture, in the order in which this device learnt of them.
    ///
    /// # Errors
    /// As [`Events::all`].
    pub async fn for_action(&self, action: ActionId) -> Result<Vec<Event>, ReadError> {
        let bodies: Vec<String> = sqlx::query_scalar("SELECT body FROM event WHERE action = ? ORDER BY sequence")
            .bind(action.to_string())
            .fetch_all(self.0.reader())
            .await
            .reading(WHAT)?;
        bodies.iter().map(|body| from_json(WHAT, body)).collect()
    }

    /// The undos in a journey: each gesture with the gesture that it took back, oldest first.
    ///
    /// # Errors
    /// As [`Events::all`].
    pub async fn undos(&self, journey: JourneyId) -> Result<Vec<(ActionId, ActionId)>, ReadError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT action, undoes FROM event WHERE journey = ? AND undoes IS NOT NULL
             GROUP BY action, undoes ORDER BY min(sequence)",
        )
        .bind(journey.to_string())
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.iter().map(|(action, undone)| Ok((parse(WHAT, action)?, parse(WHAT, undone)?))).collect()
    }

    /// The `n` most recent gestures, newest first.
    ///
    /// # Errors
    /// As [`Events::all`].
    pub async fn last_actions(&self, n: u32) -> Result<Vec<Action>, ReadError> {
        last_actions(self.0.reader(), n).await
    }
}

impl EventsInTx<'_> {
    /// As [`Events::all`].
    ///
    /// # Errors
    /// As there.
    pub async fn all(self) -> Result<Vec<Event>, ReadError> {
        all(self.0.connection()).await
    }

    /// As [`Events::for_journey`].
    ///
    /// # Errors
    /// As there.
    pub async fn for_journey(self, journey: JourneyId) -> Result<Vec<Event>, ReadError> {
        for_journey(self.0.connection(), journey).await
    }

    /// As [`Events::last_actions`].
    ///
    /// # Errors
    /// As there.
    pub async fn last_actions(self, n: u32) -> Result<Vec<Action>, ReadError> {
        last_actions(self.0.connection(), n).await
    }
}

async fn all(executor: impl SqliteExecutor<'_>) -> Result<Vec<Event>, ReadError> {
    let bodies: Vec<String> =
        sqlx::query_scalar("SELECT body FROM event ORDER BY sequence").fetch_all(executor).await.reading(WHAT)?;
    bodies.iter().map(|body| from_json(WHAT, body)).collect()
}

async fn for_journey(executor: impl SqliteExecutor<'_>, journey: JourneyId) -> Result<Vec<Event>, ReadError> {
    let bodies: Vec<String> = sqlx::query_scalar("SELECT body FROM event WHERE journey = ? ORDER BY sequence")
        .bind(journey.to_string())
        .fetch_all(executor)
        .await
        .reading(WHAT)?;
    bodies.iter().map(|body| from_json(WHAT, body)).collect()
}

async fn last_actions(executor: impl SqliteExecutor<'_>, n: u32) -> Result<Vec<Action>, ReadError> {
    // A gesture stands where its last fact stands, so that its facts stay together.
    let rows: Vec<(String, Option<String>, Option<String>, String)> = sqlx::query_as(
        "WITH recent AS (SELECT action, max(sequence) AS last FROM event GROUP BY action ORDER BY last DESC LIMIT ?)
         SELECT event.action, event.undoes,
                (SELECT undo.action FROM event AS undo WHERE undo.undoes = event.action
                 ORDER BY undo.sequence DESC LIMIT 1),
                event.body
         FROM recent JOIN event ON event.action = recent.action
         ORDER BY recent.last DESC, event.sequence",
    )
    .bind(n)
    .fetch_all(executor)
    .await
    .reading(WHAT)?;
    let mut actions: Vec<Action> = Vec::new();
    for (id, undoes, undone_by, body) in rows {
        let (id, event) = (parse(WHAT, &id)?, from_json(WHAT, &body)?);
        match actions.last_mut() {
            Some(action) if action.id == id => action.events.push(event),
            _ => actions.push(Action {
                id,
                events: vec![event],
                undoes: undoes.map(|text| parse(WHAT, &text)).transpose()?,
                undone_by: undone_by.map(|text| parse(WHAT, &text)).transpose()?,
            }),
        }
    }
    Ok(actions)
}

/// What became of an attempt to append.
pub(crate) enum Appended {
    /// The fact is new; its JSON.
    New(String),
    /// The same fact was there already.
    Known,
    /// Another fact has this id.
    Diverged,
}

/// Appends a fact. Only [`Tx::record`] calls this.
pub(crate) async fn append(
    tx: &mut Tx,
    event: &Event,
    recorded_at: Timestamp,
    undoes: Option<ActionId>,
) -> Result<Appended, WriteError> {
    let body = to_json(WHAT, event)?;
    let insert = sqlx::query(
        "INSERT INTO event (id, action, undoes, type, journey, step, time, recorded_at, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )
    .bind(event.id.to_string())
    .bind(event.action.to_string())
    .bind(undoes.map(|action| action.to_string()))
    .bind(event.fact.event_type())
    .bind(event.fact.journey().to_string())
    .bind(event.fact.step().map(|step| step.as_str().to_owned()))
    .bind(event.time.to_string())
    .bind(recorded_at.to_string())
    .bind(body.clone());
    if tx.run(WHAT, insert).await?.rows_affected() == 1 {
        return Ok(Appended::New(body));
    }
    let known = recorded(tx, event.id).await?;
    Ok(if known.as_ref() == Some(event) { Appended::Known } else { Appended::Diverged })
}

async fn recorded(tx: &mut Tx, id: EventId) -> Result<Option<Event>, ReadError> {
    let body: Option<String> = sqlx::query_scalar("SELECT body FROM event WHERE id = ?")
        .bind(id.to_string())
        .fetch_optional(tx.connection())
        .await
        .reading(WHAT)?;
    body.map(|body| from_json(WHAT, &body)).transpose()
}

/// The journeys that have facts.
pub(crate) async fn journeys(tx: &mut Tx) -> Result<Vec<JourneyId>, ReadError> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT DISTINCT journey FROM event ORDER BY journey")
        .fetch_all(tx.connection())
        .await
        .reading(WHAT)?;
    ids.iter().map(|id| parse(WHAT, id)).collect()
}
