//! Charts as plain data: a function takes numbers and gives shapes, one view puts the shapes on screen.
//!
//! **Absent:** the domain. A chart knows labels, shares and days; what they mean is the caller's.

mod bars;
mod curve;
mod drawing;
mod labels;
mod plot;
mod scale;
mod spans;
mod spark;

pub(crate) use bars::{Bar, bars};
pub(crate) use curve::{Series, Step, StepCurve};
pub(crate) use drawing::{Drawing, DrawingView};
pub(crate) use plot::{Plot, Table};
pub(crate) use scale::nice_max;
pub(crate) use spans::{DayAxis, Tick};
pub(crate) use spark::{duration_spark, share_spark};
