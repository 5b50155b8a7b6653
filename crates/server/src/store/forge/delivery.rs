//! Deliveries as they came.

use jiff::{SignedDuration, Timestamp};

use crate::store::{About, Store, StoreError, Tx};

/// How long deliveries are kept, for accounts that are mapped late.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

const WHAT: &str = "a forge's delivery";

/// A delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    /// Who sent it: `github`, `gitlab`, `cdevents`.
    pub forge: String,
    /// The sender's id for it.
    pub id: String,
    /// The kind by the sender's header, possibly empty.
    pub kind: String,
    /// The bytes as they came.
    pub body: String,
    /// `signed` or `token only`.
    pub trust: String,
    /// When, in milliseconds.
    pub received: i64,
}

/// Keeps a delivery. No where its id was there already.
pub(crate) async fn keep(store: &Store, delivery: &Delivery) -> Result<bool, StoreError> {
    let mut tx = store.begin().await?;
    let kept = sqlx::query(
        "INSERT INTO forge_delivery (forge, id, kind, body, trust, received) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
    )
    .bind(&delivery.forge)
    .bind(&delivery.id)
    .bind(&delivery.kind)
    .bind(&delivery.body)
    .bind(&delivery.trust)
    .bind(delivery.received)
    .execute(&mut *tx)
    .await
    .about(WHAT)?;
    tx.commit().await.about(WHAT)?;
    Ok(kept.rows_affected() == 1)
}

/// Deliveries that nobody has worked on, oldest first.
pub(crate) async fn open(store: &Store, most: i64) -> Result<Vec<Delivery>, StoreError> {
    let rows: Vec<(String, String, String, String, String, i64)> = sqlx::query_as(
        "SELECT forge, id, kind, body, trust, received FROM forge_delivery WHERE handled IS NULL
         ORDER BY received, id LIMIT $1",
    )
    .bind(most)
    .fetch_all(store.read())
    .await
    .about(WHAT)?;
    let one = |(forge, id, kind, body, trust, received)| Delivery { forge, id, kind, body, trust, received };
    Ok(rows.into_iter().map(one).collect())
}

/// Takes a delivery for this transaction; no where another server has it already.
pub(crate) async fn take(tx: &mut Tx, delivery: &Delivery, now: Timestamp) -> Result<bool, StoreError> {
    let taken = sqlx::query("UPDATE forge_delivery SET handled = $1 WHERE forge = $2 AND id = $3 AND handled IS NULL")
        .bind(now.as_millisecond())
        .bind(&delivery.forge)
        .bind(&delivery.id)
        .execute(&mut **tx)
        .await
        .about(WHAT)?;
    Ok(taken.rows_affected() == 1)
}

/// Writes down what became of a delivery.
pub(crate) async fn conclude(tx: &mut Tx, delivery: &Delivery, outcome: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE forge_delivery SET outcome = $1 WHERE forge = $2 AND id = $3")
        .bind(outcome)
        .bind(&delivery.forge)
        .bind(&delivery.id)
        .execute(&mut **tx)
        .await
        .about(WHAT)?;
    Ok(())
}

/// How many deliveries a forge sent, how many wait, and when the last one came.
pub(crate) async fn summary(store: &Store) -> Result<Vec<(String, i64, i64, i64)>, StoreError> {
    sqlx::query_as(
        "SELECT forge, COUNT(*), COUNT(*) - COUNT(handled), MAX(received) FROM forge_delivery
         GROUP BY forge ORDER BY forge",
    )
    .fetch_all(store.read())
    .await
    .about(WHAT)
}

/// Deliveries of the last 90 days that could not be read, newest first: forge, kind and why.
pub(crate) async fn unreadable(store: &Store, most: i64) -> Result<Vec<(String, String, String)>, StoreError> {
    sqlx::query_as(
        "SELECT forge, kind, outcome FROM forge_delivery WHERE outcome LIKE 'could not be read%'
         ORDER BY received DESC LIMIT $1",
    )
    .bind(most)
    .fetch_all(store.read())
    .await
    .about(WHAT)
}

/// Deletes what is older than is kept: deliveries, pushes, and what was seen of accounts that are nobody's.
pub(crate) async fn forget(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let before = (now - KEPT).as_millisecond();
    let mut tx = store.begin().await?;
    let mut gone = 0;
    for statement in [
        "DELETE FROM forge_delivery WHERE received < $1",
        "DELETE FROM forge_push WHERE received < $1",
        "DELETE FROM forge_deployment WHERE received < $1 AND resolved = 0",
        "DELETE FROM forge_author WHERE received < $1",
        "DELETE FROM forge_sighting WHERE learnt < $1 AND NOT EXISTS (
             SELECT 1 FROM forge_account WHERE forge_account.forge = forge_sighting.forge
             AND forge_account.login = forge_sighting.login)",
    ] {
        gone += sqlx::query(statement).bind(before).execute(&mut *tx).await.about(WHAT)?.rows_affected();
    }
    tx.commit().await.about(WHAT)?;
    Ok(gone)
}
