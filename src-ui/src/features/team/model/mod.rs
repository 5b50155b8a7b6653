//! What the manager's pages decide, as plain Rust: nothing here knows Leptos or the browser.

mod curve;
mod lanes;
mod needs;
mod people;
mod plan;
mod reached;
mod slow;
mod tally;
mod words;

pub(crate) use curve::{Trend, first_choice, trend};
pub(crate) use lanes::{Lane, LaneMark, Lanes, lanes};
pub(crate) use needs::{Need, need, nudge};
pub(crate) use people::{Order, SortKey, sorted};
pub(crate) use plan::{PlanLine, plan_lines, plan_sentence};
pub(crate) use reached::{Reached, reached};
pub(crate) use slow::{Slow, SlowRow, slow};
pub(crate) use tally::{Stone, days_of, stones};
pub(crate) use words::{age, evidence_icon, evidence_word, people_in_onboarding, state_word};

#[cfg(test)]
mod samples;
