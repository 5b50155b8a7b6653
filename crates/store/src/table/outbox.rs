//! What waits for a server.

use jiff::Timestamp;
use waymark_core::{event::Event, id::EventId};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, parse},
};

const WHAT: &str = "entries of the outbox";

/// A fact on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEntry {
    /// The device's epoch.
    pub epoch: u32,
    /// The device's number, without gaps in its epoch.
    pub sequence: u64,
    /// The fact.
    pub event: EventId,
    /// Its CloudEvents type.
    pub event_type: String,
    /// The fact as JSON, as it was written at the time.
    pub bytes: Vec<u8>,
    /// BLAKE3 of `bytes`, hex.
    pub hash: String,
    /// When a server took it.
    pub sent_at: Option<Timestamp>,
}

/// Reads of the outbox.
#[derive(Debug)]
pub struct Outbox<'db>(&'db Db);

impl Db {
    /// What waits for a server.
    pub fn outbox(&self) -> Outbox<'_> {
        Outbox(self)
    }
}

impl Outbox<'_> {
    /// How many facts no server has taken yet.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn pending_count(&self) -> Result<u64, ReadError> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM outbox WHERE sent_at IS NULL")
            .fetch_one(self.0.reader())
            .await
            .reading(WHAT)?;
        Ok(count as u64)
    }

    /// The first `limit` facts that no server has taken yet, in the order in which they must go.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn pending(&self, limit: u32) -> Result<Vec<OutboxEntry>, ReadError> {
        let rows: Vec<(i64, i64, String, String, Vec<u8>, String)> = sqlx::query_as(
            "SELECT epoch, sequence, event_id, type, bytes, hash FROM outbox
             WHERE sent_at IS NULL ORDER BY epoch, sequence LIMIT ?",
        )
        .bind(limit)
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter()
            .map(|(epoch, sequence, event, event_type, bytes, hash)| {
                let event = parse(WHAT, &event)?;
                let (epoch, sequence) = (epoch as u32, sequence as u64);
                Ok(OutboxEntry { epoch, sequence, event, event_type, bytes, hash, sent_at: None })
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
) -> Result<(), WriteError> {
    let hash = blake3::hash(body.as_bytes()).to_hex().to_string();
    let insert = sqlx::query(
        "INSERT INTO outbox (epoch, sequence, event_id, type, bytes, hash, sent_at) VALUES (?, ?, ?, ?, ?, ?, NULL)",
    )
    .bind(epoch)
    .bind(sequence as i64)
    .bind(event.id.to_string())
    .bind(event.fact.event_type())
    .bind(body.into_bytes())
    .bind(hash);
    tx.run(WHAT, insert).await?;
    Ok(())
}
