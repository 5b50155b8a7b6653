//! Facts through the real router, onto a real SQLite.

use axum::{body::Body, http::StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;
use waymark_core::event::{Evidence, Fact};

use crate::testing::{Device, World};

async fn ada() -> (World, Device) {
    let world = World::new().await;
    let person = world.person("Ada", "hire", None).await;
    let device = world.device(person).await;
    (world, device)
}

#[tokio::test]
async fn a_batch_has_its_effect_once() {
    let (world, mut ada) = ada().await;
    let (journey, assigned) = ada.assigned();
    let batch = [assigned, ada.done(journey, "tools"), ada.done(journey, "guide")];
    assert_eq!(world.post(&ada, &batch).await, (StatusCode::OK, vec!["accepted".to_owned(); 3]));
    assert_eq!(world.post(&ada, &batch).await, (StatusCode::OK, vec!["duplicate".to_owned(); 3]));
    assert_eq!(world.count("SELECT count(*) FROM event").await, 3);
    let (_, cursor) = world.send(&ada, "GET", "/v1/events/cursor", Value::Null).await;
    assert_eq!(cursor, json!({ "server_epoch": 1, "epoch": 1, "last": 3 }));
    let kept = world.count("SELECT count(*) FROM journey WHERE finished IS NULL AND start = '2026-11-16'").await;
    assert_eq!(kept, 1, "the journey stands and one step is left");
    let last = ada.done(journey, "paper");
    world.post(&ada, &[last]).await;
    assert_eq!(world.count("SELECT count(*) FROM journey WHERE finished IS NOT NULL").await, 1);
}

#[tokio::test]
async fn the_bytes_are_kept_as_they_came() {
    let (world, mut ada) = ada().await;
    let (_, assigned) = ada.assigned();
    let pretty = serde_json::to_string_pretty(&assigned).expect("JSON");
    let body = Body::from(format!("[ {pretty} ]"));
    let kind = "application/cloudevents-batch+json; charset=UTF-8";
    let (status, _) = world.send_raw(&ada, "POST", "/v1/events", kind, body).await;
    assert_eq!(status, StatusCode::OK);
    let query = sqlx::query_scalar("SELECT body FROM event").fetch_one(world.state.store().read());
    let kept: String = query.await.expect("the event");
    assert_eq!(kept, pretty);
    let again = world.post(&ada, &[assigned]).await;
    assert_eq!(again.1, ["diverged"], "other bytes under the same number are another event");
}

#[tokio::test]
async fn a_batch_stops_where_something_is_missing_or_different() {
    let (world, mut ada) = ada().await;
    let (journey, assigned) = ada.assigned();
    let (one, two, three) = (ada.done(journey, "tools"), ada.done(journey, "guide"), ada.done(journey, "paper"));
    let (status, results) = world.post(&ada, &[assigned.clone(), two.clone(), three.clone()]).await;
    assert_eq!((status, results), (StatusCode::CONFLICT, words(&["accepted", "gap", "not_tried"])));
    // A device that was restored from a backup gives a number again.
    world.post(&ada, &[one, two, three.clone()]).await;
    let other = ada.numbered(4, Uuid::now_v7(), Fact::JourneyWithdrawn { journey });
    let next = ada.done(journey, "guide");
    let (status, results) = world.post(&ada, &[assigned.clone(), other, next]).await;
    assert_eq!((status, results), (StatusCode::CONFLICT, words(&["duplicate", "diverged", "not_tried"])));
    // It opens a new epoch, numbers anew what the server lacks, and repeats one whose answer was lost.
    ada.epoch = 2;
    let mut again = three;
    (again.wmepoch, again.sequence) = ("2".to_owned(), format!("{:020}", 1));
    let new = ada.numbered(2, Uuid::now_v7(), Fact::JourneyWithdrawn { journey });
    let (status, results) = world.post(&ada, &[again.clone(), new, again]).await;
    assert_eq!((status, results), (StatusCode::OK, words(&["duplicate", "accepted", "duplicate"])));
    assert_eq!(world.count("SELECT count(*) FROM event").await, 5);
    assert_eq!(world.count("SELECT count(*) FROM journey WHERE withdrawn IS NOT NULL").await, 1);
    let (_, cursor) = world.send(&ada, "GET", "/v1/events/cursor", Value::Null).await;
    assert_eq!(cursor["epoch"], 2);
}

#[tokio::test]
async fn an_id_with_other_content_diverges() {
    let (world, mut ada) = ada().await;
    let (journey, assigned) = ada.assigned();
    let done = ada.done(journey, "tools");
    world.post(&ada, &[assigned, done.clone()]).await;
    let twin = ada.numbered(3, done.id.uuid(), Fact::JourneyWithdrawn { journey });
    assert_eq!(world.post(&ada, &[twin]).await, (StatusCode::CONFLICT, words(&["diverged"])));
}

#[tokio::test]
async fn one_bad_event_does_not_dam_the_queue_and_its_author_hears_of_it() {
    let (world, mut ada) = ada().await;
    let (journey, assigned) = ada.assigned();
    let mut batch = vec![assigned];
    batch.push(ada.done(journey, "gone"));
    let step = || "tools".into();
    let completion = batch[0].id;
    batch.push(ada.record(Fact::StepVerified { journey, step: step(), completion }));
    batch.push(ada.record(Fact::StepCompleted { journey, step: step(), evidence: Evidence::Confirmed }));
    let reached = |milestone: &str, evidence| Fact::MilestoneReached {
        journey,
        milestone: milestone.into(),
        at: crate::testing::NOW.parse().expect("a moment"),
        evidence,
        reference: String::new(),
    };
    batch.push(ada.record(reached("first-merge", Evidence::Confirmed)));
    batch.push(ada.record(reached("first-merge", Evidence::Observed)));
    batch.push(ada.record(reached("tenth-merge", Evidence::Observed)));
    let mut malformed = ada.done(journey, "tools");
    malformed.data = json!({ "journey": journey, "step": 7 });
    batch.push(malformed);
    let mut foreign = ada.done(journey, "tools");
    foreign.authid = "p:somebody".to_owned();
    batch.push(foreign);
    let mut long = ada.record(Fact::StepWaived { journey, step: step(), reason: "x".repeat(65 * 1024) });
    long.subject = "journey".to_owned();
    batch.push(long);
    let mut newer = ada.done(journey, "tools");
    newer.event_type = "dev.waymark.step.dreamt.v3".to_owned();
    newer.data = json!({ "anything": ["at", "all"] });
    batch.push(newer);
    batch.push(ada.done(journey, "tools"));
    let expected = words(&[
        "accepted",
        "refused: unknown-step",
        "refused: not-yours",
        "refused: not-yours",
        "refused: not-yours",
        "accepted",
        "refused: unknown-step",
        "refused: malformed",
        "refused: not-yours",
        "refused: too-large",
        "accepted",
        "accepted",
    ]);
    assert_eq!(world.post(&ada, &batch).await, (StatusCode::OK, expected.clone()));
    let told_again: Vec<String> = expected.iter().map(|word| word.replace("accepted", "duplicate")).collect();
    assert_eq!(world.post(&ada, &batch).await, (StatusCode::OK, told_again));
    let refused = world.count("SELECT count(*) FROM event WHERE outcome <> 'accepted' AND feed IS NULL").await;
    assert_eq!(refused, 8, "they are kept with their reason, and told to nobody else");
}

#[tokio::test]
async fn journeys_are_their_persons_own() {
    let (world, mut ada) = ada().await;
    let (journey, assigned) = ada.assigned();
    world.post(&ada, &[assigned]).await;
    let person = world.person("Bo", "hire", None).await;
    let mut bo = world.device(person).await;
    let (_, mut unpublished) = bo.assigned();
    unpublished.data["hash"] = json!("never-published");
    let taken = {
        let (_, mut event) = bo.assigned();
        event.data["journey"] = json!(journey);
        event.subject = format!("journey/{journey}");
        event
    };
    let batch = [unpublished, taken, bo.done(journey, "tools")];
    let expected = words(&["refused: unknown-template", "refused: not-your-journey", "refused: not-your-journey"]);
    assert_eq!(world.post(&bo, &batch).await, (StatusCode::OK, expected));
    // Another person's device, and one that is not there, get the same answer.
    let mut foreign = bo.clone();
    foreign.id = ada.id;
    let event = foreign.done(journey, "tools");
    assert_eq!(world.post(&bo, &[event]).await.0, StatusCode::FORBIDDEN);
    world.run(&format!("UPDATE device SET revoked = 1 WHERE id = '{}'", ada.id)).await;
    let event = ada.done(journey, "tools");
    assert_eq!(world.post(&ada, &[event]).await.0, StatusCode::UNAUTHORIZED, "a revoked device has no session");
}

#[tokio::test]
async fn what_is_no_batch_is_named() {
    let (world, mut ada) = ada().await;
    let (_, assigned) = ada.assigned();
    let one = serde_json::to_value(&assigned).expect("JSON");
    let status = async |kind: &str, body: String| {
        let answer = world.send_raw(&ada, "POST", "/v1/events", kind, Body::from(body)).await;
        answer.0.as_u16()
    };
    let batch = "application/cloudevents-batch+json";
    assert_eq!(status(batch, "[]".to_owned()).await, 200, "an empty batch is one");
    assert_eq!(status(batch, one.to_string()).await, 400);
    assert_eq!(status(batch, "[{}]".to_owned()).await, 400);
    assert_eq!(status(batch, "[\"\u{1}\"]".to_owned()).await, 400);
    assert_eq!(status("application/json", "[]".to_owned()).await, 415);
    assert_eq!(status("application/cloudevents-batch", "[]".to_owned()).await, 415);
    assert_eq!(status("application/cloudevents-batch+json; charset=latin-1", "[]".to_owned()).await, 415);
    assert_eq!(status(batch, json!(vec![one.clone(); 101]).to_string()).await, 413);
    assert_eq!(status(batch, format!("[\"{}\"]", "x".repeat(256 * 1024))).await, 413);
    assert_eq!(world.count("SELECT count(*) FROM event").await, 0);
    assert_eq!(status("application/cloudevents+json", one.to_string()).await, 200, "a single event is fine");
    assert_eq!(world.count("SELECT count(*) FROM event").await, 1);
}

#[tokio::test]
async fn other_devices_hear_of_it_in_order() {
    let (world, mut laptop) = ada().await;
    let desktop = world.device(laptop.person).await;
    let (journey, assigned) = laptop.assigned();
    let waiting = async { world.send(&desktop, "GET", "/v1/feed?after=0&wait=20", Value::Null).await.1 };
    let sending = async {
        tokio::task::yield_now().await;
        let refused = laptop.done(journey, "gone");
        let batch = [assigned.clone(), refused, laptop.done(journey, "tools")];
        world.post(&laptop, &batch).await
    };
    let (feed, _) = tokio::join!(waiting, sending);
    let numbers: Vec<u64> =
        feed["changes"].as_array().expect("rows").iter().filter_map(|row| row["number"].as_u64()).collect();
    assert_eq!((numbers, &feed["next"], &feed["more"]), (vec![1, 2], &json!(2), &json!(false)));
    let read: waymark_api::http::feed::Feed = serde_json::from_value(feed.clone()).expect("the contract's feed");
    let waymark_api::http::feed::ChangeKind::Event { event, by, receipt } = &read.changes[0].kind else {
        panic!("{feed}")
    };
    assert_eq!((&**event, by.as_str()), (&assigned, "Ada"));
    assert_eq!(*receipt, None, "a device's fact is in its own outbox");
    let (_, own) = world.send(&laptop, "GET", "/v1/feed", Value::Null).await;
    assert_eq!((&own["changes"], &own["next"]), (&json!([]), &json!(2)), "it knows what it recorded");
    let (_, restored) = world.send(&laptop, "GET", "/v1/feed?own=true", Value::Null).await;
    assert_eq!(restored["changes"].as_array().map(Vec::len), Some(2));
    let (status, _) = world.send(&laptop, "GET", "/v1/feed?after=9", Value::Null).await;
    assert_eq!(status, StatusCode::GONE, "a number that this server never gave");
    let (status, _) = world.send(&laptop, "GET", "/v1/feed?afterwards=9", Value::Null).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

/// A clock that is ten years ahead and then ten years behind: told as it was recorded, and no order hangs on it.
#[tokio::test]
async fn clocks_that_are_wrong_change_no_order_and_break_no_page() {
    let (world, mut ada) = ada().await;
    let (journey, assigned) = ada.assigned();
    let at = |mut event: waymark_api::http::envelope::CloudEvent, moment: &str| {
        event.time = moment.parse().expect("a moment");
        event.recordedtime = event.time;
        event
    };
    let ahead = at(ada.done(journey, "tools"), "2036-11-20T09:14:00Z");
    let behind = at(ada.done(journey, "guide"), "2016-11-20T09:14:00Z");
    let batch = [assigned, ahead, behind];
    assert_eq!(world.post(&ada, &batch).await, (StatusCode::OK, words(&["accepted"; 3])));
    let desktop = world.device(ada.person).await;
    let (_, feed) = world.send(&desktop, "GET", "/v1/feed?after=0", Value::Null).await;
    let told = feed["changes"].as_array().expect("rows").iter().map(|row| row["event"]["time"].as_str().expect("time"));
    let years: Vec<&str> = told.map(|time| &time[..4]).collect();
    assert_eq!(years, ["2026", "2036", "2016"], "in the order of their numbers");
    let manager = world.person("Petra", "manager", None).await;
    world.run(&format!("UPDATE person SET manager = '{manager}' WHERE id = '{}'", ada.person)).await;
    let petra = world.device(manager).await;
    let (status, page) = world.send(&petra, "GET", &format!("/v1/people/{}/page", ada.person), Value::Null).await;
    assert_eq!((status, &page["progress"]["done"]), (StatusCode::OK, &json!(2)), "{page}");
    let (status, overview) = world.send(&petra, "GET", "/v1/team/overview", Value::Null).await;
    assert_eq!((status, overview["people"].as_array().map(Vec::len)), (StatusCode::OK, Some(1)));
    println!("proved: events ten years ahead and ten years behind: accepted, told in the order of their numbers");
}

/// What a device did before it heard that the journey was withdrawn is kept as history.
#[tokio::test]
async fn facts_of_a_withdrawn_journey_are_history() {
    let (world, mut ada) = ada().await;
    let (journey, assigned) = ada.assigned();
    let withdrawn = ada.record(Fact::JourneyWithdrawn { journey });
    let batch = [assigned, withdrawn, ada.done(journey, "tools")];
    assert_eq!(world.post(&ada, &batch).await, (StatusCode::OK, words(&["accepted"; 3])));
    assert_eq!(world.count("SELECT count(*) FROM event WHERE feed IS NOT NULL").await, 3);
    assert_eq!(world.count("SELECT count(*) FROM journey WHERE withdrawn IS NOT NULL").await, 1, "it stays withdrawn");
    let path = format!("/v1/people/{}/page?journey={journey}", ada.person);
    let (status, page) = world.send(&ada, "GET", &path, Value::Null).await;
    assert_eq!((status, &page["progress"]["done"]), (StatusCode::OK, &json!(1)), "{page}");
    println!("proved: facts of a withdrawn journey: accepted as history");
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|word| (*word).to_owned()).collect()
}
