//! HTTP in, use case, HTTP out: one file per feature. SQL is in `store`, decisions are in `usecase` and `core`.

pub(crate) mod hello;
pub(crate) mod hooks;
