//! The measured moments that a forge can prove.

use serde::{Deserialize, Serialize};

use crate::{id::MilestoneId, journey::Template};

/// A measured moment in a person's first weeks (`metrics.md`, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// The earliest commit pushed to a repository of the organisation.
    FirstCommit,
    /// The first change opened for review.
    FirstPrOpened,
    /// The first review of somebody else's change.
    FirstReview,
    /// The first own change that was merged.
    FirstMerge,
    /// The first deployment to production that brought an own commit.
    FirstDeploy,
    /// Member of a team or of the organisation.
    AccessGranted,
    /// The tenth change opened for review.
    TenthPrOpened,
    /// The tenth own change that was merged.
    TenthMerge,
}

impl Moment {
    /// Every moment.
    pub const ALL: [Self; 8] = [
        Self::FirstCommit,
        Self::FirstPrOpened,
        Self::FirstReview,
        Self::FirstMerge,
        Self::FirstDeploy,
        Self::AccessGranted,
        Self::TenthPrOpened,
        Self::TenthMerge,
    ];

    /// What authors write as a milestone's `kind` (`journeys.md`, section 2.5).
    pub fn kind(self) -> &'static str {
        match self {
            Self::FirstCommit => "git.commit",
            Self::FirstPrOpened => "forge.pr-opened",
            Self::FirstReview => "forge.review",
            Self::FirstMerge => "forge.merge",
            Self::FirstDeploy => "forge.deploy",
            Self::AccessGranted => "forge.access",
            Self::TenthPrOpened => "forge.tenth-pr",
            Self::TenthMerge => "forge.tenth-merge",
        }
    }

    /// The moment that a milestone's `kind` names; `None` for those that no forge can prove.
    pub fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|moment| moment.kind() == kind)
    }

    /// The milestones of a journey that this moment reaches.
    pub fn milestones(self, template: &Template) -> impl Iterator<Item = &MilestoneId> {
        let named = template.milestones.iter().filter(move |milestone| milestone.kind == self.kind());
        named.map(|milestone| &milestone.id)
    }
}
