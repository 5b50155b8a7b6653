//! Whether connections to the database are to be trusted.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long connections are looked at after something could not be done.
const LENGTH: Duration = Duration::from_secs(30);

/// Whether something went wrong a moment ago.
#[derive(Debug, Default)]
pub(super) struct Doubt {
    since: Mutex<Option<Instant>>,
}

impl Doubt {
    /// Something went wrong.
    pub(super) fn begin(&self) {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether that was a moment ago.
    pub(super) fn holds(&self) -> bool {
        let since = *self.since.lock().unwrap_or_else(PoisonError::into_inner);
        since.is_some_and(|since| since.elapsed() < LENGTH)
    }
}
