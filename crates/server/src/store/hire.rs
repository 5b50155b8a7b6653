//! What folding needs of a person: calendar, zone, profile, and the numbers of their feed.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use sqlx::{FromRow, Row as _, any::AnyRow};
use waymark_core::{calendar::WorkCalendar, id::PersonId, journey::Profile};

use super::{About, Store, StoreError, Tx, for_update, stored};

const WHAT: &str = "a person";
/// Columns of [`Hire`].
pub(crate) const COLUMNS: &str =
    "person.id, person.name, person.team, person.buddy, person.zone, person.calendar, person.profile, person.feed_last";

/// A person as somebody with journeys.
#[derive(Clone, Debug)]
pub(crate) struct Hire {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// Team, possibly empty.
    pub team: String,
    /// The buddy.
    pub buddy: Option<PersonId>,
    /// The person's zone.
    pub zone: TimeZone,
    /// The person's working days.
    pub calendar: WorkCalendar,
    /// What conditions of steps ask.
    pub profile: Profile,
    /// The last number of the person's feed.
    pub feed_last: i64,
}

impl Hire {
    /// The person's calendar day at a moment.
    pub(crate) fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// The time on the person's wall at a moment.
    pub(crate) fn local(&self, at: Timestamp) -> DateTime {
        at.to_zoned(self.zone.clone()).datetime()
    }

    /// Reads a row of [`COLUMNS`].
    ///
    /// # Errors
    /// Where a stored value is not what this program writes.
    pub(crate) fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let raw = Raw::from_row(row).about(WHAT)?;
        let id = |text: String| text.parse::<PersonId>().map_err(|error| stored(WHAT, error));
        Ok(Self {
            id: id(raw.id)?,
            name: raw.name,
            team: raw.team,
            buddy: raw.buddy.map(id).transpose()?,
            // A zone that this machine's database lacks must not keep facts out.
            zone: TimeZone::get(&raw.zone).unwrap_or(TimeZone::UTC),
            calendar: serde_json::from_str(&raw.calendar).about(WHAT)?,
            profile: serde_json::from_str(&raw.profile).about(WHAT)?,
            feed_last: raw.feed_last,
        })
    }
}

struct Raw {
    id: String,
    name: String,
    team: String,
    buddy: Option<String>,
    zone: String,
    calendar: String,
    profile: String,
    feed_last: i64,
}

impl<'r> FromRow<'r, AnyRow> for Raw {
    fn from_row(row: &'r AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            name: row.try_get(1)?,
            team: row.try_get(2)?,
            buddy: row.try_get(3)?,
            zone: row.try_get(4)?,
            calendar: row.try_get(5)?,
            profile: row.try_get(6)?,
            feed_last: row.try_get(7)?,
        })
    }
}

/// Locks the person's row until the commit: whatever changes their journeys or their feed takes turns here.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn lock(tx: &mut Tx, person: PersonId) -> Result<Option<Hire>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE id = $1{}", for_update(tx));
    let row =
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(person.to_string()).fetch_optional(&mut **tx).await.about(WHAT)?;
    row.as_ref().map(Hire::read).transpose()
}

/// A person, to look at.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn get(store: &Store, person: PersonId) -> Result<Option<Hire>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(person.to_string())
        .fetch_optional(store.read())
        .await
        .about(WHAT)?;
    row.as_ref().map(Hire::read).transpose()
}

/// Stores the last number of a person's feed.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn set_feed_last(tx: &mut Tx, person: PersonId, last: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE person SET feed_last = $1 WHERE id = $2")
        .bind(last)
        .bind(person.to_string())
        .execute(&mut **tx)
        .await
        .about(WHAT)?;
    Ok(())
}
