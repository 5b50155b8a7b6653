//! The whole organisation while one person changes: what follows for others, and whether it still is one.

use std::collections::BTreeMap;

use waymark_api::http::org::PersonFields;

use super::{EditError, values};
use crate::{
    auth::Role,
    store::{About as _, Tx, org::PersonRow},
    usecase::org::{
        check::DEEPEST,
        write::{Writer, has_left},
    },
};

/// What to do with a line that nobody takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Orphans {
    /// Refuse: somebody is there who can say who takes it.
    Refuse,
    /// They report to nobody: the day came, and nobody is asked.
    Allow,
}

/// The organisation while it is changed: everybody as they were, and as they will be.
pub(super) struct Company {
    before: BTreeMap<String, PersonRow>,
    pub(super) rows: BTreeMap<String, PersonRow>,
    orphans: Orphans,
}

impl Company {
    pub(super) fn new(known: Vec<PersonRow>, orphans: Orphans) -> Self {
        let rows: BTreeMap<String, PersonRow> = known.into_iter().map(|row| (row.id.clone(), row)).collect();
        Self { before: rows.clone(), rows, orphans }
    }

    /// Takes the wish and everything that follows from it.
    pub(super) fn apply(&mut self, id: &str, wish: PersonFields, writer: &Writer<'_>) -> Result<(), EditError> {
        let mut row = self.rows.get(id).cloned().ok_or(EditError::Missing)?;
        let was_active = row.active && self.before.contains_key(id);
        let line_to = wish.line_to;
        values::set(&mut row, wish)?;
        for (what, other) in [("the manager", &row.manager), ("the buddy", &row.buddy)] {
            let Some(other) = other else { continue };
            if other == id {
                return Err(EditError::Wrong(format!("{what} cannot be the person themselves")));
            }
            if !self.rows.get(other).is_some_and(|other| other.active) {
                return Err(EditError::Wrong(format!("{what} is nobody who works here")));
            }
        }
        row.active = !has_left(&row, writer.now);
        let manager = row.manager.clone();
        let leaves = row.leave.is_some();
        let ends = !row.active;
        if ends {
            row.manager = None;
        }
        self.rows.insert(id.to_owned(), row);
        if let Some(line_to) = line_to {
            self.hand_over(id, Some(line_to.to_string()))?;
        } else if ends {
            self.hand_over(id, manager)?;
        } else if leaves && was_active && manager.is_none() && self.has_line(id) {
            let message = "the person has a line and no manager who could take it; say in line_to who leads it then";
            return Err(EditError::Conflict(message.to_owned()));
        }
        if ends {
            for other in self.rows.values_mut().filter(|other| other.buddy.as_deref() == Some(id)) {
                other.buddy = None;
            }
        }
        self.roles_that_follow();
        for (changed, row) in &self.rows {
            if self.before.get(changed).is_none_or(|before| before.manager != row.manager) {
                self.circle(changed)?;
            }
        }
        self.an_admin_is_left()
    }

    fn has_line(&self, id: &str) -> bool {
        self.rows.values().any(|row| row.active && row.manager.as_deref() == Some(id))
    }

    /// The person's line reports to somebody else from now on.
    fn hand_over(&mut self, id: &str, to: Option<String>) -> Result<(), EditError> {
        if !self.has_line(id) {
            return Ok(());
        }
        let to = to.filter(|to| *to != id && self.rows.get(to).is_some_and(|to| to.active));
        if to.is_none() && self.orphans == Orphans::Refuse {
            let message = "the person has a line; say in line_to who leads it from now on, somebody who works here";
            return Err(EditError::Conflict(message.to_owned()));
        }
        let above = self.before.get(id).and_then(|row| row.manager.clone());
        for row in self.rows.values_mut().filter(|row| row.manager.as_deref() == Some(id)) {
            // Whoever takes the line over out of it takes the person's place.
            row.manager = if to.as_deref() == Some(row.id.as_str()) { above.clone() } else { to.clone() };
        }
        Ok(())
    }

    /// Who has a line is a manager, and who helps somebody a buddy, as in an import.
    fn roles_that_follow(&mut self) {
        let active = || self.rows.values().filter(|row| row.active);
        let managers: Vec<String> = active().filter_map(|row| row.manager.clone()).collect();
        let buddies: Vec<String> = active().filter_map(|row| row.buddy.clone()).collect();
        for (role, whose) in [(Role::Manager, managers), (Role::Buddy, buddies)] {
            for id in whose {
                let Some(row) = self.rows.get_mut(&id) else { continue };
                let mut roles = Role::parse_all(&row.roles);
                if !roles.contains(&role) {
                    roles.push(role);
                    row.roles = values::words(roles);
                }
            }
        }
    }

    /// Refuses a person who would be above themselves, and a line that is deeper than any question goes.
    fn circle(&self, id: &str) -> Result<(), EditError> {
        let mut above = Vec::new();
        let mut at = self.rows.get(id);
        while let Some(manager) = at.and_then(|row| row.manager.as_ref()).and_then(|id| self.rows.get(id)) {
            above.push(manager.key.as_str());
            if manager.id == id {
                let circle = above.join(" → ");
                return Err(EditError::Conflict(format!("these would manage each other in a circle: {circle}")));
            }
            if above.len() > DEEPEST {
                break;
            }
            at = Some(manager);
        }
        let below = self.depth_below(id);
        if above.len() + below > DEEPEST {
            return Err(EditError::Conflict(format!("more than {DEEPEST} managers would be above each other")));
        }
        Ok(())
    }

    /// Levels of people below somebody; more than [`DEEPEST`] are not counted.
    fn depth_below(&self, id: &str) -> usize {
        let mut reports: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in self.rows.values() {
            if let Some(manager) = &row.manager {
                reports.entry(manager).or_default().push(&row.id);
            }
        }
        let mut level = vec![id];
        for depth in 0..=DEEPEST {
            level = level.iter().filter_map(|id| reports.get(id)).flatten().copied().collect();
            if level.is_empty() {
                return depth;
            }
        }
        DEEPEST + 1
    }

    /// A company that has an admin does not lose the last one.
    fn an_admin_is_left(&self) -> Result<(), EditError> {
        let admins = |rows: &BTreeMap<String, PersonRow>| {
            rows.values().any(|row| row.active && Role::parse_all(&row.roles).contains(&Role::Admin))
        };
        if admins(&self.before) && !admins(&self.rows) {
            return Err(EditError::Conflict(
                "nobody would be an admin any more; make somebody else one first".to_owned(),
            ));
        }
        Ok(())
    }

    /// Writes everybody who is different now, and commits.
    pub(super) async fn write(self, mut tx: Tx, writer: Writer<'_>, id: &str) -> Result<PersonRow, EditError> {
        for (other, row) in &self.rows {
            let before = self.before.get(other);
            if before != Some(row) {
                writer.put(&mut tx, row, before).await?;
            }
        }
        tx.commit().await.about("a person")?;
        self.rows.get(id).cloned().ok_or(EditError::Missing)
    }
}
