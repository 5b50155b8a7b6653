//! The drivers of Waymark's whole-system tests: the private desktop, the real window in it, and
//! the processes behind that window.
//!
//! A test opens the app with [`Launch`], acts on the [`Window`] that it gets, and reads what a
//! person, a screen reader or a camera would find there. Nothing in this package waits for a fixed
//! time: every question is asked again until it is answered or ten seconds have gone by.

pub mod bench;
pub mod company;
pub mod content;
pub mod desktop;
pub mod process;
#[path = "../oidc/provider.rs"]
pub mod provider;
pub mod replay;
pub mod screens;
pub mod team;
pub mod window;

mod disk;
mod driver;
mod engine;
mod home;
mod journey;
mod launch;
mod server;

pub use disk::Disk;
pub use engine::Engine;
pub use home::Home;
pub use journey::{all_steps, first_journey, leaves};
pub use launch::{Appearance, Launch};
pub use server::{TeamServer, program as server_program};
pub use window::Window;
