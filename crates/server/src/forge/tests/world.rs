//! A server in this process, whose clock the test sets, with people and their journeys.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use hmac::Mac;
use jiff::Timestamp;
use serde_json::Value;
use tower::ServiceExt as _;
use uuid::Uuid;
use waymark_core::{content::parse_journey, id::PersonId};

use crate::{
    forge::{reach, work::work_through},
    router::router,
    standard_webhooks::keyed,
    state::State,
    store::{
        Store,
        forge::{account, secret},
    },
    usecase::archives::Archives,
};

pub(super) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const JOURNEY: &str = "---\nschema: waymark.journey/1\nid: lantern\ntitle: Lantern\nversion: 1.0.0\nowner: team:lantern\n\
milestones:\n\
  - {id: commit, title: Commit, kind: git.commit}\n\
  - {id: pr, title: PR, kind: forge.pr-opened}\n\
  - {id: review, title: Review, kind: forge.review}\n\
  - {id: merge, title: Merge, kind: forge.merge}\n\
  - {id: tenth, title: Tenth, kind: forge.tenth-merge}\n\
  - {id: live, title: Live, kind: forge.deploy}\n\
---\n\n## Week 1 {#week-1}\n\n- [ ] Get the tools {#tools}\n";

/// The server and its folder.
pub(super) struct World {
    pub(super) state: State,
    router: Router,
    clock: Arc<AtomicI64>,
    deliveries: AtomicI64,
    _folder: tempfile::TempDir,
}

impl World {
    /// A server on 2026-03-02, 09:00, with the published secret for both forges.
    pub(super) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::sqlite(folder.path()).await.expect("a database");
        Self::over(store, folder).await
    }

    /// The same over a `PostgreSQL`.
    pub(super) async fn postgres(url: &str) -> Self {
        let store = Store::postgres(url).await.expect("a database");
        Self::over(store, tempfile::tempdir().expect("a folder")).await
    }

    async fn over(store: Store, folder: tempfile::TempDir) -> Self {
        let start: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a moment");
        let clock = Arc::new(AtomicI64::new(start.as_millisecond()));
        let read = Arc::clone(&clock);
        let now = move || Timestamp::from_millisecond(read.load(Ordering::Relaxed)).expect("a moment");
        let state = State::new(
            store,
            Box::new(now),
            crate::state::Settings::alone("Corvane", "http://127.0.0.1", Archives::in_memory()),
        )
        .await
        .expect("a server");
        for forge in ["github", "gitlab", "cdevents"] {
            secret::rotate(state.store(), forge, SECRET, state.now()).await.expect("a secret");
            secret::set(state.store(), forge, "owners", "acme").await.expect("a setting");
        }
        let router = router(state.clone());
        Self { state, router, clock, deliveries: AtomicI64::new(0), _folder: folder }
    }

    /// Puts the clock to a moment.
    pub(super) fn at(&self, moment: &str) {
        let moment: Timestamp = moment.parse().expect("a moment");
        self.clock.store(moment.as_millisecond(), Ordering::Relaxed);
    }

    pub(super) async fn run(&self, sql: &str) {
        let mut tx = self.state.store().begin().await.expect("a transaction");
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut *tx).await.expect("the statement");
        tx.commit().await.expect("it commits");
    }

    pub(super) async fn texts(&self, sql: &str) -> Vec<String> {
        let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned()));
        rows.fetch_all(self.state.store().read()).await.expect("rows")
    }

    /// A person in Berlin with a journey from that day on.
    pub(super) async fn hire(&self, name: &str, start: &str) -> PersonId {
        let (person, journey) = (PersonId::new(Uuid::now_v7()), Uuid::now_v7());
        let (template, findings) = parse_journey("lantern.md", JOURNEY);
        let template = template.unwrap_or_else(|| panic!("{findings:?}"));
        assert_eq!(template.milestones.len(), 6);
        let template = serde_json::to_string(&template).expect("JSON").replace('\'', "''");
        self.run(&format!(
            "INSERT INTO person (id, key, name, zone, calendar, created) VALUES ('{person}', '{name}@acme.example',
                 '{name}', 'Europe/Berlin', '{{\"week\":[true,true,true,true,true,false,false],\"days_off\":[]}}', 0);
             INSERT INTO template (hash, id, title, version, body, created)
                 VALUES ('9e1f', 'lantern', 'Lantern', '1.0.0', '{template}', 0) ON CONFLICT DO NOTHING;
             INSERT INTO journey (id, person, template, title, version, hash, start, revision, summary, changed)
                 VALUES ('{journey}', '{person}', 'lantern', 'Lantern', '1.0.0', '9e1f', '{start}', 0, '{{}}', 0)"
        ))
        .await;
        person
    }

    /// Gives an account to a person, as the command does.
    pub(super) async fn map(&self, forge: &str, login: &str, name: &str) {
        let mut tx = self.state.store().begin().await.expect("a transaction");
        let key = format!("{name}@acme.example");
        let mapped = account::map(&mut tx, forge, login, &key, 0).await.expect("it works").expect("a person");
        for person in [Some(mapped.person), mapped.before].into_iter().flatten() {
            reach(&mut tx, &self.state, person).await.expect("it works");
        }
        tx.commit().await.expect("it commits");
    }

    /// Posts a delivery.
    pub(super) async fn post(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> StatusCode {
        let mut request = Request::builder().method("POST").uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_vec())).expect("a request");
        self.router.clone().oneshot(request).await.expect("an answer").status()
    }

    /// GitHub sends a delivery, and the job reads it.
    pub(super) async fn github(&self, kind: &str, body: &Value) {
        let body = body.to_string();
        let id = self.deliveries.fetch_add(1, Ordering::Relaxed).to_string();
        let signature = signature(SECRET, body.as_bytes());
        let headers =
            [("x-github-event", kind), ("x-github-delivery", &id), ("x-hub-signature-256", signature.as_str())];
        assert_eq!(self.post("/v1/hooks/github", &headers, body.as_bytes()).await, StatusCode::ACCEPTED);
        self.work().await;
    }

    /// GitLab sends a delivery, and the job reads it.
    pub(super) async fn gitlab(&self, body: &Value) {
        let id = self.deliveries.fetch_add(1, Ordering::Relaxed).to_string();
        let headers = [("x-gitlab-token", SECRET), ("idempotency-key", id.as_str())];
        let status = self.post("/v1/hooks/gitlab", &headers, body.to_string().as_bytes()).await;
        assert_eq!(status, StatusCode::ACCEPTED);
        self.work().await;
    }

    /// The job reads what waits.
    pub(super) async fn work(&self) {
        while work_through(&self.state).await.expect("it works") > 0 {}
    }

    /// What was recorded of a person, in order: `merge github:acme/api#4 2026-03-03T10:00:00Z`, `-merge`.
    pub(super) async fn facts(&self, person: PersonId) -> Vec<String> {
        let sql = format!(
            "SELECT body FROM event WHERE outcome = 'accepted' AND person = '{person}' AND type LIKE '%milestone%' ORDER BY sequence"
        );
        let read = |body: &String| {
            let event: Value = serde_json::from_str(body).expect("JSON");
            let data = &event["data"];
            let milestone = data["milestone"].as_str().expect("a milestone");
            if event["type"] == "dev.waymark.milestone.revoked.v1" {
                return format!("-{milestone}");
            }
            assert_eq!(data["evidence"], "confirmed");
            assert_eq!(event["source"], format!("urn:waymark:server:{}", self.state.identity().id));
            let (reference, at) = (data["reference"].as_str(), data["at"].as_str());
            format!("{milestone} {} {}", reference.expect("a reference"), at.expect("a moment"))
        };
        self.texts(&sql).await.iter().map(read).collect()
    }
}

/// `X-Hub-Signature-256`.
pub(super) fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = keyed(secret.as_bytes());
    mac.update(body);
    mac.finalize().into_bytes().iter().fold("sha256=".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}
