//! What is kept of pages that come in the wrong order, from a server whose clock goes back.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use jiff::{Zoned, tz::TimeZone};
use tempfile::TempDir;
use uuid::Uuid;
use waymark_core::{
    calendar::WorkCalendar,
    id::DeviceId,
    team::{Line, overview},
};
use waymark_store::{Membership, WriteError};

use super::*;
use crate::{
    Config,
    ports::{Clock, NoTopics},
};

const BEFORE: &str = "2026-01-21T12:00:00Z";
/// The server's clock was set back by an hour and a half.
const AFTER: &str = "2026-01-21T10:30:00Z";
/// How long a server waits whether a second question comes before it has answered the first.
const A_WHILE: Duration = Duration::from_millis(400);

struct Standing;

impl Clock for Standing {
    fn now(&self) -> Zoned {
        moment(BEFORE).to_zoned(TimeZone::UTC)
    }
}

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// A team's page, as an answer.
fn page(team: &str, as_of: &str) -> String {
    let now = moment(as_of).to_zoned(TimeZone::UTC).datetime();
    let line = Line { team, as_of: moment(as_of), now, calendar: &WorkCalendar::default(), members: &[] };
    let body = serde_json::to_string(&overview(&line)).expect("JSON");
    format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// The next question, when it is whole.
fn question(listener: &TcpListener) -> TcpStream {
    let (mut stream, _) = listener.accept().expect("a connection");
    stream.set_nonblocking(false).expect("a socket");
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).expect("a request");
        head.extend_from_slice(&byte);
    }
    stream
}

/// Answers two questions for the team's page. Where both come at once, the later one is answered first.
fn answers(listener: &TcpListener) {
    let (older, newer) = (page("older", BEFORE), page("newer", AFTER));
    let mut first = question(listener);
    listener.set_nonblocking(true).expect("a socket");
    let (end, mut both) = (Instant::now() + A_WHILE, false);
    while !both && Instant::now() < end {
        if let Ok((mut second, _)) = listener.accept() {
            second.write_all(newer.as_bytes()).expect("an answer");
            both = true;
        }
        thread::yield_now();
    }
    if both {
        // What must not be: the newer page is kept meanwhile, and the older one comes after it.
        thread::sleep(A_WHILE);
    }
    first.write_all(older.as_bytes()).expect("an answer");
    drop(first);
    if !both {
        listener.set_nonblocking(false).expect("a socket");
        question(listener).write_all(newer.as_bytes()).expect("an answer");
    }
}

async fn member(home: &Path, server: String) -> App {
    let config = Config {
        data_dir: home.to_owned(),
        sample_dir: home.join("no-sample"),
        asset_base: "waymark-doc://localhost".to_owned(),
        version: "test".to_owned(),
    };
    let app = App::new(config, Arc::new(Standing), Arc::new(NoTopics));
    app.clone().open().await;
    let membership = Membership {
        server,
        server_name: "Corvane".to_owned(),
        person: PersonId::new(Uuid::now_v7()),
        device: DeviceId::new(Uuid::now_v7()),
        profile: String::new(),
        server_epoch: 1,
        feed: 0,
        relearn: false,
        give_back: None,
        share_notes: false,
        ended: None,
        joined_at: moment(BEFORE),
        synced_at: None,
    };
    let db = app.db().await.expect("a library");
    db.write(async |tx| -> Result<(), WriteError> { tx.membership().join(&membership).await })
        .await
        .expect("she joins");
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_never_goes_backwards_whatever_the_servers_clock_says() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let server = format!("http://{}", listener.local_addr().expect("an address"));
    let serving = thread::spawn(move || answers(&listener));
    let home = TempDir::new().expect("a temporary folder");
    let app = member(home.path(), server).await;
    let (one, two) = tokio::join!(fetch_overview(&app), fetch_overview(&app));
    one.and(two).expect("both are answered");
    serving.join().expect("it answered");
    let (kept, _) = cached::<TeamOverview>(&app, OVERVIEW).await.expect("it is read").expect("a page");
    assert_eq!((kept.team.as_str(), kept.as_of), ("newer", moment(AFTER)));
    println!("proved: a manager's page never goes backwards, also where the server's clock does (I8)");
}
