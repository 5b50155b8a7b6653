//! The use cases: what a person can do in Waymark, one function each, without any window.
//!
//! Every read is answered from the device. Every write is one transaction, and a topic goes out
//! after its commit. **Does not know** that a window exists; the shell could be a test or a command
//! line.

mod app;
mod error;
mod memory;
mod reader;
mod secrets;
mod text;

pub mod docs;
pub mod journey;
pub mod links;
pub mod ports;
pub mod privacy;
pub mod roadmap;
pub mod search;
pub mod settings;
pub mod sources;
pub mod start;
pub mod team;
pub mod today;

pub use app::{App, Config};
pub use error::AppError;
pub use waymark_sync::backstage::Limits as FetchLimits;
