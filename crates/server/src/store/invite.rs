//! Invites. Of a code only the digest is kept.

use sqlx::AnyPool;

use super::{About, StoreError, Tx};

/// An invite.
#[derive(Clone, Debug)]
pub(crate) struct InviteRow {
    /// For whom.
    pub person: String,
    /// Milliseconds since 1970.
    pub expires: i64,
    /// When it was used.
    pub used: Option<i64>,
    /// The session that it opened.
    pub session: Option<String>,
}

/// Finds an invite by its code's digest.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn find(pool: &AnyPool, hash: &str) -> Result<Option<InviteRow>, StoreError> {
    let row: Option<(String, i64, Option<i64>, Option<String>)> =
        sqlx::query_as("SELECT person, expires, used, session FROM invite WHERE hash = $1")
            .bind(hash)
            .fetch_optional(pool)
            .await
            .about("an invite")?;
    Ok(row.map(|(person, expires, used, session)| InviteRow { person, expires, used, session }))
}

/// The same in a transaction, holding the invite until the commit: of two who come at once, one waits.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn hold(tx: &mut Tx, hash: &str) -> Result<Option<InviteRow>, StoreError> {
    let row: Option<(String, i64, Option<i64>, Option<String>)> =
        sqlx::query_as("UPDATE invite SET hash = hash WHERE hash = $1 RETURNING person, expires, used, session")
            .bind(hash)
            .fetch_optional(&mut **tx)
            .await
            .about("an invite")?;
    Ok(row.map(|(person, expires, used, session)| InviteRow { person, expires, used, session }))
}

/// A new invite for `person`; those of theirs that are still open end, so that one code is in the world.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn make(
    tx: &mut Tx,
    hash: &str,
    person: &str,
    made_by: Option<&str>,
    (now, expires): (i64, i64),
) -> Result<(), StoreError> {
    let what = "an invite";
    end_for(tx, person, now).await?;
    sqlx::query("INSERT INTO invite (hash, person, made_by, expires, created) VALUES ($1, $2, $3, $4, $5)")
        .bind(hash)
        .bind(person)
        .bind(made_by)
        .bind(expires)
        .bind(now)
        .execute(&mut **tx)
        .await
        .about(what)?;
    Ok(())
}

/// Ends a person's open invites.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn end_for(tx: &mut Tx, person: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE invite SET expires = $1 WHERE person = $2 AND used IS NULL AND expires > $1")
        .bind(now)
        .bind(person)
        .execute(&mut **tx)
        .await
        .about("invites")?;
    Ok(())
}

/// Marks an invite as used by the session that it opened.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn use_up(tx: &mut Tx, hash: &str, session: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE invite SET used = $1, session = $2 WHERE hash = $3")
        .bind(now)
        .bind(session)
        .bind(hash)
        .execute(&mut **tx)
        .await
        .about("an invite")?;
    Ok(())
}
