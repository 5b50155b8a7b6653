//! The projection of facts: one row for each person's run.

use jiff::{Timestamp, civil::Date};
use sqlx::{Any, AssertSqlSafe, Executor};
use waymark_core::id::{JourneyId, PersonId};

use super::{About, StoreError, Tx, numbered, placeholders, stored};

const WHAT: &str = "a journey";
const COLUMNS: &str = "id, person, bundle, hash, start, revision, summary, withdrawn, finished";

/// A person's run.
#[derive(Clone, Debug)]
pub(crate) struct JourneyRow {
    /// Which one.
    pub id: JourneyId,
    /// Whose.
    pub person: PersonId,
    /// Name of the bundle that its template came from, possibly empty.
    pub bundle: String,
    /// Hash of the template that it is pinned to.
    pub hash: String,
    /// Day 1.
    pub start: Date,
    /// Rises with each fact that it takes.
    pub revision: i64,
    /// `waymark_core::team::JourneySummary` as JSON.
    pub summary: String,
    /// Since when it is off the list.
    pub withdrawn: Option<Timestamp>,
    /// Since when everything required is done.
    pub finished: Option<Timestamp>,
}

type Raw = (String, String, String, String, String, i64, String, Option<i64>, Option<i64>);

fn read(
    (id, person, bundle, hash, start, revision, summary, withdrawn, finished): Raw,
) -> Result<JourneyRow, StoreError> {
    let moment = |at: Option<i64>| at.map(Timestamp::from_millisecond).transpose().map_err(|error| stored(WHAT, error));
    Ok(JourneyRow {
        id: id.parse().map_err(|error| stored(WHAT, error))?,
        person: person.parse().map_err(|error| stored(WHAT, error))?,
        bundle,
        hash,
        start: start.parse().map_err(|error| stored(WHAT, error))?,
        revision,
        summary,
        withdrawn: moment(withdrawn)?,
        finished: moment(finished)?,
    })
}

/// Those of `ids` that there are.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn by_id<'c>(
    executor: impl Executor<'c, Database = Any>,
    ids: &[JourneyId],
) -> Result<Vec<JourneyRow>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT {COLUMNS} FROM journey WHERE id IN ({})", numbered(1, ids.len()));
    let mut query = sqlx::query_as(AssertSqlSafe(sql));
    for id in ids {
        query = query.bind(id.to_string());
    }
    query.fetch_all(executor).await.about(WHAT)?.into_iter().map(read).collect()
}

/// A person's runs, the newest start first.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn of_person<'c>(
    executor: impl Executor<'c, Database = Any>,
    person: PersonId,
) -> Result<Vec<JourneyRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM journey WHERE person = $1 ORDER BY start DESC, id DESC");
    let rows = sqlx::query_as(AssertSqlSafe(sql)).bind(person.to_string()).fetch_all(executor).await.about(WHAT)?;
    rows.into_iter().map(read).collect()
}

/// A row to write, with what never changes and what does.
#[derive(Clone, Debug)]
pub(crate) struct Projected<'a> {
    /// The row.
    pub row: &'a JourneyRow,
    /// The template's id.
    pub template: &'a str,
    /// The template's title.
    pub title: &'a str,
    /// The authors' version.
    pub version: &'a str,
}

/// Writes runs, all in one statement; what was there gets the new fold.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn put(tx: &mut Tx, rows: &[Projected<'_>], now: Timestamp) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO journey (id, person, bundle, template, title, version, hash, start, revision, summary, withdrawn,
                              finished, changed) VALUES {}
         ON CONFLICT (id) DO UPDATE SET start = excluded.start, revision = excluded.revision,
             summary = excluded.summary, withdrawn = excluded.withdrawn, finished = excluded.finished,
             changed = excluded.changed",
        placeholders(rows.len(), 13)
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for Projected { row, template, title, version } in rows {
        query = query
            .bind(row.id.to_string())
            .bind(row.person.to_string())
            .bind(&row.bundle)
            .bind(*template)
            .bind(*title)
            .bind(*version)
            .bind(&row.hash)
            .bind(row.start.to_string())
            .bind(row.revision)
            .bind(&row.summary)
            .bind(row.withdrawn.map(Timestamp::as_millisecond))
            .bind(row.finished.map(Timestamp::as_millisecond))
            .bind(now.as_millisecond());
    }
    query.execute(&mut **tx).await.about(WHAT)?;
    Ok(())
}
