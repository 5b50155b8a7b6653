//! Making, listing and removing sinks.

use jiff::Timestamp;
use waymark_api::http::{
    problem::ProblemKind,
    sinks::{MakeSink, NewSink, SinkRow},
};

use super::{Targets, check};
use crate::{
    error::ApiError,
    standard_webhooks::Secret,
    store::{
        About, Store, StoreError,
        audit::{self, Act},
        sink::{self, Sink},
    },
};

/// Sinks of one organisation, at most: each event is written once for each.
const MOST: usize = 50;

/// Makes a sink. Its secret is in the answer, and nobody can ask for it again.
///
/// # Errors
/// [`ProblemKind::BadRequest`] where the address may not be called.
pub(crate) async fn make(
    store: &Store,
    targets: Targets,
    actor: &str,
    wanted: &MakeSink,
    now: Timestamp,
) -> Result<NewSink, ApiError> {
    let bad = |detail: String| ApiError::new(ProblemKind::BadRequest, detail);
    let url = check(&wanted.url, targets).map_err(|error| bad(format!("The sink was not made: {error}.")))?;
    let is_type = |text: &String| text.len() <= 200 && !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic());
    if wanted.types.len() > 32 || !wanted.types.iter().all(is_type) {
        return Err(bad("Types are at most 32 starts of event types, for instance dev.waymark.milestone.".to_owned()));
    }
    if sink::all(store).await?.len() >= MOST {
        return Err(ApiError::new(ProblemKind::Conflict, format!("There are {MOST} sinks already; remove one first.")));
    }
    let made = Sink {
        id: format!("sink_{}", uuid::Uuid::now_v7().simple()),
        url: url.to_string(),
        types: wanted.types.clone(),
        secret: Secret::random().reveal(),
        batched: wanted.batched,
        disabled: None,
        created: now.as_millisecond(),
    };
    let mut tx = store.begin().await?;
    sink::add(&mut tx, &made).await?;
    let act = Act { actor, action: "sink.made", object: &made.id, outcome: "done" };
    audit::append(&mut tx, now, &act).await?;
    tx.commit().await.about("a sink")?;
    Ok(NewSink { id: made.id, secret: made.secret })
}

/// All sinks with what is on its way to them.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn list(store: &Store) -> Result<Vec<SinkRow>, StoreError> {
    let counts = sink::counts(store).await?;
    let row = |sink: Sink| {
        let count = counts.iter().find(|(id, ..)| *id == sink.id);
        SinkRow {
            // What stands behind the question mark is often a password.
            url: sink.url.split('?').next().unwrap_or_default().to_owned(),
            id: sink.id,
            types: sink.types,
            batched: sink.batched,
            disabled: sink.disabled,
            created: Timestamp::from_millisecond(sink.created).unwrap_or_default(),
            waiting: count.map_or(0, |(_, waiting, ..)| *waiting as u64),
            dead: count.map_or(0, |(.., dead)| *dead as u64),
        }
    };
    Ok(sink::all(store).await?.into_iter().map(row).collect())
}

/// Removes a sink with everything that is on its way to it. No where there is none.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn remove(store: &Store, actor: &str, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let mut tx = store.begin().await?;
    let gone = sink::remove(&mut tx, id).await?;
    if gone {
        audit::append(&mut tx, now, &Act { actor, action: "sink.removed", object: id, outcome: "done" }).await?;
    }
    tx.commit().await.about("a sink")?;
    Ok(gone)
}
