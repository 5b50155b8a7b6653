//! Recording: all of it or nothing, and what is shown follows from the log.

use proptest::prelude::*;
use waymark_core::{
    event::{BlockReason, Event, Evidence, Fact},
    id::{ActionId, EventId, JourneyId, PackId, StepId},
    journey::inverse,
};
use waymark_store::{RecordContext, RecordError, StepStatus, Trouble, WriteError};

use crate::support::*;

#[tokio::test]
async fn a_recorded_step_survives_a_restart_with_its_number() {
    let library = Library::new().await;
    let template = template("first-week", &["vpn", "laptop"]);
    let journey = assign(&library.db, &template).await;
    let done = completed(journey, "vpn");
    record(&library.db, std::slice::from_ref(&done), PLAIN).await.unwrap();

    let library = library.reopened().await;
    assert_eq!(library.db.device(), OPTIONS.new_device);
    let stored = library.db.journeys().get(journey).await.unwrap().unwrap();
    assert_eq!(stored.template, template, "the template is pinned as it was");
    let statuses = library.db.step_statuses().for_journey(journey).await.unwrap();
    let expected = StepStatus::Done { completion: done.id, at: done.time, evidence: Evidence::Attested };
    assert_eq!(statuses[&StepId::new("vpn")], expected);
    assert_eq!(library.db.outbox().waiting_count().await.unwrap(), 2);
    assert_eq!(library.db.events().for_journey(journey).await.unwrap()[1], done);
    assert_projections_equal_fold(&library.db).await;
}

#[tokio::test]
async fn a_failure_in_any_of_the_tables_leaves_nothing() {
    let library = Library::new().await;
    let template = template("first-week", &["vpn"]);
    let journey = assign(&library.db, &template).await;
    let before = library.db.events().all().await.unwrap();
    for (make, remove) in [
        ("CREATE TRIGGER boom BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'boom'); END", "DROP TRIGGER boom"),
        ("CREATE TRIGGER boom BEFORE INSERT ON outbox BEGIN SELECT RAISE(FAIL, 'boom'); END", "DROP TRIGGER boom"),
        (
            // ROLLBACK ends the transaction behind the driver's back, as a full disk does.
            "CREATE TRIGGER boom BEFORE INSERT ON step_status BEGIN SELECT RAISE(ROLLBACK, 'boom'); END",
            "DROP TRIGGER boom",
        ),
        ("CREATE TRIGGER boom BEFORE UPDATE ON device BEGIN SELECT RAISE(ABORT, 'boom'); END", "DROP TRIGGER boom"),
    ] {
        library.raw(make).await;
        let error = record(&library.db, &[completed(journey, "vpn")], PLAIN).await.expect_err(make);
        assert!(matches!(error, RecordError::Write(WriteError::Write { .. })), "{make}: {error:?}");
        library.raw(remove).await;
        assert_eq!(library.db.events().all().await.unwrap(), before, "after {make}");
        assert_projections_equal_fold(&library.db).await;
    }
    record(&library.db, &[completed(journey, "vpn")], PLAIN).await.expect("the next write finds a clean connection");
    assert_projections_equal_fold(&library.db).await;
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing_and_blocks_nobody() {
    let library = Library::new().await;
    let journey = assign(&library.db, &template("first-week", &["vpn"])).await;
    let mut tx = library.db.begin().await.unwrap();
    tx.record(&[completed(journey, "vpn")], PLAIN).await.unwrap();
    assert_eq!(tx.events().for_journey(journey).await.unwrap().len(), 2, "the transaction sees its own fact");
    assert_eq!(library.db.events().all().await.unwrap().len(), 1, "nobody else does");
    drop(tx);
    record(&library.db, &[completed(journey, "vpn")], PLAIN).await.unwrap();
    assert_eq!(library.db.events().all().await.unwrap().len(), 2);
    assert_projections_equal_fold(&library.db).await;
}

#[tokio::test]
async fn the_same_fact_has_one_effect_and_another_with_its_id_is_refused() {
    let library = Library::new().await;
    let journey = assign(&library.db, &template("first-week", &["vpn"])).await;
    let done = completed(journey, "vpn");
    record(&library.db, &[done.clone(), done.clone()], PLAIN).await.unwrap();
    record(&library.db, std::slice::from_ref(&done), PLAIN).await.unwrap();
    assert_eq!(library.db.events().all().await.unwrap().len(), 2);
    let other = Event { fact: completed(journey, "laptop").fact, ..done.clone() };
    let error = record(&library.db, &[other], PLAIN).await.unwrap_err();
    assert!(matches!(error, RecordError::Diverged { event } if event == done.id), "{error}");
    assert_projections_equal_fold(&library.db).await;
}

#[tokio::test]
async fn a_journey_is_not_assigned_without_its_template() {
    let library = Library::new().await;
    let (wanted, other) = (template("first-week", &["vpn"]), template("other", &[]));
    let event = assigned(JourneyId::new(fresh()), &wanted);
    for pinned in [None, Some(&other)] {
        let error =
            record(&library.db, std::slice::from_ref(&event), RecordContext { pinned, ..PLAIN }).await.unwrap_err();
        assert!(matches!(error, RecordError::TemplateMissing { .. }), "{error}");
        assert_eq!(error.trouble(), Trouble::Other);
        assert_eq!(library.db.events().all().await.unwrap(), [], "nothing was recorded");
    }
}

#[tokio::test]
async fn undo_is_a_further_gesture_that_names_the_one_it_takes_back() {
    let library = Library::new().await;
    let journey = assign(&library.db, &template("first-week", &["vpn", "laptop"])).await;
    let gesture = ActionId::new(fresh());
    let both: Vec<Event> = ["vpn", "laptop"].map(|step| Event { action: gesture, ..completed(journey, step) }).into();
    record(&library.db, &both, PLAIN).await.unwrap();

    let last = library.db.events().last_actions(1).await.unwrap().remove(0);
    assert_eq!((last.id, last.events.as_slice(), last.undone_by), (gesture, both.as_slice(), None));
    let undo = ActionId::new(fresh());
    let history = library.db.journeys().history(journey).await.unwrap();
    let back: Vec<Event> = last
        .events
        .iter()
        .filter_map(|event| inverse(event, &history))
        .map(|inverse| Event { action: undo, ..fact(inverse) })
        .collect();
    record(&library.db, &back, RecordContext { undoes: Some(gesture), ..PLAIN }).await.unwrap();

    let actions = library.db.events().last_actions(2).await.unwrap();
    assert_eq!((actions[0].id, actions[0].undoes), (undo, Some(gesture)));
    assert_eq!((actions[1].id, actions[1].undone_by), (gesture, Some(undo)));
    let statuses = library.db.step_statuses().for_journey(journey).await.unwrap();
    assert!(statuses.values().all(|status| *status == StepStatus::Open), "{statuses:?}");
    assert_projections_equal_fold(&library.db).await;
}

#[tokio::test]
async fn the_log_itself_refuses_to_be_edited() {
    let library = Library::new().await;
    assign(&library.db, &template("first-week", &[])).await;
    let pool = sqlx::SqlitePool::connect_with(sqlx::sqlite::SqliteConnectOptions::new().filename(library.path()))
        .await
        .unwrap();
    for statement in ["UPDATE event SET body = '{}'", "DELETE FROM event"] {
        let error = sqlx::raw_sql(statement).execute(&pool).await.expect_err(statement);
        assert!(error.to_string().contains("append-only"), "{error}");
    }
    pool.close().await;
}

/// What the generator draws; ids are filled in when a case runs, so that all cases share a library.
#[derive(Clone, Debug)]
struct Draft {
    kind: u8,
    journey: usize,
    step: usize,
    /// Which of the other facts this one ends.
    ends: usize,
}

fn drafts() -> impl Strategy<Value = (Vec<Draft>, Vec<usize>)> {
    let draft = (0..10_u8, 0..2_usize, 0..3_usize, 0..40_usize).prop_map(|(kind, journey, step, ends)| Draft {
        kind,
        journey,
        step,
        ends,
    });
    prop::collection::vec(draft, 1..40).prop_flat_map(|drafts| {
        let order = Just((0..drafts.len()).collect::<Vec<_>>()).prop_shuffle();
        (Just(drafts), order)
    })
}

fn build(drafts: &[Draft]) -> Vec<Event> {
    let journeys = [JourneyId::new(fresh()), JourneyId::new(fresh())];
    let ids: Vec<EventId> = drafts.iter().map(|_| EventId::new(fresh())).collect();
    let template = template("first-week", &[]).id;
    drafts
        .iter()
        .zip(&ids)
        .map(|(draft, id)| {
            let (journey, step) = (journeys[draft.journey], StepId::new(["vpn", "laptop", "badge"][draft.step]));
            let (ends, start) = (ids[draft.ends % ids.len()], jiff::civil::date(2026, 1, 5 + draft.ends as i8 % 20));
            let fact = match draft.kind {
                0 => Fact::JourneyAssigned {
                    journey,
                    template: template.clone(),
                    version: draft.ends.to_string(),
                    hash: String::new(),
                    pack: PackId::new(fresh()),
                    start,
                },
                1 => Fact::JourneyWithdrawn { journey },
                2 => Fact::JourneyRestored { journey, withdrawal: ends },
                3 => Fact::StartMoved { journey, start },
                4 => Fact::StepCompleted { journey, step, evidence: Evidence::Observed },
                5 => Fact::StepReopened { journey, step, completion: ends, note: String::new() },
                6 => Fact::StepBlocked { journey, step, reason: BlockReason::Unclear, note: "?".into() },
                7 => Fact::StepUnblocked { journey, step, block: ends },
                8 => Fact::StepWaived { journey, step, reason: "not here".into() },
                _ => Fact::WaiverLifted { journey, step, waiver: ends },
            };
            Event { id: *id, action: ActionId::new(fresh()), time: now(), fact }
        })
        .collect()
}

/// Any facts, in any order of arrival, in transactions of any size: what is shown is the fold.
#[test]
fn projections_equal_the_fold_for_any_facts_in_any_order() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let library = runtime.block_on(Library::alone());
    let pinned = template("first-week", &["vpn", "laptop", "badge"]);
    let context = RecordContext { pinned: Some(&pinned), ..PLAIN };
    proptest!(ProptestConfig::with_cases(64), |((drafts, order) in drafts(), sizes in prop::collection::vec(1..9_usize, 40))| {
        let events = build(&drafts);
        let mut arriving = order.iter().map(|at| events[*at].clone()).peekable();
        let mut sizes = sizes.into_iter();
        while arriving.peek().is_some() {
            let part: Vec<Event> = arriving.by_ref().take(sizes.next().unwrap_or(1)).collect();
            runtime.block_on(record(&library.db, &part, context)).unwrap();
        }
        // The assignment with the smallest id pins the version, whenever it arrived.
        for journey in [0, 1] {
            let first = events.iter().filter(|event| matches!(&event.fact, Fact::JourneyAssigned { .. }))
                .zip(drafts.iter().filter(|draft| draft.kind == 0))
                .find(|(_, draft)| draft.journey == journey);
            if let Some((event, _)) = first {
                let stored = runtime.block_on(library.db.journeys().get(event.fact.journey())).unwrap().unwrap();
                let Fact::JourneyAssigned { pack, .. } = &event.fact else { unreachable!() };
                prop_assert_eq!(stored.pack, *pack);
            }
        }
    });
    runtime.block_on(assert_projections_equal_fold(&library.db));
    runtime.block_on(async {
        library.db.write(async |tx| tx.rebuild_projections().await).await.unwrap();
        assert_projections_equal_fold(&library.db).await;
    });
}
