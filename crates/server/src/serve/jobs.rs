//! What the server does by itself, beside answering. Every replica does it: rows are taken, so none is worked on
//! twice.

use std::time::Duration;

use anyhow::Context;
use tokio::task::JoinSet;

use crate::{
    forge,
    state::State,
    store::{StoreError, feed, forge::delivery, sink},
    usecase::{
        org::{Writer, edit},
        sinks::{self, Sender, Targets},
    },
};

/// Between two rounds of tidying.
const TIDY: Duration = Duration::from_secs(60 * 60);

/// Starts the jobs; they end when the value is dropped. What they were at stays taken for a minute at most.
///
/// # Errors
/// Where the system has no usable certificates.
pub(super) fn start(state: &State, allow_private_sinks: bool) -> anyhow::Result<JoinSet<()>> {
    state.allow(if allow_private_sinks { Targets::Any } else { Targets::Public });
    let sender = Sender::new(state.targets()).context("could not prepare for sending events on")?;
    let mut jobs = JoinSet::new();
    jobs.spawn(forge::work::run(state.clone()));
    jobs.spawn(forge::reconcile::run(state.clone()));
    jobs.spawn(sinks::run(state.clone(), sender));
    jobs.spawn(tidy(state.clone()));
    Ok(jobs)
}

/// Forgets what is older than is kept.
async fn tidy(state: State) {
    loop {
        if let Err(error) = forget(&state).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "could not tidy up");
        }
        tokio::time::sleep(TIDY).await;
    }
}

async fn forget(state: &State) -> Result<(), StoreError> {
    delivery::forget(state.store(), state.now()).await?;
    sink::forget(state.store(), state.now()).await?;
    feed::forget(state.store(), state.now()).await?;
    edit::end_due(state.store(), Writer { actor: "server", now: state.now(), facts: state.facts() }).await?;
    Ok(())
}
