//! How this server calls others: with a name of its own, without redirects, and where they were told by somebody
//! else, to allowed addresses only.

use std::{sync::Once, time::Duration};

use reqwest::redirect::Policy;

use super::address::{Guard, Targets};

/// What receivers learn about who sends.
pub(crate) const USER_AGENT: &str = concat!("waymark-server/", env!("CARGO_PKG_VERSION"));

/// A client that calls only `targets`, and waits `time` for a whole answer.
///
/// # Errors
/// Where the system has no usable certificates.
pub(crate) fn guarded(targets: Targets, time: Duration) -> Result<reqwest::Client, reqwest::Error> {
    install_provider();
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .timeout(time)
        .redirect(Policy::none())
        // A proxy would resolve the name itself.
        .no_proxy()
        .dns_resolver(Guard::shared(targets))
        .build()
}

/// Chooses ring for TLS.
pub(crate) fn install_provider() {
    static PROVIDER: Once = Once::new();
    // Fails only where another part of the program chose one before, and then that one serves.
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
}
