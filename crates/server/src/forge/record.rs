//! Recording a fact that the server itself made: numbered, stored, folded, told to the person's devices and to
//! the sinks in the caller's transaction.

use waymark_api::http::envelope::{Actor, ServerOrigin, server_envelope, server_source};
use waymark_core::{
    event::{Event, Fact},
    id::{ActionId, EventId, PersonId},
};

use crate::{
    state::State,
    store::{
        About, StoreError, Tx,
        event::{self, ACCEPTED, NewEvent},
        hire,
    },
    usecase::{ingest::sha256, project, sinks},
};

/// Records `fact` about a journey of `person`, on behalf of a forge. The caller holds the person's row and
/// commits.
///
/// # Errors
/// Where the database cannot be written, or neither person nor journey are there.
pub(crate) async fn record(
    tx: &mut Tx,
    state: &State,
    person: PersonId,
    fact: Fact,
    forge: &str,
) -> Result<EventId, StoreError> {
    let what = "a fact of the server";
    let gone = || StoreError::Statement { what, source: sqlx::Error::RowNotFound };
    let (now, identity) = (state.now(), state.identity());
    let mut hire = hire::lock(tx, person).await?.ok_or_else(gone)?;
    let mut runs = project::load(tx, &state.facts().templates, &[fact.journey()]).await?;
    let run = runs.get_mut(&fact.journey()).filter(|run| run.row.person == person).ok_or_else(gone)?;
    // One row, so that numbers are in the order of commits, of however many servers.
    let sequence: i64 =
        sqlx::query_scalar("UPDATE server SET last_sequence = last_sequence + 1 RETURNING last_sequence")
            .fetch_one(&mut **tx)
            .await
            .about(what)?;
    let id = uuid::Uuid::now_v7();
    let event = Event { id: EventId::new(id), action: ActionId::new(id), time: now, fact };
    let origin = ServerOrigin {
        server: identity.id,
        epoch: identity.epoch,
        sequence: sequence as u64,
        recorded: now,
        actor: Actor::Service(forge),
    };
    let body = serde_json::to_string(&server_envelope(&event, &origin).about(what)?).about(what)?;
    run.apply(&event);
    hire.feed_last += 1;
    let stored = NewEvent {
        id: event.id,
        source: server_source(identity.id),
        device: None,
        epoch: identity.epoch as i64,
        sequence,
        actor: name_of(forge).to_owned(),
        person,
        journey: Some(event.fact.journey()),
        step: None,
        event_type: event.fact.event_type().to_owned(),
        time: now,
        hash: sha256(&body),
        body,
        outcome: ACCEPTED.to_owned(),
        feed: Some(hire.feed_last),
    };
    sinks::enqueue(tx, [(stored.event_type.as_str(), stored.body.as_str())], now).await?;
    event::insert(tx, std::slice::from_ref(&stored), now).await?;
    project::store(tx, runs.values_mut(), &hire, now).await?;
    hire::set_feed_last(tx, person, hire.feed_last).await?;
    Ok(event.id)
}

/// A forge's name, for people.
fn name_of(forge: &str) -> &str {
    match forge {
        "github" => "GitHub",
        "gitlab" => "GitLab",
        other => other,
    }
}
