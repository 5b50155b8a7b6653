//! Events leave: a real receiver checks every signature, and the clock is the test's.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::{Router, body::Bytes, http::HeaderMap, response::IntoResponse};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;
use waymark_api::http::{
    envelope::{CloudEvent, Origin, envelope},
    sinks::MakeSink,
};
use waymark_core::{
    event::{Event, Evidence, Fact},
    id::{ActionId, DeviceId, EventId, JourneyId, PersonId},
};

use super::{Sender, Targets, deliver_due, enqueue, manage};
use crate::{
    standard_webhooks::{Message, Secret, verify},
    state::State,
    store::{Store, sink},
    usecase::archives::Archives,
};

/// A request that came.
#[derive(Clone, Debug)]
struct Received {
    headers: HeaderMap,
    body: Vec<u8>,
}

/// What a receiver answers, in order: status, and one header. 202 afterwards.
type Script = VecDeque<(u16, Option<(&'static str, &'static str)>)>;

/// A receiver on this machine.
struct Receiver {
    url: String,
    script: Arc<Mutex<Script>>,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Receiver {
    async fn start() -> Self {
        let (script, received) = (Arc::<Mutex<Script>>::default(), Arc::<Mutex<Vec<Received>>>::default());
        let (answers, kept) = (Arc::clone(&script), Arc::clone(&received));
        let router = Router::new().fallback(async move |headers: HeaderMap, body: Bytes| {
            kept.lock().expect("a lock").push(Received { headers, body: body.to_vec() });
            let (status, header) = answers.lock().expect("a lock").pop_front().unwrap_or((202, None));
            let status = axum::http::StatusCode::from_u16(status).expect("a status");
            match header {
                Some(header) => (status, [header]).into_response(),
                None => status.into_response(),
            }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/events", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, script, received }
    }

    fn answers(&self, script: impl IntoIterator<Item = u16>) {
        self.script.lock().expect("a lock").extend(script.into_iter().map(|status| (status, None)));
    }

    fn received(&self) -> Vec<Received> {
        self.received.lock().expect("a lock").clone()
    }
}

impl Received {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("{name} is missing")).to_str().expect("text")
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    fn verify(&self, secret: &str, now: Timestamp) {
        let message =
            Message { id: self.header("webhook-id"), timestamp: self.header("webhook-timestamp"), body: &self.body };
        let secret = Secret::parse(secret).expect("a secret");
        verify(&[secret], message, self.header("webhook-signature"), now).expect("the signature holds");
        assert!(!self.header("webhook-id").contains('.'), "the specification wants none in it");
    }
}

/// The sending side.
struct World {
    state: State,
    sender: Sender,
    clock: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::sqlite(folder.path()).await.expect("a database");
        let clock = Arc::new(AtomicI64::new(1_772_000_000_000));
        let read = Arc::clone(&clock);
        let now = move || Timestamp::from_millisecond(read.load(Ordering::Relaxed)).expect("a moment");
        let state = State::new(
            store,
            Box::new(now),
            crate::state::Settings::alone("Corvane", "http://127.0.0.1", Archives::in_memory()),
        )
        .await
        .expect("a server");
        Self { state, sender: Sender::new(Targets::Any).expect("a client"), clock, _folder: folder }
    }

    async fn sink(&self, url: &str, types: &[&str], batched: bool) -> (String, String) {
        let types = types.iter().map(|one| (*one).to_owned()).collect();
        let wanted = MakeSink { url: url.to_owned(), types, batched };
        let made = manage::make(self.state.store(), Targets::Any, "cli", &wanted, self.state.now()).await;
        let made = made.expect("a sink");
        (made.id, made.secret)
    }

    async fn record(&self, events: &[CloudEvent]) {
        let mut tx = self.state.store().begin().await.expect("a transaction");
        let bodies: Vec<_> = events.iter().map(|event| serde_json::to_string(event).expect("JSON")).collect();
        let events = events.iter().zip(&bodies).map(|(event, body)| (event.event_type.as_str(), body.as_str()));
        enqueue(&mut tx, events, self.state.now()).await.expect("it works");
        tx.commit().await.expect("it commits");
    }

    /// Attempts of one look.
    async fn deliver(&self) -> usize {
        deliver_due(&self.state, &self.sender).await.expect("it works")
    }

    fn pass(&self, time: SignedDuration) {
        self.clock.fetch_add(i64::try_from(time.as_millis()).expect("a duration"), Ordering::Relaxed);
    }

    async fn row(&self, id: &str) -> (u64, u64, Option<String>) {
        let rows = manage::list(self.state.store()).await.expect("rows");
        let row = rows.into_iter().find(|row| row.id == id).expect("a row");
        (row.waiting, row.dead, row.disabled)
    }
}

/// An event of some kind.
fn event(fact: Fact) -> CloudEvent {
    let id = Uuid::now_v7();
    let time: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a moment");
    let event = Event { id: EventId::new(id), action: ActionId::new(id), time, fact };
    let (person, device) = (PersonId::new(Uuid::nil()), DeviceId::new(Uuid::nil()));
    let origin = Origin { person, device, epoch: 1, sequence: 1, recorded: time, with_notes: true };
    envelope(&event, &origin).expect("an envelope")
}

fn reached() -> CloudEvent {
    let journey = JourneyId::new(Uuid::nil());
    let at = "2026-03-02T09:00:00Z".parse().expect("a moment");
    let reference = "github:acme/api#4".to_owned();
    event(Fact::MilestoneReached { journey, milestone: "merge".into(), at, evidence: Evidence::Confirmed, reference })
}

fn done() -> CloudEvent {
    let journey = JourneyId::new(Uuid::nil());
    event(Fact::StepCompleted { journey, step: "tools".into(), evidence: Evidence::Attested })
}

#[tokio::test]
async fn an_event_arrives_signed_and_once() {
    let (world, receiver) = (World::new().await, Receiver::start().await);
    let (id, secret) = world.sink(&receiver.url, &["dev.waymark.milestone."], false).await;
    let event = reached();
    world.record(&[done(), event.clone()]).await;
    assert_eq!(world.deliver().await, 1, "the step is not wanted");
    assert_eq!(world.deliver().await, 0);
    let received = receiver.received();
    assert_eq!(received.len(), 1);
    received[0].verify(&secret, world.state.now());
    assert_eq!(received[0].header("content-type"), "application/cloudevents+json");
    assert_eq!(received[0].json(), serde_json::to_value(&event).expect("JSON"));
    assert_eq!(world.row(&id).await, (0, 0, None));
}

#[tokio::test]
async fn batches_are_lists_below_twenty_kilobytes() {
    let (world, receiver) = (World::new().await, Receiver::start().await);
    let (_, secret) = world.sink(&receiver.url, &[], true).await;
    let events: Vec<CloudEvent> = (0..100).map(|_| done()).collect();
    world.record(&events).await;
    world.deliver().await;
    let mut ids = Vec::new();
    for batch in receiver.received() {
        batch.verify(&secret, world.state.now());
        assert_eq!(batch.header("content-type"), "application/cloudevents-batch+json");
        assert!(batch.body.len() <= 20_001, "{}", batch.body.len());
        ids.extend(batch.json().as_array().expect("a list").iter().map(|event| event["id"].to_string()));
    }
    ids.sort_unstable();
    let mut sent: Vec<String> = events.iter().map(|event| json!(event.id).to_string()).collect();
    sent.sort_unstable();
    assert_eq!(ids, sent, "every event once");
}

#[tokio::test]
async fn what_is_not_committed_is_not_sent() {
    let (world, receiver) = (World::new().await, Receiver::start().await);
    world.sink(&receiver.url, &[], false).await;
    let mut tx = world.state.store().begin().await.expect("a transaction");
    enqueue(&mut tx, [("dev.waymark.step.completed.v1", "{}")], world.state.now()).await.expect("it works");
    drop(tx);
    assert_eq!(world.deliver().await, 0);
    assert!(receiver.received().is_empty());
}

#[tokio::test]
async fn a_failing_receiver_gets_ten_attempts_and_the_letter_can_be_sent_again() {
    let (world, receiver) = (World::new().await, Receiver::start().await);
    let (id, secret) = world.sink(&receiver.url, &[], false).await;
    receiver.answers([500; 10]);
    world.record(&[done()]).await;
    let mut attempts = 0;
    for _ in 0..20 {
        attempts += world.deliver().await;
        // Longer than any pause with its jitter.
        world.pass(SignedDuration::from_hours(30));
    }
    assert_eq!(attempts, 10);
    assert_eq!(world.row(&id).await, (0, 1, None));
    let letters = sink::dead_letters(world.state.store(), 10).await.expect("letters");
    assert_eq!((letters.len(), letters[0].answer.as_str()), (1, "500"));
    let received = receiver.received();
    let first = received[0].header("webhook-id").to_owned();
    assert!(received.iter().all(|one| one.header("webhook-id") == first), "the receiver's key against repeats");
    let mut tx = world.state.store().begin().await.expect("a transaction");
    assert_eq!(sink::resend(&mut tx, &id, world.state.now()).await.expect("it works"), 1);
    tx.commit().await.expect("it commits");
    assert_eq!(world.deliver().await, 1);
    assert_eq!(world.row(&id).await, (0, 0, None));
    let again = receiver.received().pop().expect("an attempt");
    again.verify(&secret, world.state.now());
    assert_eq!(again.header("webhook-id"), first);
}

#[tokio::test]
async fn attempts_keep_to_the_table() {
    let (world, receiver) = (World::new().await, Receiver::start().await);
    world.sink(&receiver.url, &[], false).await;
    receiver.answers([500, 500]);
    world.record(&[done()]).await;
    assert_eq!(world.deliver().await, 1);
    world.pass(SignedDuration::from_millis(4_999));
    assert_eq!(world.deliver().await, 0, "5 s have not passed");
    world.pass(SignedDuration::from_millis(1_001));
    assert_eq!(world.deliver().await, 1, "a fifth more is the most");
    world.pass(SignedDuration::from_secs(299));
    assert_eq!(world.deliver().await, 0, "5 min have not passed");
    world.pass(SignedDuration::from_secs(61));
    assert_eq!(world.deliver().await, 1);
}

#[tokio::test]
async fn a_busy_receiver_says_when_to_come_back() {
    let (world, receiver) = (World::new().await, Receiver::start().await);
    let (id, _) = world.sink(&receiver.url, &[], false).await;
    receiver.script.lock().expect("a lock").push_back((429, Some(("retry-after", "600"))));
    world.record(&[done()]).await;
    world.deliver().await;
    world.pass(SignedDuration::from_secs(599));
    assert_eq!(world.deliver().await, 0);
    world.pass(SignedDuration::from_secs(1));
    assert_eq!(world.deliver().await, 1);
    assert_eq!(world.row(&id).await, (0, 0, None));
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_switched_off_alone() {
    let (world, gone, other) = (World::new().await, Receiver::start().await, Receiver::start().await);
    let (id, _) = world.sink(&gone.url, &[], false).await;
    world.sink(&other.url, &[], false).await;
    gone.answers([410]);
    world.record(&[done()]).await;
    world.deliver().await;
    assert!(world.row(&id).await.2.is_some_and(|reason| reason.contains("410")));
    world.record(&[done()]).await;
    world.pass(SignedDuration::from_hours(1));
    world.deliver().await;
    assert_eq!((gone.received().len(), other.received().len()), (1, 2));
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let (world, receiver, trap) = (World::new().await, Receiver::start().await, Receiver::start().await);
    let (id, _) = world.sink(&receiver.url, &[], false).await;
    let target: &'static str = Box::leak(trap.url.clone().into_boxed_str());
    receiver.script.lock().expect("a lock").push_back((307, Some(("location", target))));
    world.record(&[done()]).await;
    world.deliver().await;
    assert!(trap.received().is_empty());
    assert_eq!(world.row(&id).await, (1, 0, None), "it is a failure, and tried again");
}

#[tokio::test]
async fn private_targets_are_refused_when_made_and_when_called() {
    let (mut world, receiver) = (World::new().await, Receiver::start().await);
    for url in
        ["http://127.0.0.1/", "https://127.0.0.1/", "https://10.1.2.3/", "https://[::1]/", "https://169.254.169.254/"]
    {
        let wanted = MakeSink { url: url.to_owned(), types: Vec::new(), batched: false };
        let made = manage::make(world.state.store(), Targets::Public, "cli", &wanted, world.state.now()).await;
        assert!(made.is_err(), "{url}");
    }
    // Made when private targets were allowed; one by number and one by a name that leads to this machine.
    let (number, _) = world.sink(&receiver.url, &[], false).await;
    let port = receiver.url.rsplit(':').next().expect("a port");
    let (name, _) = world.sink(&format!("https://localhost:{port}"), &[], false).await;
    world.sender = Sender::new(Targets::Public).expect("a client");
    world.record(&[done()]).await;
    assert_eq!(world.deliver().await, 2);
    assert!(receiver.received().is_empty());
    for id in [number, name] {
        assert_eq!(world.row(&id).await, (0, 1, None), "asking again changes nothing");
    }
    let letters = sink::dead_letters(world.state.store(), 10).await.expect("letters");
    assert!(letters.iter().any(|letter| letter.answer.contains("is a private address")), "{letters:?}");
}

#[tokio::test]
async fn two_servers_do_not_send_one_message_twice() {
    let (world, receiver) = (World::new().await, Receiver::start().await);
    world.sink(&receiver.url, &[], false).await;
    world.record(&(0..20).map(|_| done()).collect::<Vec<_>>()).await;
    let both = tokio::join!(world.deliver(), world.deliver());
    assert_eq!(both.0 + both.1, 20);
    assert_eq!(receiver.received().len(), 20);
}

#[tokio::test]
async fn what_was_taken_by_a_server_that_died_is_sent_after_its_lease() {
    let (world, receiver) = (World::new().await, Receiver::start().await);
    world.sink(&receiver.url, &[], false).await;
    world.record(&[done()]).await;
    sink::take(world.state.store(), 10, world.state.now()).await.expect("messages");
    assert_eq!(world.deliver().await, 0, "the other one may still be at it");
    world.pass(SignedDuration::from_secs(60));
    assert_eq!(world.deliver().await, 1);
}
