//! Roadmaps, at most one for each pack.

use waymark_core::{id::PackId, roadmap::Roadmap};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, from_json, parse, to_json},
};

const WHAT: &str = "roadmaps";

/// Reads of roadmaps.
#[derive(Debug)]
pub struct Roadmaps<'db>(&'db Db);

impl Db {
    /// The roadmaps of all packs.
    pub fn roadmaps(&self) -> Roadmaps<'_> {
        Roadmaps(self)
    }
}

impl Roadmaps<'_> {
    /// All roadmaps with their packs, in the order in which the packs were added.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn list(&self) -> Result<Vec<(PackId, Roadmap)>, ReadError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT roadmap.pack, roadmap.body FROM roadmap JOIN pack ON pack.id = roadmap.pack
             ORDER BY pack.added_at, pack.id",
        )
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter().map(|(pack, body)| Ok((parse(WHAT, &pack)?, from_json(WHAT, &body)?))).collect()
    }

    /// The roadmap of one pack.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn get(&self, pack: PackId) -> Result<Option<Roadmap>, ReadError> {
        let body: Option<String> = sqlx::query_scalar("SELECT body FROM roadmap WHERE pack = ?")
            .bind(pack.to_string())
            .fetch_optional(self.0.reader())
            .await
            .reading(WHAT)?;
        body.map(|body| from_json(WHAT, &body)).transpose()
    }
}

pub(crate) async fn insert(tx: &mut Tx, pack: PackId, roadmap: &Roadmap) -> Result<(), WriteError> {
    let insert = sqlx::query("INSERT INTO roadmap (pack, body) VALUES (?, ?)")
        .bind(pack.to_string())
        .bind(to_json(WHAT, roadmap)?);
    tx.run(WHAT, insert).await?;
    Ok(())
}
