//! What can be done on the server, one file per feature; no HTTP type in here.

pub(crate) mod audit;
pub(crate) mod enrol;
pub(crate) mod invite;
pub(crate) mod org;
pub(crate) mod people;
pub(crate) mod refresh;
pub(crate) mod sessions;
pub(crate) mod sinks;
