//! The screens, one folder per feature. None imports another.

pub(crate) mod docs;
pub(crate) mod first_run;
pub(crate) mod journey;
pub(crate) mod roadmap;
pub(crate) mod settings;
pub(crate) mod sources;
pub(crate) mod today;
