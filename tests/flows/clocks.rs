//! A computer whose clock is off, and a real team server whose clock is right.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Zoned};
use waymark_api::ipc::account::SyncState;
use waymark_app::ports::Clock;

use crate::{
    driver::NewHire,
    team::{ADA, company},
};

/// The system's clock, off by so many seconds.
struct Off(Arc<AtomicI64>);

impl Clock for Off {
    #[expect(clippy::disallowed_methods, reason = "what is tested is the difference from the real clock")]
    fn now(&self) -> Zoned {
        Zoned::now() + SignedDuration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_is_told_until_it_is_set() {
    let Some(server) = company().await else { return };
    let off = Arc::new(AtomicI64::new(0));
    let ada = NewHire::arrives_with_clock(Arc::new(Off(Arc::clone(&off)))).await;
    ada.joins(&server, ADA, "Ada's laptop").await;
    ada.sends_everything().await;

    for (seconds, words) in [
        (2 * 3_600 + 630, ["2 hours and 10 minutes ahead of your team's server", "due too early here"]),
        (-40 * 60 - 30, ["40 minutes behind your team's server", "due too late here"]),
    ] {
        off.store(seconds, Ordering::Relaxed);
        ada.syncs_until(words[0], |state| {
            matches!(state, SyncState::Attention { message, .. } if words.iter().all(|word| message.contains(word)))
        })
        .await;
    }
    // Four minutes are what computers differ by.
    off.store(240, Ordering::Relaxed);
    ada.sends_everything().await;
}
