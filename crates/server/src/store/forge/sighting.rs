//! Who was seen doing what, and what was recorded because of it.

use jiff::Timestamp;
use waymark_core::{
    id::{EventId, JourneyId, MilestoneId, PersonId},
    milestone::Seen,
};

use crate::store::{About, StoreError, Tx};

const WHAT: &str = "what a forge saw";

/// One account, seen once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Doing what.
    pub seen: Seen,
    /// Where it can be looked up.
    pub reference: String,
    /// When.
    pub at: Timestamp,
    /// The time is approximate.
    pub approximate: bool,
}

/// Keeps a sighting. Of two for one place the exact time counts, then the earlier one. No where nothing changed.
pub(crate) async fn keep(tx: &mut Tx, forge: &str, login: &str, row: &Row, now: Timestamp) -> Result<bool, StoreError> {
    let kept = sqlx::query(
        "INSERT INTO forge_sighting (forge, login, seen, reference, at, approximate, learnt)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (forge, login, seen, reference)
         DO UPDATE SET at = excluded.at, approximate = excluded.approximate
         WHERE excluded.approximate < forge_sighting.approximate
            OR (excluded.approximate = forge_sighting.approximate AND excluded.at < forge_sighting.at)",
    )
    .bind(forge)
    .bind(login.to_lowercase())
    .bind(word(row.seen)?)
    .bind(&row.reference)
    .bind(row.at.as_millisecond())
    .bind(i64::from(row.approximate))
    .bind(now.as_millisecond())
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    Ok(kept.rows_affected() > 0)
}

/// Everything that was seen of a person's accounts and stands, in the order of time.
pub(crate) async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Row>, StoreError> {
    let rows: Vec<(String, String, i64, i64)> = sqlx::query_as(
        "SELECT forge_sighting.seen, forge_sighting.reference, forge_sighting.at, forge_sighting.approximate
         FROM forge_account
         JOIN forge_sighting ON forge_sighting.forge = forge_account.forge AND forge_sighting.login = forge_account.login
         LEFT JOIN forge_revert ON forge_revert.forge = forge_sighting.forge
              AND forge_revert.reference = forge_sighting.reference AND forge_sighting.seen = 'merged'
         WHERE forge_account.person = $1 AND forge_revert.reference IS NULL
         ORDER BY forge_sighting.at, forge_sighting.reference",
    )
    .bind(person.to_string())
    .fetch_all(&mut **tx)
    .await
    .about(WHAT)?;
    rows.into_iter()
        .map(|(seen, reference, at, approximate)| {
            let seen = serde_json::from_value(seen.into()).about(WHAT)?;
            Ok(Row { seen, reference, at: moment(at)?, approximate: approximate == 1 })
        })
        .collect()
}

/// Keeps that a merged change was taken back; the logins whose merge it was.
pub(crate) async fn revert(
    tx: &mut Tx,
    forge: &str,
    reference: &str,
    at: Timestamp,
) -> Result<Vec<String>, StoreError> {
    sqlx::query("INSERT INTO forge_revert (forge, reference, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(forge)
        .bind(reference)
        .bind(at.as_millisecond())
        .execute(&mut **tx)
        .await
        .about(WHAT)?;
    sqlx::query_scalar("SELECT login FROM forge_sighting WHERE forge = $1 AND reference = $2 AND seen = 'merged'")
        .bind(forge)
        .bind(reference)
        .fetch_all(&mut **tx)
        .await
        .about(WHAT)
}

/// A milestone that was recorded because of a forge, and stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reached {
    /// The fact.
    pub event: EventId,
    /// Which milestone.
    pub milestone: MilestoneId,
    /// Where it can be looked up.
    pub reference: String,
    /// When it was reached.
    pub at: Timestamp,
}

/// What stands in a journey.
pub(crate) async fn reached(tx: &mut Tx, journey: JourneyId) -> Result<Vec<Reached>, StoreError> {
    let rows: Vec<(String, String, String, i64)> = sqlx::query_as(
        "SELECT event, milestone, reference, at FROM forge_reached WHERE journey = $1 AND revoked = 0
         ORDER BY at, event",
    )
    .bind(journey.to_string())
    .fetch_all(&mut **tx)
    .await
    .about(WHAT)?;
    rows.into_iter()
        .map(|(event, milestone, reference, at)| {
            let event = event.parse().map_err(|source| StoreError::Stored { what: WHAT, source: Box::new(source) })?;
            Ok(Reached { event, milestone: MilestoneId::new(milestone), reference, at: moment(at)? })
        })
        .collect()
}

/// Keeps what was recorded.
pub(crate) async fn record(tx: &mut Tx, journey: JourneyId, reached: &Reached) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO forge_reached (event, journey, milestone, reference, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(reached.event.to_string())
        .bind(journey.to_string())
        .bind(reached.milestone.as_str())
        .bind(&reached.reference)
        .bind(reached.at.as_millisecond())
        .execute(&mut **tx)
        .await
        .about(WHAT)?;
    Ok(())
}

/// Keeps that it was revoked.
pub(crate) async fn revoke(tx: &mut Tx, event: EventId) -> Result<(), StoreError> {
    sqlx::query("UPDATE forge_reached SET revoked = 1 WHERE event = $1")
        .bind(event.to_string())
        .execute(&mut **tx)
        .await
        .about(WHAT)?;
    Ok(())
}

/// A kind as the table has it.
fn word(seen: Seen) -> Result<String, StoreError> {
    let value = serde_json::to_value(seen).about(WHAT)?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

fn moment(milliseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(milliseconds)
        .map_err(|source| StoreError::Stored { what: WHAT, source: Box::new(source) })
}
