//! What would change if the organisation became what was read: pure, so that it can be shown first.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    entry::Entry,
    import::Imported,
    write::{changed_fields, has_left},
};
use crate::store::{About as _, StoreError, org::PersonRow, teams::TeamRow};

/// What would change.
#[derive(Debug)]
pub(crate) struct Plan {
    /// People to write, each with the row as it was.
    pub put: Vec<(PersonRow, Option<PersonRow>)>,
    /// Teams to write, each with what it is part of.
    pub teams: Vec<(String, Option<String>)>,
    /// How many of what.
    pub counts: Imported,
    /// People who work here now.
    pub active: usize,
    /// Keys of everybody, for showing.
    keys: BTreeMap<String, String>,
}

/// What is there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'a> {
    /// Everybody who was not erased.
    pub people: &'a [PersonRow],
    /// All teams.
    pub teams: &'a [TeamRow],
}

/// Compares what was read with what is there. `teams` are those whose place the source knows.
///
/// # Errors
/// Where a calendar cannot be written as JSON.
pub(crate) fn plan(
    entries: &[Entry],
    teams: &[(String, Option<String>)],
    known: Known<'_>,
    now: Timestamp,
) -> Result<Plan, StoreError> {
    let rows = rows(entries, known.people, now)?;
    let by_id: BTreeMap<&str, &PersonRow> = known.people.iter().map(|row| (row.id.as_str(), row)).collect();
    let staying: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let gone = known.people.iter().filter(|row| row.active && !staying.contains(row.id.as_str()));
    let mut put: Vec<(PersonRow, Option<PersonRow>)> = Vec::new();
    let mut counts = Imported::default();
    for row in &rows {
        match by_id.get(row.id.as_str()) {
            Some(before) if *before == row => counts.same += 1,
            before => {
                *(if before.is_some() { &mut counts.changed } else { &mut counts.new }) += 1;
                put.push((row.clone(), before.map(|before| (*before).clone())));
            }
        }
    }
    for row in gone {
        counts.left += 1;
        put.push((PersonRow { active: false, manager: None, ..row.clone() }, Some(row.clone())));
    }
    let there: BTreeMap<&str, Option<&str>> =
        known.teams.iter().map(|team| (team.name.as_str(), team.parent.as_deref())).collect();
    let teams = teams.iter().filter(|(name, parent)| there.get(name.as_str()) != Some(&parent.as_deref()));
    let keys = known.people.iter().chain(&rows).map(|row| (row.id.clone(), row.key.clone())).collect();
    let active = known.people.iter().filter(|row| row.active).count();
    Ok(Plan { put, teams: teams.cloned().collect(), counts, active, keys })
}

/// What was read as rows, with the ids that people have or get. A last day that somebody wrote by hand stays where
/// the source has none.
fn rows(entries: &[Entry], known: &[PersonRow], now: Timestamp) -> Result<Vec<PersonRow>, StoreError> {
    let known: BTreeMap<&str, &PersonRow> = known.iter().map(|row| (row.key.as_str(), row)).collect();
    let ids: BTreeMap<&str, String> = entries
        .iter()
        .map(|entry| {
            let id = known.get(entry.key.as_str()).map_or_else(|| Uuid::now_v7().to_string(), |row| row.id.clone());
            (entry.key.as_str(), id)
        })
        .collect();
    let row = |entry: &Entry| {
        let roles: Vec<&str> = entry.roles.iter().map(|role| role.word()).collect();
        let by_hand = || known.get(entry.key.as_str()).and_then(|row| row.leave.clone());
        let mut row = PersonRow {
            id: ids.get(entry.key.as_str()).cloned().unwrap_or_default(),
            key: entry.key.clone(),
            name: entry.name.clone(),
            team: entry.team.clone(),
            manager: ids.get(entry.manager.as_str()).cloned(),
            buddy: ids.get(entry.buddy.as_str()).cloned(),
            roles: roles.join(" "),
            start: entry.start.map(|day| day.to_string()),
            leave: entry.leave.map(|day| day.to_string()).or_else(by_hand),
            zone: entry.zone.clone(),
            calendar: serde_json::to_string(&entry.calendar).about("calendar")?,
            profile: serde_json::to_string(&entry.profile).about("profile")?,
            active: true,
        };
        if has_left(&row, now) {
            row.active = false;
            row.manager = None;
        }
        Ok(row)
    };
    entries.iter().map(row).collect()
}

impl Plan {
    /// A line for each change, for people.
    pub(crate) fn lines(&self) -> Vec<String> {
        let key = |id: &Option<String>| {
            let key = id.as_ref().and_then(|id| self.keys.get(id));
            key.cloned().unwrap_or_else(|| "nobody".to_owned())
        };
        let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
        let mut lines: Vec<String> = self
            .put
            .iter()
            .map(|(row, before)| match before {
                None => {
                    let team = if row.team.is_empty() { String::new() } else { format!(", {}", row.team) };
                    format!("+ {} {}{team}, reports to {}, {}", row.key, row.name, key(&row.manager), row.roles)
                }
                Some(before) if before.active && !row.active => {
                    format!("- {} {}: cannot sign in any more; what happened stays", row.key, row.name)
                }
                Some(before) => {
                    let change = |field: &'static str| match field {
                        "name" => format!("name {} → {}", before.name, row.name),
                        "team" => format!("team {} → {}", or_none(&before.team), or_none(&row.team)),
                        "manager" => format!("manager {} → {}", key(&before.manager), key(&row.manager)),
                        "buddy" => format!("buddy {} → {}", key(&before.buddy), key(&row.buddy)),
                        "roles" => format!("roles {} → {}", before.roles, row.roles),
                        "active" => "works here again".to_owned(),
                        other => format!("{other} changes"),
                    };
                    let changes: Vec<String> = changed_fields(before, row).into_iter().map(change).collect();
                    format!("~ {} {}: {}", row.key, row.name, changes.join("; "))
                }
            })
            .collect();
        lines.extend(self.teams.iter().map(|(name, parent)| match parent {
            Some(parent) => format!("  team {name} is part of {parent}"),
            None => format!("  team {name}"),
        }));
        lines
    }
}
