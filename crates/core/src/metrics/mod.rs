//! How onboarding is measured (`metrics.md`): one code for device, server, screen and export.
//!
//! **Absent:** the clock (instants and local days arrive as arguments), and scores or rankings of people.

pub mod clock;
pub mod groups;
pub mod survival;
pub mod tables;

mod percent;

pub use percent::{percent, rounded};
