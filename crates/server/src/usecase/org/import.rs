//! Brings a judged table into the database, in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use uuid::Uuid;

use super::table::Entry;
use crate::store::{
    About, Store, StoreError, Tx,
    audit::{self, Act},
    invite,
    org::{self, PersonRow},
    session,
};

/// What changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Imported {
    /// People who were not there.
    pub new: usize,
    /// People of whom something is different now.
    pub changed: usize,
    /// People who are as they were.
    pub same: usize,
    /// People who are not in the table any more: they cannot sign in, their history stays.
    pub left: usize,
}

/// What to do where most people would leave, which is more often half a table than half a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leavers {
    /// Refuse.
    Few,
    /// It is so.
    Any,
}

/// Why a table was not brought in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    /// More than half would leave.
    #[error(
        "{left} of {active} people are not in this table and would not be able to sign in any more; \
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

/// Makes the organisation what the table says: new people are added, known ones updated, and whoever is not in
/// it becomes inactive. Ids, devices and the history of who reported to whom stay.
///
/// # Errors
/// Where most people would leave, and where the database cannot be written; nothing is changed then.
pub(crate) async fn import(
    store: &Store,
    now: Timestamp,
    entries: &[Entry],
    leavers: Leavers,
) -> Result<Imported, ImportError> {
    let mut tx = store.begin().await?;
    let known = org::hold_all(&mut tx).await?;
    let rows = rows(entries, &known)?;
    let staying: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let gone: Vec<&PersonRow> = known.iter().filter(|row| row.active && !staying.contains(row.id.as_str())).collect();
    let active = known.iter().filter(|row| row.active).count();
    if leavers == Leavers::Few && active >= SMALL && gone.len() * 2 > active {
        return Err(ImportError::MostWouldLeave { left: gone.len(), active });
    }
    let by_id: BTreeMap<&str, &PersonRow> = known.iter().map(|row| (row.id.as_str(), row)).collect();
    let mut done = Imported { left: gone.len(), ..Imported::default() };
    for row in &rows {
        match by_id.get(row.id.as_str()) {
            Some(before) if *before == row => done.same += 1,
            before => {
                if before.is_some() {
                    done.changed += 1
                } else {
                    done.new += 1
                }
                put(&mut tx, now, row, before.copied()).await?;
            }
        }
    }
    for row in gone {
        let left = PersonRow { active: false, manager: None, ..row.clone() };
        put(&mut tx, now, &left, Some(row)).await?;
        session::end_for(&mut tx, &row.id, now.as_millisecond()).await?;
        invite::end_for(&mut tx, &row.id, now.as_millisecond()).await?;
    }
    let outcome = format!("{} new, {} changed, {} as before, {} left", done.new, done.changed, done.same, done.left);
    let act = Act { actor: "cli", action: "org.imported", object: "", outcome: &outcome };
    audit::append(&mut tx, now, &act).await?;
    tx.commit().await.about("the organisation")?;
    Ok(done)
}

/// The table's lines as rows, with the ids that people have or get.
fn rows(entries: &[Entry], known: &[PersonRow]) -> Result<Vec<PersonRow>, StoreError> {
    let known: BTreeMap<&str, &str> = known.iter().map(|row| (row.key.as_str(), row.id.as_str())).collect();
    let ids: BTreeMap<&str, String> = entries
        .iter()
        .map(|entry| {
            let id = known.get(entry.key.as_str()).map_or_else(|| Uuid::now_v7().to_string(), |id| (*id).to_owned());
            (entry.key.as_str(), id)
        })
        .collect();
    let row = |entry: &Entry| {
        let roles: Vec<&str> = entry.roles.iter().map(|role| role.word()).collect();
        Ok(PersonRow {
            id: ids.get(entry.key.as_str()).cloned().unwrap_or_default(),
            key: entry.key.clone(),
            name: entry.name.clone(),
            team: entry.team.clone(),
            manager: ids.get(entry.manager.as_str()).cloned(),
            buddy: ids.get(entry.buddy.as_str()).cloned(),
            roles: roles.join(" "),
            start: entry.start.map(|day| day.to_string()),
            zone: entry.zone.clone(),
            calendar: serde_json::to_string(&entry.calendar).about("calendar")?,
            profile: serde_json::to_string(&entry.profile).about("profile")?,
            active: true,
        })
    };
    entries.iter().map(row).collect()
}

/// Writes one person, the change of their manager, and the change of their roles into the audit log.
async fn put(tx: &mut Tx, now: Timestamp, row: &PersonRow, before: Option<&PersonRow>) -> Result<(), StoreError> {
    org::put(tx, row, now.as_millisecond()).await?;
    if before.and_then(|before| before.manager.as_deref()) != row.manager.as_deref() {
        org::reports_to(tx, &row.id, row.manager.as_deref(), now.as_millisecond()).await?;
    }
    let rights = |row: &PersonRow| if row.active { row.roles.clone() } else { "inactive".to_owned() };
    let (was, is) = (before.map(rights), rights(row));
    if was.as_ref() != Some(&is) {
        let outcome = format!("{} → {is}", was.as_deref().unwrap_or("nobody"));
        let act = Act { actor: "cli", action: "person.roles", object: &row.id, outcome: &outcome };
        audit::append(tx, now, &act).await?;
    }
    Ok(())
}
