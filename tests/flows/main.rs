//! Whole stories without a window: what a person does, against the real library on a real disk.

mod backstage;
mod bundles;
mod content;
mod driver;
mod first_week;
mod held;
mod reader;
mod sign_in;
mod sites;
mod team;
mod trouble;
mod watch;
