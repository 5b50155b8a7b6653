//! Sessions: a device that is signed in, and the tokens' digests.

use sqlx::AnyPool;

use super::{About, StoreError, Tx};

/// Digests and ends of a pair of tokens; milliseconds since 1970.
#[derive(Clone, Debug)]
pub(crate) struct PairRow {
    /// SHA-256 of the access token, hex.
    pub access_hash: String,
    /// Its end.
    pub access_until: i64,
    /// SHA-256 of the refresh token, hex.
    pub refresh_hash: String,
    /// Its end if it is not used.
    pub refresh_until: i64,
}

/// What refreshing needs to know of a session.
#[derive(Clone, Debug)]
pub(crate) struct SessionRow {
    /// Its id.
    pub id: String,
    /// Its person.
    pub person: String,
    /// The device's public key.
    pub public_key: String,
    /// Digest of the refresh token that counts.
    pub refresh_hash: String,
    /// Its end.
    pub refresh_until: i64,
    /// The end of the family.
    pub absolute_until: i64,
    /// Whether person and device may be here and nobody ended the session.
    pub live: bool,
    /// The last rotation.
    pub rotation: Option<Rotation>,
    /// Whether the current pair was used.
    pub used: bool,
}

/// A rotation that can be told again.
#[derive(Clone, Debug)]
pub(crate) struct Rotation {
    /// The client's name for it.
    pub id: String,
    /// Digest of the token that it replaced.
    pub from: String,
    /// When.
    pub at: i64,
    /// The new pair, sealed for the holder of the old token.
    pub sealed: String,
}

/// A session in a list.
pub(crate) type Listed = (String, String, i64, i64);

/// Opens a session.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn insert(
    tx: &mut Tx,
    id: &str,
    (person, device): (&str, &str),
    pair: &PairRow,
    (now, absolute_until): (i64, i64),
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO session (id, device, person, access_hash, access_until, refresh_hash, refresh_until,
                              absolute_until, created, last_seen)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
    )
    .bind(id)
    .bind(device)
    .bind(person)
    .bind(&pair.access_hash)
    .bind(pair.access_until)
    .bind(&pair.refresh_hash)
    .bind(pair.refresh_until)
    .bind(absolute_until)
    .bind(now)
    .execute(&mut **tx)
    .await
    .about("a session")?;
    Ok(())
}

/// The session that a refresh token belongs to or belonged to, held until the commit.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn hold_by_refresh(tx: &mut Tx, hash: &str) -> Result<Option<SessionRow>, StoreError> {
    let what = "a session";
    // The lock first: what is read after it is what the one before left.
    let id: Option<String> = sqlx::query_scalar(
        "UPDATE session SET id = id WHERE refresh_hash = $1 OR id = (SELECT session FROM used_refresh WHERE hash = $1)
         RETURNING id",
    )
    .bind(hash)
    .fetch_optional(&mut **tx)
    .await
    .about(what)?;
    let Some(id) = id else { return Ok(None) };
    type Stored = (
        String,
        String,
        String,
        i64,
        i64,
        Option<String>,
        Option<String>,
        Option<i64>,
        Option<String>,
        Option<i64>,
        i64,
    );
    let (person, public_key, refresh_hash, refresh_until, absolute_until, rotation, from, at, sealed, used, live): Stored =
        sqlx::query_as(
            "SELECT session.person, device.public_key, refresh_hash, refresh_until, absolute_until,
                    rotation, rotated_from, rotated_at, sealed_pair, used,
                    CASE WHEN ended IS NULL AND device.revoked IS NULL AND person.active = 1 THEN 1 ELSE 0 END
             FROM session JOIN person ON person.id = session.person JOIN device ON device.id = session.device
             WHERE session.id = $1",
        )
        .bind(&id)
        .fetch_one(&mut **tx)
        .await
        .about(what)?;
    let rotation = match (rotation, from, at, sealed) {
        (Some(id), Some(from), Some(at), Some(sealed)) => Some(Rotation { id, from, at, sealed }),
        _ => None,
    };
    let (used, live) = (used.is_some(), live == 1);
    Ok(Some(SessionRow { id, person, public_key, refresh_hash, refresh_until, absolute_until, live, rotation, used }))
}

/// Puts a new pair in the place of the old one, whose refresh token is remembered as used up.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn rotate(tx: &mut Tx, id: &str, pair: &PairRow, rotation: &Rotation) -> Result<(), StoreError> {
    let what = "a session";
    sqlx::query("INSERT INTO used_refresh (hash, session, used) VALUES ($1, $2, $3)")
        .bind(&rotation.from)
        .bind(id)
        .bind(rotation.at)
        .execute(&mut **tx)
        .await
        .about(what)?;
    sqlx::query(
        "UPDATE session SET access_hash = $1, access_until = $2, refresh_hash = $3, refresh_until = $4, rotation = $5,
                rotated_from = $6, rotated_at = $7, sealed_pair = $8, used = NULL, last_seen = $7 WHERE id = $9",
    )
    .bind(&pair.access_hash)
    .bind(pair.access_until)
    .bind(&pair.refresh_hash)
    .bind(pair.refresh_until)
    .bind(&rotation.id)
    .bind(&rotation.from)
    .bind(rotation.at)
    .bind(&rotation.sealed)
    .bind(id)
    .execute(&mut **tx)
    .await
    .about(what)?;
    Ok(())
}

/// Ends a session; whether it was open.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn end(tx: &mut Tx, id: &str, now: i64) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE session SET ended = $1, sealed_pair = NULL WHERE id = $2 AND ended IS NULL")
        .bind(now)
        .bind(id)
        .execute(&mut **tx)
        .await
        .about("a session")?;
    Ok(done.rows_affected() > 0)
}

/// Ends all sessions of a person.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn end_for(tx: &mut Tx, person: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE session SET ended = $1, sealed_pair = NULL WHERE person = $2 AND ended IS NULL")
        .bind(now)
        .bind(person)
        .execute(&mut **tx)
        .await
        .about("sessions")?;
    Ok(())
}

/// An open session's person and device.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn owner(pool: &AnyPool, id: &str) -> Result<Option<(String, String)>, StoreError> {
    sqlx::query_as("SELECT person, device FROM session WHERE id = $1 AND ended IS NULL")
        .bind(id)
        .fetch_optional(pool)
        .await
        .about("a session")
}

/// Whether a session is open and its tokens were never used.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn is_untouched(tx: &mut Tx, id: &str) -> Result<Option<(String, String)>, StoreError> {
    sqlx::query_as(
        "SELECT session.device, device.public_key FROM session JOIN device ON device.id = session.device
         WHERE session.id = $1 AND ended IS NULL AND used IS NULL AND rotation IS NULL",
    )
    .bind(id)
    .fetch_optional(&mut **tx)
    .await
    .about("a session")
}

/// A person's open sessions after an id: id, the device's label, since when, last seen.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn list(pool: &AnyPool, person: &str, after: &str, limit: i64) -> Result<Vec<Listed>, StoreError> {
    sqlx::query_as(
        "SELECT session.id, device.label, session.created, session.last_seen
         FROM session JOIN device ON device.id = session.device
         WHERE session.person = $1 AND session.ended IS NULL AND session.id > $2 ORDER BY session.id LIMIT $3",
    )
    .bind(person)
    .bind(after)
    .bind(limit)
    .fetch_all(pool)
    .await
    .about("sessions")
}

/// Notes that a session's tokens were used.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn seen(tx: &mut Tx, id: &str, now: i64) -> Result<(), StoreError> {
    let what = "a session";
    sqlx::query("UPDATE session SET used = COALESCE(used, $1), sealed_pair = NULL, last_seen = $1 WHERE id = $2")
        .bind(now)
        .bind(id)
        .execute(&mut **tx)
        .await
        .about(what)?;
    sqlx::query("UPDATE device SET last_seen = $1 WHERE id = (SELECT device FROM session WHERE id = $2)")
        .bind(now)
        .bind(id)
        .execute(&mut **tx)
        .await
        .about(what)?;
    Ok(())
}
