//! Questions about a step or a journey.

mod block;
mod move_start;
mod skip;
mod start;

pub(crate) use block::{BlockDialog, Blocking};
pub(crate) use move_start::MoveStartDialog;
pub(crate) use skip::SkipDialog;
pub(crate) use start::{StartDialog, TemplateList};
