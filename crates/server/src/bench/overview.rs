//! A manager's page in a large organisation. The tables are filled directly: what is measured is the reading.

use std::time::Instant;

use jiff::{Span, Timestamp, civil::date};
use uuid::Uuid;
use waymark_api::http::envelope::{Origin, envelope};
use waymark_core::{
    event::{Event, Evidence, Fact},
    id::{ActionId, DeviceId, EventId, JourneyId, PackId, PersonId, StepId},
    team::TeamOverview,
};

use super::{
    Client,
    company::{commit, journey, people, percentile, publish, sign_in},
    serve,
};
use crate::{
    cli::Place,
    serve::now,
    state::State,
    store::{
        Tx,
        event::{self, ACCEPTED, NewEvent},
        hire,
    },
    usecase::{
        ingest::sha256,
        project::{self, Run},
    },
};

/// Facts of each journey.
const FACTS: usize = 100;

/// Fills the database, measures and prints.
pub(super) async fn run(place: Place, hires: usize, line: usize, requests: usize) -> anyhow::Result<()> {
    let (state, address) = serve(&place).await?;
    let moment = now();
    let mut tx = state.store().begin().await?;
    let hash = publish(&mut tx, moment).await?;
    let manager = people(&mut tx, 1, None, "manager", moment).await?[0];
    let other = people(&mut tx, 1, None, "manager", moment).await?[0];
    let mut everybody = people(&mut tx, line, Some(manager), "hire", moment).await?;
    everybody.extend(people(&mut tx, hires - line, Some(other), "hire", moment).await?);
    let who = sign_in(&mut tx, manager, moment).await?;
    commit(tx, &state).await?;
    let start = Instant::now();
    for (number, chunk) in everybody.chunks(50).enumerate() {
        let mut tx = state.store().begin().await?;
        for (place, person) in chunk.iter().enumerate() {
            fill(&mut tx, &state, *person, &hash, number * 50 + place).await?;
        }
        commit(tx, &state).await?;
    }
    let filled = start.elapsed().as_secs_f64();
    let mut client = Client::new(&address, &who.token).await?;
    let mut times = Vec::with_capacity(requests);
    let (mut bytes, mut shown) = (0, 0);
    for _ in 0..requests {
        let start = Instant::now();
        let answer = client.send("GET", "/v1/team/overview", "application/json", Vec::new()).await?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        bytes = answer.len();
        shown = serde_json::from_slice::<TeamOverview>(&answer)?.people.len();
    }
    times.sort_by(f64::total_cmp);
    let database = if state.store().is_postgres() { "PostgreSQL" } else { "SQLite" };
    println!(
        "overview, {database}, {line} of {hires} hires, {} events: p50 {:.1} ms, p95 {:.1} ms, max {:.1} ms \
         ({shown} people on the page, {bytes} bytes; filled in {filled:.0} s)",
        everybody.len() * FACTS,
        percentile(&times, 0.5),
        percentile(&times, 0.95),
        times.last().copied().unwrap_or_default(),
    );
    Ok(())
}

/// One person's journey: steps done over some weeks, some done again, for a while of the last two years.
async fn fill(tx: &mut Tx, state: &State, person: PersonId, hash: &str, number: usize) -> anyhow::Result<()> {
    let Some(mut hire) = hire::lock(tx, person).await? else { anyhow::bail!("the person is there") };
    let Some(template) = state.facts().templates.get(&mut **tx, hash).await? else { anyhow::bail!("published") };
    let start = date(2026, 11, 2).checked_sub(Span::new().days((number % 700) as i64))?;
    let mut run = Run::opened(JourneyId::new(Uuid::now_v7()), person, template, start);
    let device = DeviceId::new(Uuid::now_v7());
    let steps: Vec<StepId> = journey().steps().map(|step| step.id.clone()).collect();
    // The fewer are done the newer the journey; a third is not finished.
    let most = if number.is_multiple_of(3) { 10 + number % 15 } else { steps.len() };
    let mut rows = Vec::with_capacity(FACTS);
    let mut last: Option<(StepId, EventId)> = None;
    for place in 0..FACTS {
        let day = start.checked_add(Span::new().days((place / 4) as i64))?;
        let time = day.at(10, 0, 0, 0).in_tz("UTC")?.timestamp().checked_add(Span::new().minutes(place as i64))?;
        let fact = fact(&run, hash, &steps[..most], place, &mut last);
        let id = EventId::new(Uuid::now_v7());
        if let Fact::StepCompleted { step, .. } = &fact {
            last = Some((step.clone(), id));
        }
        let event = Event { id, action: ActionId::new(id.uuid()), time, fact };
        rows.push(row(&event, person, device, place as u64 + 1)?);
        run.apply(&event);
    }
    event::insert(tx, &rows, Timestamp::UNIX_EPOCH).await?;
    hire.feed_last = FACTS as i64;
    project::store(tx, std::iter::once(&mut run), &hire, state.now()).await?;
    hire::set_feed_last(tx, person, hire.feed_last).await?;
    Ok(())
}

fn fact(run: &Run, hash: &str, steps: &[StepId], place: usize, last: &mut Option<(StepId, EventId)>) -> Fact {
    let journey = run.row.id;
    if place == 0 {
        let template = run.template.template.id.clone();
        let pack = PackId::new(Uuid::nil());
        let (version, hash) = ("1.0.0".to_owned(), hash.to_owned());
        return Fact::JourneyAssigned { journey, template, version, hash, pack, start: run.row.start };
    }
    if place == 40 {
        return Fact::MilestoneReached {
            journey,
            milestone: "first-merge".into(),
            at: Timestamp::UNIX_EPOCH.max(run.folded.events.last().map_or(Timestamp::UNIX_EPOCH, |event| event.time)),
            evidence: Evidence::Confirmed,
            reference: String::new(),
        };
    }
    match last.take() {
        Some((step, completion)) if place.is_multiple_of(9) => {
            Fact::StepReopened { journey, step, completion, note: String::new() }
        }
        _ => Fact::StepCompleted { journey, step: steps[place % steps.len()].clone(), evidence: Evidence::Attested },
    }
}

fn row(event: &Event, person: PersonId, device: DeviceId, sequence: u64) -> anyhow::Result<NewEvent> {
    let origin = Origin { person, device, epoch: 1, sequence, recorded: event.time, with_notes: true };
    let body = serde_json::to_string(&envelope(event, &origin)?)?;
    Ok(NewEvent {
        id: event.id,
        source: format!("urn:waymark:device:{device}"),
        device: Some(device),
        epoch: 1,
        sequence: sequence as i64,
        actor: person.to_string(),
        person,
        journey: Some(event.fact.journey()),
        step: event.fact.step().map(ToString::to_string),
        event_type: event.fact.event_type().to_owned(),
        time: event.time,
        hash: sha256(&body),
        body,
        outcome: ACCEPTED.to_owned(),
        feed: Some(sequence as i64),
    })
}
