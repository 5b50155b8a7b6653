//! The listener that a browser comes back to, by real connections, and its reader by hostile bytes.

use std::time::Duration;

use proptest::prelude::*;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use waymark_sync::team::sign_in::{Callback, Expected, ListenError, Loopback, PATIENCE, Read, read};

const STATE: &str = "c3RhdGUtb2YtdGhpcy1zaWduLWlu";

fn expected(host: &str) -> Expected {
    let issuer = "https://login.corvane.example".to_owned();
    Expected { host: host.to_owned(), state: STATE.to_owned(), issuer, names_itself: false }
}

async fn ask(host: &str, target: &str) -> String {
    let mut stream = TcpStream::connect(host).await.expect("it listens");
    let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers");
    answer
}

#[tokio::test]
async fn one_answer_is_taken_whoever_else_knocks() {
    let loopback = Loopback::bind().await.expect("a port");
    let host = loopback.host();
    assert_eq!(loopback.redirect(), format!("http://{host}/callback"));
    let waits = tokio::spawn({
        let expected = expected(&host);
        async move { loopback.answer(&expected, PATIENCE).await }
    });
    // Connections that a browser opens in advance and never uses, and one that ends at once.
    let silent = TcpStream::connect(&host).await.expect("it listens");
    drop(TcpStream::connect(&host).await.expect("it listens"));
    assert!(ask(&host, "/favicon.ico").await.starts_with("HTTP/1.1 404"));
    let wrong = ask(&host, "/callback?code=theirs&state=another").await;
    assert!(wrong.starts_with("HTTP/1.1 400") && wrong.contains("does not belong"), "{wrong}");
    let page = ask(&host, &format!("/callback?code=mine&state={STATE}")).await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("You can close this page"), "{page}");
    assert!(page.contains("Cache-Control: no-store") && page.contains("Referrer-Policy: no-referrer"), "{page}");
    let callback = waits.await.expect("it ends").expect("an answer");
    assert_eq!(callback, Callback::Code { code: "mine".to_owned(), iss: None });
    assert!(TcpStream::connect(&host).await.is_err(), "nobody listens any more");
    drop(silent);
}

#[tokio::test]
async fn nobody_waits_for_ever() {
    let loopback = Loopback::bind().await.expect("a port");
    let host = loopback.host();
    let silent = TcpStream::connect(&host).await.expect("it listens");
    let error = loopback.answer(&expected(&host), Duration::from_millis(20)).await.expect_err("nobody came");
    assert!(matches!(error, ListenError::TooLate(_)), "{error:?}");
    assert_eq!(ListenError::TooLate(PATIENCE).to_string(), "nobody signed in within 5 minutes; begin again");
    assert!(TcpStream::connect(&host).await.is_err(), "nobody listens any more");
    drop(silent);
}

/// Words that requests are made of, so that random ones come near to real ones.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("GET ".to_owned()),
        Just("/callback".to_owned()),
        Just("?".to_owned()),
        Just("&".to_owned()),
        Just("=".to_owned()),
        Just("code=".to_owned()),
        Just("error=".to_owned()),
        Just("iss=".to_owned()),
        Just(format!("state={STATE}")),
        Just("state=".to_owned()),
        Just("%0d%0a".to_owned()),
        Just("%".to_owned()),
        Just(" HTTP/1.1\r\n".to_owned()),
        Just("Host: 127.0.0.1:1\r\n".to_owned()),
        Just("\r\n".to_owned()),
        "[ -~]{0,12}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// No bytes make the reader fail, and none without this sign-in's state are an answer.
    #[test]
    fn hostile_bytes_are_never_an_answer(pieces in prop::collection::vec(piece(), 0..24), tail in prop::collection::vec(any::<u8>(), 0..40)) {
        let mut bytes = pieces.concat().into_bytes();
        bytes.extend(tail);
        let expected = expected("127.0.0.1:1");
        let found = read(&bytes, &expected);
        let knows = bytes.windows(STATE.len()).any(|window| window == STATE.as_bytes());
        prop_assert!(knows || !matches!(found, Read::Answer(_)), "{found:?}");
        if let Read::Answer(Callback::Code { code, .. }) = &found {
            prop_assert!(!code.is_empty() && code.bytes().all(|byte| (0x20..=0x7e).contains(&byte)));
        }
        // More bytes of the same request change nothing about one that was read.
        if found != Read::Partial {
            let mut more = bytes.clone();
            more.extend_from_slice(b"GET / HTTP/1.1\r\n\r\n");
            prop_assert_eq!(read(&more, &expected), found);
        }
    }

    /// Whatever a provider's code is made of, it comes through as it was, from wherever it was cut into pieces.
    #[test]
    fn a_code_comes_through(code in "[ -~]{1,200}", cut in 0usize..200, more in "[a-z_]{1,10}=[a-z%0-9]{0,10}") {
        prop_assume!(!["code", "state", "error", "iss"].iter().any(|word| more.starts_with(&format!("{word}="))));
        let encoded: String = code.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let request =
            format!("GET /callback?{more}&code={encoded}&state={STATE} HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n");
        let expected = expected("127.0.0.1:1");
        let cut = cut.min(request.len() - 1);
        prop_assert_eq!(read(&request.as_bytes()[..cut], &expected), Read::Partial);
        prop_assert_eq!(read(request.as_bytes(), &expected), Read::Answer(Callback::Code { code, iss: None }));
    }
}
