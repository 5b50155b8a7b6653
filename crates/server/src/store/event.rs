//! Facts as they came, and what became of each.

use jiff::Timestamp;
use waymark_core::id::{DeviceId, EventId, JourneyId, PersonId};

use sqlx::{Any, AssertSqlSafe, Executor};

use super::{About, StoreError, Tx, numbered, placeholders, stored};

const WHAT: &str = "facts";
/// The outcome of a fact that has its effect; any other is the reason of a refusal.
pub(crate) const ACCEPTED: &str = "accepted";

/// A fact to store.
#[derive(Clone, Debug)]
pub(crate) struct NewEvent {
    /// Made once, by whoever recorded it.
    pub id: EventId,
    /// `urn:waymark:device:<id>` or `urn:waymark:server:<id>`.
    pub source: String,
    /// The device that recorded it; `None` for the server's own.
    pub device: Option<DeviceId>,
    /// The source's epoch.
    pub epoch: i64,
    /// The source's number.
    pub sequence: i64,
    /// Who did it: a person's id or a service's name.
    pub actor: String,
    /// Whose journey it is.
    pub person: PersonId,
    /// Which journey; `None` where the type is unknown.
    pub journey: Option<JourneyId>,
    /// Which step.
    pub step: Option<String>,
    /// `CloudEvents` type.
    pub event_type: String,
    /// When it happened.
    pub time: Timestamp,
    /// SHA-256 of `body`, hex.
    pub hash: String,
    /// The bytes.
    pub body: String,
    /// [`ACCEPTED`], or the reason of the refusal.
    pub outcome: String,
    /// Its number in the person's feed.
    pub feed: Option<i64>,
}

/// A fact that is stored.
#[derive(Clone, Debug)]
pub(crate) struct StoredEvent {
    /// Its id.
    pub id: EventId,
    /// Its source.
    pub source: String,
    /// The source's epoch.
    pub epoch: i64,
    /// The source's number.
    pub sequence: i64,
    /// SHA-256 of `body`, hex.
    pub hash: String,
    /// The bytes.
    pub body: String,
    /// [`ACCEPTED`], or the reason of the refusal.
    pub outcome: String,
}

type Raw = (String, String, i64, i64, String, String, String);
const COLUMNS: &str = "id, source, epoch, sequence, hash, body, outcome";

fn read(rows: Vec<Raw>) -> Result<Vec<StoredEvent>, StoreError> {
    let read = |(id, source, epoch, sequence, hash, body, outcome): Raw| {
        let id = id.parse().map_err(|error| stored(WHAT, error))?;
        Ok(StoredEvent { id, source, epoch, sequence, hash, body, outcome })
    };
    rows.into_iter().map(read).collect()
}

/// Stores facts, all in one statement. `false` where an id among them is stored already; then the transaction must
/// be dropped.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn insert(tx: &mut Tx, events: &[NewEvent], now: Timestamp) -> Result<bool, StoreError> {
    if events.is_empty() {
        return Ok(true);
    }
    let sql = format!(
        "INSERT INTO event (id, source, device, epoch, sequence, actor, person, journey, step, type, time, stored,
                            hash, body, outcome, feed) VALUES {} ON CONFLICT (id) DO NOTHING",
        placeholders(events.len(), 16)
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for event in events {
        query = query
            .bind(event.id.to_string())
            .bind(&event.source)
            .bind(event.device.map(|id| id.to_string()))
            .bind(event.epoch)
            .bind(event.sequence)
            .bind(&event.actor)
            .bind(event.person.to_string())
            .bind(event.journey.map(|id| id.to_string()).unwrap_or_default())
            .bind(&event.step)
            .bind(&event.event_type)
            .bind(event.time.as_millisecond())
            .bind(now.as_millisecond())
            .bind(&event.hash)
            .bind(&event.body)
            .bind(&event.outcome)
            .bind(event.feed);
    }
    let done = query.execute(&mut **tx).await.about(WHAT)?;
    Ok(done.rows_affected() == events.len() as u64)
}

/// Those of `ids` that are stored, whoever sent them.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn by_id(tx: &mut Tx, ids: &[EventId]) -> Result<Vec<StoredEvent>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT {COLUMNS} FROM event WHERE id IN ({})", numbered(1, ids.len()));
    let mut query = sqlx::query_as(AssertSqlSafe(sql));
    for id in ids {
        query = query.bind(id.to_string());
    }
    read(query.fetch_all(&mut **tx).await.about(WHAT)?)
}

/// Those of a source's `numbers` in one epoch that are stored.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn by_number(
    tx: &mut Tx,
    source: &str,
    epoch: u32,
    numbers: &[u64],
) -> Result<Vec<StoredEvent>, StoreError> {
    let numbered = numbered(3, numbers.len());
    let sql = format!("SELECT {COLUMNS} FROM event WHERE source = $1 AND epoch = $2 AND sequence IN ({numbered})");
    let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(source).bind(i64::from(epoch));
    for number in numbers {
        query = query.bind(*number as i64);
    }
    read(query.fetch_all(&mut **tx).await.about(WHAT)?)
}

/// The bytes of all facts that these journeys took, each with its journey, in the order in which they came.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn of_journeys<'c>(
    executor: impl Executor<'c, Database = Any>,
    journeys: &[JourneyId],
) -> Result<Vec<(JourneyId, String)>, StoreError> {
    if journeys.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT journey, body FROM event WHERE journey IN ({}) AND feed IS NOT NULL ORDER BY feed",
        numbered(1, journeys.len())
    );
    let mut query = sqlx::query_as(AssertSqlSafe(sql));
    for journey in journeys {
        query = query.bind(journey.to_string());
    }
    let rows: Vec<(String, String)> = query.fetch_all(executor).await.about(WHAT)?;
    rows.into_iter().map(|(journey, body)| Ok((journey.parse().map_err(|error| stored(WHAT, error))?, body))).collect()
}

/// Who recorded an accepted fact: a person's id, or a service's name.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn actor(tx: &mut Tx, event: EventId) -> Result<Option<String>, StoreError> {
    sqlx::query_scalar("SELECT actor FROM event WHERE id = $1 AND outcome = $2")
        .bind(event.to_string())
        .bind(ACCEPTED)
        .fetch_optional(&mut **tx)
        .await
        .about("a fact")
}
