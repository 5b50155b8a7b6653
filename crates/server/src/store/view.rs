//! Who opened whose page in which hour, and who was reminded of what on which day.

use jiff::Timestamp;
use waymark_core::id::{JourneyId, PersonId, StepId};

use super::{About, StoreError, Tx};

/// Whether this is the first time in this hour that `viewer` opens the page of `person`.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn first_of_hour(
    tx: &mut Tx,
    person: PersonId,
    viewer: PersonId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query("INSERT INTO view_hour (person, viewer, hour) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(person.to_string())
        .bind(viewer.to_string())
        .bind(now.as_second() / 3600)
        .execute(&mut **tx)
        .await
        .about("who looked")?;
    Ok(done.rows_affected() == 1)
}

/// When somebody was last reminded of a step.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn last_nudge(
    tx: &mut Tx,
    journey: JourneyId,
    step: &StepId,
) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = sqlx::query_scalar("SELECT max(at) FROM nudge WHERE journey = $1 AND step = $2")
        .bind(journey.to_string())
        .bind(step.as_str())
        .fetch_one(&mut **tx)
        .await
        .about("a reminder")?;
    Ok(at.and_then(|at| Timestamp::from_millisecond(at).ok()))
}

/// Writes a reminder down.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn add_nudge(
    tx: &mut Tx,
    journey: JourneyId,
    step: &StepId,
    actor: PersonId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO nudge (journey, step, actor, at) VALUES ($1, $2, $3, $4)")
        .bind(journey.to_string())
        .bind(step.as_str())
        .bind(actor.to_string())
        .bind(now.as_millisecond())
        .execute(&mut **tx)
        .await
        .about("a reminder")?;
    Ok(())
}
