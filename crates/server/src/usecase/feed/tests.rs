//! How far a feed reaches, and what becomes of a device that was away for longer.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use waymark_api::http::feed::ChangeKind;
use waymark_core::id::PersonId;

use super::{Bounds, reaches};
use crate::{
    store::{feed, hire},
    testing::{NOW, World},
};

#[test]
fn a_feed_reaches_back_to_what_was_not_pruned_and_to_zero() {
    let bounds = Bounds { last: 9, pruned: 4 };
    let reached = |anew| (0..12).filter(|after| reaches(bounds, *after, anew)).collect::<Vec<i64>>();
    assert_eq!(reached(false), [0, 4, 5, 6, 7, 8, 9]);
    assert_eq!(reached(true), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "its second page begins among what was forgotten");
}

/// A message of `days` ago in somebody's feed.
async fn viewed(world: &World, person: PersonId, by: &str, days: i64) {
    let now: Timestamp = NOW.parse().expect("a moment");
    let at = now - SignedDuration::from_hours(days * 24);
    let mut tx = world.state.store().begin().await.expect("a transaction");
    let number = hire::lock(&mut tx, person).await.expect("a lock").expect("she is there").feed_last + 1;
    let kind = ChangeKind::Viewed { by: by.to_owned(), at };
    feed::add(&mut tx, person, number, &kind, at).await.expect("it is stored");
    hire::set_feed_last(&mut tx, person, number).await.expect("it is stored");
    tx.commit().await.expect("a commit");
}

/// Who is said to have looked.
fn viewers(answer: &Value) -> Vec<&str> {
    let changes = answer["changes"].as_array().expect("changes").iter();
    changes.filter(|change| change["kind"] == "viewed").filter_map(|change| change["by"].as_str()).collect()
}

#[tokio::test]
async fn messages_of_more_than_ninety_days_are_forgotten_and_a_device_from_before_starts_over() {
    let world = World::new().await;
    let person = world.person("Ada", "hire", None).await;
    let (mut laptop, desktop) = (world.device(person).await, world.device(person).await);
    viewed(&world, person, "Petra long ago", 91).await;
    // More facts than one page of the feed holds, none of which is ever forgotten.
    let (journey, assigned) = laptop.assigned();
    let mut facts = vec![assigned];
    facts.extend((0..599).map(|_| laptop.done(journey, "tools")));
    for batch in facts.chunks(100) {
        assert_eq!(world.post(&laptop, batch).await.0, StatusCode::OK);
    }
    viewed(&world, person, "Petra some time ago", 90).await;
    viewed(&world, person, "Petra yesterday", 1).await;
    let read = async |query: &str| world.send(&desktop, "GET", &format!("/v1/feed?{query}"), Value::Null).await;
    assert_eq!(read("after=1").await.0, StatusCode::OK, "nothing was forgotten yet");

    let now: Timestamp = NOW.parse().expect("a moment");
    let gone = feed::forget(world.state.store(), now + SignedDuration::from_secs(1)).await.expect("it is tidied");
    assert_eq!(gone, 2, "what is older than 90 days, and nothing else");
    assert_eq!(feed::forget(world.state.store(), now).await.expect("it is tidied"), 0);
    let (status, problem) = read("after=1").await;
    assert_eq!((status.as_u16(), problem["type"].as_str()), (410, Some("urn:waymark:problem:cursor-too-old")));
    assert_eq!(read("after=602").await.0, StatusCode::OK, "whoever has the last forgotten one goes on");

    // It starts over: every fact is there, page after page, and what is not forgotten.
    let (_, first) = read("after=0&anew=true").await;
    assert_eq!((first["changes"].as_array().map(Vec::len), &first["more"]), (Some(500), &Value::Bool(true)));
    let next = first["next"].as_u64().expect("a number");
    assert_eq!(read(&format!("after={next}")).await.0.as_u16(), 410, "in the middle, where it does not say so");
    let (status, rest) = read(&format!("after={next}&anew=true")).await;
    assert_eq!((status, rest["changes"].as_array().map(Vec::len)), (StatusCode::OK, Some(101)));
    assert_eq!((viewers(&first), viewers(&rest)), (vec![], vec!["Petra yesterday"]));
    assert_eq!((&rest["next"], &rest["more"]), (&Value::from(603), &Value::Bool(false)));
}
