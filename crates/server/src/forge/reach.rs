//! Which milestones a person has reached, by everything that was seen of their accounts.
//!
//! Always computed anew from all sightings, so it gives the same for any order in which they were learnt,
//! however often, and for accounts that were mapped late.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use waymark_core::{
    event::{Evidence, Fact},
    id::{JourneyId, MilestoneId, PersonId},
    journey::Template,
    milestone::{Moment, Observed, Who},
};

use super::record::record;
use crate::{
    state::State,
    store::{
        About, StoreError, Tx,
        forge::sighting::{self, Reached, Row},
    },
};

/// A run of a person, as far as milestones go.
struct Run {
    id: JourneyId,
    start: Date,
    template: Template,
}

/// What a person's milestone should be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    reference: String,
    at: Timestamp,
}

/// Records what `person` has reached and was not recorded, and revokes what does not stand any more. The number
/// of facts that were recorded.
///
/// # Errors
/// Where the database cannot be read or written.
pub(crate) async fn reach(tx: &mut Tx, state: &State, person: PersonId) -> Result<usize, StoreError> {
    let what = "a person's milestones";
    // Written before anything is read: the row's lock orders servers that look at one person at once.
    let zone: Option<String> =
        sqlx::query_scalar("UPDATE person SET zone = zone WHERE id = $1 AND erased IS NULL RETURNING zone")
            .bind(person.to_string())
            .fetch_optional(&mut **tx)
            .await
            .about(what)?;
    let Some(zone) = zone else { return Ok(0) };
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let sightings = sighting::of_person(tx, person).await?;
    let mut recorded = 0;
    for run in runs(tx, person).await? {
        let Ok(since) = run.start.to_zoned(zone.clone()).map(|start| start.timestamp()) else { continue };
        let wanted = wanted(&sightings, &run.template, since);
        let standing = sighting::reached(tx, run.id).await?;
        let journey = run.id;
        for old in standing.iter().filter(|old| is_void(old, wanted.get(&old.milestone))) {
            let reason = format!("{} does not count any more", old.reference);
            let (milestone, reached) = (old.milestone.clone(), old.event);
            let fact = Fact::MilestoneRevoked { journey, milestone, reached, reason };
            record(tx, state, person, fact, forge_of(&old.reference)).await?;
            sighting::revoke(tx, old.event).await?;
            recorded += 1;
        }
        for (milestone, Wanted { reference, at }) in &wanted {
            let enough =
                |old: &Reached| old.milestone == *milestone && old.at <= *at && !is_void(old, wanted.get(milestone));
            if standing.iter().any(enough) {
                continue;
            }
            let (milestone, reference, at) = (milestone.clone(), reference.clone(), *at);
            let fact = Fact::MilestoneReached {
                journey,
                milestone: milestone.clone(),
                at,
                evidence: Evidence::Confirmed,
                reference: reference.clone(),
            };
            let event = record(tx, state, person, fact, forge_of(&reference)).await?;
            sighting::record(tx, journey, &Reached { event, milestone, reference, at }).await?;
            recorded += 1;
        }
    }
    Ok(recorded)
}

/// Whether what was recorded does not hold any more: nothing supports it now, or only something later does. The
/// merge was reverted, one of the nine before the tenth was, the account turned out to be somebody else's, or
/// the start was moved behind it.
fn is_void(old: &Reached, wanted: Option<&Wanted>) -> bool {
    wanted.is_none_or(|wanted| wanted.at > old.at && wanted.reference != old.reference)
}

/// The first sighting for each milestone of a template.
fn wanted(sightings: &[Row], template: &Template, since: Timestamp) -> BTreeMap<MilestoneId, Wanted> {
    let mut wanted = BTreeMap::new();
    let mut earlier = BTreeMap::new();
    for row in sightings.iter().filter(|row| row.at >= since) {
        let count = earlier.entry(row.seen).or_insert(0u32);
        let one = Observed { seen: row.seen, who: Who::Known(Vec::new()), approximate: row.approximate };
        if let Some(moment) = one.moment(row.at, since, *count) {
            let milestones: Vec<&MilestoneId> = Moment::milestones(moment, template).collect();
            for milestone in milestones {
                let first = Wanted { reference: row.reference.clone(), at: row.at };
                wanted.entry(milestone.clone()).or_insert(first);
            }
        }
        *count += 1;
    }
    wanted
}

/// The forge of a reference: `github:acme/api#412`.
fn forge_of(reference: &str) -> &str {
    reference.split(':').next().unwrap_or_default()
}

/// The person's journeys that are on their list. Finished ones too: the tenth merge comes after the last step.
async fn runs(tx: &mut Tx, person: PersonId) -> Result<Vec<Run>, StoreError> {
    let what = "a person's journeys";
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT journey.id, journey.start, template.body FROM journey JOIN template ON template.hash = journey.hash
         WHERE journey.person = $1 AND journey.withdrawn IS NULL",
    )
    .bind(person.to_string())
    .fetch_all(&mut **tx)
    .await
    .about(what)?;
    rows.into_iter()
        .map(|(id, start, body)| {
            let template = serde_json::from_str(&body).about(what)?;
            let id = id.parse().map_err(|source| StoreError::Stored { what, source: Box::new(source) })?;
            let start = start.parse().map_err(|source| StoreError::Stored { what, source: Box::new(source) })?;
            Ok(Run { id, start, template })
        })
        .collect()
}
