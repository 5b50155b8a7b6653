//! The app's traits on the real system.

use std::sync::Arc;

use jiff::{Zoned, tz::TimeZone};
use waymark_app::ports::Clock;

use crate::args::Args;

/// The system's clock, or the one that a test fixed.
pub(crate) fn clock(args: &Args) -> Arc<dyn Clock> {
    match args.e2e.as_ref().and_then(|e2e| e2e.now) {
        Some(now) => Arc::new(FixedClock(now.to_zoned(TimeZone::UTC))),
        None => Arc::new(SystemClock),
    }
}

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Zoned {
        Zoned::now()
    }
}

struct FixedClock(Zoned);

impl Clock for FixedClock {
    fn now(&self) -> Zoned {
        self.0.clone()
    }
}
