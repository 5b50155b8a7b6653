//! What is shared with a team's server, and what becomes of it.

use std::collections::BTreeSet;

use waymark_core::{
    event::{BlockReason, Event, Fact},
    id::{ActionId, EventId, PackId, StepId},
    sharing::Class,
};
use waymark_store::{
    Answer, Imported, OwnFact, PackContent, PackSource, RecordContext, RecordError, Slot, StepStatus, TemplateContent,
    WriteError,
};

use crate::support::*;

fn slots(library: &Library) -> impl Future<Output = Vec<(u32, u64)>> {
    let db = library.db.clone();
    async move {
        let waiting = db.outbox().waiting(u32::MAX).await.unwrap();
        waiting.iter().map(|entry| (entry.slot.epoch, entry.slot.sequence)).collect()
    }
}

#[tokio::test]
async fn nothing_is_queued_for_somebody_who_works_alone_nor_in_hindsight() {
    let library = Library::alone().await;
    let template = template("first-week", &["vpn"]);
    let before = assign(&library.db, &template).await;
    assert_eq!(library.db.outbox().waiting_count().await.unwrap(), 0);
    join(&library.db).await;
    record(&library.db, &[completed(before, "vpn")], PLAIN).await.unwrap();
    assert_eq!(library.db.outbox().waiting_count().await.unwrap(), 0, "an older journey stays private");
    let shared = assign(&library.db, &template).await;
    record(&library.db, &[completed(shared, "vpn")], PLAIN).await.unwrap();
    assert_eq!(library.db.shared().list().await.unwrap(), [shared]);
    assert_eq!(slots(&library).await, [(2, 1), (2, 2)]);
}

#[tokio::test]
async fn a_journey_of_other_content_stays_private() {
    let library = Library::new().await;
    let template = template("own", &["vpn"]);
    let mut event = assigned(waymark_core::id::JourneyId::new(fresh()), &template);
    if let Fact::JourneyAssigned { pack, .. } = &mut event.fact {
        *pack = PackId::new(fresh());
    }
    let context = RecordContext { pinned: Some(&template), ..PLAIN };
    record(&library.db, &[event.clone(), completed(event.fact.journey(), "vpn")], context).await.unwrap();
    assert_eq!(slots(&library).await, []);
    assert_eq!(library.db.shared().list().await.unwrap(), []);
}

#[tokio::test]
async fn answers_stay_for_a_server_that_was_restored() {
    let library = Library::new().await;
    let journey = assign(&library.db, &template("first-week", &["a", "b", "c"])).await;
    for step in ["a", "b", "c"] {
        record(&library.db, &[completed(journey, step)], PLAIN).await.unwrap();
    }
    let slot = |sequence| Slot { epoch: 2, sequence };
    let first = library.db.outbox().waiting(1).await.unwrap().remove(0).event.id;
    library
        .db
        .write(async |tx| -> Result<(), WriteError> {
            assert!(!tx.outbox().seal(slot(2), first, false, b"one").await?, "another fact has that place");
            assert!(tx.outbox().seal(slot(1), first, false, b"one").await?);
            tx.outbox().answer(slot(1), &Answer::Accepted, now()).await?;
            tx.outbox().answer(slot(2), &Answer::Refused("unknown-step".into()), now()).await?;
            tx.outbox().answer(slot(3), &Answer::Duplicate, now()).await
        })
        .await
        .unwrap();
    assert_eq!(slots(&library).await, [(2, 4)]);
    assert_eq!(library.db.outbox().refused_count().await.unwrap(), 1);
    assert!(!library.db.write(async |tx| tx.outbox().set_aside(first, Some(now())).await).await.unwrap(), "accepted");
    let sent = library.db.outbox().sent().await.unwrap();
    assert_eq!((sent.len(), sent[0].bytes.as_slice()), (1, b"one".as_slice()));
    assert_eq!(sent[0].answer, Some((Answer::Accepted, now())));

    library.db.write(async |tx| tx.outbox().resend_after(slot(1)).await).await.unwrap();
    assert_eq!(slots(&library).await, [(2, 2), (2, 3), (2, 4)]);
    library.db.write(async |tx| tx.outbox().renumber(5).await).await.unwrap();
    assert_eq!(slots(&library).await, [(5, 1), (5, 2), (5, 3)]);
    record(&library.db, &[completed(journey, "a")], PLAIN).await.unwrap();
    assert_eq!(slots(&library).await.last(), Some(&(5, 4)));
    let later = now() + jiff::SignedDuration::from_hours(24 * 91);
    library.db.write(async |tx| tx.outbox().forget_before(later).await).await.unwrap();
    assert_eq!(library.db.outbox().sent().await.unwrap(), [], "answered and old");
    assert_eq!(library.db.outbox().waiting_count().await.unwrap(), 4, "what waits is never forgotten");
}

/// Facts that wait, by number and class.
async fn waiting(library: &Library) -> Vec<(u64, Option<Class>)> {
    let rows = library.db.outbox().waiting(99).await.unwrap();
    rows.into_iter().map(|row| (row.slot.sequence, row.event.fact.class())).collect()
}

#[tokio::test]
async fn what_is_held_back_has_no_number_until_it_is_released() {
    let library = Library::new().await;
    let journey = assign(&library.db, &template("first-week", &["a", "b", "c"])).await;
    let blocked = || Event {
        id: EventId::new(fresh()),
        action: ActionId::new(fresh()),
        time: now(),
        fact: Fact::StepBlocked {
            journey,
            step: StepId::new("b"),
            reason: BlockReason::MissingAccess,
            note: String::new(),
        },
    };
    record(&library.db, &[completed(journey, "a")], PLAIN).await.unwrap();
    let sealed = library.db.outbox().waiting(9).await.unwrap();
    library
        .db
        .write(async |tx| -> Result<(), WriteError> {
            for row in &sealed {
                assert!(tx.outbox().seal(row.slot, row.event.id, false, b"sealed").await?);
            }
            Ok(())
        })
        .await
        .unwrap();
    record(&library.db, &[completed(journey, "b"), blocked(), completed(journey, "c")], PLAIN).await.unwrap();
    let progress = Some(Class::Progress);
    assert_eq!(
        waiting(&library).await,
        [(1, None), (2, progress), (3, progress), (4, Some(Class::Blocks)), (5, progress)]
    );

    library.db.write(async |tx| tx.hold_back(Class::Progress).await).await.unwrap();
    assert_eq!(
        waiting(&library).await,
        [(1, None), (2, progress), (3, Some(Class::Blocks))],
        "what may have left stays, the rest is held back and what follows closes the gap"
    );
    record(&library.db, &[completed(journey, "b"), blocked()], PLAIN).await.unwrap();
    assert_eq!(waiting(&library).await.last(), Some(&(4, Some(Class::Blocks))));
    let held = library.db.held_back().facts().await.unwrap();
    assert_eq!(held.iter().map(|(_, class)| *class).collect::<Vec<_>>(), [Class::Progress; 3]);
    assert_eq!(library.db.held_back().classes().await.unwrap(), [Class::Progress].into());

    library.db.write(async |tx| tx.release(Class::Progress).await).await.unwrap();
    assert_eq!(waiting(&library).await[4..], [(5, progress), (6, progress), (7, progress)]);
    let order: Vec<_> = library.db.outbox().waiting(9).await.unwrap().into_iter().map(|row| row.event.id).collect();
    assert_eq!(order[4..], held.iter().map(|(id, _)| *id).collect::<Vec<_>>(), "in the order of recording");
    assert_eq!(library.db.held_back().facts().await.unwrap(), []);
    assert_eq!(library.db.held_back().classes().await.unwrap(), [].into());
}

#[tokio::test]
async fn a_fact_that_cannot_be_delivered_makes_room_for_the_others() {
    let library = Library::new().await;
    assign(&library.db, &template("first-week", &["a"])).await;
    let slot = Slot { epoch: 2, sequence: 1 };
    let void = EventId::new(fresh());
    library.db.write(async |tx| tx.outbox().quarantine(slot, void).await).await.unwrap();
    assert_eq!(library.db.outbox().waiting(1).await.unwrap()[0].void, Some(void));
    library.db.write(async |tx| tx.outbox().answer(slot, &Answer::Accepted, now()).await).await.unwrap();
    assert_eq!(library.db.outbox().refused_count().await.unwrap(), 1, "the person sees it");
    assert_eq!(slots(&library).await, []);
}

fn imported(event: &Event) -> Imported {
    Imported { event: event.clone(), by: "Petra Novak".into(), receipt: None, own: None }
}

#[tokio::test]
async fn facts_of_others_are_folded_in_and_queued_for_nobody() {
    let library = Library::new().await;
    let template = template("first-week", &["vpn"]);
    let journey = waymark_core::id::JourneyId::new(fresh());
    let (given, done) = (assigned(journey, &template), completed(journey, "vpn"));
    // The assignment comes before its template, and each fact twice.
    let facts = [imported(&given), imported(&done), imported(&done)];
    let touched = library.db.write(async |tx| tx.import(&facts, now()).await).await.unwrap();
    assert_eq!(touched, BTreeSet::from([journey]));
    assert_eq!(library.db.journeys().get(journey).await.unwrap(), None, "its template is not here");
    let content = PackContent {
        title: "Team".into(),
        revision: "r2".into(),
        templates: vec![TemplateContent { template: template.clone(), hash: "h1".into() }],
        roadmap: None,
        sites: Vec::new(),
        diagnostics: Vec::new(),
    };
    let pinned = library
        .db
        .write(async |tx| -> Result<_, RecordError> {
            tx.packs().replace(TEAM_PACK, &PackSource::Team { bundle: "corvane".into() }, content, now()).await?;
            tx.pin_waiting().await
        })
        .await
        .unwrap();
    assert_eq!(pinned, BTreeSet::from([journey]));
    let stored = library.db.journeys().get(journey).await.unwrap().unwrap();
    assert_eq!((stored.template, stored.pack), (template, TEAM_PACK));
    let statuses = library.db.step_statuses().for_journey(journey).await.unwrap();
    assert!(matches!(statuses[&StepId::new("vpn")], StepStatus::Done { completion, .. } if completion == done.id));
    assert_eq!(library.db.heard().attributions(journey).await.unwrap()[&done.id], "Petra Novak");
    assert_eq!(slots(&library).await, []);
    record(&library.db, &[completed(journey, "vpn")], PLAIN).await.unwrap();
    assert_eq!(slots(&library).await, [(2, 1)], "what the person does in it is shared");
}

#[tokio::test]
async fn a_restored_device_learns_what_it_had_sent() {
    let library = Library::new().await;
    let journey = assign(&library.db, &template("first-week", &["vpn", "laptop"])).await;
    let (known, lost) = (completed(journey, "vpn"), completed(journey, "laptop"));
    record(&library.db, std::slice::from_ref(&known), PLAIN).await.unwrap();
    let own = |event: &Event, sequence| Imported {
        own: Some(OwnFact { slot: Slot { epoch: 2, sequence }, recorded_at: now(), bytes: b"as sent".to_vec() }),
        ..imported(event)
    };
    let facts = [own(&known, 2), own(&lost, 3)];
    library
        .db
        .write(async |tx| -> Result<(), RecordError> {
            tx.outbox().renumber(3).await?;
            tx.import(&facts, now()).await?;
            Ok(tx.outbox().renumber(3).await?)
        })
        .await
        .unwrap();
    assert_eq!(slots(&library).await, [(3, 1)], "the assignment is what the server lacks");
    let history = library.db.journeys().history(journey).await.unwrap();
    assert!(history.completion(&StepId::new("laptop")).is_some());
    library.db.write(async |tx| tx.outbox().resend_after(Slot { epoch: 2, sequence: 2 }).await).await.unwrap();
    assert_eq!(slots(&library).await, [(2, 3), (3, 1)], "a server that was restored gets it again");
}

#[tokio::test]
async fn the_page_that_came_last_is_kept_whatever_the_servers_clock_said_and_leaving_forgets() {
    let library = Library::new().await;
    assign(&library.db, &template("first-week", &["vpn"])).await;
    let earlier = now() - jiff::SignedDuration::from_secs(60);
    library
        .db
        .write(async |tx| -> Result<(), WriteError> {
            tx.team_pages().keep("overview", "old".into(), now(), now()).await?;
            tx.team_pages().keep("overview", "new".into(), earlier, now()).await
        })
        .await
        .unwrap();
    assert_eq!(library.db.team_pages().get("overview").await.unwrap().unwrap().body, "new");
    assert_eq!(library.db.membership().get().await.unwrap().unwrap(), membership());
    library.db.write(async |tx| tx.membership().leave().await).await.unwrap();
    assert_eq!(library.db.membership().get().await.unwrap(), None);
    assert_eq!(library.db.team_pages().get("overview").await.unwrap(), None);
    assert_eq!(slots(&library).await, []);
    assert_eq!(library.db.events().all().await.unwrap().len(), 1, "what was done stays");
}
