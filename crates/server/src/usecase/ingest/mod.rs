//! Facts of a device come in: numbered, judged, stored and folded in one transaction. The answer is given after
//! the commit.

mod arrival;
mod authority;
mod rule;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use waymark_api::http::{
    envelope::device_source,
    events::{BatchAnswer, Cursor, EventResult, Outcome, Refusal},
};
use waymark_core::id::{EventId, JourneyId};

pub(crate) use arrival::{Arrival, hex_of, read_batch, read_single, sha256};

use self::{
    arrival::Content,
    rule::{Known, Verdict, judge, outcome_text, repeated},
};
use crate::{
    auth::Caller,
    error::ApiError,
    state::State,
    store::{
        About, StoreError, Tx, device,
        event::{self, NewEvent},
        hire::{self, Hire},
    },
    usecase::{
        facts::Facts,
        project::{self, Run, assignment},
        sinks,
    },
};

/// Takes a batch in. The answer has one result for each event, in order.
///
/// # Errors
/// Where the device is not the caller's, or the database cannot work; then nothing was taken in.
pub(crate) async fn ingest(state: &State, caller: &Caller, batch: Vec<Arrival>) -> Result<BatchAnswer, ApiError> {
    let now = state.now();
    let own = device_source(caller.device);
    if batch.iter().any(|arrival| arrival.source != own) {
        return Err(not_your_device());
    }
    // Nearly every batch is new, so ids are looked for only where the insert meets one that is stored.
    for ids in [Ids::New, Ids::LookedFor] {
        if let Some(answer) = take(state, caller, &batch, ids, now).await? {
            return Ok(answer);
        }
    }
    // Two devices brought the same id in the same moment; the next attempt sees the other one's.
    Err(ApiError::busy("The same fact comes from another device at this moment."))
}

/// What is known of the ids of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ids {
    /// None is stored, it is assumed.
    New,
    /// Those that are stored are read.
    LookedFor,
}

/// One transaction. `None` where an id was stored that should be new; then nothing was done.
async fn take(
    state: &State,
    caller: &Caller,
    batch: &[Arrival],
    ids: Ids,
    now: Timestamp,
) -> Result<Option<BatchAnswer>, ApiError> {
    let mut tx = state.store().begin().await?;
    let cursor = device::lock(&mut tx, caller.device, caller.person).await?.ok_or_else(not_your_device)?;
    let hire = hire::lock(&mut tx, caller.person).await?.ok_or_else(not_your_device)?;
    let mut intake = Intake::load(&mut tx, state.facts(), caller, hire, cursor, batch, ids).await?;
    let mut results = Vec::with_capacity(batch.len());
    let mut stopped = false;
    for arrival in batch {
        let (id, seq) = (arrival.id, arrival.sequence);
        let outcome = if stopped { Outcome::NotTried } else { intake.take(arrival) };
        stopped |= matches!(outcome, Outcome::Diverged | Outcome::Gap { .. });
        results.push(EventResult { id, seq, outcome });
    }
    let cursor = intake.cursor;
    let Some(told) = intake.store(&mut tx, now).await? else { return Ok(None) };
    tx.commit().await.about("facts")?;
    state.facts().folds.keep(intake.runs.into_values());
    if told {
        state.facts().wakes.wake(caller.person);
    }
    Ok(Some(BatchAnswer { server_epoch: state.identity().epoch, cursor, results }))
}

/// The same answer whether the device is somebody else's, revoked or unknown.
pub(crate) fn not_your_device() -> ApiError {
    ApiError::new(waymark_api::http::problem::ProblemKind::Forbidden, "This device may not send these facts.")
}

/// A transaction's view of one device and its person's journeys.
struct Intake<'a> {
    caller: &'a Caller,
    hire: Hire,
    before: Cursor,
    cursor: Cursor,
    feed_before: i64,
    runs: HashMap<JourneyId, Run>,
    /// Journeys of assignments whose template was published here.
    openable: HashMap<String, std::sync::Arc<project::KnownTemplate>>,
    numbers: BTreeMap<(u32, u64), Past>,
    ids: HashMap<EventId, Past>,
    new: Vec<NewEvent>,
}

/// An event that is stored, or was taken a moment ago.
#[derive(Clone)]
struct Past {
    source: String,
    hash: String,
    body: String,
    outcome: String,
}

impl Past {
    fn known(&self) -> Known<'_> {
        Known { source: &self.source, hash: &self.hash, body: &self.body, outcome: &self.outcome }
    }
}

impl<'a> Intake<'a> {
    /// Reads all that the batch can touch, in as few statements as there are tables.
    async fn load(
        tx: &mut Tx,
        facts: &Facts,
        caller: &'a Caller,
        hire: Hire,
        cursor: Cursor,
        batch: &[Arrival],
        known_ids: Ids,
    ) -> Result<Self, StoreError> {
        let mut numbers = BTreeMap::new();
        let mut ids = HashMap::new();
        let mut repeats: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
        for arrival in batch {
            let old =
                arrival.epoch < cursor.epoch || (arrival.epoch == cursor.epoch && arrival.sequence <= cursor.last);
            if old {
                repeats.entry(arrival.epoch).or_default().push(arrival.sequence);
            }
        }
        for (epoch, wanted) in &repeats {
            for stored in event::by_number(tx, &device_source(caller.device), *epoch, wanted).await? {
                let key = (stored.epoch as u32, stored.sequence as u64);
                numbers.insert(key, past(stored));
            }
        }
        // What comes again under an old number is judged by its id as well.
        let look = known_ids == Ids::LookedFor || !repeats.is_empty();
        let wanted: Vec<EventId> = batch.iter().filter(|_| look).map(|arrival| arrival.id).collect();
        for stored in event::by_id(tx, &wanted).await? {
            ids.insert(stored.id, past(stored));
        }
        let known = || {
            batch.iter().filter_map(|arrival| match &arrival.content {
                Content::Known(event) => Some(&event.fact),
                Content::Unknown { .. } | Content::Bad(_) => None,
            })
        };
        let journeys: Vec<JourneyId> = known().map(|fact| fact.journey()).collect::<HashSet<_>>().into_iter().collect();
        let runs = project::load(tx, facts, &journeys).await?;
        let mut openable = HashMap::new();
        for (_, hash, _) in known().filter_map(assignment) {
            if let Some(template) = facts.templates.get(&mut **tx, hash).await? {
                openable.insert(hash.to_owned(), template);
            }
        }
        let feed_before = hire.feed_last;
        Ok(Self { caller, hire, before: cursor, cursor, feed_before, runs, openable, numbers, ids, new: Vec::new() })
    }

    /// Judges one event, and gives it its effect where it has one.
    fn take(&mut self, arrival: &Arrival) -> Outcome {
        let at_number = self.numbers.get(&(arrival.epoch, arrival.sequence)).map(Past::known);
        let by_id = self.ids.get(&arrival.id).map(Past::known);
        let stored = at_number.or(by_id).map(|known| known.outcome);
        let outcome = match judge(self.cursor, arrival, at_number, by_id) {
            Verdict::Repeated => return repeated(stored.unwrap_or_default()),
            Verdict::Diverged => {
                tracing::warn!(device = %self.caller.device, number = arrival.sequence, "a device diverged");
                return Outcome::Diverged;
            }
            Verdict::Gap { expected } => return Outcome::Gap { expected },
            Verdict::Renumbered => {
                let outcome = repeated(stored.unwrap_or_default());
                self.cursor = Cursor { epoch: arrival.epoch, last: arrival.sequence };
                return outcome;
            }
            Verdict::Next => self.apply(arrival),
        };
        self.cursor = Cursor { epoch: arrival.epoch, last: arrival.sequence };
        self.remember(arrival, &outcome);
        outcome
    }

    /// Gives the next event its effect, or says why it can never have one.
    fn apply(&mut self, arrival: &Arrival) -> Outcome {
        let event = match &arrival.content {
            Content::Known(event) => event,
            Content::Unknown { .. } => return Outcome::Accepted,
            Content::Bad(reason) => return Outcome::Refused { reason: *reason },
        };
        if let Some((journey, hash, start)) = assignment(&event.fact)
            && !self.runs.contains_key(&journey)
        {
            let Some(template) = self.openable.get(hash) else {
                return Outcome::Refused { reason: Refusal::UnknownTemplate };
            };
            self.runs.insert(journey, Run::opened(journey, self.caller.person, template.clone(), start));
        }
        let run = self.runs.get_mut(&event.fact.journey());
        if let Some(reason) = authority::refusal(&event.fact, self.caller.person, run.as_deref()) {
            return Outcome::Refused { reason };
        }
        if let Some(run) = run {
            run.apply(event);
        }
        Outcome::Accepted
    }

    /// Keeps the event for the insert, and for later ones of the same batch.
    fn remember(&mut self, arrival: &Arrival, outcome: &Outcome) {
        let text = outcome_text(outcome);
        let past = Past {
            source: arrival.source.clone(),
            hash: arrival.hash.clone(),
            body: arrival.body.clone(),
            outcome: text.clone(),
        };
        self.numbers.insert((arrival.epoch, arrival.sequence), past.clone());
        self.ids.insert(arrival.id, past);
        let feed = (*outcome == Outcome::Accepted).then(|| {
            self.hire.feed_last += 1;
            self.hire.feed_last
        });
        let (journey, step, time) = match &arrival.content {
            Content::Known(event) => {
                let step = event.fact.step().filter(|_| feed.is_some()).map(ToString::to_string);
                (Some(event.fact.journey()), step, Some(event.time))
            }
            Content::Unknown { time } => (None, None, Some(*time)),
            Content::Bad(_) => (None, None, None),
        };
        self.new.push(NewEvent {
            id: arrival.id,
            source: arrival.source.clone(),
            device: Some(self.caller.device),
            epoch: i64::from(arrival.epoch),
            sequence: arrival.sequence as i64,
            actor: self.caller.person.to_string(),
            person: self.caller.person,
            journey,
            step,
            event_type: arrival.event_type.clone(),
            time: time.unwrap_or(Timestamp::UNIX_EPOCH),
            hash: arrival.hash.clone(),
            body: arrival.body.clone(),
            outcome: text,
            feed,
        });
    }

    /// Writes what changed; says whether the person's other devices have something to hear. `None` where an id was
    /// stored that should be new.
    async fn store(&mut self, tx: &mut Tx, now: Timestamp) -> Result<Option<bool>, StoreError> {
        if !event::insert(tx, &self.new, now).await? {
            return Ok(None);
        }
        let accepted = self.new.iter().filter(|event| event.outcome == event::ACCEPTED);
        sinks::enqueue(tx, accepted.map(|event| (event.event_type.as_str(), event.body.as_str())), now).await?;
        project::store(tx, self.runs.values_mut(), &self.hire, now).await?;
        if self.cursor != self.before {
            device::advance(tx, self.caller.device, self.cursor, now).await?;
        }
        let told = self.hire.feed_last != self.feed_before;
        if told {
            hire::set_feed_last(tx, self.caller.person, self.hire.feed_last).await?;
        }
        Ok(Some(told))
    }
}

fn past(stored: event::StoredEvent) -> Past {
    Past { source: stored.source, hash: stored.hash, body: stored.body, outcome: stored.outcome }
}
