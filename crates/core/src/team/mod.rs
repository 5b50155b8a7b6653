//! What a manager sees of a team's onboarding, and what each of its people sees of themselves: one
//! projection, made by the same code on both sides (`metrics.md`).
//!
//! [`summarize()`] makes of one journey what a server keeps; [`overview()`] makes a team's page of summaries;
//! [`person_page()`] makes one person's page of facts, on the server and on the person's own device alike.
//!
//! **Absent:** who may see it (the server decides), and any figure about fewer than five people that is
//! not one person's own page.

mod figure;
mod overview;
mod person;

mod attention;
mod bars;
mod build;
mod cohorts;
mod export;
mod page;
mod sentence;
mod slow;
mod story;
mod summary;
mod timeline;

pub use build::{Line, Member, overview};
pub use export::csv;
pub use figure::{Figure, SMALLEST_GROUP, Share};
pub use overview::{
    Attention, AttentionKind, Cohort, Curve, CurvePoint, MilestoneBar, MilestoneChart, PersonRow, PersonState,
    Quantile, SlowStep, TeamOverview, who,
};
pub use page::{Whose, person_page};
pub use person::{MilestoneLine, OthersStep, PersonPage, Span, SpanKind, TimelineRow, Waiting};
pub use sentence::{bars_sentence, share_in_words, slow_sentence};
pub use story::JourneyFacts;
pub use summary::{Confirmation, JourneySummary, Mark, OpenStep, ReachedMark, StandingBlock, StepTime, summarize};
