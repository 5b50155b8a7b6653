//! The listener that a browser comes back to: on this machine only, on a port that the system gives, for one answer.
//!
//! It has one address: 127.0.0.1, or `[::1]` on a machine without that (RFC 8252, section 7.3: be ready for both, use
//! what is there). The redirect names the address itself and not `localhost`, so no browser looks for the other one,
//! and a port of the other one that nobody comes to would only be open to whoever knocks. IPv4 comes first because
//! that is what providers have registered.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::timeout,
};

use super::callback::{Callback, Expected, PATH, Read, read};

/// How long a person may take in the browser.
pub const PATIENCE: Duration = Duration::from_secs(300);
/// How long one connection may take. Browsers open some in advance and never use them.
const CONNECTION: Duration = Duration::from_secs(20);
/// Connections at once; more are closed.
const MOST: usize = 16;

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The system gives no port.
    #[error("this computer gives no port for the browser to come back to")]
    Bind(#[source] io::Error),
    /// The listener failed.
    #[error("the browser cannot come back to Waymark")]
    Accept(#[source] io::Error),
    /// Nobody signed in within the time.
    #[error("nobody signed in within {} minutes; begin again", .0.as_secs() / 60)]
    TooLate(Duration),
}

/// A port of this machine that waits for one answer.
#[derive(Debug)]
pub struct Loopback {
    listener: TcpListener,
    address: SocketAddr,
}

impl Loopback {
    /// Takes a free port on 127.0.0.1, or on `[::1]` where there is no 127.0.0.1.
    ///
    /// # Errors
    /// [`ListenError::Bind`].
    pub async fn bind() -> Result<Self, ListenError> {
        Self::on(&[(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]).await
    }

    /// Takes the first of these addresses that the machine has.
    async fn on(addresses: &[SocketAddr]) -> Result<Self, ListenError> {
        let listener = TcpListener::bind(addresses).await.map_err(ListenError::Bind)?;
        let address = listener.local_addr().map_err(ListenError::Bind)?;
        Ok(Self { listener, address })
    }

    /// Host and port, as a browser names them.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// Where the browser comes back to.
    pub fn redirect(&self) -> String {
        format!("http://{}{PATH}", self.host())
    }

    /// Waits so long for the answer, and shows the browser a page that says it can be closed. The port is free afterwards.
    ///
    /// # Errors
    /// [`ListenError::TooLate`], or where the listener fails.
    pub async fn answer(self, expected: &Expected, patience: Duration) -> Result<Callback, ListenError> {
        timeout(patience, self.first(expected)).await.unwrap_or(Err(ListenError::TooLate(patience)))
    }

    async fn first(self, expected: &Expected) -> Result<Callback, ListenError> {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) if connections.len() < MOST => {
                        let expected = expected.clone();
                        connections.spawn(async move { timeout(CONNECTION, talk(stream, &expected)).await });
                    }
                    Ok(_) => {}
                    // A connection that was gone before it was accepted is nobody's fault.
                    Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                    Err(error) => return Err(ListenError::Accept(error)),
                },
                Some(done) = connections.join_next() => {
                    if let Ok(Ok(Ok(Some(callback)))) = done {
                        return Ok(callback);
                    }
                }
            }
        }
    }
}

/// One request and its page.
async fn talk(mut stream: TcpStream, expected: &Expected) -> io::Result<Option<Callback>> {
    let mut bytes = Vec::new();
    let mut part = [0; 2_048];
    let found = loop {
        let count = stream.read(&mut part).await?;
        if count == 0 {
            return Ok(None);
        }
        bytes.extend_from_slice(part.get(..count).unwrap_or_default());
        match read(&bytes, expected) {
            Read::Partial => {}
            found => break found,
        }
    };
    let (status, page) = match &found {
        Read::Answer(Callback::Code { .. }) => (200, DONE),
        Read::Answer(_) => (200, NOT_DONE),
        Read::Other(status) => (*status, NOT_THIS),
        Read::Partial => (400, NOT_THIS),
    };
    let callback = if let Read::Answer(callback) = found { Some(callback) } else { None };
    // Whatever becomes of the page, the answer counts.
    let _ = stream.write_all(response(status, page).as_bytes()).await;
    let _ = stream.shutdown().await;
    Ok(callback)
}

const DONE: (&str, &str) = ("You can close this page", "Waymark has your sign-in and goes on with it.");
const NOT_DONE: (&str, &str) = ("You are not signed in", "Waymark says what happened. You can close this page.");
const NOT_THIS: (&str, &str) = ("Nothing to see here", "This does not belong to a sign-in that Waymark waits for.");

/// The page. The address that it stands at has a code in it, so it is neither kept nor told to anybody.
fn response(status: u16, (title, text): (&str, &str)) -> String {
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title} · Waymark</title>\
         <style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui,sans-serif;display:grid;\
         place-content:center;min-height:90vh;text-align:center}}h1{{font-size:1.5rem;font-weight:600;margin:0}}\
         </style><main><h1>{title}</h1><p>{text}</p></main></html>"
    );
    format!(
        "HTTP/1.1 {status} Waymark\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the network for documentation (RFC 5737): no machine has it.
    const NOBODYS: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

    #[tokio::test]
    async fn it_listens_at_one_address_and_that_is_the_first_one_there() {
        let usual = Loopback::bind().await.expect("a port");
        assert_eq!(usual.address.ip(), Ipv4Addr::LOCALHOST);
        assert!(TcpStream::connect((Ipv6Addr::LOCALHOST, usual.address.port())).await.is_err(), "not at the other one");

        let refused = Loopback::on(&[(NOBODYS, 0).into()]).await;
        assert!(matches!(refused, Err(ListenError::Bind(_))), "{refused:?}");
    }

    #[tokio::test]
    async fn without_ipv4_the_browser_comes_back_by_ipv6() {
        if std::net::TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err() {
            let _ = io::Write::write_all(&mut io::stderr(), b"SKIPPED a sign-in over [::1]: there is no IPv6 here\n");
            return;
        }
        let loopback = Loopback::on(&[(NOBODYS, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]).await.expect("a port");
        let host = loopback.host();
        assert_eq!(host, format!("[::1]:{}", loopback.address.port()));
        assert_eq!(loopback.redirect(), format!("http://{host}/callback"));
        let expected = Expected {
            host: host.clone(),
            state: "state-of-this-sign-in".to_owned(),
            issuer: String::new(),
            names_itself: false,
        };
        let browser = async {
            let mut stream = TcpStream::connect(&host).await.expect("it listens");
            let request = format!("GET /callback?code=a&state=state-of-this-sign-in HTTP/1.1\r\nHost: {host}\r\n\r\n");
            stream.write_all(request.as_bytes()).await.expect("it reads");
            let mut page = String::new();
            stream.read_to_string(&mut page).await.expect("it answers");
            page
        };
        let (callback, page) = tokio::join!(loopback.answer(&expected, PATIENCE), browser);
        assert_eq!(callback.expect("an answer"), Callback::Code { code: "a".to_owned(), iss: None });
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    }
}
