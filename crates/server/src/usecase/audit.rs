//! The one place from which facts, content and pages write into the audit log.

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::ingest::hex_of;
use crate::store::{About, StoreError, Tx};

/// Who did what to what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Note<'a> {
    /// A person's id, `cli` or `server`.
    pub actor: &'a str,
    /// One word: `view`, `publish`, `sign-off`.
    pub action: &'a str,
    /// `person/<id>`, `journey/<id>`, `bundle/<name>/<version>`.
    pub object: &'a str,
}

/// Adds a row, chained to the one before.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn note(tx: &mut Tx, note: &Note<'_>, now: Timestamp) -> Result<(), StoreError> {
    let what = "the audit log";
    let last: Option<(i64, String)> = sqlx::query_as("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
        .fetch_optional(&mut **tx)
        .await
        .about(what)?;
    let (number, previous) = last.map_or((1, String::new()), |(number, hash)| (number + 1, hash));
    let at = now.as_millisecond();
    let Note { actor, action, object } = note;
    let hash = hex_of(&Sha256::digest(format!("{previous}\n{number}\n{at}\n{actor}\n{action}\n{object}\ndone")));
    sqlx::query(
        "INSERT INTO audit (number, at, actor, action, object, outcome, previous, hash)
         VALUES ($1, $2, $3, $4, $5, 'done', $6, $7)",
    )
    .bind(number)
    .bind(at)
    .bind(*actor)
    .bind(*action)
    .bind(*object)
    .bind(previous)
    .bind(hash)
    .execute(&mut **tx)
    .await
    .about(what)?;
    Ok(())
}
