//! Why a server was not reached, in words.

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
    last.to_string()
}
