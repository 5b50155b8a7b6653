//! A manager and a buddy do what is theirs in somebody's journey, through the real router, onto a real SQLite.

use axum::http::StatusCode;
use jiff::{Timestamp, civil::date};
use serde_json::{Value, json};
use uuid::Uuid;
use waymark_core::{
    content::parse_journey,
    event::Fact,
    id::{JourneyId, PackId, PersonId},
};

use crate::{
    store::template,
    testing::{Device, NOW, World},
};

const JOURNEY: &str = "---\nschema: waymark.journey/1\nid: pair\ntitle: Pair\nversion: 1.0.0\nowner: team:x\n---\n\n\
## Week 1 {#week-1 to=\"day 5\"}\n\n- [ ] Say hello {#hello}\n- [ ] Talk about goals {#goals}\n\n  ```yaml step\n  \
role: manager\n  needs: [hello]\n  ```\n\n- [ ] Show the kitchen {#kitchen}\n\n  ```yaml step\n  role: buddy\n  ```\n\n\
- [ ] Give access {#access}\n\n  ```yaml step\n  role: it\n  ```\n\n- [ ] The first review {#review}\n\n  \
```yaml step\n  role: manager\n  ```\n\n  - [ ] Write it {#write}\n  - [ ] Talk about it {#talk}\n";

struct Pair {
    world: World,
    ada: Device,
    petra: Device,
    ben: Device,
    omar: Device,
    journey: JourneyId,
}

impl Pair {
    /// Ada in a journey, with Petra above her, Ben beside her, and Omar, who has another line.
    async fn new() -> Self {
        let world = World::new().await;
        let (template, findings) = parse_journey("journeys/pair.md", JOURNEY);
        let template = template.unwrap_or_else(|| panic!("the journey parses: {findings:?}"));
        let now: Timestamp = NOW.parse().expect("a moment");
        let mut tx = world.state.store().begin().await.expect("a transaction");
        template::keep(&mut tx, &template, "pair", now).await.expect("it is kept");
        tx.commit().await.expect("it commits");
        let petra = world.person("Petra", "manager", None).await;
        let omar = world.person("Omar", "manager", None).await;
        let ben = world.person("Ben", "buddy", None).await;
        let ada = world.person("Ada", "hire", Some(petra)).await;
        world.run(&format!("UPDATE person SET buddy = '{ben}' WHERE id = '{ada}'")).await;
        let device = async |person: PersonId| world.device(person).await;
        let (mut ada, petra, ben, omar) =
            (device(ada).await, device(petra).await, device(ben).await, device(omar).await);
        let journey = JourneyId::new(Uuid::now_v7());
        let start = date(2026, 11, 16);
        let (template, version, hash) = ("pair".into(), "1.0.0".to_owned(), "pair".to_owned());
        let pack = PackId::new(Uuid::nil());
        let assigned = ada.record(Fact::JourneyAssigned { journey, template, version, hash, pack, start });
        assert_eq!(world.post(&ada, &[assigned]).await.1, ["accepted"]);
        Self { world, ada, petra, ben, omar, journey }
    }

    async fn does(&self, who: &Device, act: &str, body: Value) -> (u16, Value) {
        let path = format!("/v1/journeys/{}/{act}", self.journey);
        let (status, answer) = self.world.send(who, "POST", &path, body).await;
        (status.as_u16(), answer)
    }

    /// Steps that others perform, as the page has them: `step by locked done`.
    async fn others(&self, who: &Device) -> Vec<String> {
        let path = format!("/v1/people/{}/page", self.ada.person);
        let (status, page) = self.world.send(who, "GET", &path, Value::Null).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        let row = |one: &Value| {
            let state = if one["locked"] == true { " locked" } else { "" };
            let done = if one["done"].is_null() { "" } else { " done" };
            format!("{} {}{state}{done}", one["step"], one["by"]).replace('"', "")
        };
        page["others"].as_array().expect("a list").iter().map(row).collect()
    }
}

#[tokio::test]
async fn a_manager_ticks_their_own_step_and_the_hire_reads_who_did_it() {
    let mut pair = Pair::new().await;
    let before = ["goals Manager locked", "kitchen Buddy", "write Manager", "talk Manager"];
    assert_eq!(pair.others(&pair.petra).await, before);
    assert_eq!(pair.others(&pair.ada).await, before, "she sees the same page");
    let (status, problem) = pair.does(&pair.petra, "complete", json!({ "step": "goals" })).await;
    assert_eq!((status, problem["detail"].as_str()), (409, Some("Other steps come first; look at the page again.")));

    let hello = pair.ada.done(pair.journey, "hello");
    pair.world.post(&pair.ada, &[hello]).await;
    let (status, recorded) = pair.does(&pair.petra, "complete", json!({ "step": "goals" })).await;
    let events = recorded["events"].as_array().cloned().unwrap_or_default();
    assert_eq!((status, events.len()), (200, 1), "{recorded}");
    assert_eq!(events[0]["type"], "dev.waymark.step.completed.v1");
    let (status, again) = pair.does(&pair.petra, "complete", json!({ "step": "goals" })).await;
    assert_eq!((status, &again["events"]), (200, &json!([])), "once is enough");

    // It came the way of all facts: numbered, in Ada's feed, with the name of who did it.
    let (_, feed) = pair.world.send(&pair.ada, "GET", "/v1/feed?after=0", Value::Null).await;
    let told = feed["changes"].as_array().expect("changes").iter().find(|one| one["kind"] == "event").expect("a fact");
    assert_eq!((&told["by"], &told["event"]["data"]["step"]), (&json!("Petra"), &json!("goals")));
    assert_eq!(told["event"]["authid"], json!(format!("p:{}", pair.petra.person)));
    let audited = "SELECT count(*) FROM audit WHERE action = 'step.completed'";
    assert_eq!(pair.world.count(audited).await, 1);

    // Taking it back is a further fact that names the first.
    let completion = events[0]["id"].clone();
    let (status, recorded) =
        pair.does(&pair.petra, "reopen", json!({ "step": "goals", "completion": completion })).await;
    assert_eq!((status, &recorded["events"][0]["data"]["completion"]), (200, &completion));
    assert_eq!(pair.others(&pair.petra).await[0], "goals Manager");
    let facts = format!("SELECT count(*) FROM event WHERE step = 'goals' AND actor = '{}'", pair.petra.person);
    assert_eq!(pair.world.count(&facts).await, 2, "both facts are kept");
    let (status, _) = pair.does(&pair.petra, "reopen", json!({ "step": "goals", "completion": completion })).await;
    assert_eq!(status, 409, "it is open already");
}

#[tokio::test]
async fn steps_of_others_stay_theirs() {
    let mut pair = Pair::new().await;
    for step in ["hello", "access", "review"] {
        let (status, problem) = pair.does(&pair.petra, "complete", json!({ "step": step })).await;
        assert_eq!(status, 403, "{step}: {problem}");
    }
    assert_eq!(pair.does(&pair.petra, "complete", json!({ "step": "none" })).await.0, 404);
    assert_eq!(pair.does(&pair.petra, "complete", json!({ "step": "kitchen" })).await.0, 200, "for the buddy");
    // A buddy does the buddy's steps and no others; nobody else sees that there are any.
    assert_eq!(pair.does(&pair.ben, "complete", json!({ "step": "write" })).await.0, 404);
    assert_eq!(pair.does(&pair.omar, "complete", json!({ "step": "write" })).await.0, 404);
    assert_eq!(
        pair.does(&pair.ada, "complete", json!({ "step": "write" })).await.0,
        404,
        "her own journey is not hers to do"
    );

    // What somebody else said is theirs to take back.
    let kitchen = "SELECT count(*) FROM event WHERE step = 'kitchen'";
    assert_eq!(pair.world.count(kitchen).await, 1);
    let sql = "SELECT id FROM event WHERE step = 'kitchen'";
    let id: String = sqlx::query_scalar(sql).fetch_one(pair.world.state.store().read()).await.expect("a fact");
    let (status, problem) = pair.does(&pair.ben, "reopen", json!({ "step": "kitchen", "completion": id })).await;
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(status == 409 && detail.starts_with("Somebody else said"), "{status} {detail}");

    // A block on it ends with it, in the same gesture.
    let blocked = Fact::StepBlocked {
        journey: pair.journey,
        step: "write".into(),
        reason: waymark_core::event::BlockReason::WaitingForPerson,
        note: String::new(),
    };
    let blocked = pair.ada.record(blocked);
    pair.world.post(&pair.ada, &[blocked]).await;
    let (_, recorded) = pair.does(&pair.petra, "complete", json!({ "step": "write" })).await;
    let types: Vec<&str> =
        recorded["events"].as_array().expect("facts").iter().filter_map(|one| one["type"].as_str()).collect();
    assert_eq!(types, ["dev.waymark.step.unblocked.v1", "dev.waymark.step.completed.v1"]);
    assert_eq!(recorded["events"][0]["action"], recorded["events"][1]["action"]);
}
