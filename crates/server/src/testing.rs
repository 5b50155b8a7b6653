//! A server in this process over a new SQLite, for tests: its real router, people with a session, a template.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use http_body_util::BodyExt as _;
use jiff::{Timestamp, civil::date};
use serde_json::Value;
use tower::ServiceExt as _;
use uuid::Uuid;
use waymark_api::http::{
    BATCH_TYPE,
    envelope::{CloudEvent, Origin, envelope},
};
use waymark_core::{
    content::parse_journey,
    event::{Event, Evidence, Fact},
    id::{ActionId, DeviceId, EventId, JourneyId, PackId, PersonId},
    journey::Template,
};

use crate::{
    auth::digest,
    router::router,
    state::{Settings, State},
    store::Store,
    store::template,
    usecase::archives::Archives,
};

#[path = "../tests/support/database.rs"]
#[allow(unreachable_pub, reason = "the tests outside of the program use the same file")]
pub(crate) mod database;

/// When the tests take place.
pub(crate) const NOW: &str = "2026-11-20T09:14:00Z";

/// The hash under which [`World`] publishes its template.
pub(crate) const HASH: &str = "9e1f";

const JOURNEY: &str = "---\nschema: waymark.journey/1\nid: lantern\ntitle: Lantern\nversion: 1.0.0\nowner: team:lantern\n\
milestones:\n  - {id: first-merge, title: First merge, kind: forge.merge}\n---\n\n## Week 1 {#week-1 to=\"day 5\"}\n\n\
- [ ] Get the tools {#tools}\n- [ ] Read the guide {#guide}\n- [ ] Sign the paper {#paper}\n\n  ```yaml step\n  verify: [{confirm_by: manager}]\n  ```\n";

/// The server and its folder.
pub(crate) struct World {
    /// What requests share.
    pub state: State,
    router: Router,
    _folder: tempfile::TempDir,
}

/// A signed-in device.
#[derive(Clone, Debug)]
pub(crate) struct Device {
    /// The device.
    pub id: DeviceId,
    /// Whose.
    pub person: PersonId,
    /// The device's epoch.
    pub epoch: u32,
    /// The last number that it gave.
    pub last: u64,
    token: String,
}

/// The template of these tests.
pub(crate) fn lantern() -> Template {
    let (template, findings) = parse_journey("journeys/lantern.md", JOURNEY);
    template.unwrap_or_else(|| panic!("the journey parses: {findings:?}"))
}

impl World {
    /// A server without people that has published [`lantern`].
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::sqlite(folder.path()).await.expect("a database");
        let now: Timestamp = NOW.parse().expect("a moment");
        let state = State::new(
            store,
            Box::new(move || now),
            Settings::alone("Corvane", "http://127.0.0.1:1", Archives::in_memory()),
        )
        .await
        .expect("a server");
        let mut tx = state.store().begin().await.expect("a transaction");
        template::keep(&mut tx, &lantern(), HASH, now).await.expect("it is kept");
        tx.commit().await.expect("it commits");
        Self { router: router(state.clone()), state, _folder: folder }
    }

    /// A statement, for what no request does yet.
    pub(crate) async fn run(&self, sql: &str) {
        let mut tx = self.state.store().begin().await.expect("a transaction");
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut *tx).await.expect("the statement");
        tx.commit().await.expect("it commits");
    }

    /// One number out of the database.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned()));
        count.fetch_one(self.state.store().read()).await.expect("a number")
    }

    /// Adds a person.
    pub(crate) async fn person(&self, name: &str, roles: &str, manager: Option<PersonId>) -> PersonId {
        let id = PersonId::new(Uuid::now_v7());
        let manager = manager.map_or("NULL".to_owned(), |manager| format!("'{manager}'"));
        let calendar = r#"{"week":[true,true,true,true,true,false,false],"days_off":[]}"#;
        self.run(&format!(
            "INSERT INTO person (id, key, name, manager, roles, calendar, created, start_date)
             VALUES ('{id}', '{name}@corvane.example', '{name}', {manager}, '{roles}', '{calendar}', 0, '2026-11-16')"
        ))
        .await;
        id
    }

    /// Signs a device of `person` in.
    pub(crate) async fn device(&self, person: PersonId) -> Device {
        let (id, token) = (DeviceId::new(Uuid::now_v7()), Uuid::new_v4().to_string());
        let hash = digest(&token);
        self.run(&format!(
            "INSERT INTO device (id, person, public_key, label, created, last_seen) VALUES ('{id}', '{person}', '', '', 0, 0);
             INSERT INTO session (id, device, person, access_hash, access_until, refresh_hash, refresh_until,
                                  absolute_until, created, last_seen)
             VALUES ('{token}', '{id}', '{person}', '{hash}', 9000000000000, '{token}', 0, 0, 0, 0)"
        ))
        .await;
        Device { id, person, epoch: 1, last: 0, token }
    }

    /// Sends a request and reads the JSON of its answer; `Null` where it has none.
    pub(crate) async fn send(&self, device: &Device, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
        let kind = if path == "/v1/events" { BATCH_TYPE } else { "application/json" };
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.send_raw(device, method, path, kind, body).await
    }

    /// Sends a request as it is.
    pub(crate) async fn send_raw(
        &self,
        device: &Device,
        method: &str,
        path: &str,
        kind: &str,
        body: Body,
    ) -> (StatusCode, Value) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", device.token))
            .header("content-type", kind)
            .body(body)
            .expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let status = answer.status();
        let bytes = answer.into_body().collect().await.expect("a body").to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// Sends events, and says in a word what became of each.
    pub(crate) async fn post(&self, device: &Device, events: &[CloudEvent]) -> (StatusCode, Vec<String>) {
        let body = serde_json::to_value(events).expect("JSON");
        let (status, answer) = self.send(device, "POST", "/v1/events", body).await;
        let word = |result: &Value| match (result["status"].as_str(), result["reason"].as_str()) {
            (Some(status), Some(reason)) => format!("{status}: {reason}"),
            (Some(status), None) => status.to_owned(),
            _ => panic!("{result}"),
        };
        (status, answer["results"].as_array().into_iter().flatten().map(word).collect())
    }
}

impl Device {
    /// The device's next fact.
    pub(crate) fn record(&mut self, fact: Fact) -> CloudEvent {
        self.last += 1;
        self.numbered(self.last, Uuid::now_v7(), fact)
    }

    /// A fact with a number and id of one's choice.
    pub(crate) fn numbered(&self, sequence: u64, id: Uuid, fact: Fact) -> CloudEvent {
        let time: Timestamp = NOW.parse().expect("a moment");
        let event = Event { id: EventId::new(id), action: ActionId::new(id), time, fact };
        let origin = Origin {
            person: self.person,
            device: self.id,
            epoch: self.epoch,
            sequence,
            recorded: time,
            with_notes: true,
        };
        envelope(&event, &origin).expect("an envelope")
    }

    /// A new journey, pinned to [`lantern`].
    pub(crate) fn assigned(&mut self) -> (JourneyId, CloudEvent) {
        let journey = JourneyId::new(Uuid::now_v7());
        let fact = Fact::JourneyAssigned {
            journey,
            template: "lantern".into(),
            version: "1.0.0".to_owned(),
            hash: HASH.to_owned(),
            pack: PackId::new(Uuid::nil()),
            start: date(2026, 11, 16),
        };
        (journey, self.record(fact))
    }

    /// A step is done.
    pub(crate) fn done(&mut self, journey: JourneyId, step: &str) -> CloudEvent {
        self.record(Fact::StepCompleted { journey, step: step.into(), evidence: Evidence::Attested })
    }
}
