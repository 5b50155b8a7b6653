//! Where events are sent on to: `/v1/sinks`, for admins. What arrives there is a [`super::envelope::CloudEvent`],
//! alone or in a batch, signed as Standard Webhooks 1.0.0 say.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `POST /v1/sinks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeSink {
    /// Where to; TLS is a must unless the server was started for private targets.
    pub url: String,
    /// Starts of event types that it wants, for instance `dev.waymark.milestone.`; none for all.
    #[serde(default)]
    pub types: Vec<String>,
    /// Whether events go in batches: `application/cloudevents-batch+json`.
    #[serde(default)]
    pub batched: bool,
}

/// A sink that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct NewSink {
    /// Its id.
    pub id: String,
    /// `whsec_…`: what its messages are signed with. Shown this once.
    pub secret: String,
}

/// A row of `GET /v1/sinks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SinkRow {
    /// Its id, for `DELETE /v1/sinks/{id}`.
    pub id: String,
    /// Where to, without what stands behind the question mark.
    pub url: String,
    /// Starts of event types that it wants; none for all.
    pub types: Vec<String>,
    /// Whether events go in batches.
    pub batched: bool,
    /// Why it gets nothing any more.
    pub disabled: Option<String>,
    /// Since when.
    pub created: Timestamp,
    /// Messages that wait for their next attempt.
    pub waiting: u64,
    /// Messages that were given up: `waymark-server sinks resend` sends them again.
    pub dead: u64,
}
