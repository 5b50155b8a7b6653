//! Facts that the server itself records, for a manager or a system of record: with its own source and numbers,
//! in one transaction with their effect and the person's feed.

use jiff::Timestamp;
use uuid::Uuid;
use waymark_api::http::envelope::{Actor, ServerOrigin, server_envelope, server_source};
use waymark_core::{
    event::{Event, Fact},
    id::{ActionId, EventId},
};

use super::{
    ingest::sha256,
    project::{self, Run},
    sinks,
};
use crate::{
    state::State,
    store::{
        About as _, StoreError, Tx,
        event::{self, ACCEPTED, NewEvent},
        hire::{self, Hire},
    },
};

/// Records `facts` about `run` inside the caller's transaction; `hire` is the person's locked row. The caller
/// commits, keeps the run and wakes the person.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn record(
    tx: &mut Tx,
    state: &State,
    hire: &mut Hire,
    run: &mut Run,
    actor: Actor<'_>,
    facts: Vec<Fact>,
) -> Result<Vec<Event>, StoreError> {
    let now = state.now();
    let mut sequence = take_numbers(tx, facts.len()).await?;
    let identity = state.identity();
    let (mut events, mut rows) = (Vec::new(), Vec::new());
    let action = ActionId::new(new_id(now));
    for fact in facts {
        let event = Event { id: EventId::new(new_id(now)), action, time: now, fact };
        let origin = ServerOrigin { server: identity.id, epoch: identity.epoch, sequence, recorded: now, actor };
        let body = server_envelope(&event, &origin).and_then(|event| serde_json::to_string(&event)).about("a fact")?;
        hire.feed_last += 1;
        rows.push(NewEvent {
            id: event.id,
            source: server_source(identity.id),
            device: None,
            epoch: identity.epoch as i64,
            sequence: sequence as i64,
            actor: match actor {
                Actor::Person(person) => person.to_string(),
                Actor::Service(name) => name.to_owned(),
            },
            person: hire.id,
            journey: Some(event.fact.journey()),
            step: event.fact.step().map(ToString::to_string),
            event_type: event.fact.event_type().to_owned(),
            time: now,
            hash: sha256(&body),
            body,
            outcome: ACCEPTED.to_owned(),
            feed: Some(hire.feed_last),
        });
        run.apply(&event);
        events.push(event);
        sequence += 1;
    }
    // The ids were made a moment ago.
    event::insert(tx, &rows, now).await?;
    sinks::enqueue(tx, rows.iter().map(|row| (row.event_type.as_str(), row.body.as_str())), now).await?;
    project::store(tx, std::iter::once(run), hire, now).await?;
    hire::set_feed_last(tx, hire.id, hire.feed_last).await?;
    Ok(events)
}

/// The first of `count` new numbers of the server's own facts; other servers on this database wait for the commit.
async fn take_numbers(tx: &mut Tx, count: usize) -> Result<u64, StoreError> {
    let last: i64 = sqlx::query_scalar("UPDATE server SET last_sequence = last_sequence + $1 RETURNING last_sequence")
        .bind(count as i64)
        .fetch_one(&mut **tx)
        .await
        .about("the server's numbers")?;
    Ok((last as u64 + 1).saturating_sub(count as u64))
}

/// A `UUIDv7` of the server's clock.
pub(crate) fn new_id(now: Timestamp) -> Uuid {
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::ContextV7::new(), seconds, nanos))
}
