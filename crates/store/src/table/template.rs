//! Journeys as a pack offers them now. What a person runs is pinned in `journey`.

use waymark_core::{
    id::{PackId, TemplateId},
    journey::Template,
};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, from_json, parse, to_json},
};

const WHAT: &str = "templates";

/// A template on its way into the library.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateContent {
    /// The template; its id is unique in its pack.
    pub template: Template,
    /// BLAKE3 of the file's bytes, hex.
    pub hash: String,
}

/// A template of a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct PackTemplate {
    /// Where it came from.
    pub pack: PackId,
    /// The template.
    pub template: Template,
    /// BLAKE3 of the file's bytes, hex.
    pub hash: String,
}

/// Reads of templates.
#[derive(Debug)]
pub struct Templates<'db>(&'db Db);

impl Db {
    /// The templates of all packs.
    pub fn templates(&self) -> Templates<'_> {
        Templates(self)
    }
}

impl Templates<'_> {
    /// All templates, by pack and in the pack's order.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn list(&self) -> Result<Vec<PackTemplate>, ReadError> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT template.pack, template.hash, template.body FROM template JOIN pack ON pack.id = template.pack
             ORDER BY pack.added_at, pack.id, template.position",
        )
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter()
            .map(|(pack, hash, body)| {
                Ok(PackTemplate { pack: parse(WHAT, &pack)?, template: from_json(WHAT, &body)?, hash })
            })
            .collect()
    }

    /// One template of one pack.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn get(&self, pack: PackId, id: &TemplateId) -> Result<Option<PackTemplate>, ReadError> {
        let row: Option<(String, String)> = sqlx::query_as("SELECT hash, body FROM template WHERE pack = ? AND id = ?")
            .bind(pack.to_string())
            .bind(id.as_str().to_owned())
            .fetch_optional(self.0.reader())
            .await
            .reading(WHAT)?;
        row.map(|(hash, body)| Ok(PackTemplate { pack, template: from_json(WHAT, &body)?, hash })).transpose()
    }
}

pub(crate) async fn insert_all(tx: &mut Tx, pack: PackId, templates: Vec<TemplateContent>) -> Result<(), WriteError> {
    for (position, TemplateContent { template, hash }) in templates.into_iter().enumerate() {
        let insert =
            sqlx::query("INSERT INTO template (pack, id, position, path, hash, body) VALUES (?, ?, ?, ?, ?, ?)")
                .bind(pack.to_string())
                .bind(template.id.as_str().to_owned())
                .bind(position as i64)
                .bind(template.path.clone())
                .bind(hash)
                .bind(to_json(WHAT, &template)?);
        tx.run(WHAT, insert).await?;
    }
    Ok(())
}
