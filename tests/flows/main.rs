//! Whole stories without a window: what a person does, against the real library on a real disk.

mod bundles;
mod content;
mod driver;
mod first_week;
mod sites;
mod trouble;
