//! The story: content is published, a hire is given a journey, works on it on two devices, the manager looks,
//! confirms, returns, waives, moves the start and reminds; strangers see nothing.

use std::fs;

use axum::http::Method;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;
use waymark_api::http::envelope::{Origin, envelope};
use waymark_core::{
    event::{BlockReason, Event, Evidence, Fact},
    id::{ActionId, EventId, JourneyId},
};

use crate::{
    support::{Answer, COMPANY, Client, Database, Server, SignedIn},
    words::Words,
};

const JOURNEY: &str = "---\nschema: waymark.journey/1\nid: first-weeks\ntitle: First weeks\nversion: 1.0.0\n\
owner: team:platform\nmilestones:\n  - {id: first-merge, title: First merge, kind: forge.merge}\n---\n\n\
## Week 1 {#week-1}\n\n- [ ] Get the tools {#tools}\n\n  ```yaml step\n  due: 2wd\n  ```\n\n- [ ] Read the guide {#guide}\n\n  ```yaml step\n  due: 5wd\n  ```\n\n\
- [ ] Sign the paper {#paper}\n\n  ```yaml step\n  verify: [{confirm_by: manager}]\n  ```\n\n\
- [ ] Meet the team {#meet}\n- [ ] Order a chair {#chair}\n";

/// A hire's device with its numbers.
pub(crate) struct Laptop {
    at: SignedIn,
    last: u64,
}

impl Laptop {
    /// A device that has recorded nothing yet.
    pub(crate) fn new(at: SignedIn) -> Self {
        Self { at, last: 0 }
    }

    /// The same device as it speaks to another server.
    pub(crate) fn at_server(&self, server: &Server) -> Self {
        let client = server.client().with_token(&self.at.access);
        Self { at: SignedIn { client, ..self.at.clone() }, last: self.last }
    }

    /// Whose it is.
    pub(crate) fn person(&self) -> &str {
        &self.at.person
    }

    /// Speaks for it.
    pub(crate) fn client(&self) -> &Client {
        &self.at.client
    }

    /// The next event of the device, as its bytes go.
    fn event(&mut self, fact: Fact) -> (EventId, Value) {
        self.last += 1;
        let id = EventId::new(Uuid::now_v7());
        let time: Timestamp = "2026-01-06T09:00:00Z".parse().unwrap();
        let event = Event { id, action: ActionId::new(id.uuid()), time, fact };
        let origin = Origin {
            person: self.at.person.parse().unwrap(),
            device: self.at.device_id.parse().unwrap(),
            epoch: 1,
            sequence: self.last,
            recorded: time,
            with_notes: true,
        };
        (id, serde_json::to_value(envelope(&event, &origin).unwrap()).unwrap())
    }

    pub(crate) fn done(&mut self, journey: JourneyId, step: &str) -> (EventId, Value) {
        self.event(Fact::StepCompleted { journey, step: step.into(), evidence: Evidence::Attested })
    }

    pub(crate) async fn send(&self, events: &[Value]) -> Answer {
        let body = serde_json::to_vec(events).unwrap();
        let headers = [("content-type", "application/cloudevents-batch+json")];
        self.at.client.send(Method::POST, "/v1/events", &headers, body).await
    }
}

fn told(words: &mut Words, what: &str, answer: &Answer) -> Value {
    let text = String::from_utf8_lossy(&answer.bytes).into_owned();
    words.say(&format!("{what} ({})", answer.status.as_u16()), &text);
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

/// Tells the story over a database and gives its lines.
pub(crate) async fn tell(database: Database) -> Vec<String> {
    let mut words = Words::default();
    let server = Server::start(database);
    server.import(COMPANY);
    publish(&server, &mut words);
    let petra = server.join("petra@corvane.example").await;
    let omar = server.join("omar@corvane.example").await;
    let mut ada = Laptop::new(server.join("ada@corvane.example").await);
    let desktop = server.join("ada@corvane.example").await;
    let w = &mut words;

    told(w, "templates", &petra.client.get("/v1/templates").await);
    told(w, "a hire assigns nothing", &ada.at.client.get("/v1/templates").await);
    let wish = |preview: bool| {
        json!({ "person": ada.at.person, "bundle": "platform", "template": "first-weeks",
                "start": "2026-01-05", "preview": preview })
    };
    told(w, "preview", &petra.client.post("/v1/journeys", &wish(true)).await);
    told(w, "a stranger assigns", &omar.client.post("/v1/journeys", &wish(false)).await);
    let plan = told(w, "assigned", &petra.client.post("/v1/journeys", &wish(false)).await);
    told(w, "assigned twice", &petra.client.post("/v1/journeys", &wish(false)).await);
    let journey: JourneyId = plan["journey"].as_str().unwrap().parse().unwrap();
    told(w, "the hire hears", &ada.at.client.get("/v1/feed?after=0").await);

    let (tools, first) = ada.done(journey, "tools");
    let (paper, second) = ada.done(journey, "paper");
    let block = Fact::StepBlocked {
        journey,
        step: "meet".into(),
        reason: BlockReason::WaitingForPerson,
        note: "Nobody is there".to_owned(),
    };
    let (_, third) = ada.event(block);
    let (_, wrong) = ada.done(journey, "no-such-step");
    let batch = [first, second, third, wrong];
    told(w, "sent", &ada.send(&batch).await);
    told(w, "sent again", &ada.send(&batch).await);
    told(w, "the other device hears", &desktop.client.get("/v1/feed?after=2&wait=5").await);
    told(w, "cursor", &ada.at.client.get("/v1/events/cursor").await);

    let page = format!("/v1/people/{}/page", ada.at.person);
    let seen = told(w, "the manager's page", &petra.client.get(&page).await);
    let own = told(w, "one's own page", &ada.at.client.get(&page).await);
    assert_eq!(without_moment(seen), without_moment(own), "the hire sees what the manager sees");
    told(w, "a stranger's page", &omar.client.get(&page).await);
    told(w, "nobody's page", &omar.client.get(&format!("/v1/people/{}/page", Uuid::now_v7())).await);
    told(w, "the line", &petra.client.get("/v1/team/overview").await);
    told(w, "another line", &omar.client.get("/v1/team/overview").await);
    told(w, "no line", &ada.at.client.get("/v1/team/overview").await);

    let act = |what: &str| format!("/v1/journeys/{journey}/{what}");
    let sign = |completion: EventId| json!({ "step": "paper", "completion": completion });
    told(w, "another completion", &petra.client.post(&act("signoff"), &sign(tools)).await);
    told(w, "a stranger signs", &omar.client.post(&act("signoff"), &sign(paper)).await);
    told(w, "one's own signature", &ada.at.client.post(&act("signoff"), &sign(paper)).await);
    told(w, "signed", &petra.client.post(&act("signoff"), &sign(paper)).await);
    told(w, "signed again", &petra.client.post(&act("signoff"), &sign(paper)).await);
    let back = json!({ "step": "tools", "completion": tools, "reason": "The compiler is missing" });
    told(w, "returned", &petra.client.post(&act("return"), &back).await);
    told(w, "returned again", &petra.client.post(&act("return"), &back).await);
    let waive = json!({ "step": "chair", "reason": "Works from home" });
    told(w, "waived", &petra.client.post(&act("waive"), &waive).await);
    told(w, "waived again", &petra.client.post(&act("waive"), &waive).await);
    told(w, "without a reason", &petra.client.post(&act("waive"), &json!({ "step": "guide", "reason": " " })).await);
    told(
        w,
        "moved, only asked",
        &petra.client.post(&act("start"), &json!({ "start": "2026-01-12", "preview": true })).await,
    );
    told(w, "moved", &petra.client.post(&act("start"), &json!({ "start": "2026-01-12" })).await);
    told(w, "reminded", &petra.client.post(&act("nudge"), &json!({ "step": "guide" })).await);
    told(w, "reminded twice", &petra.client.post(&act("nudge"), &json!({ "step": "guide" })).await);
    told(w, "an unknown field", &petra.client.post(&act("nudge"), &json!({ "step": "guide", "x": 1 })).await);

    // The manager's facts count on the person's next ones: a device that comes back later sends what it has.
    let (_, again) = ada.done(journey, "tools");
    told(w, "done again", &ada.send(&[again]).await);
    told(w, "the hire's feed", &desktop.client.get("/v1/feed?after=0").await);
    told(w, "the page after all that", &petra.client.get(&page).await);
    let list = format!("/v1/people/{}/journeys", ada.at.person);
    told(w, "journeys", &petra.client.get(&list).await);
    content(&ada.at, w).await;
    author(&server, w).await;
    leaving(&server, &ada.at, &petra, w).await;
    words.lines
}

fn without_moment(mut page: Value) -> Value {
    page["as_of"] = Value::Null;
    page
}

/// One version of the content, for a story about something else.
pub(crate) fn publish_only(server: &Server) {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("platform");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("first-weeks.md"), JOURNEY).unwrap();
    server.does(&["publish", dir.to_str().unwrap()]);
}

/// Publishing on the command line: a version, the same again, a broken one.
fn publish(server: &Server, words: &mut Words) {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("platform");
    fs::create_dir_all(dir.join("journeys")).unwrap();
    fs::write(dir.join("journeys/first-weeks.md"), JOURNEY).unwrap();
    let path = dir.to_str().unwrap().to_owned();
    words.say("published", &sizeless(&server.does(&["publish", &path, "--as", "2026.1"])));
    words.say("published again", &sizeless(&server.does(&["publish", &path])));
    fs::write(dir.join("journeys/again.md"), JOURNEY).unwrap();
    let broken = server.command(&["publish", &path]);
    assert_eq!(broken.status.code(), Some(1));
    words.say("broken", &String::from_utf8_lossy(&broken.stdout));
    fs::remove_file(dir.join("journeys/again.md")).unwrap();
    fs::write(dir.join("journeys/first-weeks.md"), JOURNEY.replace("Order a chair", "Order a desk")).unwrap();
    let other = server.command(&["publish", &path, "--as", "2026.1"]);
    assert_eq!(other.status.code(), Some(1));
    words.say("the same version with other content", &String::from_utf8_lossy(&other.stdout));
    // A folder that was emptied by accident must not empty everybody's shelf.
    fs::remove_dir_all(dir.join("journeys")).unwrap();
    let nothing = server.command(&["publish", &path]);
    assert_eq!(nothing.status.code(), Some(1));
    words.say("nothing to publish", &String::from_utf8_lossy(&nothing.stdout));
}

/// Without the archive's size: its signature is another one for each server, and packs differently.
fn sizeless(text: &str) -> String {
    let lines = text.lines().map(|line| line.split(", ").filter(|part| !part.ends_with(" bytes")).collect::<Vec<_>>());
    lines.map(|parts| parts.join(", ")).collect::<Vec<_>>().join("\n")
}

/// Content over HTTP: the list, its tag, an archive and a part of it.
async fn content(who: &SignedIn, w: &mut Words) {
    let list = who.client.get("/v1/bundles").await;
    let tag = list.headers["etag"].to_str().unwrap().to_owned();
    let row = list.ok(200)["bundles"][0].clone();
    w.say("bundles", &format!("{} {} {}", row["name"], row["version"], row["sequence"]));
    let same = who.client.send(Method::GET, "/v1/bundles", &[("if-none-match", &tag)], "").await;
    w.say("unchanged", same.status.as_str());
    let path = format!("/v1/bundles/{}", row["digest"].as_str().unwrap());
    let whole = who.client.get(&path).await;
    assert_eq!(whole.bytes.len() as u64, row["bytes"].as_u64().unwrap());
    let part = who.client.send(Method::GET, &path, &[("range", "bytes=4-9")], "").await;
    assert_eq!(part.bytes, whole.bytes.slice(4..10));
    w.say("a part", part.status.as_str());
    let beyond = who.client.send(Method::GET, &path, &[("range", "bytes=999999999-")], "").await;
    w.say("beyond", beyond.status.as_str());
    told(w, "a hire publishes", &who.client.send(Method::PUT, "/v1/bundles/x/1", &[], whole.bytes.clone()).await);
}

/// An author publishes over HTTP: an archive as anybody packs it.
async fn author(server: &Server, w: &mut Words) {
    let wim = server.join("wim@corvane.example").await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("platform");
    fs::create_dir_all(dir.join("journeys")).unwrap();
    let pack = |text: &str| {
        fs::write(dir.join("journeys/first-weeks.md"), text).unwrap();
        let file = folder.path().join("platform.tar.gz");
        let packed = std::process::Command::new(env!("CARGO_BIN_EXE_waymark-server"))
            .args(["bundle", "pack", dir.to_str().unwrap(), file.to_str().unwrap()])
            .status();
        assert!(packed.unwrap().success());
        fs::read(&file).unwrap()
    };
    let next = pack(&JOURNEY.replace("Order a chair", "Order a desk"));
    let put = async |version: &str, digest: &str, body: Vec<u8>| {
        let headers = [("x-waymark-digest", digest)];
        wim.client.send(Method::PUT, &format!("/v1/bundles/platform/{version}"), &headers, body).await
    };
    told(w, "another digest", &put("2026.2", "00", next.clone()).await);
    let digest = sha256(&next);
    let done = put("2026.2", &digest, next.clone()).await;
    w.say("an author's version", &format!("{} {}", done.status.as_u16(), done.json()["sequence"]));
    w.say("the same again", put("2026.2", &digest, next.clone()).await.status.as_str());
    told(w, "an old version with other content", &put("2026.1", &digest, next).await);
    let broken = pack(&JOURNEY.replace("{#guide}", "{#tools}"));
    told(w, "an author's broken version", &put("2026.3", &sha256(&broken), broken.clone()).await);
    told(w, "no archive", &put("2026.3", &sha256(b"hello"), b"hello".to_vec()).await);
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A hire takes everything along and is forgotten.
async fn leaving(server: &Server, ada: &SignedIn, petra: &SignedIn, w: &mut Words) {
    let export = ada.client.get("/v1/export/me").await.ok(200);
    w.say("exported facts", &export["facts"].as_array().unwrap().len().to_string());
    w.say("exported news", &export["told"].to_string());
    let link = server.does(&["dashboard"]);
    let path = link.lines().next().unwrap().strip_prefix(&server.url).unwrap().to_owned();
    let page = ada.client.get(&path).await;
    assert!(String::from_utf8_lossy(&page.bytes).contains("Onboarding at Corvane"));
    assert!(!String::from_utf8_lossy(&page.bytes).contains("Ada"), "no people on the organisation's page");
    w.say("the organisation", page.status.as_str());
    w.say("a link that is none", ada.client.get(&path.replace("until=", "until=1")).await.status.as_str());
    told(w, "a manager is not erased", &petra.client.delete("/v1/me").await);
    told(w, "erased", &ada.client.delete("/v1/me").await);
    told(w, "after that", &ada.client.get("/v1/me").await);
    told(w, "the line after that", &petra.client.get("/v1/team/overview").await);
}
