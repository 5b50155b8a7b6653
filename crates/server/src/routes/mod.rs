//! HTTP in, use case, HTTP out: one file per feature. SQL is in `store`, decisions are in `usecase` and `core`.

pub(crate) mod audit;
pub(crate) mod auth;
pub(crate) mod body;
pub(crate) mod bundles;
mod dashboard_html;
pub(crate) mod events;
pub(crate) mod front;
pub(crate) mod hello;
pub(crate) mod hooks;
pub(crate) mod me;
pub(crate) mod oidc;
pub(crate) mod org;
pub(crate) mod people;
pub(crate) mod sessions;
pub(crate) mod sinks;
pub(crate) mod team;
