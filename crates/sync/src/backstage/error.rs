//! What a Backstage did not give.

use super::BadAddress;

/// Why something could not be fetched. Nothing that was here before is touched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address is not used.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// The client could not be made.
    #[error("could not prepare the connection: {0}")]
    Client(String),
    /// Nobody answers: no network, no such host, no trusted certificate.
    #[error("could not reach {host}: {why}")]
    Unreachable {
        /// Who was asked.
        host: String,
        /// What the system says; never an address with a query.
        why: String,
    },
    /// The token is wrong, has expired or may not do this.
    #[error("{host} does not accept the token")]
    Refused {
        /// Who was asked.
        host: String,
    },
    /// It is not there.
    #[error("{host} has no {what}")]
    Missing {
        /// Who was asked.
        host: String,
        /// What was asked for.
        what: String,
    },
    /// The answer is none of Backstage's.
    #[error("{host} does not answer as a Backstage does: {why}")]
    Odd {
        /// Who was asked.
        host: String,
        /// What is odd.
        why: String,
    },
    /// More than is taken.
    #[error("{what} is larger than Waymark reads ({limit} bytes)")]
    TooLarge {
        /// What was asked for.
        what: String,
        /// In bytes.
        limit: u64,
    },
    /// The site was built anew while it was being fetched, again and again.
    #[error("{what} keeps changing while it is being fetched; try again later")]
    Moving {
        /// Which site.
        what: String,
    },
    /// What was fetched could not be kept until the rest is there.
    #[error("could not keep what was fetched")]
    Disk {
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
}

impl FetchError {
    /// Whether trying again later, with nothing changed here, may help: the network is gone or the server
    /// is in trouble.
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
    }
}
