//! What is measured. In the window: start, memory, ticking a step, opening a folder, opening a page, typing
//! in the palette. Without it: taking in whole sites, and bad input. The app is the one that ships; nothing
//! in it knows that it is being measured.

mod backlog;
mod bare;
mod device;
mod folder;
mod hostile;
mod memory;
mod page;
mod palette;
mod sites;
mod start;
mod tick;

use serde::Serialize;

pub use backlog::{Backlog, backlog};
pub use folder::folder;
pub use hostile::{Hostile, attacks, bundle, folder as hostile_folder, hostile};
pub use memory::memory;
pub use page::{Pages, pages};
pub use palette::{Keys, keys};
pub use sites::{Changed, TakenIn, change_one_page, take_in};
pub use start::starts;
pub use tick::ticks;

/// The same thing measured on the app and on the floor, in turn.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// The app's values, in the order in which they were measured.
    pub app: Vec<f64>,
    /// The floor's values.
    pub floor: Vec<f64>,
}
