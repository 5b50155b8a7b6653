//! How much is taken from a server, and how long it may take.

use std::time::Duration;

const MIB: u64 = 1024 * 1024;

/// How much is taken from a server, and how long it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one answer of the catalog or of a site's metadata.
    pub json_bytes: u64,
    /// Bytes of one page, navigation and all.
    pub page_bytes: u64,
    /// Bytes of one image.
    pub image_bytes: u64,
    /// Bytes of one site.
    pub site_bytes: u64,
    /// Files of one site.
    pub files: usize,
    /// Entities of the catalog that are listed.
    pub entities: usize,
    /// Requests at the same time.
    pub at_once: usize,
    /// How long it may take until there is a connection.
    pub connect: Duration,
    /// How long a server may be silent.
    pub silence: Duration,
    /// How long one answer may take in all.
    pub answer: Duration,
    /// How often something is asked for in all.
    pub tries: u32,
    /// How long to wait before the second try; the third waits twice as long.
    pub pause: Duration,
    /// Longest wait, also where the server asks for a longer one.
    pub longest_pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            json_bytes: 32 * MIB,
            page_bytes: 8 * MIB,
            image_bytes: 20 * MIB,
            site_bytes: 512 * MIB,
            files: 20_000,
            entities: 20_000,
            at_once: 6,
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(20),
            answer: Duration::from_secs(120),
            tries: 4,
            pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(20),
        }
    }
}
