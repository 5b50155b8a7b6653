//! Journeys: what a person sees of them and can do to their steps.

mod assign;
mod boxes;
mod change;
mod list;
mod load;
mod step;
mod undo;
mod view;

pub use assign::{move_start, start, withdraw};
pub use change::{block_step, complete_step, reopen_step, restore_step, save_note, unblock_step, waive_step};
pub use list::list;
pub use step::open_step;
pub use undo::undo;
pub use view::open;

pub(crate) use assign::assign;
pub(crate) use load::{Loaded, active, load};
pub(crate) use view::Items;
