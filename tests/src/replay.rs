//! A small server that answers as a real Backstage 1.55 did (`tests/fixtures/backstage`, recorded by
//! `cargo xtask backstage`), and that can be told to misbehave.
//!
//! This file is also compiled into the tests of `waymark-sync`, so it stands alone.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Deserialize;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The token that the server accepts.
pub const TOKEN: &str = "harbour-light-token-for-tests";

/// What to do in place of one answer.
#[derive(Clone, Debug)]
pub enum Fault {
    /// This status and these heads.
    Status(u16, Vec<(String, String)>),
    /// Half of the body that was announced.
    Cut,
    /// This body, whatever was asked for.
    Body(Vec<u8>),
}

#[derive(Debug, Deserialize)]
struct Recorded {
    path: String,
    status: u16,
    headers: BTreeMap<String, String>,
    file: Option<String>,
    json: Option<serde_json::Value>,
    text: Option<String>,
}

#[derive(Clone, Debug)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

#[derive(Debug, Default)]
struct State {
    answers: BTreeMap<String, Answer>,
    /// What happens to requests whose path holds the text, and how often.
    faults: Vec<(String, Fault, u32)>,
    asked: Vec<String>,
}

/// The server; it stops when it is dropped.
#[derive(Debug)]
pub struct Replay {
    state: Arc<Mutex<State>>,
    address: String,
    serving: JoinHandle<()>,
}

impl Drop for Replay {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Replay {
    /// Starts on a free port of this machine.
    pub async fn start() -> Self {
        let folder = fixtures();
        let text = std::fs::read_to_string(folder.join("answers.json")).expect("the recording is there");
        let recorded: Vec<Recorded> = serde_json::from_str(&text).expect("the recording can be read");
        let mut state = State::default();
        for one in recorded {
            let body = match (one.file, one.json, one.text) {
                (Some(file), ..) => std::fs::read(folder.join(file)).expect("a recorded file"),
                (None, Some(json), _) => json.to_string().into_bytes(),
                (None, None, text) => text.unwrap_or_default().into_bytes(),
            };
            state.answers.insert(key(&one.path), Answer { status: one.status, headers: one.headers, body });
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                tokio::spawn(async move { drop(serve(stream, &shared).await) });
            }
        });
        Self { state, address, serving }
    }

    /// Stops, and returns when nobody listens any more.
    pub async fn stop(mut self) {
        self.serving.abort();
        drop((&mut self.serving).await);
    }

    /// `http://127.0.0.1:…`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Misbehaves the next `times` times that a path holds `part`.
    pub fn misbehaves(&self, part: &str, times: u32, fault: Fault) {
        self.state().faults.push((part.to_owned(), fault, times));
    }

    /// Behaves again.
    pub fn behaves(&self) {
        self.state().faults.clear();
    }

    /// Puts another body, of another version, in place of a recorded one.
    pub fn changes(&self, path: &str, change: impl FnOnce(String) -> String) {
        let mut state = self.state();
        let answer = state.answers.get_mut(&key(path)).expect("this was recorded");
        let text = change(String::from_utf8_lossy(&answer.body).into_owned());
        answer.body = text.into_bytes();
        let before = answer.headers.get("etag").map_or("", String::as_str).trim_end_matches('"');
        let after = format!("{before}+\"");
        answer.headers.insert("etag".to_owned(), after);
    }

    /// Says of a site, whose metadata this is, that it was built anew.
    pub fn publishes(&self, metadata: &str) {
        self.changes(metadata, |text| {
            let mut json: serde_json::Value = serde_json::from_str(&text).expect("metadata");
            let built = json["build_timestamp"].as_i64().expect("a time");
            json["build_timestamp"] = (built + 1).into();
            json.to_string()
        });
    }

    /// Whether it was asked since the last time that somebody wanted to know: paths in order.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.state().asked)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn fixtures() -> PathBuf {
    let mut folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    while !folder.join("tests/fixtures/backstage").is_dir() {
        folder = folder.parent().expect("the recording lies in the repository");
    }
    folder.join("tests/fixtures/backstage")
}

/// What tells requests apart: of a list its cursor, of everything else the path.
fn key(path: &str) -> String {
    let (bare, query) = path.split_once('?').unwrap_or((path, ""));
    let cursor = query.split('&').any(|pair| pair.starts_with("cursor="));
    format!("{bare}{}", if cursor { " next" } else { "" })
}

async fn serve(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let length = stream.read(&mut piece).await?;
        if length == 0 || head.len() > 64 * 1024 {
            return Ok(());
        }
        head.extend_from_slice(&piece[..length]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split_whitespace().nth(1).unwrap_or_default().to_owned();
    let (answer, cut) = answer(&head, &path, state);
    let mut out = format!(
        "HTTP/1.1 {} Recorded\r\nconnection: close\r\ncontent-length: {}\r\n",
        answer.status,
        answer.body.len()
    );
    for (name, value) in &answer.headers {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    out.push_str("\r\n");
    stream.write_all(out.as_bytes()).await?;
    let length = if cut { answer.body.len() / 2 } else { answer.body.len() };
    stream.write_all(&answer.body[..length]).await?;
    stream.shutdown().await
}

fn answer(head: &str, path: &str, state: &Mutex<State>) -> (Answer, bool) {
    let value = |wanted: &str| {
        let line = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        head.lines().filter_map(line).find(|(name, _)| name == wanted).map(|(_, value)| value)
    };
    let mut state = lock(state);
    state.asked.push(path.to_owned());
    let bare = |status: u16, body: &[u8]| Answer { status, headers: BTreeMap::new(), body: body.to_vec() };
    let mut answer = if value("authorization").as_deref() == Some(&format!("Bearer {TOKEN}")) {
        state.answers.get(&key(path)).cloned().unwrap_or_else(|| bare(404, b""))
    } else {
        state.answers.get("*").cloned().unwrap_or_else(|| bare(401, b""))
    };
    let fault = state.faults.iter_mut().find(|(part, _, times)| *times > 0 && path.contains(part.as_str()));
    if let Some((_, fault, times)) = fault {
        *times -= 1;
        match fault.clone() {
            Fault::Status(status, headers) => {
                return (Answer { status, headers: headers.into_iter().collect(), body: Vec::new() }, false);
            }
            Fault::Cut => return (answer, true),
            Fault::Body(body) => return (bare(200, &body), false),
        }
    }
    if answer.status == 200 && value("if-none-match").is_some_and(|tag| answer.headers.get("etag") == Some(&tag)) {
        answer.status = 304;
        answer.body.clear();
    }
    (answer, false)
}
