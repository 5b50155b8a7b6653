//! What both HTTP clients have in common: how one is made, and why a server was not reached.

use std::sync::Once;

/// All that a server learns about this machine.
const USER_AGENT: &str = concat!("Waymark/", env!("CARGO_PKG_VERSION"));

/// A client to be bounded by whoever builds it. Its encryption is chosen once for the whole process.
pub(crate) fn client() -> reqwest::ClientBuilder {
    static PROVIDER: Once = Once::new();
    // Fails only where another part of the program chose one before, and then that one serves.
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    reqwest::Client::builder().user_agent(USER_AGENT)
}

/// The last cause of a failed request: the ones before it only say that a request failed.
pub(crate) fn why_unreachable(error: reqwest::Error) -> String {
    if error.is_timeout() {
        return "it takes too long to answer".to_owned();
    }
    // The address may hold what is nobody's business.
    let error = error.without_url();
    let mut last: &dyn std::error::Error = &error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    // The number that Rust puts behind the system's words says nothing to people.
    let words = last.to_string();
    words.split(" (os error ").next().unwrap_or(&words).to_owned()
}
