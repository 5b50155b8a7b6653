//! One attempt: signed, without redirects, within 15 s, to an address that may be called.

use std::{error::Error as _, time::Duration};

use jiff::Timestamp;
use reqwest::header;

use super::{
    address::{BadTarget, Targets, check},
    client::guarded,
    schedule::Answer,
};
use crate::{
    standard_webhooks::{self, Secret},
    store::sink::{Message, Sink},
};

/// For the whole attempt.
const TIME: Duration = Duration::from_secs(15);

/// Sends messages. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Sender {
    http: reqwest::Client,
    targets: Targets,
}

impl Sender {
    /// A sender that calls only `targets`.
    ///
    /// # Errors
    /// Where the system has no usable certificates.
    pub(crate) fn new(targets: Targets) -> Result<Self, reqwest::Error> {
        Ok(Self { http: guarded(targets, TIME)?, targets })
    }

    /// Tries once.
    pub(crate) async fn send(&self, sink: &Sink, message: &Message, now: Timestamp) -> Answer {
        // Again, because the server may have been started with other rules since the sink was made.
        let url = match check(&sink.url, self.targets) {
            Ok(url) => url,
            Err(error) => return Answer::Refused(error.to_string()),
        };
        let Some(secret) = Secret::parse(&sink.secret) else {
            return Answer::Refused("its secret cannot be read".to_owned());
        };
        let timestamp = now.as_second().to_string();
        let signed =
            standard_webhooks::Message { id: &message.id, timestamp: &timestamp, body: message.body.as_bytes() };
        let kind = if sink.batched { "application/cloudevents-batch+json" } else { "application/cloudevents+json" };
        let sent = self
            .http
            .post(url)
            .header(header::CONTENT_TYPE, kind)
            .header(standard_webhooks::ID, &message.id)
            .header(standard_webhooks::TIMESTAMP, &timestamp)
            .header(standard_webhooks::SIGNATURE, secret.sign(signed))
            .body(message.body.clone())
            .send()
            .await;
        match sent {
            // The answer's body is nobody's business here, and may be endless: it is not read.
            Ok(answer) => Answer::Status { status: answer.status().as_u16(), retry_after: retry_after(&answer) },
            Err(error) => match refusal(&error) {
                Some(refused) => Answer::Refused(refused.to_string()),
                None if error.is_timeout() => Answer::None("15 s without an answer".to_owned()),
                None => Answer::None(format!("no answer: {}", innermost(&error))),
            },
        }
    }
}

/// `Retry-After` in seconds; as a date it is not honoured, the table then holds.
fn retry_after(answer: &reqwest::Response) -> Option<u32> {
    answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

/// The resolver's refusal of a private address, where that is the reason.
fn refusal(error: &reqwest::Error) -> Option<&BadTarget> {
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(bad @ BadTarget::Private(_)) = inner.downcast_ref() {
            return Some(bad);
        }
        source = inner.source();
    }
    None
}

/// The last cause, without the address of the sink, which may carry a token.
fn innermost(error: &reqwest::Error) -> String {
    let mut last: &dyn std::error::Error = match error.source() {
        Some(source) => source,
        None => return "the request could not be made".to_owned(),
    };
    while let Some(inner) = last.source() {
        last = inner;
    }
    last.to_string()
}
