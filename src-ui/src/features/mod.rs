//! The screens, one folder per feature. None imports another, but for the parts that a screen shows of
//! `sources`, `account` and `privacy`, which have no page of their own.

pub(crate) mod account;
pub(crate) mod docs;
pub(crate) mod first_run;
pub(crate) mod journey;
pub(crate) mod privacy;
pub(crate) mod roadmap;
pub(crate) mod settings;
pub(crate) mod sources;
pub(crate) mod team;
pub(crate) mod today;
