//! Memory that is given back while nobody does anything.

use std::{sync::Arc, time::Duration};

use tauri::{AppHandle, Runtime};
use tokio::{sync::Notify, time::timeout};

/// After this long without a command nobody is waiting for anything.
const QUIET: Duration = Duration::from_secs(3);

/// Tells that somebody uses the app.
#[derive(Clone, Default)]
pub(crate) struct Use(Arc<Notify>);

impl Use {
    /// Something was asked for.
    pub(crate) fn noted(&self) {
        self.0.notify_one();
    }

    /// Waits until something was asked for, and then until nothing was for as long as `quiet`.
    async fn is_over(&self, quiet: Duration) {
        self.0.notified().await;
        while timeout(quiet, self.0.notified()).await.is_ok() {}
    }
}

/// Gives memory back after each time of use, for as long as the app runs.
pub(crate) fn rest_between<R: Runtime>(tauri: &AppHandle<R>, used: Use) {
    let app = crate::app(tauri);
    tauri::async_runtime::spawn(async move {
        loop {
            used.is_over(QUIET).await;
            app.rest().await;
            give_back();
        }
    });
}

/// Limits the heaps of the C library, which otherwise makes one for nearly every thread and gives none of
/// them back. Must be called first in `main`, before any thread.
pub(crate) fn set_defaults() {
    /// A thread that works and one that serves the window seldom wait for each other.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    const HEAPS: libc::c_int = 2;
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[allow(unsafe_code, reason = "a setting of the C library, made before any thread")]
    // SAFETY: called at the start of `main`, while this is the only thread.
    unsafe {
        // Refused, it costs memory and nothing else.
        let _ = libc::mallopt(libc::M_ARENA_MAX, HEAPS);
    }
}

/// Hands pages that hold nothing to the system.
fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[allow(unsafe_code, reason = "the C library has no other way to be asked")]
    // SAFETY: it takes the locks of the heaps and frees nothing that is in use.
    unsafe {
        libc::malloc_trim(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_time_of_use_begins_with_a_command_and_ends_when_none_followed_for_a_while() {
        let is_over = async |used: &Use, quiet| timeout(Duration::ZERO, used.is_over(quiet)).await.is_ok();
        let (used, hour) = (Use::default(), Duration::from_secs(3600));
        assert!(!is_over(&used, Duration::ZERO).await, "it has not begun");
        used.noted();
        assert!(!is_over(&used, hour).await, "it lasts as long as the next command may come");
        used.noted();
        used.is_over(Duration::ZERO).await;
        assert!(!is_over(&used, Duration::ZERO).await, "it was over, and the next has not begun");
    }
}
