//! The job that empties the queues.

use std::{collections::HashMap, time::Duration};

use tokio::task::JoinSet;

use super::{
    schedule::{Answer, judge},
    send::Sender,
};
use crate::{
    state::State,
    store::{
        About, StoreError,
        sink::{self, Message, Sink},
    },
};

/// Between two looks at the queues.
const PAUSE: Duration = Duration::from_secs(1);
/// Messages of one look, all sent at once: one slow receiver holds up the others for 15 s at most.
const MOST: i64 = 32;

/// Works until the server ends.
pub(crate) async fn run(state: State, sender: Sender) {
    loop {
        match deliver_due(&state, &sender).await {
            Ok(sent) if sent as i64 == MOST => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "could not work on the sinks"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Sends what is due; how many attempts were made.
///
/// # Errors
/// Where the database cannot be read or written. What was sent meanwhile is sent again when its lease ends, with
/// the same `webhook-id`.
pub(crate) async fn deliver_due(state: &State, sender: &Sender) -> Result<usize, StoreError> {
    let messages = sink::take(state.store(), MOST, state.now()).await?;
    if messages.is_empty() {
        return Ok(0);
    }
    let sinks: HashMap<String, Sink> =
        sink::all(state.store()).await?.into_iter().map(|sink| (sink.id.clone(), sink)).collect();
    let mut attempts = JoinSet::new();
    for message in messages {
        // Removed a moment ago, with its messages.
        let Some(sink) = sinks.get(&message.sink).cloned() else { continue };
        let (sender, now) = (sender.clone(), state.now());
        attempts.spawn(async move {
            let answer = sender.send(&sink, &message, now).await;
            (message, answer)
        });
    }
    let mut made = 0;
    while let Some(ended) = attempts.join_next().await {
        // An attempt that panicked is made again when its lease ends.
        let Ok((message, answer)) = ended else { continue };
        conclude(state, &message, &answer).await?;
        made += 1;
    }
    Ok(made)
}

async fn conclude(state: &State, message: &Message, answer: &Answer) -> Result<(), StoreError> {
    let now = state.now();
    let verdict = judge(answer, message.attempts + 1, now, rand::random());
    let text = match answer {
        Answer::Status { status, .. } => status.to_string(),
        Answer::None(why) | Answer::Refused(why) => why.clone(),
    };
    let mut tx = state.store().begin().await?;
    sink::conclude(&mut tx, &message.id, &verdict.next, &text, now).await?;
    if let Some(reason) = verdict.disable {
        tracing::warn!(sink = message.sink, reason, "a sink was switched off");
        sink::disable(&mut tx, &message.sink, reason).await?;
    }
    tx.commit().await.about("a sink's answer")
}
