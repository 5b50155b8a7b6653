//! Whose account at an identity provider is whose.

use serde::Serialize;
use waymark_core::id::PersonId;

use super::{About, Store, StoreError, Tx};

const WHAT: &str = "an account at the identity provider";

/// The person of an account, held until the commit.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn hold(tx: &mut Tx, issuer: &str, subject: &str) -> Result<Option<String>, StoreError> {
    sqlx::query_scalar("UPDATE identity SET person = person WHERE issuer = $1 AND subject = $2 RETURNING person")
        .bind(issuer)
        .bind(subject)
        .fetch_optional(&mut **tx)
        .await
        .about(WHAT)
}

/// Gives an account to a person. `false` where the person has another one of this provider, or the account went to
/// somebody a moment ago.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn link(
    tx: &mut Tx,
    (issuer, subject): (&str, &str),
    person: &str,
    now: i64,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO identity (issuer, subject, person, linked) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(issuer)
    .bind(subject)
    .bind(person)
    .bind(now)
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    Ok(done.rows_affected() == 1)
}

/// An account of the person's.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Account {
    /// The identity provider.
    pub issuer: String,
    /// Its name for the person.
    pub subject: String,
    /// When it was linked, milliseconds since 1970.
    pub linked: i64,
}

/// Accounts of a person.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn of_person(store: &Store, person: PersonId) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<(String, String, i64)> =
        sqlx::query_as("SELECT issuer, subject, linked FROM identity WHERE person = $1 ORDER BY linked, issuer")
            .bind(person.to_string())
            .fetch_all(store.read())
            .await
            .about(WHAT)?;
    Ok(rows.into_iter().map(|(issuer, subject, linked)| Account { issuer, subject, linked }).collect())
}

/// Takes a person's accounts away; how many there were.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn unlink(tx: &mut Tx, person: &str) -> Result<u64, StoreError> {
    let done =
        sqlx::query("DELETE FROM identity WHERE person = $1").bind(person).execute(&mut **tx).await.about(WHAT)?;
    Ok(done.rows_affected())
}
