//! What can be done on the server, one file per feature; no HTTP type in here.

pub(crate) mod archives;
pub(crate) mod chain;
pub(crate) mod enrol;
pub(crate) mod facts;
pub(crate) mod feed;
pub(crate) mod ingest;
pub(crate) mod invite;
pub(crate) mod org;
pub(crate) mod people;
pub(crate) mod project;
pub(crate) mod publish;
pub(crate) mod refresh;
pub(crate) mod sessions;
pub(crate) mod sinks;
