//! What waits for the team's server, and what became of it: also the log of what was sent.

use jiff::Timestamp;
use waymark_core::{event::Event, id::EventId};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, from_json, parse},
};

pub(super) const WHAT: &str = "entries of the outbox";

/// A place in the device's numbering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// The device's epoch.
    pub epoch: u32,
    /// The device's number, from 1, without gaps in its epoch.
    pub sequence: u64,
}

/// A fact that waits.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxEntry {
    /// Its place.
    pub slot: Slot,
    /// The fact.
    pub event: Event,
    /// When it was stored here.
    pub recorded_at: Timestamp,
    /// Whether the person's words go along, where that was chosen for this fact already.
    pub with_notes: Option<bool>,
    /// The envelope as it goes, where it was made already.
    pub bytes: Option<Vec<u8>>,
    /// Where an empty record goes in the fact's place: that record's id.
    pub void: Option<EventId>,
}

/// What the server said to a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It has its effect.
    Accepted,
    /// It was there already.
    Duplicate,
    /// It never can be valid, and why, in the server's word.
    Refused(String),
    /// It could not be delivered; an empty record has its place.
    Quarantined,
}

impl Answer {
    fn parts(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Accepted => ("accepted", None),
            Self::Duplicate => ("duplicate", None),
            Self::Refused(reason) => ("refused", Some(reason)),
            Self::Quarantined => ("quarantined", None),
        }
    }
}

/// A fact that was made ready to go, as it went.
#[derive(Clone, Debug, PartialEq)]
pub struct SentEntry {
    /// Its place.
    pub slot: Slot,
    /// The fact.
    pub event: Event,
    /// The envelope, byte for byte.
    pub bytes: Vec<u8>,
    /// What the server said and when; `None` while no answer is here.
    pub answer: Option<(Answer, Timestamp)>,
    /// Whether the person set a refusal aside.
    pub set_aside: bool,
}

/// Reads of the outbox.
#[derive(Debug)]
pub struct Outbox<'db>(pub(super) &'db Db);

impl Db {
    /// What waits for the team's server.
    pub fn outbox(&self) -> Outbox<'_> {
        Outbox(self)
    }
}

type WaitingRow = (i64, i64, String, String, Option<bool>, Option<Vec<u8>>, Option<String>);
type SentRow = (i64, i64, String, Vec<u8>, Option<String>, Option<String>, Option<String>, bool);

impl Outbox<'_> {
    /// How many facts have no answer yet.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn waiting_count(&self) -> Result<u32, ReadError> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM outbox WHERE answer IS NULL")
            .fetch_one(self.0.reader())
            .await
            .reading(WHAT)?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// How many facts the server refused, or could not be delivered, and the person did not set aside.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn refused_count(&self) -> Result<u32, ReadError> {
        let count: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM outbox WHERE answer IN ('refused', 'quarantined') AND set_aside IS NULL",
        )
        .fetch_one(self.0.reader())
        .await
        .reading(WHAT)?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The first `limit` facts without an answer, in the order in which they must go.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn waiting(&self, limit: u32) -> Result<Vec<OutboxEntry>, ReadError> {
        let rows: Vec<WaitingRow> = sqlx::query_as(
            "SELECT epoch, sequence, fact, recorded_at, with_notes, bytes, void FROM outbox
             WHERE answer IS NULL ORDER BY epoch, sequence LIMIT ?",
        )
        .bind(limit)
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter()
            .map(|(epoch, sequence, fact, recorded_at, with_notes, bytes, void)| {
                Ok(OutboxEntry {
                    slot: Slot { epoch: epoch as u32, sequence: sequence as u64 },
                    event: from_json(WHAT, &fact)?,
                    recorded_at: parse(WHAT, &recorded_at)?,
                    with_notes,
                    bytes,
                    void: void.map(|id| parse(WHAT, &id)).transpose()?,
                })
            })
            .collect()
    }

    /// What was made ready to go, newest first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn sent(&self) -> Result<Vec<SentEntry>, ReadError> {
        let rows: Vec<SentRow> = sqlx::query_as(
            "SELECT epoch, sequence, fact, bytes, answer, reason, answered_at, set_aside IS NOT NULL FROM outbox
             WHERE bytes IS NOT NULL ORDER BY epoch DESC, sequence DESC",
        )
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter()
            .map(|(epoch, sequence, fact, bytes, answer, reason, at, set_aside)| {
                let answer = match (answer.as_deref(), at) {
                    (Some(word), Some(at)) => {
                        let answer = match word {
                            "accepted" => Answer::Accepted,
                            "duplicate" => Answer::Duplicate,
                            "quarantined" => Answer::Quarantined,
                            // The table's CHECK leaves only `refused`.
                            _ => Answer::Refused(reason.unwrap_or_default()),
                        };
                        Some((answer, parse(WHAT, &at)?))
                    }
                    _ => None,
                };
                let slot = Slot { epoch: epoch as u32, sequence: sequence as u64 };
                Ok(SentEntry { slot, event: from_json(WHAT, &fact)?, bytes, answer, set_aside })
            })
            .collect()
    }
}

/// Queues a fact. Only [`Tx::record`] calls this.
pub(crate) async fn append(
    tx: &mut Tx,
    (epoch, sequence): (u32, u64),
    event: &Event,
    body: String,
    recorded_at: Timestamp,
) -> Result<(), WriteError> {
    let insert = sqlx::query(
        "INSERT INTO outbox (epoch, sequence, event_id, type, fact, recorded_at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(epoch)
    .bind(sequence as i64)
    .bind(event.id.to_string())
    .bind(event.fact.event_type())
    .bind(body)
    .bind(recorded_at.to_string());
    tx.run(WHAT, insert).await?;
    Ok(())
}

/// The columns of an answer.
pub(super) fn columns(answer: &Answer) -> (&'static str, Option<String>) {
    let (word, reason) = answer.parts();
    (word, reason.map(str::to_owned))
}
