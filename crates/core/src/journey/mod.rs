//! Journeys: what authors write, what a person did, and what follows from both.
//!
//! A [`Template`] is one file. A [`History`] is the fold over one journey's facts. [`resolve()`] joins
//! the two with a calendar and a day, and says for each step whether it is open, locked or done, when
//! it is due and how far its parts are.

mod condition;
mod due;
mod history;
mod offset;
mod resolve;
mod template;
mod undo;

pub use condition::{Condition, Profile};
pub use due::DueContext;
pub use history::{Block, Completion, History, Reached, Waiver};
pub use offset::Offset;
pub use resolve::{Progress, Resolved, ResolvedMilestone, ResolvedPhase, ResolvedStep, StepState, resolve};
pub use template::{
    Clock, Completes, DocRef, JourneyKind, Milestone, Need, Origin, Phase, Role, Step, Template, Variable,
};
pub use undo::{inverse, successor};
