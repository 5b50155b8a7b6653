//! Recording a fact that a forge has shown.

use waymark_api::http::envelope::Actor;
use waymark_core::{
    event::Fact,
    id::{EventId, PersonId},
};

use crate::{
    state::State,
    store::{StoreError, Tx, hire},
    usecase::{project, record},
};

/// Records `fact` about a journey of `person`, on behalf of a forge. The caller commits.
///
/// # Errors
/// Where the database cannot be written, or neither person nor journey are there.
pub(super) async fn record(
    tx: &mut Tx,
    state: &State,
    person: PersonId,
    fact: Fact,
    forge: &str,
) -> Result<EventId, StoreError> {
    let gone = || StoreError::Statement { what: "a journey of a forge's account", source: sqlx::Error::RowNotFound };
    let mut hire = hire::lock(tx, person).await?.ok_or_else(gone)?;
    let mut runs = project::load(tx, state.facts(), &[fact.journey()]).await?;
    let run = runs.get_mut(&fact.journey()).filter(|run| run.row.person == person).ok_or_else(gone)?;
    let recorded = record::record(tx, state, &mut hire, run, Actor::Service(forge), vec![fact]).await?;
    recorded.first().map(|event| event.id).ok_or_else(gone)
}
