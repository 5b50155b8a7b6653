//! A table of people as CSV, in whatever order its columns are.

use std::fmt;

use jiff::civil::Date;
use waymark_core::{calendar::WorkCalendar, journey::Profile};

use super::fields;
use crate::auth::Role;

/// Something in the table that must be put right first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Line of the file, from 1.
    pub line: u64,
    /// The column's name as the file has it; empty where the problem is about the whole line.
    pub column: String,
    /// What is wrong and what is expected.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.column.is_empty() {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// A line of the table.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Where it stands, from 1.
    pub line: u64,
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
    /// IANA name of the zone.
    pub zone: String,
    /// Week and days off.
    pub calendar: WorkCalendar,
    /// What conditions of journeys ask for.
    pub profile: Profile,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Key,
    Name,
    Team,
    Manager,
    Buddy,
    Roles,
    Start,
    Zone,
    Week,
    DaysOff,
    Profile(String),
}

impl Column {
    /// Reads a heading; case, blanks and dashes do not matter.
    fn parse(heading: &str) -> Option<Self> {
        let name = heading.trim().to_lowercase().replace([' ', '-'], "_");
        Some(match name.as_str() {
            "key" | "email" | "e_mail" => Self::Key,
            "name" => Self::Name,
            "team" => Self::Team,
            "manager_key" | "manager" => Self::Manager,
            "buddy_key" | "buddy" => Self::Buddy,
            "roles" => Self::Roles,
            "start_date" | "start" => Self::Start,
            "zone" | "time_zone" => Self::Zone,
            "week" => Self::Week,
            "days_off" => Self::DaysOff,
            "role" | "site" | "contract" | "os" | "service" | "tag" => Self::Profile(name),
            _ => Self::Profile(name.strip_prefix("profile.").filter(|key| !key.is_empty())?.to_owned()),
        })
    }
}

const COLUMNS: &str = "key, name, team, manager_key, buddy_key, roles, start_date, zone, week, days_off, \
     and for conditions of journeys role, site, contract, os, service, tag or profile.<anything>";

/// Reads a table. Every problem of every field is told, not only the first.
pub(crate) fn read(bytes: &[u8]) -> (Vec<Entry>, Vec<Problem>) {
    let mut problems = Vec::new();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    // Spreadsheets of half of Europe separate with semicolons.
    let delimiter = if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let mut records = reader.byte_records();
    let headings: Vec<String> = match records.next() {
        Some(Ok(record)) => record.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect(),
        _ => Vec::new(),
    };
    let columns = columns(&headings, &mut problems);
    let mut entries = Vec::new();
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                problems.push(Problem { line, column: String::new(), message: format!("cannot be read: {error}") });
                break;
            }
        };
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != headings.len() {
            let message = format!("has {} fields; the first line has {}", record.len(), headings.len());
            problems.push(Problem { line, column: String::new(), message });
        }
        entries.push(entry(line, &record, &headings, &columns, &mut problems));
    }
    (entries, problems)
}

/// What each heading means; unknown, doubled and missing ones are problems.
fn columns(headings: &[String], problems: &mut Vec<Problem>) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    let mut found = |column: &str, message: String| {
        problems.push(Problem { line: 1, column: column.to_owned(), message });
    };
    for heading in headings {
        let column = Column::parse(heading);
        match &column {
            None => found(heading, format!("is no column of this table; there are {COLUMNS}")),
            Some(_) if columns.contains(&column) => found(heading, "is there twice".to_owned()),
            Some(_) => {}
        }
        columns.push(column);
    }
    for (needed, name) in [(Column::Key, "key"), (Column::Name, "name")] {
        if !columns.contains(&Some(needed)) {
            found(name, format!("the table needs this column; there are {COLUMNS}"));
        }
    }
    columns
}

/// Reads one line.
fn entry(
    line: u64,
    record: &csv::ByteRecord,
    headings: &[String],
    columns: &[Option<Column>],
    problems: &mut Vec<Problem>,
) -> Entry {
    let mut entry = Entry {
        line,
        key: String::new(),
        name: String::new(),
        team: String::new(),
        manager: String::new(),
        buddy: String::new(),
        roles: Vec::new(),
        start: None,
        zone: "UTC".to_owned(),
        calendar: WorkCalendar::default(),
        profile: Profile::new(),
    };
    for ((field, heading), column) in record.iter().zip(headings).zip(columns) {
        let mut wrong = |message: String| problems.push(Problem { line, column: heading.clone(), message });
        let Ok(text) = std::str::from_utf8(field) else {
            wrong("is not UTF-8; save the table as \"CSV UTF-8\"".to_owned());
            continue;
        };
        let Some(column) = column else { continue };
        if let Err(message) = set(&mut entry, column, text) {
            wrong(message);
        }
    }
    entry
}

/// Puts a field's value into its place.
fn set(entry: &mut Entry, column: &Column, text: &str) -> Result<(), String> {
    match column {
        Column::Key => entry.key = fields::key(text).and_then(|key| fields::not_empty(key, "a key"))?,
        Column::Name => entry.name = fields::words(text).and_then(|name| fields::not_empty(name, "a name"))?,
        Column::Team => entry.team = fields::words(text)?,
        Column::Manager => entry.manager = fields::key(text)?,
        Column::Buddy => entry.buddy = fields::key(text)?,
        Column::Roles => entry.roles = fields::roles(text)?,
        Column::Start if text.is_empty() => {}
        Column::Start => entry.start = Some(fields::date(text)?),
        Column::Zone if text.is_empty() => {}
        Column::Zone => entry.zone = fields::zone(text)?,
        Column::Week if text.is_empty() => {}
        Column::Week => entry.calendar.week = fields::week(text)?,
        Column::DaysOff => entry.calendar.days_off = fields::days_off(text)?,
        Column::Profile(_) if text.is_empty() => {}
        Column::Profile(key) => {
            entry.profile.insert(key.clone(), fields::list(text).map(str::to_owned).collect());
        }
    }
    Ok(())
}
