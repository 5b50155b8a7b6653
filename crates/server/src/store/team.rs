//! Lines: who reports to whom, with the journeys of everybody in them.

use sqlx::AnyPool;
use waymark_core::id::PersonId;

use super::{About, StoreError, stored};

const WHAT: &str = "a line";

/// A journey of somebody of a line.
#[derive(Clone, Debug)]
pub(crate) struct LineRow {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// `waymark_core::team::JourneySummary` as JSON.
    pub summary: String,
}

fn read(rows: Vec<(String, String, String)>) -> Result<Vec<LineRow>, StoreError> {
    let read = |(person, name, summary): (String, String, String)| {
        Ok(LineRow { person: person.parse().map_err(|error| stored(WHAT, error))?, name, summary })
    };
    rows.into_iter().map(read).collect()
}

/// The journeys of everybody who reports to `manager` now, directly or through others.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn line(pool: &AnyPool, manager: PersonId) -> Result<Vec<LineRow>, StoreError> {
    // Sixteen levels, as in `Caller::leads`.
    let rows = sqlx::query_as(
        "WITH RECURSIVE below (id, depth) AS (
             SELECT id, 1 FROM person WHERE manager = $1
             UNION SELECT person.id, depth + 1 FROM below JOIN person ON person.manager = below.id WHERE depth < 16)
         SELECT person.id, person.name, journey.summary
         FROM (SELECT DISTINCT id FROM below) AS line
         JOIN person ON person.id = line.id JOIN journey ON journey.person = line.id
         WHERE person.erased IS NULL AND person.id <> $1",
    )
    .bind(manager.to_string())
    .fetch_all(pool)
    .await
    .about(WHAT)?;
    read(rows)
}

/// The journeys of everybody.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn everybody(pool: &AnyPool) -> Result<Vec<LineRow>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT person.id, person.name, journey.summary FROM journey JOIN person ON person.id = journey.person
         WHERE person.erased IS NULL",
    )
    .fetch_all(pool)
    .await
    .about(WHAT)?;
    read(rows)
}
