//! Forges: what GitHub and GitLab tell, and what follows from it for people's journeys.
//!
//! A delivery is checked, stored and answered (`hook`); a job reads it later ([`work`]) and says whose
//! milestones it concerns ([`mod@reach`]); a poll of the API finds what no delivery told ([`reconcile`]). All of them
//! end in sightings, so the order in which things are learnt makes no difference.
//!
//! **Absent:** which event counts (`waymark_core::milestone`), and how a fact is recorded.

mod api;
pub(crate) mod authentic;
mod cdevents;
mod github;
mod gitlab;
mod json;
mod reach;
mod read;
pub(crate) mod reconcile;
mod record;
pub(crate) mod settings;
#[cfg(test)]
mod tests;
pub(crate) mod work;

pub(crate) use authentic::Trust;
pub(crate) use reach::reach;
pub(crate) use read::{Push, Read, Source};
pub(crate) use settings::Settings;
