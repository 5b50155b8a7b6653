//! What changed for somebody, in the order in which it was committed.

use std::time::Duration;

use serde_json::value::RawValue;
use waymark_api::http::{feed::ChangeKind, problem::ProblemKind};

use crate::{
    auth::Caller,
    error::ApiError,
    state::State,
    store::feed::{self, Body, Bounds, Window},
};

/// Changes in one answer, at most.
const MOST: i64 = 500;
/// How long a request may wait for news.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(25);
/// How often a waiting request asks the database, for news that another server wrote.
const ASK_AGAIN: Duration = Duration::from_secs(2);

/// What somebody asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// What comes after this number.
    pub after: u64,
    /// How long to wait where there is nothing.
    pub wait: Duration,
    /// Also what the asking device recorded itself: it was restored from a backup.
    pub own: bool,
    /// The device reads from the beginning, page after page, and knows that old messages are gone.
    pub anew: bool,
}

/// Changes as they go out. The bytes of a fact go out as they came.
#[derive(Debug)]
pub(crate) struct Changes {
    /// The changes with their numbers.
    pub changes: Vec<(u64, Written)>,
    /// Ask for what comes after this number next.
    pub next: u64,
    /// Whether there is more now.
    pub more: bool,
}

/// One change as it goes out.
#[derive(Debug)]
pub(crate) enum Written {
    /// A fact.
    Event {
        /// Its bytes.
        event: Box<RawValue>,
        /// Who did it.
        by: String,
        /// The seal on a fact of the server's own.
        receipt: Option<String>,
    },
    /// Anything else.
    Kind(ChangeKind),
}

/// Reads the caller's feed, waiting for news where there is none.
///
/// # Errors
/// [`ProblemKind::CursorTooOld`] where the feed does not reach back to the number or never got there.
pub(crate) async fn read(state: &State, caller: &Caller, wanted: Wanted) -> Result<Changes, ApiError> {
    let deadline = tokio::time::Instant::now() + wanted.wait.min(LONGEST_WAIT);
    let mut after = i64::try_from(wanted.after).unwrap_or(i64::MAX);
    // Whoever was restored reads from the beginning as well.
    let anew = wanted.anew || wanted.own;
    let mut waiting = state.facts().wakes.wait(caller.person);
    loop {
        let bounds = feed::bounds(state.store(), caller.person).await?;
        if !reaches(bounds, after, anew) {
            return Err(too_old());
        }
        let without = (!wanted.own).then_some(caller.device);
        let window = Window { person: caller.person, after, until: bounds.last, limit: MOST + 1, without };
        let rows = if bounds.last > after { feed::list(state.store(), window).await? } else { Vec::new() };
        // Messages that were forgotten between the two readings are missing from these rows.
        if bounds.last > after && !reaches(feed::bounds(state.store(), caller.person).await?, after, anew) {
            return Err(too_old());
        }
        if !rows.is_empty() {
            return written(state, caller, rows, bounds.last);
        }
        // What the device recorded itself is behind it.
        after = bounds.last;
        let now = tokio::time::Instant::now();
        let ended = match tokio::time::timeout_at(deadline.min(now + ASK_AGAIN), waiting.news()).await {
            Ok(goes_on) => !goes_on,
            Err(_) => tokio::time::Instant::now() >= deadline,
        };
        if ended || now >= deadline {
            return Ok(Changes { changes: Vec::new(), next: after as u64, more: false });
        }
    }
}

/// Whether a device at `after` can go on from there. From 0 everybody can, and page after page of that reading
/// (`anew`): all facts are there for ever, and only messages are forgotten.
fn reaches(bounds: Bounds, after: i64, anew: bool) -> bool {
    after == 0 || (after <= bounds.last && (anew || after >= bounds.pruned))
}

fn too_old() -> ApiError {
    let detail = "The server's list of changes does not reach back to where this device stands.";
    ApiError::new(ProblemKind::CursorTooOld, detail)
}

fn written(state: &State, caller: &Caller, mut rows: Vec<feed::FeedRow>, last: i64) -> Result<Changes, ApiError> {
    let more = rows.len() as i64 > MOST;
    rows.truncate(MOST as usize);
    let next = if more { rows.last().map_or(last, |row| row.number) } else { last };
    let mut changes = Vec::with_capacity(rows.len());
    for row in rows {
        let written = match row.body {
            Body::Event { event, by, is_servers } => {
                let receipt = is_servers.then(|| state.receipts().seal(caller.person, &event));
                Written::Event { event: raw(event)?, by: shown(by), receipt }
            }
            Body::Kind(text) => Written::Kind(serde_json::from_str(&text).map_err(stored)?),
        };
        changes.push((row.number as u64, written));
    }
    Ok(Changes { changes, next: next as u64, more })
}

fn raw(text: String) -> Result<Box<RawValue>, ApiError> {
    RawValue::from_string(text).map_err(stored)
}

fn stored(source: serde_json::Error) -> ApiError {
    crate::store::StoreError::Stored { what: "change", source: Box::new(source) }.into()
}

/// A service by the name that people know.
fn shown(by: String) -> String {
    match by.as_str() {
        "github" => "GitHub".to_owned(),
        "gitlab" => "GitLab".to_owned(),
        _ => by,
    }
}

#[cfg(test)]
mod tests;
