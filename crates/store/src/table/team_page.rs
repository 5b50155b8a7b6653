//! The manager's pages as they were fetched last, so that they open without a network.

use jiff::Timestamp;

use super::time::sortable;
use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, parse},
};

const WHAT: &str = "pages of the team";

/// A page as it was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamPage {
    /// JSON in the server's form.
    pub body: String,
    /// When it was fetched.
    pub fetched_at: Timestamp,
}

/// Reads of the manager's pages.
#[derive(Debug)]
pub struct TeamPages<'db>(&'db Db);

/// Writes of the manager's pages.
#[derive(Debug)]
pub struct TeamPagesMut<'tx>(&'tx mut Tx);

impl Db {
    /// The manager's pages.
    pub fn team_pages(&self) -> TeamPages<'_> {
        TeamPages(self)
    }
}

impl Tx {
    /// The manager's pages.
    pub fn team_pages(&mut self) -> TeamPagesMut<'_> {
        TeamPagesMut(self)
    }
}

impl TeamPages<'_> {
    /// The page under `key`, if it was ever fetched.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn get(&self, key: &str) -> Result<Option<TeamPage>, ReadError> {
        let row: Option<(String, String)> = sqlx::query_as("SELECT body, fetched_at FROM team_page WHERE key = ?")
            .bind(key.to_owned())
            .fetch_optional(self.0.reader())
            .await
            .reading(WHAT)?;
        row.map(|(body, at)| Ok(TeamPage { body, fetched_at: parse(WHAT, &at)? })).transpose()
    }
}

impl TeamPagesMut<'_> {
    /// Keeps a page that the server made at `as_of`, which is only noted: the server's clock may go back, and the
    /// page is the newer one all the same. Whoever asks for pages asks for one after the other, so that what comes
    /// later is later.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn keep(
        &mut self,
        key: &str,
        body: String,
        as_of: Timestamp,
        fetched_at: Timestamp,
    ) -> Result<(), WriteError> {
        let upsert = sqlx::query(
            "INSERT INTO team_page (key, body, as_of, fetched_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (key) DO UPDATE SET
                 body = excluded.body, as_of = excluded.as_of, fetched_at = excluded.fetched_at",
        )
        .bind(key.to_owned())
        .bind(body)
        .bind(sortable(as_of))
        .bind(sortable(fetched_at));
        self.0.run(WHAT, upsert).await?;
        Ok(())
    }
}
