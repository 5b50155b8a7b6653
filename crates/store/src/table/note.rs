//! The person's own notes on steps. Never leave the device.

use jiff::Timestamp;
use waymark_core::id::{JourneyId, StepId};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, parse},
};

const WHAT: &str = "notes";

/// A note on a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The step.
    pub step: StepId,
    /// The person's words.
    pub text: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// Reads of notes.
#[derive(Debug)]
pub struct Notes<'db>(&'db Db);

/// Writes of notes.
#[derive(Debug)]
pub struct NotesMut<'tx>(&'tx mut Tx);

impl Db {
    /// The person's notes.
    pub fn notes(&self) -> Notes<'_> {
        Notes(self)
    }
}

impl Tx {
    /// The person's notes.
    pub fn notes(&mut self) -> NotesMut<'_> {
        NotesMut(self)
    }
}

type Row = (String, String, String);

impl Notes<'_> {
    /// The note on one step.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn get(&self, journey: JourneyId, step: &StepId) -> Result<Option<Note>, ReadError> {
        let row: Option<Row> = sqlx::query_as("SELECT step, text, changed_at FROM note WHERE journey = ? AND step = ?")
            .bind(journey.to_string())
            .bind(step.as_str().to_owned())
            .fetch_optional(self.0.reader())
            .await
            .reading(WHAT)?;
        row.map(from_row).transpose()
    }

    /// All notes of one journey, by step.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn for_journey(&self, journey: JourneyId) -> Result<Vec<Note>, ReadError> {
        let rows: Vec<Row> = sqlx::query_as("SELECT step, text, changed_at FROM note WHERE journey = ? ORDER BY step")
            .bind(journey.to_string())
            .fetch_all(self.0.reader())
            .await
            .reading(WHAT)?;
        rows.into_iter().map(from_row).collect()
    }
}

fn from_row((step, text, changed_at): Row) -> Result<Note, ReadError> {
    Ok(Note { step: StepId::new(step), text, changed_at: parse(WHAT, &changed_at)? })
}

impl NotesMut<'_> {
    /// Keeps a note in place of the one before; an empty one is removed.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn keep(&mut self, journey: JourneyId, note: &Note) -> Result<(), WriteError> {
        let statement = if note.text.trim().is_empty() {
            sqlx::query("DELETE FROM note WHERE journey = ? AND step = ?")
                .bind(journey.to_string())
                .bind(note.step.as_str().to_owned())
        } else {
            sqlx::query(
                "INSERT INTO note (journey, step, text, changed_at) VALUES (?, ?, ?, ?)
                 ON CONFLICT (journey, step) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at",
            )
            .bind(journey.to_string())
            .bind(note.step.as_str().to_owned())
            .bind(note.text.clone())
            .bind(note.changed_at.to_string())
        };
        self.0.run(WHAT, statement).await?;
        Ok(())
    }
}
