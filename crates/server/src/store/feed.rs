//! What changed for a person: facts by their number, and what is no fact.

use jiff::{SignedDuration, Timestamp};
use waymark_api::http::feed::ChangeKind;
use waymark_core::id::{DeviceId, PersonId};

use super::{About, Store, StoreError, Tx};

#[cfg(test)]
mod tests;

const WHAT: &str = "a person's feed";

/// How long messages stay in the feed: as long as devices keep what was acknowledged (`protocol.md`, section 3). A
/// device that was away for longer begins its feed again.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// People whose messages are forgotten in one transaction.
const AT_ONCE: i64 = 200;

/// Numbers of a person's feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// The last one.
    pub last: i64,
    /// Whatever is not above this one may be gone.
    pub pruned: i64,
}

/// One change.
#[derive(Clone, Debug)]
pub(crate) struct FeedRow {
    /// Its number.
    pub number: i64,
    /// A fact's bytes, with the name of who did it; or [`ChangeKind`] as JSON.
    pub body: Body,
}

/// What a change is.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// A fact.
    Event {
        /// Its bytes.
        event: String,
        /// Who did it: a name, or a service's.
        by: String,
        /// Whether the server itself recorded it, for a manager or a system of record.
        is_servers: bool,
    },
    /// Anything else, as JSON.
    Kind(String),
}

/// How far a person's feed reaches.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn bounds(store: &Store, person: PersonId) -> Result<Bounds, StoreError> {
    let (last, pruned): (i64, i64) = sqlx::query_as("SELECT feed_last, feed_pruned FROM person WHERE id = $1")
        .bind(person.to_string())
        .fetch_one(store.read())
        .await
        .about(WHAT)?;
    Ok(Bounds { last, pruned })
}

/// Which changes somebody wants.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// Whose.
    pub person: PersonId,
    /// What comes after this number.
    pub after: i64,
    /// And not after this one: what is committed later belongs to the next reading.
    pub until: i64,
    /// At most so many.
    pub limit: i64,
    /// A device that knows what it recorded itself.
    pub without: Option<DeviceId>,
}

/// Changes in the order of their numbers.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn list(store: &Store, window: Window) -> Result<Vec<FeedRow>, StoreError> {
    type Raw = (i64, String, Option<String>, Option<String>, Option<String>);
    let rows: Vec<Raw> = sqlx::query_as(
        "SELECT number, body, actor, name, device FROM (
             SELECT event.feed AS number, event.body, event.actor, person.name, event.device FROM event
             LEFT JOIN person ON person.id = event.actor
             WHERE event.person = $1 AND event.feed > $2 AND event.feed <= $3
                   AND (event.device IS NULL OR event.device <> $4)
             UNION ALL
             SELECT number, body, NULL, NULL, NULL FROM feed WHERE person = $1 AND number > $2 AND number <= $3) AS change
         ORDER BY number LIMIT $5",
    )
    .bind(window.person.to_string())
    .bind(window.after)
    .bind(window.until)
    .bind(window.without.map(|id| id.to_string()).unwrap_or_default())
    .bind(window.limit)
    .fetch_all(store.read())
    .await
    .about(WHAT)?;
    let read = |(number, body, actor, name, device): Raw| FeedRow {
        number,
        body: match actor {
            Some(actor) => Body::Event { event: body, by: name.unwrap_or(actor), is_servers: device.is_none() },
            None => Body::Kind(body),
        },
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Adds a change that is no fact; `number` is the next one of the person, whose row is locked.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn add(
    tx: &mut Tx,
    person: PersonId,
    number: i64,
    kind: &ChangeKind,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO feed (person, number, stored, body) VALUES ($1, $2, $3, $4)")
        .bind(person.to_string())
        .bind(number)
        .bind(now.as_millisecond())
        .bind(serde_json::to_string(kind).about(WHAT)?)
        .execute(&mut **tx)
        .await
        .about(WHAT)?;
    Ok(())
}

/// Tells everybody the same: one more number for each person.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn add_for_everybody(tx: &mut Tx, kind: &ChangeKind, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE person SET feed_last = feed_last + 1 WHERE active = 1").execute(&mut **tx).await.about(WHAT)?;
    sqlx::query(
        "INSERT INTO feed (person, number, stored, body) SELECT id, feed_last, $1, $2 FROM person WHERE active = 1",
    )
    .bind(now.as_millisecond())
    .bind(serde_json::to_string(kind).about(WHAT)?)
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    Ok(())
}

/// Forgets messages that are older than is kept, and writes down for each person up to which number: facts stay for
/// ever, and so do hours of looking that are not over. Says how many are gone.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn forget(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let kept_since = now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
    let before = kept_since.as_millisecond();
    let mut gone = 0;
    loop {
        let mut tx = store.begin().await?;
        let old: Vec<(String, i64)> = sqlx::query_as(
            "SELECT person, max(number) FROM feed WHERE stored < $1 GROUP BY person ORDER BY person LIMIT $2",
        )
        .bind(before)
        .bind(AT_ONCE)
        .fetch_all(&mut *tx)
        .await
        .about(WHAT)?;
        for (person, number) in &old {
            // The person's row first, as everywhere: whoever adds to this feed waits.
            sqlx::query("UPDATE person SET feed_pruned = $1 WHERE id = $2 AND feed_pruned < $1")
                .bind(number)
                .bind(person)
                .execute(&mut *tx)
                .await
                .about(WHAT)?;
            gone += sqlx::query("DELETE FROM feed WHERE person = $1 AND number <= $2 AND stored < $3")
                .bind(person)
                .bind(number)
                .bind(before)
                .execute(&mut *tx)
                .await
                .about(WHAT)?
                .rows_affected();
        }
        sqlx::query("DELETE FROM view_hour WHERE hour < $1")
            .bind(kept_since.as_second() / 3600)
            .execute(&mut *tx)
            .await
            .about("who looked")?;
        tx.commit().await.about(WHAT)?;
        if (old.len() as i64) < AT_ONCE {
            return Ok(gone);
        }
    }
}
