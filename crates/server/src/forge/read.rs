//! What a delivery says, whichever forge sent it.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde_json::Value;
use waymark_core::milestone::{Account, Commit, Forge, ForgeAction, ForgeEvent, Place};

use super::{
    cdevents, github, gitlab,
    json::{list, moment, text},
};

/// Who sends deliveries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
    /// Any sender of `CDEvents`.
    CdEvents,
}

/// What a delivery says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Read {
    /// What happened.
    pub event: ForgeEvent,
    /// The commits of a push, in the chain of its branch.
    pub push: Option<Push>,
    /// Commits of which is known that the author of a merged change made them.
    pub merged: Vec<String>,
    /// Account numbers with their login names: GitLab names authors by number.
    pub accounts: Vec<(u64, String)>,
}

/// One push: `before` and `after` chain the pushes of a branch, in whichever order they arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Push {
    /// For instance `refs/heads/main`.
    pub branch: String,
    /// The branch's commit before; zeros where the branch is new.
    pub before: String,
    /// The branch's commit now.
    pub after: String,
    /// Hashes, oldest first, each with its author's login where the forge knows it.
    pub commits: Vec<(String, Option<String>)>,
}

/// A push as a delivery tells it, whichever forge sent it.
#[derive(Debug)]
pub(super) struct Pushed {
    /// The commits whose author is known: each counts for that author.
    pub commits: Vec<Commit>,
    /// The newest of their times; the beginning of time where there is none.
    pub at: Timestamp,
    /// All commits in the chain of their branch; none where there is nothing to chain.
    pub push: Option<Push>,
}

impl Pushed {
    /// Reads the fields that all forges share. `author` says who made a commit, where the forge knows.
    ///
    /// # Errors
    /// Where a field is missing.
    pub(super) fn read<'a>(body: &'a Value, author: impl Fn(&'a Value) -> Option<&'a str>) -> Result<Self, Unreadable> {
        let branch = text(body, "/ref")?;
        let (mut commits, mut chain) = (Vec::new(), Vec::new());
        // A tag's commits were pushed with a branch.
        for one in list(body, "/commits").filter(|_| branch.starts_with("refs/heads/")) {
            let (sha, login) = (text(one, "/id")?.to_owned(), author(one));
            if let Some(login) = login {
                let author = Account { login: login.to_owned(), bot: false };
                commits.push(Commit { sha: sha.clone(), author, at: moment(one, "/timestamp")? });
            }
            chain.push((sha, login.map(str::to_owned)));
        }
        let push = match chain.is_empty() {
            true => None,
            false => Some(Push {
                branch: branch.to_owned(),
                before: text(body, "/before")?.to_owned(),
                after: text(body, "/after")?.to_owned(),
                commits: chain,
            }),
        };
        let at = commits.iter().map(|commit| commit.at).max().unwrap_or(Timestamp::UNIX_EPOCH);
        Ok(Self { commits, at, push })
    }
}

impl Source {
    /// Reads a delivery. `received` stands in where the forge gives no time of its own.
    ///
    /// # Errors
    /// Where the body is not what the forge documents; the message names the field.
    pub(crate) fn read(self, kind: &str, body: &Value, received: Timestamp) -> Result<Read, Unreadable> {
        match self {
            Self::GitHub => github::read(kind, body, received),
            Self::GitLab => gitlab::read(body, received),
            Self::CdEvents => cdevents::read(body, received),
        }
    }
}

impl Read {
    /// An event without anything beside it.
    pub(super) fn new(event: ForgeEvent) -> Self {
        Self { event, push: None, merged: Vec::new(), accounts: Vec::new() }
    }

    /// An event that is not used.
    pub(super) fn other(forge: Forge, name: &str, at: Timestamp) -> Self {
        let place = Place { owner: String::new(), repository: None, fork: false };
        let action = ForgeAction::Other { name: name.to_owned() };
        Self::new(ForgeEvent { forge, place, at, approximate: true, action })
    }
}

/// A body that is not what the forge documents.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the field {0} is missing or not what it should be")]
pub(crate) struct Unreadable(pub String);

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::CdEvents => "cdevents",
        })
    }
}

impl FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::GitHub, Self::GitLab, Self::CdEvents]
            .into_iter()
            .find(|source| source.to_string() == text)
            .ok_or_else(|| format!("{text} is none of github, gitlab and cdevents"))
    }
}
