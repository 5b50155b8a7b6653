//! The checklist: a journey's steps at the left, one step at the right.

mod beside;
mod detail;
mod dialogs;
mod gestures;
mod last;
mod list;
mod model;
mod page;
mod states;
mod ticks;
mod workspace;

pub(crate) use beside::Beside;
pub(crate) use dialogs::{BlockDialog, Blocking, StartDialog, TemplateList};
pub(crate) use gestures::Gestures;
pub(crate) use model::{pending::Reader, ticks::Tick, words};
pub(crate) use page::ChecklistPage;
pub(crate) use ticks::Ticks;
