//! What is known of the servers that packs come from: the person's choice, and versions of sites.

use std::collections::BTreeMap;

use waymark_core::id::{PackId, SiteId};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, from_json, to_json},
};

const WHAT: &str = "versions of fetched sites";

/// The version of a site that is on this device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemoteSite {
    /// Equal where nothing changed.
    pub version: String,
    /// Versions of its files as the server names them, by path.
    pub etags: BTreeMap<String, String>,
}

/// Reads of what is known of servers.
#[derive(Debug)]
pub struct Remotes<'db>(&'db Db);

/// Writes of what is known of servers.
#[derive(Debug)]
pub struct RemotesMut<'tx>(&'tx mut Tx);

impl Db {
    /// What is known of the servers that packs come from.
    pub fn remotes(&self) -> Remotes<'_> {
        Remotes(self)
    }
}

impl Tx {
    /// What is known of the servers that packs come from.
    pub fn remotes(&mut self) -> RemotesMut<'_> {
        RemotesMut(self)
    }
}

impl Remotes<'_> {
    /// What the person chose of a pack's server, in the app's own form.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn choice(&self, pack: PackId) -> Result<Option<String>, ReadError> {
        sqlx::query_scalar("SELECT choice FROM remote_pack WHERE pack = ?")
            .bind(pack.to_string())
            .fetch_optional(self.0.reader())
            .await
            .reading(WHAT)
    }

    /// The version of a site that is here; `None` where it was not fetched from a server.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn site(&self, site: &SiteId) -> Result<Option<RemoteSite>, ReadError> {
        let row: Option<(String, String)> = sqlx::query_as("SELECT version, etags FROM remote_site WHERE site = ?")
            .bind(site.as_str().to_owned())
            .fetch_optional(self.0.reader())
            .await
            .reading(WHAT)?;
        row.map(|(version, etags)| Ok(RemoteSite { version, etags: from_json(WHAT, &etags)? })).transpose()
    }
}

impl RemotesMut<'_> {
    /// Keeps what the person chose of a pack's server.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn choose(&mut self, pack: PackId, choice: String) -> Result<(), WriteError> {
        let upsert = sqlx::query(
            "INSERT INTO remote_pack (pack, choice) VALUES (?, ?) ON CONFLICT (pack) DO UPDATE SET choice = excluded.choice",
        );
        self.0.run(WHAT, upsert.bind(pack.to_string()).bind(choice)).await?;
        Ok(())
    }

    /// Keeps the version of a site that was put into the library in the same transaction.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn keep(&mut self, site: &SiteId, remote: &RemoteSite) -> Result<(), WriteError> {
        let upsert = sqlx::query(
            "INSERT INTO remote_site (site, version, etags) VALUES (?, ?, ?)
             ON CONFLICT (site) DO UPDATE SET version = excluded.version, etags = excluded.etags",
        )
        .bind(site.as_str().to_owned())
        .bind(remote.version.clone())
        .bind(to_json(WHAT, &remote.etags)?);
        self.0.run(WHAT, upsert).await?;
        Ok(())
    }
}
