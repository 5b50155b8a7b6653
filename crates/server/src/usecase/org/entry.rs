//! A person as a table or a catalog tells of them, and the fields that both have.

use jiff::civil::Date;
use waymark_core::{calendar::WorkCalendar, journey::Profile};

use super::{fields, spot::Spot};
use crate::auth::Role;

/// A person as they were read.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Where they stand.
    pub places: Places,
    /// The organisation's own key, in lower case: that is how keys are compared.
    pub key: String,
    /// The name.
    pub name: String,
    /// Team, possibly empty.
    pub team: String,
    /// The manager's key, possibly empty.
    pub manager: String,
    /// The buddy's key, possibly empty.
    pub buddy: String,
    /// Roles as written; more follow from who manages whom.
    pub roles: Vec<Role>,
    /// Day 1.
    pub start: Option<Date>,
    /// The last day, where it is known.
    pub leave: Option<Date>,
    /// IANA name of the zone.
    pub zone: String,
    /// Week and days off.
    pub calendar: WorkCalendar,
    /// What conditions of journeys ask for.
    pub profile: Profile,
}

/// Where a person's fields stand.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The person as a whole.
    pub whole: Spot,
    /// The key.
    pub key: Spot,
    /// The manager.
    pub manager: Spot,
    /// The buddy.
    pub buddy: Spot,
}

impl Entry {
    /// Nobody yet.
    pub(super) fn new(places: Places) -> Self {
        Self {
            places,
            key: String::new(),
            name: String::new(),
            team: String::new(),
            manager: String::new(),
            buddy: String::new(),
            roles: Vec::new(),
            start: None,
            leave: None,
            zone: "UTC".to_owned(),
            calendar: WorkCalendar::default(),
            profile: Profile::new(),
        }
    }

    /// Puts a field's value into its place.
    ///
    /// # Errors
    /// What is wrong with it and what is expected.
    pub(super) fn set(&mut self, column: &Column, text: &str) -> Result<(), String> {
        match column {
            Column::Key => self.key = fields::key(text).and_then(|key| fields::not_empty(key, "a key"))?,
            Column::Name => self.name = fields::words(text).and_then(|name| fields::not_empty(name, "a name"))?,
            Column::Team => self.team = fields::words(text)?,
            Column::Manager => self.manager = fields::key(text)?,
            Column::Buddy => self.buddy = fields::key(text)?,
            Column::Roles => self.roles = fields::roles(text)?,
            Column::Start if text.is_empty() => {}
            Column::Start => self.start = Some(fields::date(text)?),
            Column::Leave if text.is_empty() => {}
            Column::Leave => self.leave = Some(fields::date(text)?),
            Column::Zone if text.is_empty() => {}
            Column::Zone => self.zone = fields::zone(text)?,
            Column::Week if text.is_empty() => {}
            Column::Week => self.calendar.week = fields::week(text)?,
            Column::DaysOff => self.calendar.days_off = fields::days_off(text)?,
            Column::Profile(_) if text.is_empty() => {}
            Column::Profile(key) => {
                self.profile.insert(key.clone(), fields::list(text).map(str::to_owned).collect());
            }
        }
        Ok(())
    }
}

/// What a column of a table, or an annotation of a catalog, holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Key,
    Name,
    Team,
    Manager,
    Buddy,
    Roles,
    Start,
    Leave,
    Zone,
    Week,
    DaysOff,
    Profile(String),
}

impl Column {
    /// Reads a heading; case, blanks and dashes do not matter.
    pub(super) fn parse(heading: &str) -> Option<Self> {
        let name = heading.trim().to_lowercase().replace([' ', '-'], "_");
        Some(match name.as_str() {
            "key" | "email" | "e_mail" => Self::Key,
            "name" => Self::Name,
            "team" => Self::Team,
            "manager_key" | "manager" => Self::Manager,
            "buddy_key" | "buddy" => Self::Buddy,
            "roles" => Self::Roles,
            "start_date" | "start" => Self::Start,
            "leave_date" | "last_day" => Self::Leave,
            "zone" | "time_zone" => Self::Zone,
            "week" => Self::Week,
            "days_off" => Self::DaysOff,
            "role" | "site" | "contract" | "os" | "service" | "tag" => Self::Profile(name),
            _ => Self::Profile(name.strip_prefix("profile.").filter(|key| !key.is_empty())?.to_owned()),
        })
    }
}

/// All columns, for messages.
pub(super) const COLUMNS: &str = "key, name, team, manager_key, buddy_key, roles, start_date, leave_date, zone, week, \
     days_off, and for conditions of journeys role, site, contract, os, service, tag or profile.<anything>";
