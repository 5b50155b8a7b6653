//! Drawing defaults on Linux (`build-and-test.md`, section 8).

use crate::Args;

/// Sets what WebKitGTK reads when it starts. Must be called first in `main`, before any thread.
pub(crate) fn set_defaults(args: &Args) {
    // The DMABUF renderer leaves blank windows on NVIDIA and some Wayland set-ups, and costs 70 MB.
    // A value that the person set wins, so `=0` switches it back on.
    set_if_unset("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    if args.safe_graphics {
        set_if_unset("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
    }
}

#[cfg(target_os = "linux")]
fn set_if_unset(name: &str, value: &str) {
    if std::env::var_os(name).is_none() {
        // SAFETY: called at the start of `main`, while this is the only thread.
        #[allow(unsafe_code, reason = "the one place that changes the environment, before any thread")]
        unsafe {
            std::env::set_var(name, value);
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn set_if_unset(_name: &str, _value: &str) {}
