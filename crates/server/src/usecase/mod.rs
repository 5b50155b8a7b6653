//! What can be done on the server, one file per feature; no HTTP type in here.

pub(crate) mod sinks;
