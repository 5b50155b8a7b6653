//! Sending facts on: any number of receivers, each with its own queue, signature and patience
//! (`protocol.md`, section 5).

mod address;
mod client;
mod deliver;
pub(crate) mod manage;
mod schedule;
mod send;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

pub(crate) use address::{Targets, check};
pub(crate) use client::{USER_AGENT, guarded, install_provider};
#[cfg(test)]
pub(crate) use deliver::deliver_due;
pub(crate) use deliver::run;
pub(crate) use send::Sender;

use crate::store::{
    StoreError, Tx,
    sink::{self, NewMessage, Sink},
};

/// Bytes of one message, as the specification advises. One event that is larger goes alone.
const ADVISED: usize = 20_000;

/// Puts events into the queues of the sinks that want them, in the transaction that records them: what was
/// recorded is sent, and what was not is not. Each event is its type and its bytes as they are stored.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn enqueue<'e>(
    tx: &mut Tx,
    events: impl IntoIterator<Item = (&'e str, &'e str)>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let events: Vec<(&str, &str)> = events.into_iter().collect();
    let sinks = if events.is_empty() { Vec::new() } else { sink::enabled(tx).await? };
    let messages: Vec<NewMessage> = sinks.iter().flat_map(|sink| messages(sink, &events)).collect();
    sink::queue(tx, &messages, now).await
}

/// What a sink gets of these events.
fn messages(sink: &Sink, events: &[(&str, &str)]) -> Vec<NewMessage> {
    let wanted = |kind: &str| sink.types.is_empty() || sink.types.iter().any(|start| kind.starts_with(start.as_str()));
    let wanted = events.iter().filter(|(kind, _)| wanted(kind)).map(|(_, body)| *body);
    let message = |body: String| NewMessage { sink: sink.id.clone(), body };
    if !sink.batched {
        return wanted.map(|body| message(body.to_owned())).collect();
    }
    let mut batches: Vec<String> = Vec::new();
    for body in wanted {
        match batches.last_mut() {
            Some(batch) if batch.len() + body.len() < ADVISED => {
                batch.push(',');
                batch.push_str(body);
            }
            _ => batches.push(format!("[{body}")),
        }
    }
    batches.into_iter().map(|batch| message(batch + "]")).collect()
}
