//! Writes one person with everything that follows: who they report to, the audit log, word to their devices, and
//! what is derived of their journeys.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use waymark_api::http::feed::ChangeKind;
use waymark_core::id::PersonId;

use crate::{
    store::{
        StoreError, Tx,
        audit::{self, Act},
        feed, hire, invite, journey,
        org::{self, PersonRow},
        session,
    },
    usecase::{facts::Facts, project},
};

/// Who changes the organisation, when, and what is kept in memory about journeys meanwhile.
#[derive(Clone, Copy)]
pub(crate) struct Writer<'a> {
    /// `p:<id>`, `cli` for whoever has the server's disk, or `server` for what comes with time.
    pub actor: &'a str,
    /// Now.
    pub now: Timestamp,
    /// Folds and templates.
    pub facts: &'a Facts,
}

impl Writer<'_> {
    /// Writes one person. `before` is the row as it was.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub(crate) async fn put(&self, tx: &mut Tx, row: &PersonRow, before: Option<&PersonRow>) -> Result<(), StoreError> {
        let at = self.now.as_millisecond();
        org::put(tx, row, at).await?;
        if before.and_then(|before| before.manager.as_deref()) != row.manager.as_deref() {
            org::reports_to(tx, &row.id, row.manager.as_deref(), at).await?;
        }
        if !row.active && before.is_some_and(|before| before.active) {
            session::end_for(tx, &row.id, at).await?;
            invite::end_for(tx, &row.id, at).await?;
        }
        if let Some(before) = before {
            if profile_of(before) != profile_of(row) {
                self.tell(tx, row).await?;
            }
            if (&before.zone, &before.calendar, &before.profile) != (&row.zone, &row.calendar, &row.profile) {
                self.derive_again(tx, row).await?;
            }
        }
        self.log(tx, row, before).await
    }

    /// The audit log has names of fields, and of values only the roles: no names of people and nothing about them.
    async fn log(&self, tx: &mut Tx, row: &PersonRow, before: Option<&PersonRow>) -> Result<(), StoreError> {
        let rights = |row: &PersonRow| if row.active { row.roles.clone() } else { "inactive".to_owned() };
        let (was, is) = (before.map(rights), rights(row));
        if was.as_ref() != Some(&is) {
            let outcome = format!("{} → {is}", was.as_deref().unwrap_or("nobody"));
            self.act(tx, "person.roles", &row.id, &outcome).await?;
        }
        let fields = before.map(|before| changed_fields(before, row)).unwrap_or_default();
        let fields: Vec<&str> = fields.into_iter().filter(|field| !matches!(*field, "roles" | "active")).collect();
        if !fields.is_empty() {
            self.act(tx, "person.changed", &row.id, &fields.join(" ")).await?;
        }
        Ok(())
    }

    /// Writes a row of the audit log.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub(crate) async fn act(&self, tx: &mut Tx, action: &str, object: &str, outcome: &str) -> Result<(), StoreError> {
        audit::append(tx, self.now, &Act { actor: self.actor, action, object, outcome }).await
    }

    /// Tells the person's devices to ask who they are now.
    async fn tell(&self, tx: &mut Tx, row: &PersonRow) -> Result<(), StoreError> {
        let id = person_id(row)?;
        let Some(hire) = hire::lock(tx, id).await? else { return Ok(()) };
        feed::add(tx, id, hire.feed_last + 1, &ChangeKind::Me, self.now).await?;
        hire::set_feed_last(tx, id, hire.feed_last + 1).await
    }

    /// Another calendar or profile gives other due days and other steps.
    async fn derive_again(&self, tx: &mut Tx, row: &PersonRow) -> Result<(), StoreError> {
        let Some(hire) = hire::lock(tx, person_id(row)?).await? else { return Ok(()) };
        let rows = journey::of_person(&mut **tx, hire.id).await?;
        let mut runs = project::with_facts(tx, self.facts, rows).await?;
        runs.values_mut().for_each(|run| run.changed = true);
        project::store(tx, runs.values_mut(), &hire, self.now).await
    }
}

/// What a device shows of the person's place in the organisation.
fn profile_of(row: &PersonRow) -> (&str, &str, &str, Option<&str>, Option<&str>) {
    (&row.name, &row.team, &row.roles, row.manager.as_deref(), row.buddy.as_deref())
}

/// The id in a row.
///
/// # Errors
/// Where it is none of ours.
pub(super) fn person_id(row: &PersonRow) -> Result<PersonId, StoreError> {
    row.id.parse().map_err(|source| StoreError::Stored { what: "id", source: Box::new(source) })
}

/// Names of the fields that differ, in the order of the table's columns.
pub(super) fn changed_fields(before: &PersonRow, after: &PersonRow) -> Vec<&'static str> {
    [
        ("name", before.name != after.name),
        ("team", before.team != after.team),
        ("manager", before.manager != after.manager),
        ("buddy", before.buddy != after.buddy),
        ("roles", before.roles != after.roles),
        ("start", before.start != after.start),
        ("leave", before.leave != after.leave),
        ("zone", before.zone != after.zone),
        ("calendar", before.calendar != after.calendar),
        ("profile", before.profile != after.profile),
        ("active", before.active != after.active),
    ]
    .into_iter()
    .filter_map(|(field, changed)| changed.then_some(field))
    .collect()
}

/// The day on somebody's wall.
pub(super) fn day_of(zone: &str, now: Timestamp) -> Date {
    now.to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC)).date()
}

/// Whether the last day that a row names is over.
pub(super) fn has_left(row: &PersonRow, now: Timestamp) -> bool {
    let last = row.leave.as_deref().and_then(|day| day.parse::<Date>().ok());
    last.is_some_and(|last| last < day_of(&row.zone, now))
}
