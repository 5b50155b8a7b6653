//! The organisation by hand, through the real router, onto a real SQLite.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use waymark_core::{
    event::Fact,
    id::{JourneyId, PackId, PersonId},
};

use super::super::{Import, Leavers, Run, Writer, edit, import, people, read};
use crate::testing::{Device, NOW, World};

/// A company of an admin, Petra with Ada and Ben in her line, and Dora above Petra.
struct Company {
    world: World,
    root: Device,
    dora: PersonId,
    petra: PersonId,
    ada: PersonId,
    ben: PersonId,
}

impl Company {
    async fn new() -> Self {
        let world = World::new().await;
        let root = world.person("Root", "admin", None).await;
        let root = world.device(root).await;
        let dora = world.person("Dora", "manager", None).await;
        let petra = world.person("Petra", "manager", Some(dora)).await;
        let ada = world.person("Ada", "hire", Some(petra)).await;
        let ben = world.person("Ben", "hire", Some(petra)).await;
        Self { world, root, dora, petra, ada, ben }
    }

    async fn asks(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let (status, answer) = self.world.send(&self.root, method, path, body).await;
        (status.as_u16(), answer)
    }

    async fn changes(&self, person: PersonId, body: Value) -> (u16, Value) {
        self.asks("PATCH", &format!("/v1/people/{person}"), body).await
    }

    async fn person(&self, person: PersonId) -> Value {
        let (status, answer) = self.asks("GET", &format!("/v1/people/{person}"), Value::Null).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// Rows of the audit log that the admin's own acts left, as `action outcome`.
    async fn audit(&self) -> Vec<String> {
        let (_, log) = self.asks("GET", "/v1/audit", Value::Null).await;
        let actor = format!("p:{}", self.root.person);
        let rows = log["rows"].as_array().expect("rows").iter().filter(|row| row["actor"] == actor.as_str());
        rows.map(|row| format!("{} {}", row["action"], row["outcome"]).replace('"', "")).collect()
    }
}

#[tokio::test]
async fn somebody_is_added_and_what_follows_is_written_down() {
    let company = Company::new().await;
    let wish = json!({
        "key": "Cleo@x.org", "name": "Cleo Roth", "team": "Backend", "manager": company.ada, "buddy": company.ben,
        "start": "2026-12-01", "zone": "Europe/Berlin", "profile": { "site": ["Berlin"] },
    });
    let (status, cleo) = company.asks("POST", "/v1/people", wish.clone()).await;
    assert_eq!(status, 201, "{cleo}");
    assert_eq!((&cleo["key"], &cleo["roles"], &cleo["active"]), (&json!("cleo@x.org"), &json!(["hire"]), &json!(true)));
    assert_eq!(cleo["profile"], json!({ "site": ["Berlin"], "team": ["Backend"] }), "conditions ask for the team too");
    assert_eq!(cleo["reported_to"][0]["manager"], json!(company.ada));
    // Whoever has a line is a manager, and whoever helps is a buddy.
    assert_eq!(company.person(company.ada).await["roles"], json!(["hire", "manager"]));
    assert_eq!(company.person(company.ben).await["roles"], json!(["buddy", "hire"]));
    let (_, teams) = company.asks("GET", "/v1/teams", Value::Null).await;
    assert_eq!(teams, json!([{ "name": "Backend", "parent": null, "people": 1 }]));
    let mut audit = company.audit().await;
    audit.sort();
    assert_eq!(
        audit,
        ["person.roles hire → buddy hire", "person.roles hire → hire manager", "person.roles nobody → hire"]
    );

    let (status, problem) = company.asks("POST", "/v1/people", wish.clone()).await;
    assert_eq!((status, problem["detail"].as_str()), (409, Some("Somebody has the key \"cleo@x.org\" already.")));
    for (field, value, said) in [
        ("key", json!("two words"), "The key: \"two words\" has a blank in it"),
        ("name", json!(" "), "The name: is empty"),
        ("name", json!("a\nb"), "The name: has a line break"),
        ("roles", json!(["boss"]), "The roles: \"boss\" is no role"),
        ("zone", json!("Mars/Base"), "The zone: \"Mars/Base\" is no time zone"),
        ("manager", json!(uuid::Uuid::nil()), "The manager is nobody who works here"),
        ("leave", json!("2026-11-30"), "The last day 2026-11-30 is before day 1, 2026-12-01"),
        ("profile", json!({ "site": [""] }), "The profile: is empty"),
    ] {
        let mut wrong = wish.clone();
        wrong["key"] = json!("other@x.org");
        wrong[field] = value;
        let (status, problem) = company.asks("POST", "/v1/people", wrong).await;
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(status == 400 && detail.starts_with(said), "{field}: {status} {detail}");
    }
    assert_eq!(company.world.count("SELECT count(*) FROM person").await, 6, "nothing of that was kept");
}

#[tokio::test]
async fn a_change_leaves_the_rest_as_it_is_and_the_person_is_told() {
    let company = Company::new().await;
    let laptop = company.world.device(company.ada).await;
    let (status, ada) = company.changes(company.ada, json!({ "team": "Core", "manager": company.dora })).await;
    assert_eq!((status, &ada["name"], &ada["team"]), (200, &json!("Ada"), &json!("Core")));
    assert_eq!(ada["manager"], json!(company.dora));
    let (status, ada) = company.changes(company.ada, json!({ "manager": null, "start": null })).await;
    assert_eq!((status, &ada["manager"], &ada["start"]), (200, &Value::Null, &Value::Null));
    let managers: Vec<&Value> =
        ada["reported_to"].as_array().expect("rows").iter().map(|row| &row["manager"]).collect();
    assert_eq!(managers, [&json!(company.dora)], "and nobody since");
    assert!(ada["reported_to"][0]["until"].is_string());
    let (_, feed) = company.world.send(&laptop, "GET", "/v1/feed?after=0", Value::Null).await;
    let kinds: Vec<&str> =
        feed["changes"].as_array().expect("changes").iter().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds, ["me", "me"], "her devices ask who she is now");
    assert_eq!(company.audit().await, ["person.changed team manager profile", "person.changed manager start"]);
    // Saying what is so already changes nothing, and says nothing.
    let (status, _) = company.changes(company.ada, json!({ "team": "Core" })).await;
    assert_eq!((status, company.audit().await.len()), (200, 2));
}

#[tokio::test]
async fn what_would_be_no_organisation_is_refused() {
    let company = Company::new().await;
    let (status, problem) = company.changes(company.dora, json!({ "manager": company.ada })).await;
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(status == 409 && detail.contains("manage each other in a circle"), "{status} {detail}");
    let (status, _) = company.changes(company.ada, json!({ "manager": company.ada })).await;
    assert_eq!(status, 400, "nobody is their own manager");
    let (status, problem) = company.changes(company.root.person, json!({ "roles": ["hire"] })).await;
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(status == 409 && detail.starts_with("Nobody would be an admin any more"), "{status} {detail}");
    // A chain of sixteen is what every question about a line goes up.
    let mut above = company.ada;
    for number in 0..14 {
        let wish = json!({ "key": format!("p{number}"), "name": "P", "manager": above });
        let (status, made) = company.asks("POST", "/v1/people", wish).await;
        assert_eq!(status, 201, "{number}: {made}");
        above = serde_json::from_value(made["id"].clone()).expect("an id");
    }
    let (status, _) = company.asks("POST", "/v1/people", json!({ "key": "deep", "name": "P", "manager": above })).await;
    assert_eq!(status, 409);
    let (status, _) = company.changes(company.dora, json!({ "manager": company.root.person })).await;
    assert_eq!(status, 409, "nor from above");
}

#[tokio::test]
async fn whoever_leaves_hands_the_line_over_and_cannot_sign_in_any_more() {
    let company = Company::new().await;
    let laptop = company.world.device(company.petra).await;
    let (status, petra) = company.changes(company.petra, json!({ "leave": "2026-11-30" })).await;
    assert_eq!((status, &petra["active"], &petra["leave"]), (200, &json!(true), &json!("2026-11-30")));
    let (status, _) = company.world.send(&laptop, "GET", "/v1/me", Value::Null).await;
    assert_eq!(status, StatusCode::OK, "she works here until then");

    // The day comes: 30 November is over on her wall.
    let facts = company.world.state.facts();
    let due = async |at: &str| {
        let now: Timestamp = at.parse().expect("a moment");
        edit::end_due(company.world.state.store(), Writer { actor: "server", now, facts }).await.expect("it is done")
    };
    assert_eq!(due("2026-11-30T23:59:00Z").await, 0);
    assert_eq!(due("2026-12-01T00:00:00Z").await, 1);
    assert_eq!(due("2026-12-01T00:00:00Z").await, 0);
    let (status, _) = company.world.send(&laptop, "GET", "/v1/me", Value::Null).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(company.person(company.ada).await["manager"], json!(company.dora), "her line is her manager's");
    assert_eq!(company.person(company.petra).await["active"], json!(false));

    // Dora has nobody above her: somebody has to be named.
    let (status, problem) = company.changes(company.dora, json!({ "leave": "2026-11-19" })).await;
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(status == 409 && detail.contains("line_to"), "{status} {detail}");
    let (status, _) = company.changes(company.dora, json!({ "leave": "2026-11-19", "line_to": company.ada })).await;
    assert_eq!(status, 200);
    assert_eq!(company.person(company.ben).await["manager"], json!(company.ada));
    assert_eq!(company.person(company.ada).await["manager"], Value::Null, "she took Dora's place");
    assert_eq!(company.person(company.ada).await["roles"], json!(["hire", "manager"]));

    // And back.
    let (status, dora) = company.changes(company.dora, json!({ "leave": null })).await;
    assert_eq!((status, &dora["active"], &dora["manager"]), (200, &json!(true), &Value::Null));
    let (status, _) = company.asks("PATCH", &format!("/v1/people/{}", uuid::Uuid::now_v7()), json!({})).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn another_calendar_gives_other_due_days_at_once() {
    let company = Company::new().await;
    let mut laptop = company.world.device(company.ada).await;
    let source = "---\nschema: waymark.journey/1\nid: due\ntitle: T\nversion: 1.0.0\nowner: team:t\n---\n\n\
                  ## P {#p}\n\n- [ ] A {#a}\n\n  ```yaml step\n  due: 5wd\n  ```\n";
    let (template, findings) = waymark_core::content::parse_journey("journeys/due.md", source);
    let template = template.unwrap_or_else(|| panic!("the journey parses: {findings:?}"));
    let mut tx = company.world.state.store().begin().await.expect("a transaction");
    let now: Timestamp = NOW.parse().expect("a moment");
    crate::store::template::keep(&mut tx, &template, "due", now).await.expect("it is kept");
    tx.commit().await.expect("it commits");
    let journey = JourneyId::new(uuid::Uuid::now_v7());
    let (hash, version) = ("due".to_owned(), "1.0.0".to_owned());
    let pack = PackId::new(uuid::Uuid::nil());
    let start = jiff::civil::date(2026, 11, 16);
    let fact = Fact::JourneyAssigned { journey, template: "due".into(), version, hash, pack, start };
    let assigned = laptop.record(fact);
    assert_eq!(company.world.post(&laptop, &[assigned]).await.1, ["accepted"]);
    let due = async || {
        let sql = format!("SELECT summary FROM journey WHERE id = '{journey}'");
        let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(company.world.state.store().read());
        let summary: String = query.await.expect("a summary");
        let summary: Value = serde_json::from_str(&summary).expect("JSON");
        summary["open"][0]["due"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(due().await, "2026-11-20", "day 5");
    let calendar = json!({ "week": [true, true, true, true, false, false, false], "days_off": ["2026-11-17"] });
    assert_eq!(company.changes(company.ada, json!({ "calendar": calendar })).await.0, 200);
    assert_eq!(due().await, "2026-11-24", "the fifth of her days");
}

#[tokio::test]
async fn teams_are_renamed_put_below_each_other_and_ended() {
    let company = Company::new().await;
    for (name, parent) in [("Platform", Value::Null), ("Back end", json!("Platform"))] {
        let (status, team) = company.asks("POST", "/v1/teams", json!({ "name": name, "parent": parent })).await;
        assert_eq!((status, &team["parent"]), (201, &parent));
    }
    company.changes(company.ada, json!({ "team": "Back end" })).await;
    assert_eq!(company.asks("POST", "/v1/teams", json!({ "name": "Platform" })).await.0, 409);
    assert_eq!(company.asks("POST", "/v1/teams", json!({ "name": "X", "parent": "none" })).await.0, 400);
    let below = company.asks("PATCH", "/v1/teams/Platform", json!({ "parent": "Back end" })).await;
    assert_eq!(below.0, 409, "no team is a part of its part: {}", below.1);
    let (status, team) = company.asks("PATCH", "/v1/teams/Back%20end", json!({ "name": "Core" })).await;
    assert_eq!((status, team), (200, json!({ "name": "Core", "parent": "Platform", "people": 1 })));
    let ada = company.person(company.ada).await;
    assert_eq!((&ada["team"], &ada["profile"]["team"]), (&json!("Core"), &json!(["Core"])));
    assert_eq!(company.asks("DELETE", "/v1/teams/Core", Value::Null).await.0, 409, "somebody is in it");
    assert_eq!(company.asks("DELETE", "/v1/teams/Platform", Value::Null).await.0, 204);
    let (_, teams) = company.asks("GET", "/v1/teams", Value::Null).await;
    assert_eq!(teams, json!([{ "name": "Core", "parent": null, "people": 1 }]));
    assert_eq!(company.asks("DELETE", "/v1/teams/Platform", Value::Null).await.0, 404);
}

#[tokio::test]
async fn an_import_keeps_a_last_day_that_was_written_by_hand() {
    let company = Company::new().await;
    // Keys are in lower case, however they were written.
    company.world.run("UPDATE person SET key = lower(key)").await;
    company.changes(company.ben, json!({ "leave": "2026-11-30" })).await;
    let table = "key,name,manager_key,roles\nroot@corvane.example,Root,,admin\ndora@corvane.example,Dora,,\n\
                 petra@corvane.example,Petra,dora@corvane.example,\nada@corvane.example,Ada,petra@corvane.example,\n\
                 ben@corvane.example,Ben,petra@corvane.example,\n";
    let (entries, problems) = read(table.as_bytes());
    let entries = people(entries, problems).expect("a good table");
    let bring_in = async |now: Timestamp| {
        let writer = Writer { actor: "cli", now, facts: company.world.state.facts() };
        let wish = Import { entries: &entries, teams: &[], leavers: Leavers::Few, run: Run::Real };
        import(company.world.state.store(), writer, wish).await.expect("it is brought in")
    };
    let now: Timestamp = NOW.parse().expect("a moment");
    bring_in(now).await;
    let ben = company.person(company.ben).await;
    assert_eq!((&ben["leave"], &ben["active"]), (&json!("2026-11-30"), &json!(true)));
    // The table still has him in December: he has left all the same, and another import changes nothing.
    let later = now + SignedDuration::from_hours(24 * 12);
    let plan = bring_in(later).await;
    assert!(plan.lines().iter().any(|line| line.starts_with("- ben@corvane.example")), "{:?}", plan.lines());
    assert_eq!(company.person(company.ben).await["active"], json!(false));
    assert_eq!(bring_in(later).await.counts.same, 5);
}
