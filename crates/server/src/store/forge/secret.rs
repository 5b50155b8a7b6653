//! Secrets and settings of forges. Nothing in here is ever logged.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::store::{About, Store, StoreError};

/// How long the secret before still holds after a new one was made.
const OVERLAP: SignedDuration = SignedDuration::from_hours(24 * 7);

const WHAT: &str = "a forge's secrets";

/// Makes `secret` the one that holds; those before it do for another week.
pub(crate) async fn rotate(store: &Store, forge: &str, secret: &str, now: Timestamp) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    sqlx::query("UPDATE forge_secret SET until = $1 WHERE forge = $2 AND until IS NULL")
        .bind((now + OVERLAP).as_millisecond())
        .bind(forge)
        .execute(&mut *tx)
        .await
        .about(WHAT)?;
    sqlx::query(
        "INSERT INTO forge_secret (forge, secret, made) VALUES ($1, $2, $3)
         ON CONFLICT (forge, secret) DO UPDATE SET until = NULL",
    )
    .bind(forge)
    .bind(secret)
    .bind(now.as_millisecond())
    .execute(&mut *tx)
    .await
    .about(WHAT)?;
    tx.commit().await.about(WHAT)
}

/// The secrets that hold now.
pub(crate) async fn current(store: &Store, forge: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
    sqlx::query_scalar("SELECT secret FROM forge_secret WHERE forge = $1 AND (until IS NULL OR until > $2)")
        .bind(forge)
        .bind(now.as_millisecond())
        .fetch_all(store.read())
        .await
        .about(WHAT)
}

/// Writes one setting; an empty value takes it away.
pub(crate) async fn set(store: &Store, forge: &str, name: &str, value: &str) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    if value.is_empty() {
        let delete = sqlx::query("DELETE FROM forge_setting WHERE forge = $1 AND name = $2").bind(forge).bind(name);
        delete.execute(&mut *tx).await.about(WHAT)?;
    } else {
        sqlx::query(
            "INSERT INTO forge_setting (forge, name, value) VALUES ($1, $2, $3)
             ON CONFLICT (forge, name) DO UPDATE SET value = excluded.value",
        )
        .bind(forge)
        .bind(name)
        .bind(value)
        .execute(&mut *tx)
        .await
        .about(WHAT)?;
    }
    tx.commit().await.about(WHAT)
}

/// All settings of a forge, by name.
pub(crate) async fn settings(store: &Store, forge: &str) -> Result<BTreeMap<String, String>, StoreError> {
    let rows: Vec<(String, String)> = sqlx::query_as("SELECT name, value FROM forge_setting WHERE forge = $1")
        .bind(forge)
        .fetch_all(store.read())
        .await
        .about(WHAT)?;
    Ok(rows.into_iter().collect())
}

/// Whether a round is due; then it is this server's. Several servers make one round together.
pub(crate) async fn take_round(
    store: &Store,
    forge: &str,
    now: Timestamp,
    every: SignedDuration,
) -> Result<bool, StoreError> {
    let mut tx = store.begin().await?;
    let taken = sqlx::query(
        "INSERT INTO forge_setting (forge, name, value) VALUES ($1, 'round', $2)
         ON CONFLICT (forge, name) DO UPDATE SET value = excluded.value
         WHERE CAST(forge_setting.value AS BIGINT) <= $3",
    )
    .bind(forge)
    .bind(now.as_millisecond().to_string())
    .bind((now - every).as_millisecond())
    .execute(&mut *tx)
    .await
    .about(WHAT)?;
    tx.commit().await.about(WHAT)?;
    Ok(taken.rows_affected() == 1)
}
