//! Facts in, the projection out: one fold for each journey that a batch touches.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{Timestamp, civil::Date};
use sqlx::AnyConnection;
use waymark_api::http::envelope::CloudEvent;
use waymark_core::{
    event::{Event, Fact},
    id::{JourneyId, MilestoneId, PersonId, StepId},
    journey::{History, Resolved, Template, resolve},
    team::{JourneyFacts, summarize},
};

use super::facts::Facts;
use crate::store::{
    About as _, StoreError, Tx, event,
    hire::Hire,
    journey::{self, JourneyRow, Projected},
    template,
};

/// A template with what is asked of it most.
#[derive(Debug)]
pub(crate) struct KnownTemplate {
    /// The template.
    pub template: Template,
    /// Its hash.
    pub hash: String,
    /// Name of the bundle that it came with, possibly empty.
    pub bundle: String,
    /// Ids of all its steps.
    pub steps: HashSet<StepId>,
    /// Ids of all its milestones.
    pub milestones: HashSet<MilestoneId>,
}

impl KnownTemplate {
    fn new(template: Template, hash: &str, bundle: String) -> Self {
        let steps = template.steps().map(|step| step.id.clone()).collect();
        let own = template.milestones.iter().map(|milestone| milestone.id.clone());
        let milestones = own.chain(template.steps().filter_map(|step| step.milestone.clone())).collect();
        Self { template, hash: hash.to_owned(), bundle, steps, milestones }
    }
}

/// Templates by hash. They never change, so any number of servers may keep them.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    known: Mutex<HashMap<String, Arc<KnownTemplate>>>,
}

impl Templates {
    /// Kept at once; a company has dozens of versions, not hundreds in use.
    const MOST: usize = 512;

    /// The template with this hash, where it was ever published.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub(crate) async fn get<'c>(
        &self,
        executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
        hash: &str,
    ) -> Result<Option<Arc<KnownTemplate>>, StoreError> {
        if let Some(found) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Ok(Some(Arc::clone(found)));
        }
        let Some(row) = template::get(executor, hash).await? else { return Ok(None) };
        let found = Arc::new(KnownTemplate::new(row.template, hash, row.bundle));
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= Self::MOST {
            known.clear();
        }
        known.insert(hash.to_owned(), Arc::clone(&found));
        Ok(Some(found))
    }
}

/// A journey's facts and the fold over them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    /// Facts in the order in which they came.
    pub events: Vec<Event>,
    /// The fold over them.
    pub history: History,
}

impl Folded {
    fn apply(&mut self, event: Event) {
        self.history.apply(&event);
        self.events.push(event);
    }
}

/// Folds that were made a moment ago, each with its journey's revision: the database says whether one still holds.
#[derive(Debug, Default)]
pub(crate) struct Folds {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    folds: HashMap<JourneyId, (i64, Arc<Folded>)>,
    events: usize,
}

impl Folds {
    /// Facts that are kept, in all journeys together; about 300 bytes each.
    const MOST: usize = 50_000;

    fn take(&self, journey: JourneyId, revision: i64) -> Option<Arc<Folded>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, fold) = kept.folds.remove(&journey)?;
        kept.events = kept.events.saturating_sub(fold.events.len());
        (at == revision).then_some(fold)
    }

    /// Keeps what was committed.
    pub(crate) fn keep(&self, runs: impl Iterator<Item = Run>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        for run in runs {
            if kept.events + run.folded.events.len() > Self::MOST {
                *kept = Kept::default();
            }
            if run.folded.events.len() < Self::MOST {
                kept.events += run.folded.events.len();
                if let Some((_, old)) = kept.folds.insert(run.row.id, (run.row.revision, run.folded)) {
                    kept.events = kept.events.saturating_sub(old.events.len());
                }
            }
        }
    }
}

/// A journey with its template, ready to take facts.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// The row.
    pub row: JourneyRow,
    /// What it is pinned to.
    pub template: Arc<KnownTemplate>,
    /// Its facts.
    pub folded: Arc<Folded>,
    /// Whether it took a fact since it was loaded.
    pub changed: bool,
}

impl Run {
    /// A run that begins with an assignment.
    pub(crate) fn opened(id: JourneyId, person: PersonId, template: Arc<KnownTemplate>, start: Date) -> Self {
        let row = JourneyRow {
            id,
            person,
            bundle: template.bundle.clone(),
            hash: template.hash.clone(),
            start,
            revision: 0,
            summary: String::new(),
            withdrawn: None,
            finished: None,
        };
        Self { row, template, folded: Arc::default(), changed: false }
    }

    /// Takes a fact.
    pub(crate) fn apply(&mut self, event: &Event) {
        Arc::make_mut(&mut self.folded).apply(event.clone());
        self.changed = true;
    }

    /// The fold over the facts.
    pub(crate) fn history(&self) -> &History {
        &self.folded.history
    }

    /// The journey as it follows from its facts.
    pub(crate) fn resolved(&self, hire: &Hire) -> Resolved {
        let day = |at| hire.day(at);
        resolve(&self.template.template, self.history(), &hire.calendar, &hire.profile, self.row.start, &day)
    }

    /// Calls `with` with what pages are made from.
    pub(crate) fn facts<T>(&self, hire: &Hire, with: impl FnOnce(&JourneyFacts<'_>) -> T) -> T {
        with(&JourneyFacts {
            journey: self.row.id,
            template: &self.template.template,
            history: self.history(),
            events: &self.folded.events,
            calendar: &hire.calendar,
            profile: &hire.profile,
            fallback_start: self.row.start,
            local: &|at| hire.local(at),
        })
    }

    /// Brings what is derived from the facts up to them.
    ///
    /// # Errors
    /// Where the summary cannot be written as JSON.
    fn derive(&mut self, hire: &Hire, now: Timestamp) -> Result<(), StoreError> {
        let summary = self.facts(hire, summarize);
        let history = &self.folded.history;
        let row = &mut self.row;
        row.start = history.start().unwrap_or(row.start);
        row.withdrawn = history.withdrawal().and(row.withdrawn.or(Some(now)));
        row.finished = summary.finished.map(|_| row.finished.unwrap_or(now));
        row.summary = serde_json::to_string(&summary).about("a summary")?;
        row.revision += 1;
        Ok(())
    }
}

/// Runs with their facts: from memory where that still holds, else from the facts themselves.
///
/// # Errors
/// Where the database cannot be read or lacks a template.
pub(crate) async fn with_facts(
    connection: &mut AnyConnection,
    facts: &Facts,
    rows: Vec<JourneyRow>,
) -> Result<HashMap<JourneyId, Run>, StoreError> {
    let mut runs = HashMap::new();
    let mut missing = Vec::new();
    for row in rows {
        // A journey is pinned to a template that is kept for ever.
        let Some(template) = facts.templates.get(&mut *connection, &row.hash).await? else { continue };
        let folded = facts.folds.take(row.id, row.revision).unwrap_or_else(|| {
            missing.push(row.id);
            Arc::default()
        });
        runs.insert(row.id, Run { row, template, folded, changed: false });
    }
    for (journey, body) in event::of_journeys(connection, &missing).await? {
        let what = "a fact";
        let event: CloudEvent = serde_json::from_str(&body).about(what)?;
        if let Some(run) = runs.get_mut(&journey) {
            Arc::make_mut(&mut run.folded).apply(event.event().about(what)?);
        }
    }
    Ok(runs)
}

/// Loads those of `ids` that there are.
///
/// # Errors
/// As [`with_facts`].
pub(crate) async fn load(tx: &mut Tx, facts: &Facts, ids: &[JourneyId]) -> Result<HashMap<JourneyId, Run>, StoreError> {
    let rows = journey::by_id(&mut **tx, ids).await?;
    with_facts(tx, facts, rows).await
}

/// Writes the runs that took facts.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn store(
    tx: &mut Tx,
    runs: impl Iterator<Item = &mut Run>,
    hire: &Hire,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut changed: Vec<&Run> = Vec::new();
    for run in runs.filter(|run| run.changed) {
        run.derive(hire, now)?;
        changed.push(run);
    }
    let rows: Vec<Projected<'_>> = changed
        .iter()
        .map(|run| Projected {
            row: &run.row,
            template: run.template.template.id.as_str(),
            title: &run.template.template.title,
            version: &run.template.template.version,
        })
        .collect();
    journey::put(tx, &rows, now).await
}

/// What an assignment opens: journey, template's hash and day 1.
pub(crate) fn assignment(fact: &Fact) -> Option<(JourneyId, &str, Date)> {
    match fact {
        Fact::JourneyAssigned { journey, hash, start, .. } => Some((*journey, hash, *start)),
        _ => None,
    }
}
