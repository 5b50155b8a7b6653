//! The organisation by hand: one person is added, changed or ended.

use std::collections::BTreeMap;

use jiff::civil::Date;
use uuid::Uuid;
use waymark_api::http::{
    org::{AddPerson, PersonFields},
    problem::ProblemKind,
};
use waymark_core::{calendar::WorkCalendar, id::PersonId, journey::Profile};

use super::{
    check::DEEPEST,
    fields,
    write::{Writer, has_left},
};
use crate::{
    auth::Role,
    error::ApiError,
    store::{
        About as _, Store, StoreError, Tx,
        org::{self, PersonRow},
    },
};

/// Why somebody was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EditError {
    /// A value cannot be used.
    #[error("{0}")]
    Wrong(String),
    /// It contradicts what is there.
    #[error("{0}")]
    Conflict(String),
    /// There is no such person or team.
    #[error("there is no such person or team")]
    Missing,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<EditError> for ApiError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Wrong(text) => Self::new(ProblemKind::BadRequest, sentence(&text)),
            EditError::Conflict(text) => Self::new(ProblemKind::Conflict, sentence(&text)),
            EditError::Missing => Self::not_found(),
            EditError::Store(error) => error.into(),
        }
    }
}

/// `the zone is …` → `The zone is ….`
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain((!text.ends_with('.')).then_some('.')).collect()
}

/// Adds somebody. The answer is the row with its new id.
///
/// # Errors
/// [`EditError::Conflict`] where somebody has the key already, [`EditError::Wrong`] for values that cannot be used.
pub(crate) async fn add(store: &Store, writer: Writer<'_>, wish: AddPerson) -> Result<PersonRow, EditError> {
    let (key, wish) = wish.into_fields();
    let key = field("the key", fields::key(key.trim()).and_then(|key| fields::not_empty(key, "a key")))?;
    let mut tx = store.begin().await?;
    let known = org::hold_all(&mut tx).await?;
    if let Some(taken) = known.iter().find(|row| row.key == key) {
        let hint = if taken.active { "" } else { ", who has left; change them to bring them back" };
        return Err(EditError::Conflict(format!("somebody has the key {key:?} already{hint}")));
    }
    let row = PersonRow {
        id: Uuid::now_v7().to_string(),
        key,
        name: String::new(),
        team: String::new(),
        manager: None,
        buddy: None,
        roles: Role::Hire.word().to_owned(),
        start: None,
        leave: None,
        zone: "UTC".to_owned(),
        calendar: serde_json::to_string(&WorkCalendar::default()).about("calendar")?,
        profile: serde_json::to_string(&Profile::new()).about("profile")?,
        active: true,
    };
    let mut edit = Edit::new(known, Orphans::Refuse);
    let id = row.id.clone();
    edit.rows.insert(id.clone(), row);
    edit.apply(&id, wish, &writer)?;
    edit.write(tx, writer, &id).await
}

/// Changes somebody, ends their time here, or brings them back.
///
/// # Errors
/// [`EditError::Missing`] for a person who is not there, [`EditError::Wrong`] for values that cannot be used, and
/// [`EditError::Conflict`] where the organisation would not be one any more.
pub(crate) async fn change(
    store: &Store,
    writer: Writer<'_>,
    id: &str,
    wish: PersonFields,
) -> Result<PersonRow, EditError> {
    changed(store, writer, id, wish, Orphans::Refuse).await
}

/// What to do with a line that nobody takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Orphans {
    /// Refuse: somebody is there who can say who takes it.
    Refuse,
    /// They report to nobody: the day came, and nobody is asked.
    Allow,
}

async fn changed(
    store: &Store,
    writer: Writer<'_>,
    id: &str,
    wish: PersonFields,
    orphans: Orphans,
) -> Result<PersonRow, EditError> {
    let mut tx = store.begin().await?;
    let mut edit = Edit::new(org::hold_all(&mut tx).await?, orphans);
    edit.apply(id, wish, &writer)?;
    edit.write(tx, writer, id).await
}

/// Ends the time of everybody whose last day is over. Says how many that were.
///
/// # Errors
/// Where the database cannot be read or written.
pub(crate) async fn end_due(store: &Store, writer: Writer<'_>) -> Result<usize, StoreError> {
    let due = org::leaving(store.read()).await?.into_iter().filter(|row| has_left(row, writer.now));
    let mut ended = 0;
    for row in due {
        match changed(store, writer, &row.id, PersonFields::default(), Orphans::Allow).await {
            Ok(_) => ended += 1,
            Err(EditError::Store(error)) => return Err(error),
            // Somebody else ended or changed them in the meantime, or the company would have no admin left.
            Err(error) => tracing::warn!(%error, "somebody's last day is over and they could not be ended"),
        }
    }
    Ok(ended)
}

/// The organisation while it is changed: everybody as they were, and as they will be.
struct Edit {
    before: BTreeMap<String, PersonRow>,
    rows: BTreeMap<String, PersonRow>,
    orphans: Orphans,
}

impl Edit {
    fn new(known: Vec<PersonRow>, orphans: Orphans) -> Self {
        let rows: BTreeMap<String, PersonRow> = known.into_iter().map(|row| (row.id.clone(), row)).collect();
        Self { before: rows.clone(), rows, orphans }
    }

    /// Takes the wish and everything that follows from it.
    fn apply(&mut self, id: &str, wish: PersonFields, writer: &Writer<'_>) -> Result<(), EditError> {
        let mut row = self.rows.get(id).cloned().ok_or(EditError::Missing)?;
        let was_active = row.active && self.before.contains_key(id);
        let line_to = wish.line_to;
        set(&mut row, wish)?;
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
                    row.roles = words(roles);
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
    async fn write(self, mut tx: Tx, writer: Writer<'_>, id: &str) -> Result<PersonRow, EditError> {
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

/// Puts what is said into its place.
fn set(row: &mut PersonRow, wish: PersonFields) -> Result<(), EditError> {
    let PersonFields { name, team, manager, buddy, roles, start, leave, line_to: _, zone, calendar, profile } = wish;
    if let Some(name) = name {
        row.name = field("the name", fields::words(name.trim()).and_then(|name| fields::not_empty(name, "a name")))?;
    }
    if let Some(profile) = profile {
        row.profile = serde_json::to_string(&sound(profile)?).about("profile")?;
    }
    if let Some(team) = team {
        let team = field("the team", fields::words(team.trim()))?;
        move_to_team(row, &team)?;
    }
    if let Some(manager) = manager {
        row.manager = manager.as_ref().map(PersonId::to_string);
    }
    if let Some(buddy) = buddy {
        row.buddy = buddy.as_ref().map(PersonId::to_string);
    }
    if let Some(roles) = roles {
        let roles = field("the roles", fields::roles(&roles.join(" ")))?;
        row.roles = words(if roles.is_empty() { vec![Role::Hire] } else { roles });
    }
    if let Some(start) = start {
        row.start = start.map(|day| day.to_string());
    }
    if let Some(leave) = leave {
        row.leave = leave.map(|day| day.to_string());
    }
    if let (Some(first), Some(last)) = (&row.start, &row.leave)
        && first.parse::<Date>().ok() > last.parse::<Date>().ok()
    {
        return Err(EditError::Wrong(format!("the last day {last} is before day 1, {first}")));
    }
    if let Some(zone) = zone {
        row.zone = field("the zone", fields::zone(zone.trim()))?;
    }
    if let Some(calendar) = calendar {
        if calendar.days_off.len() > MOST_DAYS_OFF {
            return Err(EditError::Wrong(format!("there are more than {MOST_DAYS_OFF} days off")));
        }
        row.calendar = serde_json::to_string(&calendar).about("calendar")?;
    }
    Ok(())
}

/// Days off of one person, at most: ten years of them.
const MOST_DAYS_OFF: usize = 3_660;
/// Keys of a profile, and values of one, at most.
const MOST_VALUES: usize = 100;

/// A profile that can be kept: short words without control characters.
fn sound(profile: Profile) -> Result<Profile, EditError> {
    let too_many = profile.len() > MOST_VALUES || profile.values().any(|values| values.len() > MOST_VALUES);
    if too_many {
        return Err(EditError::Wrong(format!("a profile has at most {MOST_VALUES} keys with as many values each")));
    }
    for text in profile.iter().flat_map(|(key, values)| std::iter::once(key).chain(values)) {
        field("the profile", fields::words(text).and_then(|text| fields::not_empty(text, "words in it")))?;
    }
    Ok(profile)
}

/// Another team, also where conditions of journeys ask for it.
///
/// # Errors
/// Where the stored profile cannot be read.
pub(super) fn move_to_team(row: &mut PersonRow, team: &str) -> Result<(), StoreError> {
    let mut profile: Profile = serde_json::from_str(&row.profile).about("profile")?;
    let follows = profile.get("team").is_none_or(|named| named.as_slice() == std::slice::from_ref(&row.team));
    if follows {
        match team {
            "" => profile.remove("team"),
            team => profile.insert("team".to_owned(), vec![team.to_owned()]),
        };
        row.profile = serde_json::to_string(&profile).about("profile")?;
    }
    team.clone_into(&mut row.team);
    Ok(())
}

/// Roles as the database has them: sorted words, each once.
fn words(mut roles: Vec<Role>) -> String {
    roles.sort_by_key(|role| role.word());
    roles.dedup();
    roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(" ")
}

/// Names the field that cannot be used.
pub(super) fn field<T>(name: &str, value: Result<T, String>) -> Result<T, EditError> {
    value.map_err(|why| EditError::Wrong(format!("{name}: {why}")))
}
