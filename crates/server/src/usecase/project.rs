//! Facts in, the projection out: one fold for each journey that a batch touches.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{Timestamp, civil::Date};
use waymark_core::{
    event::{Event, Fact},
    id::{JourneyId, MilestoneId, PersonId, StepId},
    journey::{History, Progress, Resolved, Template, resolve},
};

use crate::store::{
    StoreError, Tx,
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

/// A journey with its template, ready to take facts.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// The row.
    pub row: JourneyRow,
    /// What it is pinned to.
    pub template: Arc<KnownTemplate>,
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
            history: History::default(),
            summary: String::new(),
            withdrawn: None,
            finished: None,
        };
        Self { row, template, changed: false }
    }

    /// Takes a fact.
    pub(crate) fn apply(&mut self, event: &Event) {
        self.row.history.apply(event);
        self.changed = true;
    }

    /// The journey as it follows from its facts.
    pub(crate) fn resolved(&self, hire: &Hire) -> Resolved {
        let day = |at| hire.day(at);
        resolve(&self.template.template, &self.row.history, &hire.calendar, &hire.profile, self.row.start, &day)
    }

    /// Brings what is derived from the facts up to them.
    ///
    /// # Errors
    /// Where the summary cannot be written as JSON.
    fn derive(&mut self, hire: &Hire, now: Timestamp) -> Result<(), StoreError> {
        use crate::store::About as _;
        let resolved = self.resolved(hire);
        let row = &mut self.row;
        row.start = row.history.start().unwrap_or(row.start);
        row.withdrawn = row.history.withdrawal().and(row.withdrawn.or(Some(now)));
        row.finished = finished(resolved.progress).then(|| row.finished.unwrap_or(now));
        row.summary = serde_json::to_string(&resolved.progress).about("a summary")?;
        Ok(())
    }
}

fn finished(progress: Progress) -> bool {
    progress.total > 0 && progress.complete()
}

/// Loads those of `ids` that there are.
///
/// # Errors
/// Where the database cannot be read or lacks a template.
pub(crate) async fn load(
    tx: &mut Tx,
    templates: &Templates,
    ids: &[JourneyId],
) -> Result<HashMap<JourneyId, Run>, StoreError> {
    let mut runs = HashMap::new();
    for row in journey::by_id(&mut **tx, ids).await? {
        // A journey is pinned to a template that is kept for ever.
        if let Some(template) = templates.get(&mut **tx, &row.hash).await? {
            runs.insert(row.id, Run { row, template, changed: false });
        }
    }
    Ok(runs)
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
