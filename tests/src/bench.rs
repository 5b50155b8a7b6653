//! What is measured: start, memory, ticking a step, opening a folder. The app is the one that ships;
//! nothing in it knows that it is being measured.

mod folder;
mod memory;
mod start;
mod tick;

use serde::Serialize;

pub use folder::folder;
pub use memory::memory;
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
