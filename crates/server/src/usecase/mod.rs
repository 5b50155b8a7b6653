//! What can be done on the server, one file per feature; no HTTP type in here.

pub(crate) mod archives;
pub(crate) mod audit;
pub(crate) mod facts;
pub(crate) mod feed;
pub(crate) mod ingest;
pub(crate) mod project;
pub(crate) mod publish;
