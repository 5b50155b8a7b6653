//! Templates that were ever published, by hash.

use jiff::Timestamp;
use sqlx::{Any, Executor};
use waymark_core::journey::Template;

use super::{About, StoreError, Tx};

const WHAT: &str = "a template";

/// A published template, and the newest bundle that has it.
#[derive(Clone, Debug)]
pub(crate) struct TemplateRow {
    /// The template.
    pub template: Template,
    /// Name of the newest bundle with exactly this template; empty where there is none any more.
    pub bundle: String,
}

/// The template with this hash, where it was ever published.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn get<'c>(
    executor: impl Executor<'c, Database = Any>,
    hash: &str,
) -> Result<Option<TemplateRow>, StoreError> {
    let row: Option<(String, Option<String>)> = sqlx::query_as(
        "SELECT body, (SELECT bundle FROM bundle_template WHERE bundle_template.hash = template.hash
                       ORDER BY sequence DESC LIMIT 1)
         FROM template WHERE hash = $1",
    )
    .bind(hash)
    .fetch_optional(executor)
    .await
    .about(WHAT)?;
    let Some((body, bundle)) = row else { return Ok(None) };
    Ok(Some(TemplateRow { template: serde_json::from_str(&body).about(WHAT)?, bundle: bundle.unwrap_or_default() }))
}

/// Keeps a template for ever; one that is there already stays.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn keep(tx: &mut Tx, template: &Template, hash: &str, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO template (hash, id, title, version, body, created) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
    )
    .bind(hash)
    .bind(template.id.as_str())
    .bind(&template.title)
    .bind(&template.version)
    .bind(serde_json::to_string(template).about(WHAT)?)
    .bind(now.as_millisecond())
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    Ok(())
}
