//! What can be done on the server, one file per feature; no HTTP type in here.

pub(crate) mod archives;
pub(crate) mod assign;
pub(crate) mod backup;
pub(crate) mod chain;
pub(crate) mod enrol;
pub(crate) mod facts;
pub(crate) mod feed;
pub(crate) mod give_back;
pub(crate) mod ingest;
pub(crate) mod invite;
pub(crate) mod manage;
pub(crate) mod me;
pub(crate) mod org;
pub(crate) mod page;
pub(crate) mod people;
pub(crate) mod perform;
pub(crate) mod plan;
pub(crate) mod project;
pub(crate) mod publish;
pub(crate) mod record;
pub(crate) mod refresh;
pub(crate) mod sessions;
pub(crate) mod sign_in;
pub(crate) mod sinks;
pub(crate) mod team;
