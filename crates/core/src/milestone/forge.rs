//! A forge's event without the forge's JSON: the same words for GitHub and GitLab.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Which kind of forge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Forge {
    /// GitHub and GitHub Enterprise.
    GitHub,
    /// GitLab.
    GitLab,
}

/// Something that happened on a forge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForgeEvent {
    /// Which kind of forge.
    pub forge: Forge,
    /// Where on it.
    pub place: Place,
    /// When, by the forge's clock: `created_at`, `merged_at`, `submitted_at`, never the time of delivery.
    pub at: Timestamp,
    /// The time is the best that the forge said, not the moment itself: GitLab's merge webhook has no
    /// `merged_at`, so `updated_at` stands in for it until the API was asked.
    #[serde(default)]
    pub approximate: bool,
    /// What happened.
    pub action: ForgeAction,
}

/// Where on a forge something happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Organisation, group with its parents (`acme/platform`) or user.
    pub owner: String,
    /// The repository's own name; `None` for events of the organisation itself.
    pub repository: Option<String>,
    /// Whether the repository is a fork of another one.
    pub fork: bool,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "kebab-case")]
pub enum ForgeAction {
    /// A pull or merge request was opened, perhaps as a draft.
    ChangeOpened {
        /// Which one.
        change: Change,
    },
    /// A draft became ready for review.
    ChangeReady {
        /// Which one.
        change: Change,
    },
    /// A pull or merge request was closed, merged or not.
    ChangeClosed {
        /// Which one.
        change: Change,
        /// Whether its commits went in.
        merged: bool,
    },
    /// A review was handed in; GitLab's approvals and notes on a merge request are reviews too.
    Reviewed {
        /// Of which change.
        change: Change,
        /// By whom.
        reviewer: Account,
    },
    /// A deployment reached a state.
    Deployed {
        /// To where.
        environment: Environment,
        /// Whether it succeeded; every other state is of no interest here.
        success: bool,
        /// The commit that is live with it.
        commit: String,
        /// Authors of the commits that this deployment brought; `None` while nobody looked at the range,
        /// which no webhook carries.
        authors: Option<Vec<Account>>,
    },
    /// Somebody became a member of a team or an organisation.
    Joined {
        /// Who.
        member: Account,
        /// The team; `None` for the organisation as a whole.
        team: Option<String>,
    },
    /// Commits were pushed to a branch. Pushes of tags and deletions carry none.
    Pushed {
        /// The commits whose author the forge knows by account.
        commits: Vec<Commit>,
    },
    /// Anything else, by the forge's own name for it.
    Other {
        /// For instance `workflow_run`.
        name: String,
    },
}

/// An account on a forge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Login name. Where the forge gave a number only, the parser asks the API for the name.
    pub login: String,
    /// The forge says that it is no person.
    pub bot: bool,
}

/// A pull or merge request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its number in the repository.
    pub number: u64,
    /// Who wrote it. Never the one who pressed the button.
    pub author: Account,
    /// Not ready for review yet.
    pub draft: bool,
    /// Whether it takes an earlier change back; see [`is_revert`].
    pub revert: bool,
    /// The number of the change of the same repository that it takes back; see [`reverted`].
    pub reverts: Option<u64>,
}

/// A commit of a push.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// Its hash.
    pub sha: String,
    /// Who wrote it.
    pub author: Account,
    /// When it was written, by the author's clock.
    pub at: Timestamp,
}

/// Where something was deployed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    /// The team's name for it.
    pub name: String,
    /// Whether the forge calls it production; `None` where it does not say.
    pub production: Option<bool>,
    /// It goes away again: a preview of one change.
    pub transient: bool,
}

impl Account {
    /// Whether this is a program: the forge says so, or the name has the form that forges give to programs.
    pub fn is_bot(&self) -> bool {
        let login = self.login.to_lowercase();
        let token = (login.starts_with("project_") || login.starts_with("group_")) && login.contains("_bot");
        self.bot || login.ends_with("[bot]") || token
    }

    /// Whether two names are one account: forges keep names without regard to case.
    pub fn is(&self, other: &Self) -> bool {
        self.login.eq_ignore_ascii_case(&other.login)
    }
}

impl fmt::Display for Forge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
        })
    }
}

impl ForgeEvent {
    /// `github:acme/api`, or `github:acme` for an event of the organisation.
    fn path(&self) -> String {
        match &self.place.repository {
            Some(repository) => format!("{}:{}/{repository}", self.forge, self.place.owner),
            None => format!("{}:{}", self.forge, self.place.owner),
        }
    }

    /// Where a change can be looked up: `github:acme/api#412`, `gitlab:acme/api!412`.
    pub fn change_reference(&self, number: u64) -> String {
        let sign = match self.forge {
            Forge::GitHub => '#',
            Forge::GitLab => '!',
        };
        format!("{}{sign}{number}", self.path())
    }

    /// Where a commit can be looked up: `github:acme/api@1a2b3c`.
    pub fn commit_reference(&self, sha: &str) -> String {
        format!("{}@{sha}", self.path())
    }

    /// Where a membership can be looked up: `github:acme/team:backend`.
    pub fn team_reference(&self, team: Option<&str>) -> String {
        team.map_or_else(|| self.path(), |team| format!("{}/team:{team}", self.path()))
    }
}

/// Whether a change's title or branch has the form that both forges give to a revert.
pub fn is_revert(title: &str, branch: &str) -> bool {
    title.trim_start().starts_with("Revert \"") || branch.starts_with("revert-")
}

/// The number of the change that a revert takes back, as the forge writes it into the description:
/// `Reverts acme/api#412`, `Reverts #412`, `This reverts merge request !412`.
pub fn reverted(description: &str) -> Option<u64> {
    let line = description.lines().find(|line| line.to_lowercase().contains("reverts "))?;
    let (_, after) = line.rsplit_once(['#', '!'])?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
