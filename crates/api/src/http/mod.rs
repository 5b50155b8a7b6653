//! Between a device and its team server: JSON over HTTP below `/v1` (`protocol.md`, section 4).
//!
//! Events travel as `CloudEvents` 1.0 ([`envelope`]); everything else is a type of this module. Types that a
//! client writes refuse unknown fields; types that it reads pass them over, so that a newer server may say more.

pub mod auth;
pub mod envelope;
pub mod events;
pub mod feed;
pub mod journeys;
pub mod oidc;
pub mod org;
pub mod problem;
pub mod sinks;

/// The version that this code speaks; it stands in the path.
pub const VERSION: u32 = 1;
/// The oldest version that a server of this code still serves.
pub const OLDEST_VERSION: u32 = 1;
/// Events in a batch, at most.
pub const MAX_BATCH: usize = 100;
/// Bytes of a batch, at most.
pub const MAX_BATCH_BYTES: usize = 256 * 1024;
/// Bytes of one event, at most.
pub const MAX_EVENT_BYTES: usize = 64 * 1024;
/// Content type of a batch of events.
pub const BATCH_TYPE: &str = "application/cloudevents-batch+json";
/// Content type of an error.
pub const PROBLEM_TYPE: &str = "application/problem+json";
