//! The vocabulary of onboarding: facts, journeys, steps, roadmaps, pages, and the rules over them.
//!
//! **Invariant:** nothing here reads a clock, a file, a socket or a database. Time arrives as an
//! argument and ids arrive ready-made, so every rule can be tested with plain values, and the same
//! code runs on the device, on the server and in the interface.

pub mod calendar;
pub mod diagnostic;
pub mod docs;
pub mod event;
pub mod id;
pub mod journey;
pub mod metrics;
pub mod milestone;
pub mod path;
pub mod query;
pub mod roadmap;
pub mod sharing;
pub mod team;

#[cfg(feature = "content")]
pub mod content;
