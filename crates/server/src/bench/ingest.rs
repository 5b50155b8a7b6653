//! Facts through the whole stack, and the bare insert loop beside it.

use std::time::Instant;

use jiff::{Timestamp, civil::date};
use uuid::Uuid;
use waymark_api::http::{
    BATCH_TYPE, MAX_BATCH,
    envelope::{Origin, envelope},
    events::{BatchAnswer, Outcome},
};
use waymark_core::{
    event::{Event, Evidence, Fact},
    id::{ActionId, EventId, JourneyId, PackId, StepId},
};

use super::{
    Client,
    company::{Somebody, commit, journey, people, percentile, publish, sign_in},
    serve,
};
use crate::{
    cli::Place,
    serve::now,
    state::State,
    store::event::{self, ACCEPTED, NewEvent},
    usecase::ingest::sha256,
};

/// Measures both halves and prints them.
pub(super) async fn run(place: Place, batches: usize, devices: usize) -> anyhow::Result<()> {
    let (state, address) = serve(&place).await?;
    let moment = now();
    let mut tx = state.store().begin().await?;
    let hash = publish(&mut tx, moment).await?;
    let hires = people(&mut tx, devices * 2, None, "hire", moment).await?;
    let mut senders = Vec::new();
    for person in hires {
        senders.push(sign_in(&mut tx, person, moment).await?);
    }
    commit(tx, &state).await?;
    let per_device = batches.div_ceil(devices);
    let events = (per_device * devices * MAX_BATCH) as f64;

    let (bare, through) = senders.split_at(devices);
    let written: Vec<Vec<Vec<u8>>> = bare.iter().map(|who| written(who, &hash, per_device, moment)).collect();
    let start = Instant::now();
    insert(&state, bare, &written).await?;
    let bare_seconds = start.elapsed().as_secs_f64();

    let written: Vec<Vec<Vec<u8>>> = through.iter().map(|who| self::written(who, &hash, per_device, moment)).collect();
    let start = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for (who, bodies) in through.iter().zip(written) {
        let mut client = Client::new(&address, &who.token).await?;
        tasks.spawn(async move {
            let mut times = Vec::with_capacity(bodies.len());
            for body in bodies {
                let start = Instant::now();
                let answer = client.send("POST", "/v1/events", BATCH_TYPE, body).await?;
                times.push(start.elapsed().as_secs_f64() * 1000.0);
                let answer: BatchAnswer = serde_json::from_slice(&answer)?;
                let all = answer.results.iter().all(|result| result.outcome == Outcome::Accepted);
                anyhow::ensure!(all && answer.results.len() == MAX_BATCH, "not all were accepted: {answer:?}");
            }
            Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = tasks.join_next().await {
        times.extend(done??);
    }
    let seconds = start.elapsed().as_secs_f64();
    times.sort_by(f64::total_cmp);
    let database = if state.store().is_postgres() { "PostgreSQL" } else { "SQLite" };
    println!(
        "ingest, {database}, batches of {MAX_BATCH}, {devices} devices: {:.0} events/s (batch p50 {:.1} ms, p95 {:.1} ms); \
         bare inserts {:.0} events/s; ratio {:.2}",
        events / seconds,
        percentile(&times, 0.5),
        percentile(&times, 0.95),
        events / bare_seconds,
        bare_seconds / seconds,
    );
    Ok(())
}

/// The batches of one device: journeys of fifty facts, one after the other.
fn written(who: &Somebody, hash: &str, batches: usize, now: Timestamp) -> Vec<Vec<u8>> {
    let steps: Vec<StepId> = journey().steps().map(|step| step.id.clone()).collect();
    let mut sequence = 0;
    let mut run = JourneyId::new(Uuid::now_v7());
    let mut last = None;
    let mut batch = |_| {
        let mut events = Vec::with_capacity(MAX_BATCH);
        for _ in 0..MAX_BATCH {
            let place = sequence % 50;
            sequence += 1;
            let fact = if place == 0 {
                run = JourneyId::new(Uuid::now_v7());
                Fact::JourneyAssigned {
                    journey: run,
                    template: "bench".into(),
                    version: "1.0.0".to_owned(),
                    hash: hash.to_owned(),
                    pack: PackId::new(Uuid::nil()),
                    start: date(2026, 11, 2),
                }
            } else {
                let step = steps[(place as usize - 1) % steps.len()].clone();
                match last.take() {
                    Some((step, completion)) if place % 7 == 0 => {
                        Fact::StepReopened { journey: run, step, completion, note: String::new() }
                    }
                    _ => Fact::StepCompleted { journey: run, step, evidence: Evidence::Attested },
                }
            };
            let id = EventId::new(Uuid::now_v7());
            last = fact.step().filter(|_| matches!(fact, Fact::StepCompleted { .. })).map(|step| (step.clone(), id));
            let event = Event { id, action: ActionId::new(id.uuid()), time: now, fact };
            let origin =
                Origin { person: who.person, device: who.device, epoch: 1, sequence, recorded: now, with_notes: true };
            events.extend(envelope(&event, &origin));
        }
        serde_json::to_vec(&events).unwrap_or_default()
    };
    (0..batches).map(&mut batch).collect()
}

/// The floor: the same rows by the same multi-row statement, a transaction for each batch, nothing else.
async fn insert(state: &State, who: &[Somebody], written: &[Vec<Vec<u8>>]) -> anyhow::Result<()> {
    let mut tasks = tokio::task::JoinSet::new();
    for (who, bodies) in who.iter().cloned().zip(written.to_vec()) {
        let state = state.clone();
        tasks.spawn(async move {
            let mut number = 0;
            for body in bodies {
                let raws: Vec<&serde_json::value::RawValue> = serde_json::from_slice(&body)?;
                let rows: Vec<NewEvent> = raws.iter().map(|raw| row(&who, raw.get(), &mut number)).collect();
                let mut tx = state.store().begin().await?;
                event::insert(&mut tx, &rows, state.now()).await?;
                tx.commit().await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

fn row(who: &Somebody, raw: &str, number: &mut i64) -> NewEvent {
    *number += 1;
    NewEvent {
        id: EventId::new(Uuid::now_v7()),
        source: format!("urn:waymark:device:{}", who.device),
        device: Some(who.device),
        epoch: 1,
        sequence: *number,
        actor: who.person.to_string(),
        person: who.person,
        journey: Some(JourneyId::new(who.person.uuid())),
        step: Some("s1-1".to_owned()),
        event_type: "dev.waymark.step.completed.v1".to_owned(),
        time: Timestamp::UNIX_EPOCH,
        hash: sha256(raw),
        body: raw.to_owned(),
        outcome: ACCEPTED.to_owned(),
        feed: Some(*number),
    }
}
