//! Ten thousand facts that were recorded without a network go to the team's server, while a person goes on working:
//! the app without its window, its real library, the real server.

use std::{path::Path, time::Instant};

use anyhow::Context as _;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;
use waymark_api::ipc::{
    account::{Join, SyncNow},
    journey::{CompleteStep, OpenJourney, StartJourney, StepStatus, Undo},
    sources::{ListPacks, PackKind},
    today::OpenToday,
};
use waymark_app::App;
use waymark_core::{
    event::{Event, Evidence, Fact},
    id::{ActionId, DeviceId, EventId, JourneyId, PackId, StepId},
    journey::Role,
};
use waymark_store::{Db, OpenOptions, PackTemplate, RecordContext};

use super::device::{Device, milliseconds};
use crate::{TeamServer, content::repository, leaves};

/// Facts that wait.
const FACTS: usize = 10_000;
/// Facts of each journey that they are of.
const OF_ONE: usize = 400;
/// Rounds of commands before the server comes back.
const QUIET: usize = 50;
const PEOPLE: &str =
    "key,name,manager_key,roles,start_date,zone\nada@corvane.example,Ada Okafor,,hire,2026-01-19,UTC\n";

/// Milliseconds.
#[derive(Clone, Debug, Serialize)]
pub struct Backlog {
    /// Facts that waited.
    pub facts: usize,
    /// From the moment in which the server was back, until nothing waited.
    pub drained: f64,
    /// Each command while the server was away.
    pub quiet: Vec<f64>,
    /// Each command meanwhile: a step ticked or taken back, its journey opened, Today opened.
    pub meanwhile: Vec<f64>,
}

/// Fills an outbox, lets the server come back and works on until it is empty.
///
/// # Errors
/// Where the server is not built, or something does not come through.
pub async fn backlog() -> anyhow::Result<Backlog> {
    let mut server = TeamServer::empty().await?;
    let table = server.data().with_file_name("people.csv");
    std::fs::write(&table, PEOPLE)?;
    server.command(&["org", "import", &table.to_string_lossy()])?;
    let content = repository().join("docs-content");
    server.command(&["publish", &content.to_string_lossy(), "--name", "corvane"])?;
    let device = Device::fresh().await?;
    let app = device.app();
    let invite = server.invite("ada@corvane.example")?;
    waymark_app::team::join(app, Join { invite, server: None, label: "Ada's laptop".to_owned() }).await?;
    let pack = team_pack(app).await?;
    let db = library(device.library()).await?;
    let templates = db.templates().list().await?;
    let template = templates.into_iter().find(|row| row.pack == pack).context("the team has a journey")?;
    let request = StartJourney { pack, template: template.template.id.clone() };
    let active = waymark_app::journey::start(app, request).await?.journey;

    server.kill();
    fill(&db, pack, &template).await?;
    let mut worker = Worker { app, journey: active, times: Vec::new() };
    for _ in 0..QUIET {
        worker.round().await?;
    }
    let quiet = std::mem::take(&mut worker.times);
    let facts = db.outbox().waiting_count().await? as usize;
    anyhow::ensure!(facts >= FACTS, "{facts} facts wait");

    let last = db.installation().numbering().await?.next_sequence;
    server.start_again().await?;
    let begin = Instant::now();
    waymark_app::team::sync_now(app, SyncNow {}).await?;
    // What the person records meanwhile goes as well, and is none of it.
    while db.outbox().waiting(1).await?.first().is_some_and(|first| first.slot.sequence < last) {
        anyhow::ensure!(begin.elapsed().as_secs() < 300, "{} still wait", db.outbox().waiting_count().await?);
        worker.round().await?;
    }
    let drained = milliseconds(begin);
    Ok(Backlog { facts, drained, quiet, meanwhile: worker.times })
}

/// The team's content, once it is here.
async fn team_pack(app: &App) -> anyhow::Result<PackId> {
    for _ in 0..600 {
        let packs = waymark_app::sources::list_packs(app, ListPacks {}).await?;
        if let Some(team) = packs.iter().find(|pack| pack.summary.kind == PackKind::Team) {
            return Ok(team.summary.id);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    anyhow::bail!("the team's content did not come")
}

/// The same library by a way of its own.
async fn library(folder: &Path) -> anyhow::Result<Db> {
    let options = OpenOptions { new_device: DeviceId::new(Uuid::now_v7()), ballast_bytes: 0 };
    Ok(Db::open(&folder.join("waymark.db"), options).await?)
}

/// Records facts of the team's journeys as the app does, each journey's in one transaction; they are off the list at
/// the end, as what somebody does in two years would be.
async fn fill(db: &Db, pack: PackId, template: &PackTemplate) -> anyhow::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "what is measured runs on the real clock")]
    let now = Timestamp::now();
    let steps: Vec<StepId> = template.template.steps().map(|step| step.id.clone()).collect();
    for _ in 0..FACTS / OF_ONE {
        let journey = JourneyId::new(Uuid::now_v7());
        let start = now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let mut facts = vec![Fact::JourneyAssigned {
            journey,
            template: template.template.id.clone(),
            version: template.template.version.clone(),
            hash: template.hash.clone(),
            pack,
            start,
        }];
        let step = |place: usize| steps[place % steps.len()].clone();
        let done = |place| Fact::StepCompleted { journey, step: step(place), evidence: Evidence::Attested };
        facts.extend((0..OF_ONE - 2).map(done));
        facts.push(Fact::JourneyWithdrawn { journey });
        let event = |fact| {
            let id = Uuid::now_v7();
            Event { id: EventId::new(id), action: ActionId::new(id), time: now, fact }
        };
        let events: Vec<Event> = facts.into_iter().map(event).collect();
        let mut tx = db.begin().await?;
        let context = RecordContext { recorded_at: now, undoes: None, pinned: Some(&template.template) };
        tx.record(&events, context).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// A person at work.
struct Worker<'a> {
    app: &'a App,
    journey: JourneyId,
    times: Vec<f64>,
}

impl Worker<'_> {
    /// Opens Today and the journey, ticks a step and takes it back.
    async fn round(&mut self) -> anyhow::Result<()> {
        let begin = Instant::now();
        waymark_app::today::open(self.app, OpenToday {}).await?;
        self.took(begin);
        let begin = Instant::now();
        let view = waymark_app::journey::open(self.app, OpenJourney { journey: self.journey }).await?;
        self.took(begin);
        let open = leaves(&view);
        let open = open.iter().find(|item| item.role == Role::Hire && matches!(item.status, StepStatus::Open));
        let step = open.context("a step is open")?.id.clone();
        let begin = Instant::now();
        let request = CompleteStep { journey: self.journey, step };
        let changed = waymark_app::journey::complete_step(self.app, request).await?;
        self.took(begin);
        let begin = Instant::now();
        waymark_app::journey::undo(self.app, Undo { action: changed.action }).await?;
        self.took(begin);
        Ok(())
    }

    fn took(&mut self, begin: Instant) {
        self.times.push(milliseconds(begin));
    }
}
