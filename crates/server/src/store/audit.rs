//! The audit log: rows that only grow, each with the hash of the one before (`security.md`, section 10).

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::AnyPool;

use super::{About, StoreError, Tx};

/// What is written about an act: who, what, about whom or which, and what came of it. No payloads, no names.
#[derive(Clone, Debug)]
pub(crate) struct Act<'a> {
    /// `p:<id>` of a person, or `cli` for whoever has the server's disk.
    pub actor: &'a str,
    /// For instance `session.revoked`.
    pub action: &'a str,
    /// What it was done to; possibly empty.
    pub object: &'a str,
    /// `done`, or why not.
    pub outcome: &'a str,
}

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuditRow {
    /// Its number, from 1, without gaps.
    pub number: i64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// To what.
    pub object: String,
    /// What came of it.
    pub outcome: String,
    /// Hash of the row before; empty in the first.
    pub previous: String,
    /// Hash of this row.
    pub hash: String,
}

/// SQL's row.
type Stored = (i64, i64, String, String, String, String, String, String);

impl AuditRow {
    /// SHA-256, hex, over all fields, each with its length before it, so that no two rows read alike.
    pub(crate) fn computed_hash(&self) -> String {
        let mut hasher = Sha256::new();
        let (number, at) = (self.number.to_string(), self.at.to_string());
        for field in [&number, &at, &self.actor, &self.action, &self.object, &self.outcome, &self.previous] {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn from_stored((number, at, actor, action, object, outcome, previous, hash): Stored) -> Self {
        Self { number, at, actor, action, object, outcome, previous, hash }
    }
}

/// Appends a row in the transaction of the act itself: what is undone was never done, and what is done is told.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn append(tx: &mut Tx, now: Timestamp, act: &Act<'_>) -> Result<(), StoreError> {
    let what = "the audit log";
    let (number, previous): (i64, String) =
        sqlx::query_as("UPDATE audit_head SET number = number + 1 RETURNING number, hash")
            .fetch_one(&mut **tx)
            .await
            .about(what)?;
    let Act { actor, action, object, outcome } = act;
    let (actor, action, object, outcome) =
        ((*actor).to_owned(), (*action).to_owned(), (*object).to_owned(), (*outcome).to_owned());
    let at = now.as_millisecond();
    let mut row = AuditRow { number, at, actor, action, object, outcome, previous, hash: String::new() };
    row.hash = row.computed_hash();
    sqlx::query(
        "INSERT INTO audit (number, at, actor, action, object, outcome, previous, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(row.number)
    .bind(row.at)
    .bind(&row.actor)
    .bind(&row.action)
    .bind(&row.object)
    .bind(&row.outcome)
    .bind(&row.previous)
    .bind(&row.hash)
    .execute(&mut **tx)
    .await
    .about(what)?;
    sqlx::query("UPDATE audit_head SET hash = $1").bind(&row.hash).execute(&mut **tx).await.about(what)?;
    // The service log is a second place that holds the chain: whoever rewrites the table cannot rewrite it too.
    tracing::info!(number = row.number, action = row.action, hash = row.hash, "audit");
    Ok(())
}

/// Rows after a number, in order.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn rows_after(pool: &AnyPool, after: i64, limit: i64) -> Result<Vec<AuditRow>, StoreError> {
    let rows: Vec<Stored> = sqlx::query_as(
        "SELECT number, at, actor, action, object, outcome, previous, hash FROM audit
         WHERE number > $1 ORDER BY number LIMIT $2",
    )
    .bind(after)
    .bind(limit)
    .fetch_all(pool)
    .await
    .about("the audit log")?;
    Ok(rows.into_iter().map(AuditRow::from_stored).collect())
}

/// The number and hash that the last row must have.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn head(pool: &AnyPool) -> Result<Option<(i64, String)>, StoreError> {
    sqlx::query_as("SELECT number, hash FROM audit_head").fetch_optional(pool).await.about("the audit log")
}
