//! Which events of a forge count, and for whom (`protocol.md`, section 6; `metrics.md`, section 2).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Account, Change, Environment, ForgeAction, ForgeEvent, Moment, Place};

/// What belongs to the organisation on its forge.
#[derive(Clone, Copy, Debug)]
pub struct Organisation<'a> {
    /// Owners whose repositories count, with everything below a GitLab group. Where none is named, every
    /// repository counts that is no fork.
    pub owners: &'a [String],
    /// Names of production environments, beside `production` and what the forge itself calls so.
    pub production: &'a [String],
}

/// An event that counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    /// What was seen.
    pub seen: Seen,
    /// For whom it counts.
    pub who: Who,
    /// The time is approximate; see [`ForgeEvent::approximate`].
    pub approximate: bool,
}

/// What was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// A commit reached the organisation.
    Commit,
    /// A change was opened for review.
    Opened,
    /// Somebody else's change was reviewed.
    Review,
    /// An own change was merged.
    Merged,
    /// An own commit went live.
    Deployed,
    /// Access was granted.
    Access,
}

/// For whom something counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// These accounts.
    Known(Vec<Sighting>),
    /// The authors of the commits that a deployment brought. Look at the range that ends here, fill
    /// [`ForgeAction::Deployed`]'s `authors` in, and observe again. Never the deployment's creator.
    AuthorsUpTo {
        /// The commit that is live.
        commit: String,
    },
}

/// One account, and when it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    /// Login name.
    pub login: String,
    /// When.
    pub at: Timestamp,
    /// Where it can be looked up. Two sightings of one kind with one reference are one.
    pub reference: String,
}

/// What of `event` counts; `None` where nothing does.
///
/// Passed over: programs, repositories outside the organisation, drafts, changes closed without a merge,
/// reverts, reviews of one's own change, deployments that failed, went to another place than production
/// or to a transient environment, and events that are no milestones.
pub fn observe(event: &ForgeEvent, organisation: &Organisation<'_>) -> Option<Observed> {
    if !organisation.has(&event.place) {
        return None;
    }
    let change_by = |account: &Account, change: &Change| {
        let reference = event.change_reference(change.number);
        sightings([(account, event.at, reference)])
    };
    let (seen, who) = match &event.action {
        ForgeAction::ChangeOpened { change } if !change.draft && !change.revert => {
            (Seen::Opened, change_by(&change.author, change)?)
        }
        // The forge says "ready" of a change that is no draft any more, whatever the flag in the payload.
        ForgeAction::ChangeReady { change } if !change.revert => (Seen::Opened, change_by(&change.author, change)?),
        ForgeAction::ChangeClosed { change, merged: true } if !change.revert => {
            (Seen::Merged, change_by(&change.author, change)?)
        }
        // A program's change is a change: reviewing it is a review.
        ForgeAction::Reviewed { change, reviewer } if !reviewer.is(&change.author) => {
            (Seen::Review, change_by(reviewer, change)?)
        }
        ForgeAction::Deployed { environment, success: true, commit, authors } => {
            if environment.transient || !organisation.is_production(environment) {
                return None;
            }
            let who = match authors {
                None => Who::AuthorsUpTo { commit: commit.clone() },
                Some(authors) => {
                    let reference = event.commit_reference(commit);
                    sightings(authors.iter().map(|author| (author, event.at, reference.clone())))?
                }
            };
            (Seen::Deployed, who)
        }
        ForgeAction::Joined { member, team } => {
            (Seen::Access, sightings([(member, event.at, event.team_reference(team.as_deref()))])?)
        }
        ForgeAction::Pushed { commits } => {
            let each = commits.iter().map(|commit| (&commit.author, commit.at, event.commit_reference(&commit.sha)));
            (Seen::Commit, sightings(each)?)
        }
        ForgeAction::ChangeOpened { .. }
        | ForgeAction::ChangeReady { .. }
        | ForgeAction::ChangeClosed { .. }
        | ForgeAction::Reviewed { .. }
        | ForgeAction::Deployed { .. }
        | ForgeAction::Other { .. } => return None,
    };
    Some(Observed { seen, who, approximate: event.approximate })
}

/// The reference of the change that `event` takes back: a merged revert. What that change had reached is
/// to be revoked.
pub fn revokes(event: &ForgeEvent, organisation: &Organisation<'_>) -> Option<String> {
    match &event.action {
        ForgeAction::ChangeClosed { change, merged: true } if change.revert && organisation.has(&event.place) => {
            change.reverts.map(|number| event.change_reference(number))
        }
        _ => None,
    }
}

/// Each person once with each reference; `None` where nobody is left.
fn sightings<'a>(seen: impl IntoIterator<Item = (&'a Account, Timestamp, String)>) -> Option<Who> {
    let mut known: Vec<Sighting> = Vec::new();
    for (account, at, reference) in seen {
        let again = |one: &Sighting| one.reference == reference && one.login.eq_ignore_ascii_case(&account.login);
        if !account.is_bot() && !known.iter().any(again) {
            known.push(Sighting { login: account.login.clone(), at, reference });
        }
    }
    (!known.is_empty()).then_some(Who::Known(known))
}

impl Organisation<'_> {
    /// Whether something that happened at `place` counts.
    pub fn has(&self, place: &Place) -> bool {
        if self.owners.is_empty() {
            return !place.fork;
        }
        let owner = place.owner.to_lowercase();
        self.owners
            .iter()
            .map(|known| known.to_lowercase())
            .any(|known| owner.strip_prefix(&known).is_some_and(|below| below.is_empty() || below.starts_with('/')))
    }

    fn is_production(&self, environment: &Environment) -> bool {
        let named = |name: &str| environment.name.eq_ignore_ascii_case(name);
        environment.production == Some(true)
            || self.production.iter().any(|name| named(name))
            // The forge's own "no" holds against the name alone, not against the team's list.
            || (environment.production.is_none() && named("production"))
    }
}

impl Observed {
    /// Which moment this is for a person whose clock started at `since` (00:00 local on day 1), of whom
    /// `earlier` sightings of the same kind since then with other references lie before `at`.
    ///
    /// What happened before the clock started is no milestone. Counting by time and not by arrival gives
    /// the same answer for webhooks in any order; the earliest fact that stands wins in the fold.
    pub fn moment(&self, at: Timestamp, since: Timestamp, earlier: u32) -> Option<Moment> {
        if at < since {
            return None;
        }
        match (self.seen, earlier) {
            (Seen::Commit, 0) => Some(Moment::FirstCommit),
            (Seen::Opened, 0) => Some(Moment::FirstPrOpened),
            (Seen::Opened, 9) => Some(Moment::TenthPrOpened),
            (Seen::Review, 0) => Some(Moment::FirstReview),
            (Seen::Merged, 0) => Some(Moment::FirstMerge),
            (Seen::Merged, 9) => Some(Moment::TenthMerge),
            (Seen::Deployed, 0) => Some(Moment::FirstDeploy),
            (Seen::Access, 0) => Some(Moment::AccessGranted),
            (Seen::Commit | Seen::Opened | Seen::Review | Seen::Merged | Seen::Deployed | Seen::Access, _) => None,
        }
    }
}
