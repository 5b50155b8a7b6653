//! Asking one server, within limits, as often as it makes sense.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::{
    Response, StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, ETAG, IF_NONE_MATCH, RETRY_AFTER},
    redirect::Policy,
};
use serde::de::DeserializeOwned;

use super::{Address, FetchError, Limits, Token};
use crate::http::{self, why_unreachable};

/// Redirects of one request. Backstage sends one, to the lower-case name of a site.
const MAX_REDIRECTS: usize = 3;

/// A connection to one Backstage. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    pub(super) address: Address,
    token: Option<Token>,
    pub(super) limits: Limits,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("address", &self.address).finish_non_exhaustive()
    }
}

/// One thing to ask for.
pub(super) struct Ask<'a> {
    pub(super) url: Url,
    /// For messages: "catalog", "file a/index.html".
    pub(super) what: &'a str,
    /// Most bytes that are taken.
    pub(super) limit: u64,
    /// The version that is here already.
    pub(super) etag: Option<&'a str>,
}

/// What came back.
pub(super) enum Answer {
    /// The version that is here already is the current one.
    Same,
    /// Its bytes, its version, and the address that it has in the end.
    New { bytes: Vec<u8>, etag: Option<String>, url: Url },
}

/// Why one try failed.
enum Failed {
    /// Another try would end alike.
    Final(FetchError),
    /// Another try may succeed, after the time that the server asks for.
    Passing(FetchError, Option<Duration>),
}

impl Client {
    /// A client for one server; a Backstage that lets everybody read needs no token.
    ///
    /// # Errors
    ///
    /// Where the system has no usable certificates.
    pub fn new(address: Address, token: Option<Token>, limits: Limits) -> Result<Self, FetchError> {
        let home = Arc::new(address.origin());
        let http = http::client()
            .connect_timeout(limits.connect)
            .read_timeout(limits.silence)
            .timeout(limits.answer)
            .redirect(Policy::custom(move |attempt| {
                let stays = attempt.url().origin().ascii_serialization() == *home;
                if stays && attempt.previous().len() <= MAX_REDIRECTS { attempt.follow() } else { attempt.stop() }
            }))
            .build()
            .map_err(|error| FetchError::Client(error.without_url().to_string()))?;
        Ok(Self { http, address, token, limits })
    }

    /// The server.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Asks, and asks again where that may help.
    pub(super) async fn ask(&self, ask: &Ask<'_>) -> Result<Answer, FetchError> {
        let mut pause = self.limits.pause;
        let mut tries_left = self.limits.tries.max(1);
        loop {
            tries_left -= 1;
            match self.once(ask).await {
                Ok(answer) => return Ok(answer),
                Err(Failed::Passing(error, wanted)) if tries_left > 0 => {
                    tracing::debug!(what = ask.what, %error, "asking again");
                    let wait = wanted.unwrap_or_else(|| spread(pause, ask.what)).min(self.limits.longest_pause);
                    if !wait.is_zero() {
                        tokio::time::sleep(wait).await;
                    }
                    pause = pause.saturating_mul(2);
                }
                Err(Failed::Passing(error, _) | Failed::Final(error)) => return Err(error),
            }
        }
    }

    async fn once(&self, ask: &Ask<'_>) -> Result<Answer, Failed> {
        let mut request = self.http.get(ask.url.clone()).header(ACCEPT, "*/*");
        if let Some(header) = self.token.as_ref().and_then(Token::header) {
            request = request.header(AUTHORIZATION, header);
        }
        if let Some(etag) = ask.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let response = request.send().await.map_err(|error| self.unreachable(error))?;
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED && ask.etag.is_some() {
            return Ok(Answer::Same);
        }
        if status != StatusCode::OK {
            return Err(self.failed(status, &response, ask.what));
        }
        let etag = response.headers().get(ETAG).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let url = response.url().clone();
        let bytes = self.body(response, ask).await?;
        Ok(Answer::New { bytes, etag: etag.filter(|etag| etag.len() <= 256), url })
    }

    /// Reads a body piece by piece, and stops where it is too long, whatever its head said.
    async fn body(&self, mut response: Response, ask: &Ask<'_>) -> Result<Vec<u8>, Failed> {
        let too_large = || Failed::Final(FetchError::TooLarge { what: ask.what.to_owned(), limit: ask.limit });
        if response.content_length().is_some_and(|length| length > ask.limit) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| self.unreachable(error))? {
            if bytes.len() as u64 + piece.len() as u64 > ask.limit {
                return Err(too_large());
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    fn failed(&self, status: StatusCode, response: &Response, what: &str) -> Failed {
        let host = self.address.host();
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Failed::Final(FetchError::Refused { host }),
            StatusCode::NOT_FOUND | StatusCode::GONE => {
                Failed::Final(FetchError::Missing { host, what: what.to_owned() })
            }
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
                Failed::Passing(FetchError::Unreachable { host, why: format!("it answers {status}") }, wanted(response))
            }
            _ if status.is_server_error() => {
                Failed::Passing(FetchError::Unreachable { host, why: format!("it answers {status}") }, wanted(response))
            }
            _ if status.is_redirection() => {
                let why = "it sends Waymark elsewhere, perhaps to a page for signing in".to_owned();
                Failed::Final(FetchError::Odd { host, why })
            }
            _ => Failed::Final(FetchError::Odd { host, why: format!("it answers {status} for the {what}") }),
        }
    }

    fn unreachable(&self, error: reqwest::Error) -> Failed {
        Failed::Passing(FetchError::Unreachable { host: self.address.host(), why: why_unreachable(error) }, None)
    }

    /// Asks for JSON. Who answers with a page for signing in is told from a Backstage here.
    pub(super) async fn json<T: DeserializeOwned>(&self, url: Url, what: &str) -> Result<T, FetchError> {
        let ask = Ask { url, what, limit: self.limits.json_bytes, etag: None };
        match self.ask(&ask).await? {
            Answer::New { bytes, .. } => serde_json::from_slice(&bytes).map_err(|error| FetchError::Odd {
                host: self.address.host(),
                why: format!("the {what} cannot be read ({error})"),
            }),
            Answer::Same => Err(FetchError::Odd { host: self.address.host(), why: "nothing changed".to_owned() }),
        }
    }
}

/// The wait that a server asks for, in seconds; a date is not understood.
fn wanted(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Between half and all of a pause, by the name of what is asked for, so that requests that failed
/// together do not come back together.
fn spread(pause: Duration, what: &str) -> Duration {
    let share = u32::from(blake3::hash(what.as_bytes()).as_bytes()[0]);
    pause / 2 + pause / 2 * share / 255
}
