//! What becomes of entries of the outbox: made ready, answered, numbered anew, put aside.

use jiff::Timestamp;
use waymark_core::{event::Event, id::EventId};

use super::outbox::{Answer, Slot, WHAT, columns};
use crate::{
    Tx, WriteError,
    error::{About, to_json},
};

/// Writes of the outbox; facts come into it by [`Tx::record`] alone.
#[derive(Debug)]
pub struct OutboxMut<'tx>(&'tx mut Tx);

impl Tx {
    /// What becomes of entries of the outbox.
    pub fn outbox(&mut self) -> OutboxMut<'_> {
        OutboxMut(self)
    }
}

impl OutboxMut<'_> {
    /// Keeps the envelope before it goes for the first time: whatever was sent can be shown, and a resend
    /// sends the same bytes. `false` where the place is not that fact's any more: the person held something back
    /// meanwhile, and what waits has to be read again.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn seal(
        &mut self,
        slot: Slot,
        event: EventId,
        with_notes: bool,
        bytes: &[u8],
    ) -> Result<bool, WriteError> {
        let update = sqlx::query(
            "UPDATE outbox SET bytes = ?, with_notes = coalesce(with_notes, ?)
             WHERE epoch = ? AND sequence = ? AND event_id = ? AND answer IS NULL",
        )
        .bind(bytes.to_vec())
        .bind(with_notes)
        .bind(slot.epoch)
        .bind(slot.sequence as i64)
        .bind(event.to_string());
        Ok(self.0.run(WHAT, update).await?.rows_affected() == 1)
    }

    /// Sets a refusal aside, or takes that back: it stays in the list of what was sent, and asks for nothing.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn set_aside(&mut self, event: EventId, at: Option<Timestamp>) -> Result<bool, WriteError> {
        let update =
            sqlx::query("UPDATE outbox SET set_aside = ? WHERE event_id = ? AND answer IN ('refused', 'quarantined')")
                .bind(at.map(|at| at.to_string()))
                .bind(event.to_string());
        Ok(self.0.run(WHAT, update).await?.rows_affected() == 1)
    }

    /// Keeps what the server said. It is kept for 90 days ([`OutboxMut::forget_before`]), so that a server
    /// that was restored from a backup gets it again.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn answer(&mut self, slot: Slot, answer: &Answer, at: Timestamp) -> Result<(), WriteError> {
        let (word, reason) = columns(answer);
        // Where an empty record went in a fact's place, what was taken is the empty record.
        let update = sqlx::query(
            "UPDATE outbox SET answer = CASE WHEN void IS NULL THEN ? ELSE 'quarantined' END, reason = ?,
                 answered_at = ? WHERE epoch = ? AND sequence = ? AND answer IS NULL",
        )
        .bind(word)
        .bind(reason)
        .bind(at.to_string())
        .bind(slot.epoch)
        .bind(slot.sequence as i64);
        self.0.run(WHAT, update).await?;
        Ok(())
    }

    /// Everything after `last` waits again, answered or not: the server was restored and has no more than that.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn resend_after(&mut self, last: Slot) -> Result<(), WriteError> {
        let update = sqlx::query(
            "UPDATE outbox SET answer = NULL, reason = NULL, answered_at = NULL, set_aside = NULL
             WHERE answer IS NOT NULL AND (epoch, sequence) > (?, ?)",
        )
        .bind(last.epoch)
        .bind(last.sequence as i64);
        self.0.run(WHAT, update).await?;
        Ok(())
    }

    /// Numbers what waits anew, from 1 in `epoch`, in the order that it has; ids stay. Envelopes name the
    /// number, so they are made anew as well. `epoch` is the present one or a later one, of which nothing
    /// was sent yet.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn renumber(&mut self, epoch: u32) -> Result<(), WriteError> {
        let rows: Vec<(i64, i64)> =
            sqlx::query_as("SELECT epoch, sequence FROM outbox WHERE answer IS NULL ORDER BY epoch, sequence")
                .fetch_all(self.0.connection())
                .await
                .reading(WHAT)?;
        let mut next: i64 = 1;
        for (old_epoch, old_sequence) in rows {
            // Below zero for now: no row may meet one that is still to move.
            let update =
                sqlx::query("UPDATE outbox SET epoch = ?, sequence = ?, bytes = NULL WHERE epoch = ? AND sequence = ?")
                    .bind(epoch)
                    .bind(-next)
                    .bind(old_epoch)
                    .bind(old_sequence);
            self.0.run(WHAT, update).await?;
            next += 1;
        }
        self.0.run(WHAT, sqlx::query("UPDATE outbox SET sequence = -sequence WHERE sequence < 0")).await?;
        let device = sqlx::query("UPDATE device SET epoch = ?, next_sequence = ?").bind(epoch).bind(next);
        self.0.run(WHAT, device).await?;
        Ok(())
    }

    /// Puts a fact aside that cannot be delivered: an empty record of the id `void` goes in its place.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn quarantine(&mut self, slot: Slot, void: EventId) -> Result<(), WriteError> {
        self.set_void(slot, Some(void)).await
    }

    /// Takes a fact back that was put aside: the empty record cannot be delivered either, so it is not the fact.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn release(&mut self, slot: Slot) -> Result<(), WriteError> {
        self.set_void(slot, None).await
    }

    async fn set_void(&mut self, slot: Slot, void: Option<EventId>) -> Result<(), WriteError> {
        let update =
            sqlx::query("UPDATE outbox SET void = ?, bytes = NULL WHERE epoch = ? AND sequence = ? AND answer IS NULL")
                .bind(void.map(|id| id.to_string()))
                .bind(slot.epoch)
                .bind(slot.sequence as i64);
        self.0.run(WHAT, update).await?;
        Ok(())
    }

    /// Notes that the server has a fact of this device at `slot`, which the device did not know any more or
    /// did not know to be there. Where the place is another fact's, the fact is only taken out of what waits.
    pub(crate) async fn known_to_server(
        &mut self,
        slot: Slot,
        event: &Event,
        recorded_at: Timestamp,
        bytes: &[u8],
        now: Timestamp,
    ) -> Result<(), WriteError> {
        let waiting = sqlx::query("DELETE FROM outbox WHERE event_id = ? AND answer IS NULL");
        self.0.run(WHAT, waiting.bind(event.id.to_string())).await?;
        // Held back after it had gone: this device was restored from a backup, and the server has it.
        self.0.run(WHAT, sqlx::query("DELETE FROM held WHERE event_id = ?").bind(event.id.to_string())).await?;
        let insert = sqlx::query(
            "INSERT INTO outbox
                 (epoch, sequence, event_id, type, fact, recorded_at, with_notes, bytes, answer, answered_at)
             VALUES (?, ?, ?, ?, ?, ?, NULL, ?, 'accepted', ?) ON CONFLICT DO NOTHING",
        )
        .bind(slot.epoch)
        .bind(slot.sequence as i64)
        .bind(event.id.to_string())
        .bind(event.fact.event_type())
        .bind(to_json(WHAT, event)?)
        .bind(recorded_at.to_string())
        .bind(bytes.to_vec())
        .bind(now.to_string());
        self.0.run(WHAT, insert).await?;
        Ok(())
    }

    /// Forgets what was answered before `time`.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn forget_before(&mut self, time: Timestamp) -> Result<(), WriteError> {
        let delete = sqlx::query("DELETE FROM outbox WHERE answered_at < ?").bind(time.to_string());
        self.0.run(WHAT, delete).await?;
        Ok(())
    }
}
