//! What the app needs of the world outside: the time, somebody who listens, and a place for secrets.

use jiff::Zoned;
use waymark_api::topic::Topic;
pub use waymark_secrets::{Kept, Ladder, Secrets, SessionSecrets, Standing, VaultError};

/// The only way to learn what time it is.
pub trait Clock: Send + Sync {
    /// The moment, in the person's time zone.
    fn now(&self) -> Zoned;
}

/// Who hears of changes.
pub trait Topics: Send + Sync {
    /// Called after the commit of what the topic is about. Must not block.
    fn publish(&self, topic: Topic);
}

/// Nobody listens.
#[derive(Clone, Copy, Debug)]
pub struct NoTopics;

impl Topics for NoTopics {
    fn publish(&self, _topic: Topic) {}
}
