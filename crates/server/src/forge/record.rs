//! Recording a fact that the server itself made.

use waymark_api::http::envelope::{CloudEvent, subject};
use waymark_core::{
    event::Fact,
    id::{ActionId, EventId, PersonId},
};

use crate::{
    state::State,
    store::{About, StoreError, Tx},
};

/// Records `fact` about a journey of `person`, on behalf of a forge.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn record(
    tx: &mut Tx,
    state: &State,
    person: PersonId,
    fact: Fact,
    forge: &str,
) -> Result<EventId, StoreError> {
    let what = "a fact";
    let source = format!("urn:waymark:server:{}", state.identity().id);
    let id = uuid::Uuid::now_v7();
    let sequence: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(sequence), 0) + 1 FROM event WHERE source = $1")
        .bind(&source)
        .fetch_one(&mut **tx)
        .await
        .about(what)?;
    let now = state.now();
    let event = CloudEvent {
        specversion: "1.0".to_owned(),
        id: EventId::new(id),
        source: source.clone(),
        event_type: fact.event_type().to_owned(),
        subject: subject(&fact),
        time: now,
        recordedtime: now,
        sequence: format!("{sequence:020}"),
        wmepoch: state.identity().epoch.to_string(),
        wmaction: ActionId::new(id),
        authtype: "service_account".to_owned(),
        authid: format!("s:{forge}"),
        dataclassification: "internal".to_owned(),
        datacontenttype: "application/json".to_owned(),
        data: serde_json::to_value(&fact).about(what)?.get("data").cloned().unwrap_or_default(),
    };
    let body = serde_json::to_string(&event).about(what)?;
    sqlx::query(
        "INSERT INTO event (id, source, epoch, sequence, actor, person, journey, type, time, stored, hash, body, outcome)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, 'accepted')",
    )
    .bind(id.to_string())
    .bind(source)
    .bind(state.identity().epoch as i64)
    .bind(sequence)
    .bind(forge)
    .bind(person.to_string())
    .bind(fact.journey().to_string())
    .bind(fact.event_type())
    .bind(now.as_millisecond())
    .bind(crate::auth::digest(&body))
    .bind(&body)
    .execute(&mut **tx)
    .await
    .about(what)?;
    crate::usecase::sinks::enqueue(tx, &[event], now).await?;
    Ok(EventId::new(id))
}
