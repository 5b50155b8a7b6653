//! What the person holds back from the team's server: classes of facts, and the facts of those classes.

use std::collections::BTreeSet;

use jiff::Timestamp;
use waymark_core::{event::Event, id::EventId, sharing::Class};

use super::{device, outbox};
use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, from_json, parse},
};

const WHAT: &str = "facts that are held back";

/// Reads of what is held back.
#[derive(Debug)]
pub struct HeldBack<'db>(&'db Db);

impl Db {
    /// What the person holds back from the team's server.
    pub fn held_back(&self) -> HeldBack<'_> {
        HeldBack(self)
    }
}

impl HeldBack<'_> {
    /// The classes whose facts are held back.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn classes(&self) -> Result<BTreeSet<Class>, ReadError> {
        let words: Vec<String> =
            sqlx::query_scalar("SELECT class FROM hold_back").fetch_all(self.0.reader()).await.reading(WHAT)?;
        Ok(words.iter().filter_map(|word| Class::of_word(word)).collect())
    }

    /// The facts that are held back.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn facts(&self) -> Result<Vec<(EventId, Class)>, ReadError> {
        let rows: Vec<(String, String)> = sqlx::query_as("SELECT event_id, class FROM held ORDER BY position")
            .fetch_all(self.0.reader())
            .await
            .reading(WHAT)?;
        let known = rows.iter().filter_map(|(id, word)| Some((id, Class::of_word(word)?)));
        known.map(|(id, class)| Ok((parse(WHAT, id)?, class))).collect()
    }
}

/// A row of the outbox that may still be taken back: nothing of it was ever made ready to go.
type LooseRow = (i64, String, String, String);

impl Tx {
    /// Holds a class of facts back from now on. What waits and was not made ready to go is held back as well;
    /// what was, may be under way.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn hold_back(&mut self, class: Class) -> Result<(), WriteError> {
        let insert = sqlx::query("INSERT INTO hold_back (class) VALUES (?) ON CONFLICT DO NOTHING");
        self.run(WHAT, insert.bind(class.word())).await?;
        // All rows after the last one that may have left: their numbers can be given anew.
        let loose: Vec<LooseRow> = sqlx::query_as(
            "SELECT sequence, event_id, fact, recorded_at FROM outbox
             WHERE epoch = (SELECT epoch FROM device) AND sequence > (
                 SELECT coalesce(max(sequence), 0) FROM outbox WHERE epoch = (SELECT epoch FROM device)
                    AND (answer IS NOT NULL OR bytes IS NOT NULL OR void IS NOT NULL)
             ) ORDER BY sequence",
        )
        .fetch_all(self.connection())
        .await
        .reading(WHAT)?;
        let Some(first) = loose.first().map(|(sequence, ..)| *sequence) else { return Ok(()) };
        let mut next = first;
        for (sequence, id, fact, recorded_at) in loose {
            let event: Event = from_json(WHAT, &fact)?;
            if event.fact.class() == Some(class) {
                self.run(WHAT, sqlx::query("DELETE FROM outbox WHERE event_id = ?").bind(id)).await?;
                append(self, &event, class, fact, &recorded_at).await?;
                continue;
            }
            // Ascending, so the lower number is free by now.
            let update = sqlx::query("UPDATE outbox SET sequence = ? WHERE event_id = ?").bind(next).bind(id);
            if next != sequence {
                self.run(WHAT, update).await?;
            }
            next += 1;
        }
        self.run(WHAT, sqlx::query("UPDATE device SET next_sequence = ?").bind(next)).await?;
        Ok(())
    }

    /// Lets a class of facts go again: what was held back waits now, in the order in which it was recorded.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn release(&mut self, class: Class) -> Result<(), WriteError> {
        self.run(WHAT, sqlx::query("DELETE FROM hold_back WHERE class = ?").bind(class.word())).await?;
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT fact, recorded_at FROM held WHERE class = ? ORDER BY position")
                .bind(class.word())
                .fetch_all(self.connection())
                .await
                .reading(WHAT)?;
        self.run(WHAT, sqlx::query("DELETE FROM held WHERE class = ?").bind(class.word())).await?;
        for (fact, recorded_at) in rows {
            let event: Event = from_json(WHAT, &fact)?;
            let recorded_at: Timestamp = parse(WHAT, &recorded_at)?;
            let number = device::take_number(self).await?;
            outbox::append(self, number, &event, fact, recorded_at).await?;
        }
        Ok(())
    }
}

/// The class with which a fact is held back now. Only [`Tx::record`] calls this.
pub(crate) async fn holds(tx: &mut Tx, event: &Event) -> Result<Option<Class>, WriteError> {
    let Some(class) = event.fact.class() else { return Ok(None) };
    let held: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM hold_back WHERE class = ?)")
        .bind(class.word())
        .fetch_one(tx.connection())
        .await
        .reading(WHAT)?;
    Ok(held.then_some(class))
}

/// Holds a fact back. Only [`Tx::record`] and [`Tx::hold_back`] call this.
pub(crate) async fn append(
    tx: &mut Tx,
    event: &Event,
    class: Class,
    body: String,
    recorded_at: &str,
) -> Result<(), WriteError> {
    let insert = sqlx::query("INSERT INTO held (event_id, class, fact, recorded_at) VALUES (?, ?, ?, ?)")
        .bind(event.id.to_string())
        .bind(class.word())
        .bind(body)
        .bind(recorded_at.to_owned());
    tx.run(WHAT, insert).await?;
    Ok(())
}
