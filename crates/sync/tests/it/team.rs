//! What the exchange says over HTTP, and how it understands the answers: against a server that says one thing.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
};
use waymark_api::http::{
    auth::Hello,
    events::{BatchAnswer, Outcome},
};
use waymark_sync::team::{
    client::{BadServerAddress, CallError, ServerAddress, TeamClient},
    driver::{self, DiskFailed, Port},
    machine::{Change, Failure, Row, Slot, Standing, State, Wake},
};

/// A server that answers each request by its path, and keeps what it was asked.
struct Double {
    address: ServerAddress,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Double {
    async fn start(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = ServerAddress::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer) = (Arc::clone(&asked), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                tokio::spawn(async move {
                    let mut request = Vec::new();
                    let mut piece = [0; 4096];
                    while !is_whole(&request) {
                        match stream.read(&mut piece).await {
                            Ok(0) | Err(_) => return,
                            Ok(read) => request.extend_from_slice(&piece[..read]),
                        }
                    }
                    let request = String::from_utf8_lossy(&request).into_owned();
                    let line = request.lines().next().unwrap_or_default().to_owned();
                    seen.lock().unwrap().push(request);
                    let _ = stream.write_all(answer(&line).as_bytes()).await;
                });
            }
        });
        Self { address, asked }
    }

    fn client(&self) -> TeamClient {
        TeamClient::new(self.address.clone()).unwrap()
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

fn respond(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len())
}

#[tokio::test]
async fn refusals_mean_what_the_protocol_says() {
    let problem = |kind: &str| format!(r#"{{"type":"urn:waymark:problem:{kind}","title":"No","status":401}}"#);
    let cases: [(&str, &str, String, Failure); 11] = [
        ("401 Unauthorized", "", problem("sign-in"), Failure::SignIn),
        ("401 Unauthorized", "", problem("signed-out"), Failure::SignedOut),
        ("401 Unauthorized", "", String::new(), Failure::SignIn),
        ("403 Forbidden", "", String::new(), Failure::Forbidden),
        ("410 Gone", "", problem("cursor-too-old"), Failure::Gone),
        ("413 Payload Too Large", "", String::new(), Failure::TooLarge),
        ("426 Upgrade Required", "", problem("upgrade-app"), Failure::Upgrade),
        (
            "429 Too Many Requests",
            "retry-after: 7\r\n",
            String::new(),
            Failure::Busy { retry_after: Some(Duration::from_secs(7)) },
        ),
        ("503 Service Unavailable", "", "<html>proxy</html>".to_owned(), Failure::Busy { retry_after: None }),
        ("500 Internal Server Error", "", String::new(), Failure::Fault),
        // A page for signing in somewhere else is no answer, and nobody follows it.
        ("302 Found", "location: http://127.0.0.1:9/\r\n", String::new(), Failure::Fault),
    ];
    for (status, headers, body, expected) in cases {
        let (status, headers) = (status.to_owned(), headers.to_owned());
        let name = status.clone();
        let double = Double::start(move |_| respond(&status, &headers, &body)).await;
        let error = double.client().get::<Hello>(None, &["hello"], &[]).await.unwrap_err();
        assert_eq!(error.failure(), expected, "{name}: {error}");
        assert_eq!(double.asked().len(), 1, "{name} is asked once");
    }
}

#[tokio::test]
async fn silence_and_nonsense_are_told_apart() {
    let double = Double::start(|_| respond("200 OK", "", "<html>")).await;
    let error = double.client().get::<Hello>(None, &["hello"], &[]).await.unwrap_err();
    assert!(matches!(error, CallError::Odd { .. }), "{error}");
    assert_eq!(error.failure(), Failure::Fault);
    let nobody = ServerAddress::parse("http://127.0.0.1:1").unwrap();
    let error = TeamClient::new(nobody).unwrap().get::<Hello>(None, &["hello"], &[]).await.unwrap_err();
    assert_eq!((error.failure(), error.is_offline()), (Failure::Unreachable, true));
}

#[test]
fn what_people_do_never_crosses_a_network_readably() {
    assert_eq!(ServerAddress::parse("http://team.example"), Err(BadServerAddress::Unencrypted));
    assert_eq!(ServerAddress::parse("ftp://team.example"), Err(BadServerAddress::NoAddress));
    assert_eq!(ServerAddress::parse("https://a:b@team.example"), Err(BadServerAddress::NoAddress));
    assert_eq!(ServerAddress::parse("team.example/w/").unwrap().to_string(), "https://team.example/w");
}

const ID: &str = "0192f0c4-7d1e-7b3a-9a55-6f0c2f3f9e11";
const GAP: &str = r#"{"server_epoch":3,"cursor":{"epoch":1,"last":4},
    "results":[{"id":"0192f0c4-7d1e-7b3a-9a55-6f0c2f3f9e11","seq":6,"status":"gap","expected":5}]}"#;

#[tokio::test]
async fn a_batch_goes_byte_for_byte_and_a_conflict_with_results_is_an_answer() {
    let double = Double::start(|_| respond("409 Conflict", "", GAP)).await;
    let events = [br#"{"id": "a" }"#.as_slice(), br#"{"id":"b"}"#];
    let answer: BatchAnswer = double.client().send_batch(Some("secret"), events.into_iter()).await.unwrap();
    assert_eq!(answer.results[0].outcome, Outcome::Gap { expected: 5 });
    let request = double.asked().remove(0);
    assert!(request.starts_with("POST /v1/events HTTP/1.1\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\n[{\"id\": \"a\" },{\"id\":\"b\"}]"), "{request}");
    let head = request.to_lowercase();
    assert!(head.contains("content-type: application/cloudevents-batch+json\r\n"), "{request}");
    assert!(head.contains("authorization: bearer secret\r\n"), "{request}");
    assert!(head.contains(concat!("user-agent: waymark/", env!("CARGO_PKG_VERSION"), "\r\n")), "{request}");
}

/// A disk with one fact on it, receipts for a server that was restored, and an access token that is too old.
struct Small {
    give_back: Mutex<Option<u64>>,
    saved: mpsc::UnboundedSender<Change>,
    waiting: Mutex<Vec<Row>>,
    token: Mutex<String>,
    states: Arc<Mutex<Vec<State>>>,
}

impl Port for Small {
    async fn read(&self, _: usize) -> Result<(Vec<Row>, Standing), DiskFailed> {
        let last = Slot { epoch: 1, sequence: 1 };
        let standing =
            Standing { last, server_epoch: 3, feed: 7, relearn: false, give_back: *self.give_back.lock().unwrap() };
        Ok((self.waiting.lock().unwrap().clone(), standing))
    }
    async fn save(&self, changes: Vec<Change>) -> Result<(), DiskFailed> {
        for change in changes {
            match change {
                Change::Answered { .. } => self.waiting.lock().unwrap().clear(),
                Change::GivenBack(last) => *self.give_back.lock().unwrap() = last,
                _ => {}
            }
            let _ = self.saved.send(change);
        }
        Ok(())
    }
    async fn receipts(&self, after: u64, _: usize) -> Result<Vec<(u64, String)>, DiskFailed> {
        Ok([(3, "sealed".to_owned())].into_iter().filter(|(position, _)| *position > after).collect())
    }
    async fn access(&self) -> Option<String> {
        Some(self.token.lock().unwrap().clone())
    }
    async fn refresh(&self) -> Result<(), Failure> {
        *self.token.lock().unwrap() = "new".to_owned();
        Ok(())
    }
    async fn show(&self, state: State) {
        self.states.lock().unwrap().push(state);
    }
}

#[tokio::test]
async fn a_turn_asks_for_terms_place_and_feed_and_signs_in_anew_on_the_way() {
    let hello = r#"{"server":"00000000-0000-0000-0000-000000000001","name":"Corvane","server_epoch":3,
        "versions":[1],"max_batch":100,"max_bytes":262144}"#;
    let sent = format!(
        r#"{{"server_epoch":3,"cursor":{{"epoch":1,"last":1}},"results":[{{"id":"{ID}","seq":1,"status":"accepted"}}]}}"#
    );
    let asked_for_token = Arc::new(Mutex::new(false));
    let double = Double::start(move |line| {
        let path = line.split(' ').nth(1).unwrap_or_default();
        match path {
            "/v1/hello" => respond("200 OK", "", hello),
            "/v1/events/cursor" if !std::mem::replace(&mut *asked_for_token.lock().unwrap(), true) => {
                respond("401 Unauthorized", "", "")
            }
            "/v1/events/cursor" => respond("200 OK", "", r#"{"server_epoch":3,"epoch":1,"last":0}"#),
            "/v1/feed/receipts" => respond("200 OK", "", r#"{"server_epoch":3,"taken":1,"known":0,"passed_over":0}"#),
            "/v1/events" => respond("200 OK", "", &sent),
            "/v1/feed?after=7" => respond(
                "200 OK",
                "",
                r#"{"server_epoch":3,"changes":[{"number":9,"kind":"content"}],"next":9,"more":false}"#,
            ),
            other => panic!("nobody asks for {other}"),
        }
    })
    .await;
    let (saved, mut changes) = mpsc::unbounded_channel();
    let row = Row { slot: Slot { epoch: 1, sequence: 1 }, id: ID.parse().unwrap(), void: false, bytes: b"{}".to_vec() };
    let states = Arc::new(Mutex::new(Vec::new()));
    let port = Small {
        give_back: Mutex::new(Some(2)),
        saved,
        waiting: Mutex::new(vec![row]),
        token: Mutex::new("old".to_owned()),
        states: Arc::clone(&states),
    };
    let (wakes, woken) = mpsc::channel::<Wake>(1);
    let task = tokio::spawn(driver::run(port, double.client(), woken));
    let mut seen = Vec::new();
    while !seen.contains(&Change::Synced) {
        seen.push(tokio::time::timeout(Duration::from_secs(20), changes.recv()).await.unwrap().unwrap());
    }
    drop(wakes);
    task.await.unwrap();
    assert_eq!(seen[..2], [Change::GivenBack(Some(3)), Change::GivenBack(None)]);
    assert!(matches!(&seen[2], Change::Answered { slot: Slot { epoch: 1, sequence: 1 }, .. }), "{seen:?}");
    assert!(matches!(&seen[3], Change::Feed { next: 9, .. }), "{seen:?}");
    let asked = double.asked();
    let paths: Vec<&str> = asked.iter().filter_map(|request| request.split(' ').nth(1)).collect();
    let expected =
        ["/v1/hello", "/v1/events/cursor", "/v1/events/cursor", "/v1/feed/receipts", "/v1/events", "/v1/feed?after=7"];
    assert_eq!(paths, expected);
    assert!(asked[3].ends_with(r#"{"receipts":["sealed"]}"#), "{}", asked[3]);
    assert!(asked[4].to_lowercase().contains("authorization: bearer new"), "{}", asked[4]);
    assert_eq!(states.lock().unwrap().last(), Some(&State::Sent));
}
