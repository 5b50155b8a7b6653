//! Whether people are an organisation: no doubles, nobody unknown, no circle of managers.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    entry::Entry,
    spot::{Problem, Spot},
};
use crate::auth::Role;

/// The levels that every question about a line goes up.
pub(super) const DEEPEST: usize = 16;

/// Judges all people together and adds the roles that follow from it: who has a line is a manager, who helps is
/// a buddy, and whoever has no role at all is a hire.
pub(crate) fn people(mut entries: Vec<Entry>, mut problems: Vec<Problem>) -> Result<Vec<Entry>, Vec<Problem>> {
    if entries.is_empty() && problems.is_empty() {
        let spot = Spot::Field { line: 1, column: String::new() };
        problems.push(Problem { spot, message: "there is nobody in it".to_owned() });
    }
    let mut by_key: BTreeMap<&str, &Entry> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.key.is_empty()) {
        if let Some(first) = by_key.get(entry.key.as_str()) {
            let message = format!("{:?} is in {} already", entry.key, first.places.whole);
            problems.push(Problem { spot: entry.places.key.clone(), message });
        } else {
            by_key.insert(&entry.key, entry);
        }
    }
    for entry in &entries {
        for (spot, key) in [(&entry.places.manager, &entry.manager), (&entry.places.buddy, &entry.buddy)] {
            let message = if key.is_empty() {
                continue;
            } else if !by_key.contains_key(key.as_str()) {
                format!("there is nobody with the key {key:?} in it")
            } else if *key == entry.key {
                "nobody can be that for themselves".to_owned()
            } else {
                continue;
            };
            problems.push(Problem { spot: spot.clone(), message });
        }
    }
    problems.extend(circles(&entries, &by_key));
    if !problems.is_empty() {
        problems.sort_by_key(|problem| problem.spot.line());
        return Err(problems);
    }
    let managers: BTreeSet<String> = entries.iter().map(|entry| entry.manager.clone()).collect();
    let buddies: BTreeSet<String> = entries.iter().map(|entry| entry.buddy.clone()).collect();
    for entry in &mut entries {
        if entry.roles.is_empty() {
            entry.roles.push(Role::Hire);
        }
        for (role, whose) in [(Role::Manager, &managers), (Role::Buddy, &buddies)] {
            if whose.contains(&entry.key) && !entry.roles.contains(&role) {
                entry.roles.push(role);
            }
        }
        entry.roles.sort_by_key(|role| role.word());
        entry.roles.dedup();
        if !entry.team.is_empty() {
            entry.profile.entry("team".to_owned()).or_insert_with(|| vec![entry.team.clone()]);
        }
    }
    Ok(entries)
}

/// Each circle of managers once, at its first line; and lines that are deeper than any question goes.
fn circles(entries: &[Entry], by_key: &BTreeMap<&str, &Entry>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for entry in entries {
        let mut path: Vec<&str> = vec![&entry.key];
        let mut at = entry;
        while let Some(above) = by_key.get(at.manager.as_str()).filter(|above| above.key != at.key) {
            if told.contains(above.key.as_str()) {
                break;
            }
            if let Some(start) = path.iter().position(|key| *key == above.key) {
                let circle = &path[start..];
                told.extend(circle);
                let members = circle.iter().filter_map(|key| by_key.get(key)).map(|entry| &entry.places.manager);
                let spot = members.min_by_key(|spot| spot.line()).unwrap_or(&entry.places.manager).clone();
                let message = format!("these manage each other in a circle: {}", circle.join(" → "));
                problems.push(Problem { spot, message });
                break;
            }
            path.push(&above.key);
            at = above;
        }
        if path.len() == DEEPEST + 1 {
            let message = format!("has {DEEPEST} managers above each other, more than can be worked with");
            problems.push(Problem { spot: entry.places.manager.clone(), message });
        }
    }
    problems
}
