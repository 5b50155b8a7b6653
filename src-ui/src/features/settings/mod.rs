//! The settings: one page, one part of it at a time.

mod appearance;
mod diagnostics;
mod draft;
mod general;
mod model;
mod page;
mod shortcuts;

pub(crate) use page::SettingsPage;
