//! What a manager sees of a team's onboarding, and what each of its people sees of themselves: one
//! projection, made by the same code on both sides (`metrics.md`).
//!
//! **Absent:** who may see it (the server decides), and any figure about fewer than five people that is
//! not one person's own page.

mod figure;
mod overview;
mod person;

pub use figure::{Figure, SMALLEST_GROUP, Share};
pub use overview::{
    Attention, AttentionKind, Cohort, Curve, CurvePoint, MilestoneBar, MilestoneChart, PersonRow, PersonState,
    Quantile, SlowStep, TeamOverview, who,
};
pub use person::{MilestoneLine, PersonPage, Span, SpanKind, TimelineRow, Waiting};
