//! Who may do what: every operation of the server's own description × eleven callers × whose thing it is.
//!
//! "Own" is Ada's, "other's" is Olga's, who is in another line, and the third is nobody's. An operation without
//! a row here fails the test, and so does a row without an operation.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod support;

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::{Value, json};
use support::{Answer, Client, Device, Server, SignedIn, databases};
use uuid::Uuid;

/// Whose thing is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Own,
    Others,
    Missing,
}

/// The callers in the order of a row's columns.
const CALLERS: [&str; 11] = [
    "none",
    "expired",
    "revoked",
    "disabled",
    "hire",
    "other hire",
    "own manager",
    "other manager",
    "manager's manager",
    "ex-manager",
    "admin",
];

/// For each operation the statuses by caller; a status for own, other's and missing where they differ.
#[rustfmt::skip]
const ROWS: &[(&str, &str)] = &[
    // operation                 none exp. rev. dis. hire         other hire   own manager  other man.   man.'s man.  ex-manager   admin
    ("GET /live",                "200  200  200  200  200          200          200          200          200          200          200"),
    ("GET /ready",               "200  200  200  200  200          200          200          200          200          200          200"),
    ("GET /metrics",             "200  200  200  200  200          200          200          200          200          200          200"),
    ("GET /",                    "200  200  200  200  200          200          200          200          200          200          200"),
    ("GET /openapi",             "200  200  200  200  200          200          200          200          200          200          200"),
    ("GET /openapi.json",        "200  200  200  200  200          200          200          200          200          200          200"),
    ("GET /v1/hello",            "200  200  200  200  200          200          200          200          200          200          200"),
    // Own: an open invite. Other's: a used one. Missing: a code that nobody made.
    ("POST /v1/invites/look",    "200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404"),
    ("POST /v1/enrol",           "200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404 200/410/404"),
    // Own: signed by the session's device. Other's: signed by another. Missing: no such token.
    ("POST /v1/auth/refresh",    "200/401/401 200/401/401 200/401/401 200/401/401 200/401/401 200/401/401 200/401/401 200/401/401 200/401/401 200/401/401 200/401/401"),
    // Nobody's session opens these: only what the identity provider says does (`tests/oidc.rs`). This server has none.
    ("GET /v1/auth/oidc/start",  "400  400  400  400  400          400          400          400          400          400          400"),
    ("POST /v1/auth/oidc/finish","404  404  404  404  404          404          404          404          404          404          404"),
    ("POST /v1/auth/device",     "404  404  404  404  404          404          404          404          404          404          404"),
    ("POST /v1/auth/device/poll","404  404  404  404  404          404          404          404          404          404          404"),
    ("POST /v1/auth/revoke",     "401  401  401  401  204/404/404  404          404          404          404          404          204/204/404"),
    ("DELETE /v1/sessions/{id}", "401  401  401  401  204/404/404  404          404          404          404          404          204/204/404"),
    ("GET /v1/sessions",         "401  401  401  401  200/404/404  404          404          404          404          404          200/200/404"),
    ("GET /v1/me",               "401  401  401  401  200          200          200          200          200          200          200"),
    ("GET /v1/people",           "401  401  401  401  403          403          200          200          200          200          200"),
    ("POST /v1/invites",         "401  401  401  401  403          403          201/404/404  404/201/404  201/404/404  404          201/201/404"),
    ("POST /v1/people",          "401  401  401  401  403          403          403          403          403          403          201"),
    ("GET /v1/people/{id}",      "401  401  401  401  403          403          403          403          403          403          200/200/404"),
    ("PATCH /v1/people/{id}",    "401  401  401  401  403          403          403          403          403          403          200/200/404"),
    // Own and other's: a team that nobody is in. Missing: none.
    ("GET /v1/teams",            "401  401  401  401  403          403          403          403          403          403          200"),
    ("POST /v1/teams",           "401  401  401  401  403          403          403          403          403          403          201"),
    ("PATCH /v1/teams/{name}",   "401  401  401  401  403          403          403          403          403          403          200/200/404"),
    ("DELETE /v1/teams/{name}",  "401  401  401  401  403          403          403          403          403          403          204/204/404"),
    ("GET /v1/audit",            "401  401  401  401  403          403          403          403          403          403          200"),
    // 2: the request is let through; what comes of it is not a matter of rights.
    ("POST /v1/events", "401  401  401  401  200  200  200  200  200  200  200"),
    ("GET /v1/events/cursor", "401  401  401  401  200  200  200  200  200  200  200"),
    ("GET /v1/feed", "401  401  401  401  200  200  200  200  200  200  200"),
    ("POST /v1/feed/receipts", "401  401  401  401  200  200  200  200  200  200  200"),
    ("GET /v1/export/me", "401  401  401  401  200  200  200  200  200  200  200"),
    ("GET /v1/bundles", "401  401  401  401  200  200  200  200  200  200  200"),
    ("GET /v1/bundles/{digest}", "401  401  401  401  200/200/404 200/200/404 200/200/404 200/200/404 200/200/404 200/200/404 200/200/404"),
    ("PUT /v1/bundles/{name}/{version}", "401  401  401  401  403  403  403  403  403  403  403"),
    ("GET /v1/templates", "401  401  401  401  403  403  200  200  200  200  200"),
    ("GET /v1/team/overview", "401  401  401  401  403  403  200  200  200  200  403"),
    ("GET /v1/people/{id}/page", "401  401  401  401  200/404/404  404  200/404/404  404/200/404  200/404/404  404  404"),
    ("GET /v1/people/{id}/journeys", "401  401  401  401  200/404/404  404  200/404/404  404/200/404  200/404/404  404  404"),
    ("POST /v1/journeys", "401  401  401  401  404  404  200/404/404  404/200/404  200/404/404  404  200/200/404"),
    ("POST /v1/journeys/{id}/signoff", "401  401  401  401  404  404  2/404/404  404/2/404  2/404/404  404  404"),
    ("POST /v1/journeys/{id}/return", "401  401  401  401  404  404  2/404/404  404/2/404  2/404/404  404  404"),
    ("POST /v1/journeys/{id}/complete", "401  401  401  401  404  404  2/404/404  404/2/404  2/404/404  404  404"),
    ("POST /v1/journeys/{id}/reopen", "401  401  401  401  404  404  2/404/404  404/2/404  2/404/404  404  404"),
    ("POST /v1/journeys/{id}/waive", "401  401  401  401  404  404  2/404/404  404/2/404  2/404/404  404  404"),
    ("POST /v1/journeys/{id}/start", "401  401  401  401  404  404  2/404/404  404/2/404  2/404/404  404  404"),
    ("POST /v1/journeys/{id}/nudge", "401  401  401  401  404  404  2/404/404  404/2/404  2/404/404  404  404"),
    // Own and other's: a sink of the company. Missing: none.
    ("GET /v1/sinks",            "401  401  401  401  403  403  403  403  403  403  200"),
    ("POST /v1/sinks",           "401  401  401  401  403  403  403  403  403  403  201"),
    ("DELETE /v1/sinks/{id}",    "401  401  401  401  403  403  403  403  403  403  204/204/404"),
    // Nobody's session opens these: only what a forge signed does (`src/forge/tests/hooks.rs`).
    ("POST /v1/hooks/github",    "401  401  401  401  401  401  401  401  401  401  401"),
    ("POST /v1/hooks/gitlab",    "401  401  401  401  401  401  401  401  401  401  401"),
    ("POST /v1/hooks/cdevents",  "401  401  401  401  401  401  401  401  401  401  401"),
    ("GET /dashboard", "400  400  400  400  400  400  400  400  400  400  400"),
    // Last, since nobody is left after it.
    // Whoever has a line cannot go before it is somebody else's, and an admin not while being one.
    ("DELETE /v1/me",            "401  401  401  401  202/401/401  202/401/401  409  409  409  202/401/401  409"),
];

/// The expected status of a row.
fn expected(row: &str, caller: usize, whose: Whose) -> u16 {
    let cell = row.split_whitespace().nth(caller).unwrap();
    let each: Vec<u16> = cell.split('/').map(|status| status.parse().unwrap()).collect();
    each.get(whose as usize).copied().unwrap_or(each[0])
}

/// A company in which everybody of [`CALLERS`] is.
struct Company {
    server: Server,
    ada: SignedIn,
    olga: SignedIn,
    journeys: [String; 2],
    digest: String,
    callers: Vec<Client>,
}

const BEFORE: &str = "key,name,manager_key,roles\n\
    root@x,Root,,admin\ndora@x,Dora,,manager\npetra@x,Petra,dora@x,manager\nomar@x,Omar,,manager\n\
    emil@x,Emil,,manager\nada@x,Ada,emil@x,hire\nben@x,Ben,petra@x,hire\nolga@x,Olga,omar@x,hire\n\
    exp@x,Exp,petra@x,admin\nrev@x,Rev,petra@x,admin\ndis@x,Dis,petra@x,admin\n";

impl Company {
    async fn new(server: Server) -> Self {
        server.import(BEFORE);
        let mut joined = Vec::new();
        for key in ["exp", "rev", "dis", "ada", "ben", "petra", "omar", "dora", "emil", "root"] {
            joined.push(server.join(&format!("{key}@x")).await);
        }
        for device in &joined {
            device.client.get("/v1/me").await.ok(200);
        }
        let olga = server.join("olga@x").await;
        let root = &joined[9];
        let door = server.back_door().await;
        sqlx::query("UPDATE session SET access_until = 1 WHERE person = $1")
            .bind(&joined[0].person)
            .execute(&door)
            .await
            .unwrap();
        let of = root.client.get(&format!("/v1/sessions?person={}", joined[1].person)).await.ok(200);
        root.client.delete(&format!("/v1/sessions/{}", of["rows"][0]["id"].as_str().unwrap())).await.ok(204);
        let after = BEFORE.replace("Ada,emil@x", "Ada,petra@x").replace("dis@x,Dis,petra@x,admin\n", "");
        server.import(&after);
        let folder = server.data.path().join("platform");
        std::fs::create_dir_all(folder.join("journeys")).unwrap();
        std::fs::write(folder.join("journeys/first-weeks.md"), JOURNEY).unwrap();
        server.does(&["publish", folder.to_str().unwrap()]);
        let mut journeys = Vec::new();
        for (manager, hire) in [(&joined[5], &joined[3]), (&joined[6], &olga)] {
            let plan = manager.client.post("/v1/journeys", &assignment(&hire.person, false)).await.ok(201);
            journeys.push(plan["journey"].as_str().unwrap().to_owned());
        }
        let list = root.client.get("/v1/bundles").await.ok(200);
        let digest = list["bundles"][0]["digest"].as_str().unwrap().to_owned();
        let journeys = journeys.try_into().unwrap();
        let mut callers = vec![server.client()];
        callers.extend(joined.iter().map(|device| device.client.clone()));
        Self { ada: joined[3].clone(), olga, journeys, digest, callers, server }
    }

    /// A new session of the person whose thing is meant: its id, and the device that has it.
    async fn session(&self, whose: Whose) -> String {
        let key = match whose {
            Whose::Own => "ada@x",
            Whose::Others => "olga@x",
            Whose::Missing => return Uuid::now_v7().to_string(),
        };
        let device = self.server.join(key).await;
        let rows = device.client.get("/v1/sessions").await.ok(200)["rows"].clone();
        let current = rows.as_array().unwrap().iter().find(|row| row["current"] == true).unwrap();
        current["id"].as_str().unwrap().to_owned()
    }

    fn person(&self, whose: Whose) -> String {
        match whose {
            Whose::Own => self.ada.person.clone(),
            Whose::Others => self.olga.person.clone(),
            Whose::Missing => Uuid::now_v7().to_string(),
        }
    }

    /// A code that is open, used, or nobody's.
    async fn code(&self, whose: Whose) -> String {
        match whose {
            Whose::Own => self.server.invite("ada@x"),
            Whose::Others => {
                let code = self.server.invite("ada@x");
                Device::new("x").join(&self.server.client(), &code).await.client.get("/v1/me").await.ok(200);
                code
            }
            Whose::Missing => "0".repeat(26),
        }
    }

    /// A new sink's id, or nobody's.
    async fn sink(&self, whose: Whose) -> String {
        if whose == Whose::Missing {
            return "sink_0".to_owned();
        }
        let made = self.callers[10].post("/v1/sinks", &sink()).await.ok(201);
        made["id"].as_str().unwrap().to_owned()
    }

    /// A new team's name, or nobody's.
    async fn team(&self, whose: Whose) -> String {
        let name = Uuid::now_v7().to_string();
        if whose != Whose::Missing {
            self.callers[10].post("/v1/teams", &json!({ "name": name })).await.ok(201);
        }
        name
    }

    fn journey(&self, whose: Whose) -> String {
        self.journeys.get(whose as usize).cloned().unwrap_or_else(|| Uuid::now_v7().to_string())
    }

    /// Asks for an operation as a caller, about somebody's thing.
    async fn ask(&self, operation: &str, client: &Client, whose: Whose) -> Answer {
        let (method, path) = operation.split_once(' ').unwrap();
        match operation {
            "POST /v1/invites/look" => client.post(path, &json!({ "code": self.code(whose).await })).await,
            "POST /v1/enrol" => client.post(path, &Device::new("x").enrol_body(&self.code(whose).await)).await,
            "POST /v1/auth/refresh" => {
                let fresh = self.server.join("ada@x").await;
                let body = match whose {
                    Whose::Own => fresh.device.refresh_body(&fresh.refresh, "r"),
                    Whose::Others => Device::new("x").refresh_body(&fresh.refresh, "r"),
                    Whose::Missing => fresh.device.refresh_body("nobody's", "r"),
                };
                client.post(path, &body).await
            }
            "POST /v1/auth/oidc/finish" => client.post(path, &Device::new("x").finish_body()).await,
            "POST /v1/auth/device/poll" => client.post(path, &Device::new("x").poll_body("x")).await,
            "POST /v1/auth/revoke" => client.post(path, &json!({ "session": self.session(whose).await })).await,
            "DELETE /v1/sessions/{id}" => client.delete(&path.replace("{id}", &self.session(whose).await)).await,
            "GET /v1/sessions" => client.get(&format!("{path}?person={}", self.person(whose))).await,
            "POST /v1/events" => {
                client.send(Method::POST, path, &[("content-type", "application/cloudevents-batch+json")], "[]").await
            }
            "GET /v1/bundles/{digest}" => {
                let digest = if whose == Whose::Missing { "0".repeat(64) } else { self.digest.clone() };
                client.get(&path.replace("{digest}", &digest)).await
            }
            "PUT /v1/bundles/{name}/{version}" => client.send(Method::PUT, "/v1/bundles/x/1", &[], "x").await,
            "GET /v1/people/{id}/page" | "GET /v1/people/{id}/journeys" => {
                client.get(&path.replace("{id}", &self.person(whose))).await
            }
            "GET /v1/people/{id}" => client.get(&path.replace("{id}", &self.person(whose))).await,
            "PATCH /v1/people/{id}" => {
                let body = json!({ "team": "Backend" });
                client.json(Method::PATCH, &path.replace("{id}", &self.person(whose)), &body).await
            }
            "POST /v1/people" => client.post(path, &somebody()).await,
            "POST /v1/teams" => client.post(path, &json!({ "name": format!("team {}", Uuid::now_v7()) })).await,
            "PATCH /v1/teams/{name}" => {
                let path = path.replace("{name}", &self.team(whose).await);
                client.json(Method::PATCH, &path, &json!({ "parent": null })).await
            }
            "DELETE /v1/teams/{name}" => client.delete(&path.replace("{name}", &self.team(whose).await)).await,
            "POST /v1/journeys" => client.post(path, &assignment(&self.person(whose), true)).await,
            _ if path.starts_with("/v1/journeys/{id}/") => {
                let completion = Uuid::now_v7();
                let body = match path.rsplit('/').next().unwrap() {
                    "signoff" => json!({ "step": "paper", "completion": completion }),
                    "return" => json!({ "step": "paper", "completion": completion, "reason": "not yet" }),
                    "complete" => json!({ "step": "goals" }),
                    "reopen" => json!({ "step": "goals", "completion": completion }),
                    "waive" => json!({ "step": "tools", "reason": "has them" }),
                    "start" => json!({ "start": "2026-01-12", "preview": true }),
                    _ => json!({ "step": "guide" }),
                };
                client.post(&path.replace("{id}", &self.journey(whose)), &body).await
            }
            "POST /v1/feed/receipts" => client.post(path, &json!({ "receipts": ["e30.forged"] })).await,
            "POST /v1/sinks" => client.post(path, &sink()).await,
            "DELETE /v1/sinks/{id}" => client.delete(&path.replace("{id}", &self.sink(whose).await)).await,
            "POST /v1/invites" => client.post(path, &json!({ "person": self.person(whose) })).await,
            _ => client.send(method.parse::<Method>().unwrap(), path, &[], "").await,
        }
    }
}

const JOURNEY: &str = "---\nschema: waymark.journey/1\nid: first-weeks\ntitle: First weeks\nversion: 1.0.0\n\
    owner: team:platform\n---\n\n## Week 1 {#week-1}\n\n- [ ] Get the tools {#tools}\n- [ ] Read the guide {#guide}\n\
    - [ ] Sign the paper {#paper}\n\n  ```yaml step\n  verify: [{confirm_by: manager}]\n  ```\n\n\
    - [ ] Talk about goals {#goals}\n\n  ```yaml step\n  role: manager\n  ```\n";

/// The body of `POST /v1/journeys`.
fn assignment(person: &str, preview: bool) -> Value {
    json!({ "person": person, "bundle": "platform", "template": "first-weeks", "start": "2026-01-05",
            "preview": preview })
}

/// The body of `POST /v1/people`: somebody whom nobody knows.
fn somebody() -> Value {
    json!({ "key": Uuid::now_v7(), "name": "Somebody" })
}

/// The body of `POST /v1/sinks`: a name that is nobody's, for events that nobody sends.
fn sink() -> Value {
    json!({ "url": "https://sink.invalid/", "types": ["none."] })
}

/// The operations that the server describes, as `GET /v1/me`.
async fn described(server: &Server) -> BTreeSet<String> {
    let document = server.client().get("/openapi.json").await.ok(200);
    let paths = document["paths"].as_object().unwrap().clone();
    let operations = paths.iter().flat_map(|(path, methods)| {
        methods.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    operations.collect()
}

#[tokio::test]
async fn every_operation_answers_every_caller_as_the_table_says() {
    for database in databases() {
        let company = Company::new(Server::start_with(database, &["--no-rate-limits"])).await;
        let rows: BTreeSet<String> = ROWS.iter().map(|(operation, _)| (*operation).to_owned()).collect();
        assert_eq!(described(&company.server).await, rows, "operations of the server, and rows of this table");
        let (mut asked, mut surprises) = (0, Vec::new());
        for (operation, row) in ROWS {
            assert_eq!(row.split_whitespace().count(), CALLERS.len(), "{operation}");
            for (number, caller) in CALLERS.iter().enumerate() {
                let mut bodies = Vec::new();
                for whose in [Whose::Own, Whose::Others, Whose::Missing] {
                    let answer = company.ask(operation, &company.callers[number], whose).await;
                    asked += 1;
                    let (is, should) = (answer.status.as_u16(), expected(row, number, whose));
                    let let_through = should == 2 && (matches!(is, 200..=299) || matches!(is, 409 | 429));
                    if is != should && !let_through {
                        surprises.push(format!("{operation} as {caller}, {whose:?}: {is}, not {should}"));
                    }
                    if is >= 400 {
                        answer.problem();
                    }
                    bodies.push((is, answer.bytes));
                }
                if bodies[1].0 == 404 && bodies[2].0 == 404 && bodies[1].1 != bodies[2].1 {
                    surprises
                        .push(format!("{operation} as {caller}: a foreign thing is answered unlike a missing one"));
                }
            }
        }
        assert_eq!(surprises, Vec::<String>::new(), "of {asked}");
        assert_eq!(asked, ROWS.len() * 33);
        println!("proved: {} operations, {asked} requests over {}, 0 surprises", ROWS.len(), company.server.database);
    }
}

#[tokio::test]
async fn no_column_of_the_database_can_be_slipped_into_a_request() {
    let company = Company::new(Server::start_with(support::Database::Sqlite, &["--no-rate-limits"])).await;
    let schema = concat!(include_str!("../src/store/schema.sql"), "    leave_date TEXT");
    let columns: BTreeSet<&str> = schema
        .lines()
        .filter(|line| line.starts_with("    ") && !line.trim_start().starts_with(['-', ')']))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect();
    assert!(columns.len() > 80 && columns.contains("roles") && columns.contains("active"), "{columns:?}");
    let document = company.server.client().get("/openapi.json").await.ok(200);
    let admin = &company.callers[10];
    let fresh = company.server.join("ada@x").await;
    let (mut tried, mut operations) = (0, 0);
    for (operation, _) in ROWS.iter().filter(|(operation, _)| !operation.starts_with("GET")) {
        let (method, path) = operation.split_once(' ').unwrap();
        let described = &document["paths"][path][method.to_lowercase()]["requestBody"]["content"]["application/json"];
        let Some(reference) = described["schema"]["$ref"].as_str() else { continue };
        let fields = document["components"]["schemas"][reference.rsplit('/').next().unwrap()]["properties"].clone();
        let body: Value = match *operation {
            "POST /v1/invites/look" => json!({ "code": company.code(Whose::Own).await }),
            "POST /v1/enrol" => Device::new("x").enrol_body(&company.code(Whose::Own).await),
            "POST /v1/auth/refresh" => fresh.device.refresh_body(&fresh.refresh, "r"),
            "POST /v1/auth/oidc/finish" => Device::new("x").finish_body(),
            "POST /v1/auth/device/poll" => Device::new("x").poll_body("x"),
            "POST /v1/auth/revoke" => json!({ "session": company.session(Whose::Own).await }),
            "POST /v1/feed/receipts" => json!({ "receipts": [] }),
            "POST /v1/sinks" => sink(),
            "POST /v1/invites" => json!({ "person": company.ada.person }),
            "POST /v1/journeys" => assignment(&company.ada.person, true),
            _ if path.ends_with("/signoff") => json!({ "step": "paper", "completion": Uuid::now_v7() }),
            _ if path.ends_with("/return") => {
                json!({ "step": "paper", "completion": Uuid::now_v7(), "reason": "x" })
            }
            _ if path.ends_with("/complete") => json!({ "step": "goals" }),
            _ if path.ends_with("/reopen") => json!({ "step": "goals", "completion": Uuid::now_v7() }),
            "POST /v1/people" => somebody(),
            "PATCH /v1/people/{id}" => json!({ "team": "Backend" }),
            "POST /v1/teams" => json!({ "name": "Core" }),
            "PATCH /v1/teams/{name}" => json!({ "parent": null }),
            _ if path.ends_with("/waive") => json!({ "step": "tools", "reason": "x" }),
            _ if path.ends_with("/start") => json!({ "start": "2026-01-12", "preview": true }),
            _ if path.ends_with("/nudge") => json!({ "step": "guide" }),
            other => panic!("{other} needs a body in this test"),
        };
        operations += 1;
        for column in columns.iter().filter(|column| fields.get(**column).is_none()) {
            for value in [json!("admin"), json!(1), Value::Null] {
                let mut more = body.clone();
                more[*column] = value;
                let thing = if path.contains("people") { &company.ada.person } else { &company.journeys[0] };
                let path = path.replace("{id}", thing).replace("{name}", "Core");
                let answer = admin.json(method.parse().unwrap(), &path, &more).await;
                assert_eq!(answer.problem(), "bad-request", "{operation} took {column}");
                tried += 1;
            }
        }
    }
    assert!(operations == 21 && tried > 1_000, "{operations} operations, {tried} tried");
    println!("proved: {tried} slipped-in columns, 0 taken");
}
