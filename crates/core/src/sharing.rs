//! What of a shared journey a person can hold back: classes of facts, each with one switch.
//!
//! Who gave the journey and that it was given belong to no class, because the server takes nothing of a journey
//! that it does not know. What ends something is of the class of what it ends, so that nobody is told half.

use serde::{Deserialize, Serialize};

use crate::event::Fact;

/// A class of facts that is held back, or goes, as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Steps that are done, or open again.
    Progress,
    /// Steps at which the person is blocked, and is no longer.
    Blocks,
    /// Steps that the person skipped, or put back.
    Skips,
    /// Milestones that this device saw.
    Milestones,
    /// Day 1 moved, a journey taken off the list or put back.
    Plan,
}

impl Class {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Progress, Self::Blocks, Self::Skips, Self::Milestones, Self::Plan];

    /// The word under which it is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Blocks => "blocks",
            Self::Skips => "skips",
            Self::Milestones => "milestones",
            Self::Plan => "plan",
        }
    }

    /// The class of a stored word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }
}

impl Fact {
    /// The class with which a person holds it back; `None` where it cannot be held back, because others depend
    /// on it or somebody else recorded it.
    pub fn class(&self) -> Option<Class> {
        match self {
            Self::JourneyAssigned { .. } | Self::StepVerified { .. } => None,
            Self::StepCompleted { .. } | Self::StepReopened { .. } => Some(Class::Progress),
            Self::StepBlocked { .. } | Self::StepUnblocked { .. } => Some(Class::Blocks),
            Self::StepWaived { .. } | Self::WaiverLifted { .. } => Some(Class::Skips),
            Self::MilestoneReached { .. } | Self::MilestoneRevoked { .. } => Some(Class::Milestones),
            Self::StartMoved { .. } | Self::JourneyWithdrawn { .. } | Self::JourneyRestored { .. } => Some(Class::Plan),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_classes_are_one_to_one() {
        for class in Class::ALL {
            assert_eq!(Class::of_word(class.word()), Some(class));
            assert_eq!(serde_json::to_value(class).expect("a word"), class.word());
        }
        assert_eq!(Class::of_word("everything"), None);
    }
}
