//! Journeys: what a person sees of them and can do to their steps.

mod change;
mod list;
mod load;
mod step;
mod undo;
mod view;

pub use change::{
    block_step, complete_step, move_start, reopen_step, restore_step, save_note, start, unblock_step, waive_step,
    withdraw,
};
pub use list::list;
pub use step::open_step;
pub use undo::undo;
pub use view::open;

pub(crate) use change::assign;
pub(crate) use load::{Loaded, active, load};
pub(crate) use view::Items;
