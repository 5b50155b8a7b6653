//! What many questions took, in milliseconds.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

/// Both clocks at once.
pub(crate) struct Stopwatch {
    begun: Instant,
    busy: Duration,
}

impl Stopwatch {
    /// Begins to measure.
    pub(crate) fn start() -> Self {
        Self { begun: Instant::now(), busy: processor() }
    }

    /// Milliseconds that this thread was at work, and that passed on the clock.
    pub(crate) fn stop(self) -> (f64, f64) {
        let millis = |time: Duration| time.as_secs_f64() * 1_000.0;
        (millis(processor() - self.busy), millis(self.begun.elapsed()))
    }
}

/// What this thread has used of a processor.
fn processor() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Milliseconds, sorted.
pub(crate) struct Times(Vec<f64>);

impl Times {
    /// Of so many measurements; there is at least one.
    pub(crate) fn of(mut all: Vec<f64>) -> Self {
        all.sort_by(f64::total_cmp);
        Self(all)
    }

    /// The time that this part of all did not exceed.
    pub(crate) fn at(&self, part: f64) -> f64 {
        let rank = (self.0.len() as f64 * part).ceil() as usize;
        self.0.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
    }

    /// Four cells.
    pub(crate) fn in_a_table(&self) -> String {
        [0.5, 0.95, 0.99, 1.0].map(|part| format!("{:.2} ms", self.at(part))).join(" | ")
    }

    /// The same by name.
    pub(crate) fn to_json(&self) -> Value {
        json!({ "keys": self.0.len(), "p50": self.at(0.5), "p95": self.at(0.95), "p99": self.at(0.99), "worst": self.at(1.0) })
    }
}
