//! Whole stories without a window: what a person does, against the real library on a real disk.

mod again;
mod backstage;
mod bundles;
mod clocks;
mod content;
#[path = "../kill/dice.rs"]
mod dice;
mod driver;
mod first_week;
mod held;
mod reader;
mod sign_in;
mod sites;
mod team;
mod trouble;
mod watch;
