//! What the team's server told about the person: who opened their page, who reminded them, and who recorded
//! which fact.

use std::collections::BTreeMap;

use jiff::Timestamp;
use waymark_core::id::{EventId, JourneyId};

use super::time::sortable;
use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, parse},
};

const WHAT: &str = "messages of the team's server";

/// Somebody who opened the person's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nudge {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// `journey/<id>/step/<id>`.
    pub subject: String,
}

/// Reads of what was heard.
#[derive(Debug)]
pub struct Heard<'db>(&'db Db);

/// Writes of what was heard.
#[derive(Debug)]
pub struct HeardMut<'tx>(&'tx mut Tx);

impl Db {
    /// What the team's server told about the person.
    pub fn heard(&self) -> Heard<'_> {
        Heard(self)
    }
}

impl Tx {
    /// What the team's server told about the person.
    pub fn heard(&mut self) -> HeardMut<'_> {
        HeardMut(self)
    }
}

impl Heard<'_> {
    /// Who opened the person's page, newest first, at most `limit`.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn viewers(&self, limit: u32) -> Result<Vec<Viewer>, ReadError> {
        let rows: Vec<(String, String)> = sqlx::query_as("SELECT by, at FROM viewer ORDER BY at DESC, by LIMIT ?")
            .bind(limit)
            .fetch_all(self.0.reader())
            .await
            .reading(WHAT)?;
        rows.into_iter().map(|(by, at)| Ok(Viewer { by, at: parse(WHAT, &at)? })).collect()
    }

    /// Reminders, newest first, at most `limit`.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn nudges(&self, limit: u32) -> Result<Vec<Nudge>, ReadError> {
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT by, at, subject FROM nudge ORDER BY at DESC, by LIMIT ?")
                .bind(limit)
                .fetch_all(self.0.reader())
                .await
                .reading(WHAT)?;
        rows.into_iter().map(|(by, at, subject)| Ok(Nudge { by, at: parse(WHAT, &at)?, subject })).collect()
    }

    /// The server's receipts after a position, each with its own, in the order in which they came.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn receipts(&self, after: u64, limit: u32) -> Result<Vec<(u64, String)>, ReadError> {
        let rows: Vec<(i64, String)> =
            sqlx::query_as("SELECT position, receipt FROM receipt WHERE position > ? ORDER BY position LIMIT ?")
                .bind(after as i64)
                .bind(limit)
                .fetch_all(self.0.reader())
                .await
                .reading(WHAT)?;
        Ok(rows.into_iter().map(|(position, receipt)| (position as u64, receipt)).collect())
    }

    /// Who recorded facts of a journey, for those that others recorded.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn attributions(&self, journey: JourneyId) -> Result<BTreeMap<EventId, String>, ReadError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT attribution.event, attribution.by FROM attribution JOIN event ON event.id = attribution.event
             WHERE event.journey = ?",
        )
        .bind(journey.to_string())
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter().map(|(event, by)| Ok((parse(WHAT, &event)?, by))).collect()
    }
}

impl HeardMut<'_> {
    /// Keeps that somebody opened the person's page.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn viewed(&mut self, viewer: &Viewer) -> Result<(), WriteError> {
        let insert = sqlx::query("INSERT INTO viewer (by, at) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(viewer.by.clone())
            .bind(sortable(viewer.at));
        self.0.run(WHAT, insert).await?;
        Ok(())
    }

    /// Keeps a reminder.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn nudged(&mut self, nudge: &Nudge) -> Result<(), WriteError> {
        let insert = sqlx::query("INSERT INTO nudge (by, at, subject) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(nudge.by.clone())
            .bind(sortable(nudge.at))
            .bind(nudge.subject.clone());
        self.0.run(WHAT, insert).await?;
        Ok(())
    }
}

/// Keeps who recorded a fact, and the server's receipt where it is its own. Only [`Tx::import`] calls this.
pub(crate) async fn attribute(tx: &mut Tx, event: EventId, by: &str, receipt: Option<&str>) -> Result<(), WriteError> {
    if let Some(receipt) = receipt {
        let insert = sqlx::query("INSERT INTO receipt (event, receipt) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(event.to_string())
            .bind(receipt.to_owned());
        tx.run(WHAT, insert).await?;
    }
    let insert = sqlx::query("INSERT INTO attribution (event, by) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(event.to_string())
        .bind(by.to_owned());
    tx.run(WHAT, insert).await?;
    Ok(())
}
