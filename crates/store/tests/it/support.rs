//! A library in a folder of its own, and plain values to put into it.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use jiff::{Timestamp, civil::date};
use tempfile::TempDir;
use uuid::Uuid;
use waymark_core::{
    event::{Event, Evidence, Fact},
    id::{ActionId, DeviceId, EventId, JourneyId, PackId, PersonId, PhaseId, StepId, TemplateId},
    journey::{Clock, History, JourneyKind, Origin, Phase, Step, Template},
};
use waymark_store::{
    Db, Membership, OpenOptions, PackContent, PackSource, RecordContext, RecordError, StepStatus, WriteError,
};

pub(crate) const OPTIONS: OpenOptions = OpenOptions { new_device: DeviceId::new(Uuid::from_u128(7)), ballast_bytes: 0 };

/// A library with its folder; the folder goes when this goes.
pub(crate) struct Library {
    pub(crate) db: Db,
    pub(crate) folder: TempDir,
}

/// The pack of the team's content, which [`assigned`] names.
pub(crate) const TEAM_PACK: PackId = PackId::new(Uuid::from_u128(1));

pub(crate) fn membership() -> Membership {
    Membership {
        server: "https://team.corvane.example".into(),
        server_name: "Corvane".into(),
        person: PersonId::new(Uuid::from_u128(5)),
        device: OPTIONS.new_device,
        profile: "{}".into(),
        server_epoch: 3,
        feed: 0,
        give_back: None,
        relearn: false,
        share_notes: false,
        ended: None,
        joined_at: now(),
        synced_at: None,
    }
}

/// Joins a team and puts its content, with no templates yet, into the library.
pub(crate) async fn join(db: &Db) {
    let content = PackContent {
        title: "Team".into(),
        revision: "r1".into(),
        templates: Vec::new(),
        roadmap: None,
        sites: Vec::new(),
        diagnostics: Vec::new(),
    };
    db.write(async |tx| -> Result<(), WriteError> {
        tx.membership().join(&membership()).await?;
        tx.packs().replace(TEAM_PACK, &PackSource::Team { bundle: "corvane".into() }, content, now()).await
    })
    .await
    .unwrap();
}

impl Library {
    /// A library of somebody who works alone.
    pub(crate) async fn alone() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("waymark.db"), OPTIONS).await.unwrap();
        Self { db, folder }
    }

    /// A library of a member of a team, whose journeys are the team's: each fact is queued.
    pub(crate) async fn new() -> Self {
        let library = Self::alone().await;
        join(&library.db).await;
        library
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("waymark.db")
    }

    pub(crate) async fn reopened(self) -> Self {
        self.db.close().await;
        let db = Db::open(&self.path(), OPTIONS).await.unwrap();
        Self { db, folder: self.folder }
    }

    /// A connection past the crate's doors, to break things.
    pub(crate) async fn raw(&self, sql: &'static str) {
        raw(&self.path(), sql).await;
    }
}

pub(crate) async fn raw(path: &Path, sql: &'static str) {
    use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
    let mut connection = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// An id that no other call of this process returned; later ids sort after earlier ones.
pub(crate) fn fresh() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    Uuid::from_u128(u128::from(std::process::id()) << 64 | u128::from(NEXT.fetch_add(1, Ordering::Relaxed)))
}

pub(crate) fn now() -> Timestamp {
    "2026-01-05T09:00:00Z".parse().unwrap()
}

pub(crate) fn fact(fact: Fact) -> Event {
    Event { id: EventId::new(fresh()), action: ActionId::new(fresh()), time: now(), fact }
}

pub(crate) fn template(id: &str, steps: &[&str]) -> Template {
    Template {
        id: TemplateId::new(id),
        title: "First week".into(),
        version: "1".into(),
        kind: JourneyKind::Team,
        owner: None,
        clock: Clock::StartDate,
        intro: String::new(),
        phases: vec![Phase {
            id: PhaseId::new("week-1"),
            title: "Week 1".into(),
            from: None,
            to: None,
            goal: None,
            intro: String::new(),
            steps: steps.iter().map(|step| Step::new(StepId::new(*step), *step)).collect(),
        }],
        milestones: Vec::new(),
        variables: Default::default(),
        origin: Origin::JourneyFile,
        path: format!("journeys/{id}.md"),
    }
}

pub(crate) fn assigned(journey: JourneyId, template: &Template) -> Event {
    fact(Fact::JourneyAssigned {
        journey,
        template: template.id.clone(),
        version: template.version.clone(),
        hash: "h1".into(),
        pack: TEAM_PACK,
        start: date(2026, 1, 5),
    })
}

pub(crate) fn completed(journey: JourneyId, step: &str) -> Event {
    fact(Fact::StepCompleted { journey, step: StepId::new(step), evidence: Evidence::Attested })
}

pub(crate) const PLAIN: RecordContext<'_> =
    RecordContext { recorded_at: Timestamp::UNIX_EPOCH, undoes: None, pinned: None };

/// Records and commits.
pub(crate) async fn record(db: &Db, events: &[Event], context: RecordContext<'_>) -> Result<(), RecordError> {
    db.write(async |tx| tx.record(events, context).await).await
}

/// Gives a new journey to the person.
pub(crate) async fn assign(db: &Db, template: &Template) -> JourneyId {
    let journey = JourneyId::new(fresh());
    let context = RecordContext { pinned: Some(template), ..PLAIN };
    record(db, &[assigned(journey, template)], context).await.unwrap();
    journey
}

/// Asserts that what is shown equals the fold over the log, and that the outbox holds the log, of which all
/// is shared here.
pub(crate) async fn assert_projections_equal_fold(db: &Db) {
    let all = db.events().all().await.unwrap();
    let mut journeys: Vec<JourneyId> = all.iter().map(|event| event.fact.journey()).collect();
    journeys.sort();
    journeys.dedup();
    for id in journeys {
        let events = db.events().for_journey(id).await.unwrap();
        let history = History::of(id, &all);
        let expected = StepStatus::of_all(&history, &events);
        assert_eq!(db.step_statuses().for_journey(id).await.unwrap(), expected, "steps of {id} follow from the log");
        if let Some(journey) = db.journeys().get(id).await.unwrap() {
            assert_eq!(Some(journey.start), history.start(), "day 1 of {id} follows from the log");
            assert_eq!(journey.withdrawn_by, history.withdrawal(), "withdrawal of {id} follows from the log");
        }
    }
    let queued = db.outbox().waiting(u32::MAX).await.unwrap();
    if db.membership().get().await.unwrap().is_none() {
        assert_eq!(queued, [], "nothing waits where there is no team");
        return;
    }
    let numbers: Vec<u64> = queued.iter().map(|entry| entry.slot.sequence).collect();
    assert_eq!(numbers, (1..=all.len() as u64).collect::<Vec<_>>(), "one outbox row for each fact, without gaps");
    let next = db.installation().numbering().await.unwrap().next_sequence;
    assert_eq!(next, all.len() as u64 + 1, "the next number follows the last");
    for (entry, event) in queued.iter().zip(&all) {
        assert_eq!(entry.event, *event, "facts leave in the order of the log, as they are");
    }
}

/// Says loudly, past the capture of test output, that something was not tested.
pub(crate) fn skipped(what: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what}");
}
