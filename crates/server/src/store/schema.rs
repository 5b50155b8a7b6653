//! Bringing a database to the shape that this program knows.

use sqlx::{AnyPool, Executor};

use super::{About, StoreError, Tx};

/// Steps in order; a released one is never edited, only followed by others.
const STEPS: &[&str] =
    &[include_str!("schema.sql"), include_str!("forge.sql"), include_str!("org.sql"), include_str!("identity.sql")];

/// Applies what is missing, each step in a transaction of its own. Several servers may start at once: whoever
/// writes the version row first goes on, the others wait for it.
///
/// # Errors
/// Where a statement fails, or the database is a newer server's.
pub(super) async fn migrate(pool: &AnyPool, begin: &'static str) -> Result<(), StoreError> {
    let what = "the schema";
    let table = "CREATE TABLE IF NOT EXISTS schema_version (only_row BIGINT PRIMARY KEY, version BIGINT NOT NULL)";
    pool.execute(table).await.about(what)?;
    pool.execute("INSERT INTO schema_version (only_row, version) VALUES (1, 0) ON CONFLICT DO NOTHING")
        .await
        .about(what)?;
    let known = STEPS.len() as i64;
    loop {
        let mut tx: Tx = pool.begin_with(begin).await.about(what)?;
        // Written before it is read: the row's lock orders servers that start together.
        let found: i64 =
            sqlx::query_scalar("UPDATE schema_version SET version = version WHERE only_row = 1 RETURNING version")
                .fetch_one(&mut *tx)
                .await
                .about(what)?;
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        let Some(step) = STEPS.get(found as usize) else { return Ok(()) };
        for statement in step.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
            (&mut *tx).execute(statement).await.about(what)?;
        }
        sqlx::query("UPDATE schema_version SET version = $1").bind(found + 1).execute(&mut *tx).await.about(what)?;
        tx.commit().await.about(what)?;
    }
}
