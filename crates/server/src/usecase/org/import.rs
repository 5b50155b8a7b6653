//! Brings judged people into the database, in one transaction.

use super::{
    entry::Entry,
    plan::{Known, Plan, plan},
    write::Writer,
};
use crate::store::{About, Store, StoreError, org, teams};

/// What changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Imported {
    /// People who were not there.
    pub new: usize,
    /// People of whom something is different now.
    pub changed: usize,
    /// People who are as they were.
    pub same: usize,
    /// People who are not in it any more: they cannot sign in, their history stays.
    pub left: usize,
}

impl std::fmt::Display for Imported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} new, {} changed, {} as before, {} left", self.new, self.changed, self.same, self.left)
    }
}

/// What to do where most people would leave, which is more often half a table than half a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leavers {
    /// Refuse.
    Few,
    /// It is so.
    Any,
}

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// Only say what would change.
    Dry,
    /// Change it.
    Real,
}

/// How people are brought in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Import<'a> {
    /// The people.
    pub entries: &'a [Entry],
    /// Teams whose place the source knows.
    pub teams: &'a [(String, Option<String>)],
    /// What to do where most people would leave.
    pub leavers: Leavers,
    /// Whether anything is written.
    pub run: Run,
}

/// Why people were not brought in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    /// More than half would leave.
    #[error(
        "{left} of {active} people are not in it and would not be able to sign in any more; \
         if that is so, say --allow-leavers"
    )]
    MostWouldLeave {
        /// How many would leave.
        left: usize,
        /// How many there are.
        active: usize,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Below this many people any number may leave.
const SMALL: usize = 10;

/// Makes the organisation what was read: new people are added, known ones updated, and whoever is not in it
/// becomes inactive. Ids, devices and the history of who reported to whom stay.
///
/// # Errors
/// Where most people would leave, and where the database cannot be written; nothing is changed then.
pub(crate) async fn import(store: &Store, writer: Writer<'_>, wish: Import<'_>) -> Result<Plan, ImportError> {
    let mut tx = store.begin().await?;
    let people = org::hold_all(&mut tx).await?;
    let known_teams = teams::list_in(&mut tx).await?;
    let plan = plan(wish.entries, wish.teams, Known { people: &people, teams: &known_teams }, writer.now)?;
    let (left, active) = (plan.counts.left, plan.active);
    if wish.leavers == Leavers::Few && active >= SMALL && left * 2 > active {
        return Err(ImportError::MostWouldLeave { left, active });
    }
    if wish.run == Run::Dry {
        return Ok(plan);
    }
    for (row, before) in &plan.put {
        writer.put(&mut tx, row, before.as_ref()).await?;
    }
    for (name, parent) in &plan.teams {
        teams::put(&mut tx, name, parent.as_deref()).await?;
    }
    writer.act(&mut tx, "org.imported", "", &plan.counts.to_string()).await?;
    tx.commit().await.about("the organisation")?;
    Ok(plan)
}
