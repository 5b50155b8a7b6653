//! Everything that the database has about one person: to hand over, and to erase.

use jiff::Timestamp;
use serde::Serialize;
use waymark_core::id::PersonId;

use super::{About, Store, StoreError, Tx};

const WHAT: &str = "everything about a person";

/// A device of the person's.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DeviceLine {
    /// Its id.
    pub id: String,
    /// What the person calls it.
    pub label: String,
    /// When it joined, milliseconds since 1970.
    pub created: i64,
    /// When it was heard of last.
    pub last_seen: i64,
    /// When it was sent away.
    pub revoked: Option<i64>,
}

/// A fact with what became of it.
#[derive(Clone, Debug)]
pub(crate) struct FactLine {
    /// The bytes as they came.
    pub body: String,
    /// What became of it.
    pub outcome: String,
    /// When it was stored, milliseconds since 1970.
    pub stored: i64,
}

/// Devices of a person.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn devices(store: &Store, person: PersonId) -> Result<Vec<DeviceLine>, StoreError> {
    let rows: Vec<(String, String, i64, i64, Option<i64>)> = sqlx::query_as(
        "SELECT id, label, created, last_seen, revoked FROM device WHERE person = $1 ORDER BY created, id",
    )
    .bind(person.to_string())
    .fetch_all(store.read())
    .await
    .about(WHAT)?;
    let line = |(id, label, created, last_seen, revoked)| DeviceLine { id, label, created, last_seen, revoked };
    Ok(rows.into_iter().map(line).collect())
}

/// All facts about a person or by them, the refused ones too.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn facts(store: &Store, person: PersonId) -> Result<Vec<FactLine>, StoreError> {
    let rows: Vec<(String, String, i64)> =
        sqlx::query_as("SELECT body, outcome, stored FROM event WHERE person = $1 ORDER BY stored, epoch, sequence")
            .bind(person.to_string())
            .fetch_all(store.read())
            .await
            .about(WHAT)?;
    Ok(rows.into_iter().map(|(body, outcome, stored)| FactLine { body, outcome, stored }).collect())
}

/// What the person was told beside facts, as JSON.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn told(store: &Store, person: PersonId) -> Result<Vec<String>, StoreError> {
    sqlx::query_scalar("SELECT body FROM feed WHERE person = $1 ORDER BY number")
        .bind(person.to_string())
        .fetch_all(store.read())
        .await
        .about(WHAT)
}

/// Forgets a person. What stays is the row's id, without name, key or profile, and of the facts nothing: other
/// people's facts that the person recorded keep the bare id as their author.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn erase(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
    super::forge::account::erase(tx, person).await?;
    super::sink::erase(tx, person).await?;
    let id = person.to_string();
    super::identity::unlink(tx, &id).await?;
    // Each by the person alone; nothing here depends on the order but the nudges.
    for sql in [
        "DELETE FROM nudge WHERE journey IN (SELECT id FROM journey WHERE person = $1)",
        "DELETE FROM journey WHERE person = $1",
        "DELETE FROM event WHERE person = $1",
        "DELETE FROM feed WHERE person = $1",
        "DELETE FROM view_hour WHERE person = $1 OR viewer = $1",
        "DELETE FROM invite WHERE person = $1",
        "DELETE FROM reporting WHERE person = $1",
        "UPDATE person SET buddy = NULL WHERE buddy = $1",
    ] {
        sqlx::query(sql).bind(&id).execute(&mut **tx).await.about(WHAT)?;
    }
    for sql in [
        "UPDATE session SET ended = $2 WHERE person = $1 AND ended IS NULL",
        "UPDATE device SET revoked = $2, label = '', public_key = '' WHERE person = $1",
        "UPDATE person SET key = 'erased:' || id, name = '', team = '', manager = NULL, buddy = NULL, roles = '',
             start_date = NULL, leave_date = NULL, zone = 'UTC', profile = '{}', active = 0, erased = $2 WHERE id = $1",
    ] {
        sqlx::query(sql).bind(&id).bind(now.as_millisecond()).execute(&mut **tx).await.about(WHAT)?;
    }
    Ok(())
}
