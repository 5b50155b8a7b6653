//! HTTP with the team's server: bounded in time and size, no redirects, encrypted unless the server is on this
//! machine.

use std::{fmt, sync::Once, time::Duration};

use reqwest::{
    Method, RequestBuilder, Response, StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use serde::{Serialize, de::DeserializeOwned};
use waymark_api::http::{
    BATCH_TYPE, VERSION,
    events::BatchAnswer,
    problem::{Problem, ProblemKind},
};

use super::machine::Failure;
use crate::backstage::address::is_this_machine;

/// All that the server learns about this machine.
const USER_AGENT: &str = concat!("Waymark/", env!("CARGO_PKG_VERSION"));
const CONNECT: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(20);
const ANSWER: Duration = Duration::from_secs(40);
/// How long a bundle may take.
const DOWNLOAD: Duration = Duration::from_secs(600);
const JSON_BYTES: u64 = 32 * 1024 * 1024;
const BUNDLE_BYTES: u64 = 64 * 1024 * 1024;

/// Where a team's server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddress(Url);

/// Why an address is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadServerAddress {
    /// It is no web address.
    #[error("this is no address of a server; it begins with https://")]
    NoAddress,
    /// What people do would cross the network readably.
    #[error("this address is not encrypted; use https:// (http:// works for a server on this computer only)")]
    Unencrypted,
}

impl ServerAddress {
    /// Reads what a person typed; a missing scheme is `https`.
    ///
    /// # Errors
    /// [`BadServerAddress`] says what is wrong.
    pub fn parse(typed: &str) -> Result<Self, BadServerAddress> {
        let typed = typed.trim();
        let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
        let mut url = Url::parse(&whole).map_err(|_| BadServerAddress::NoAddress)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(BadServerAddress::NoAddress)?;
        match url.scheme() {
            "https" => {}
            "http" if is_this_machine(host) => {}
            "http" => return Err(BadServerAddress::Unencrypted),
            _ => return Err(BadServerAddress::NoAddress),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadServerAddress::NoAddress);
        }
        url.set_query(None);
        url.set_fragment(None);
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// Whether the connection stays on this machine and is not encrypted.
    pub fn is_plain_loopback(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Host and port, as people know the server.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    fn join<'s>(&self, segments: impl IntoIterator<Item = &'s str>) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// No answer.
    #[error("{host} cannot be reached: {why}")]
    Unreachable {
        /// The server.
        host: String,
        /// What the network says.
        why: String,
    },
    /// The server said no, and why.
    #[error("{}", if problem.detail.is_empty() { &problem.title } else { &problem.detail })]
    Refused {
        /// Which kind, where this code knows it.
        kind: ProblemKind,
        /// In its words.
        problem: Box<Problem>,
    },
    /// It answers, and not as a team's server.
    #[error("{host} does not answer as a Waymark server: {why}")]
    Odd {
        /// The server.
        host: String,
        /// What is odd.
        why: String,
    },
    /// The system has no usable certificates.
    #[error("no connection can be made: {0}")]
    Client(String),
}

impl CallError {
    /// The kind of a refusal.
    pub fn kind(&self) -> Option<ProblemKind> {
        match self {
            Self::Refused { kind, .. } => Some(*kind),
            _ => None,
        }
    }

    /// Whether the server could not be reached or cannot work now.
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
            || matches!(self.kind(), Some(ProblemKind::Unavailable | ProblemKind::SlowDown))
    }

    /// What it means for the exchange.
    pub fn failure(&self) -> Failure {
        match self {
            Self::Unreachable { .. } | Self::Client(_) => Failure::Unreachable,
            Self::Odd { .. } => Failure::Fault,
            Self::Refused { kind, problem } => match kind {
                ProblemKind::SignIn => Failure::SignIn,
                ProblemKind::SignedOut => Failure::SignedOut,
                ProblemKind::UpgradeApp => Failure::Upgrade,
                ProblemKind::TooLarge => Failure::TooLarge,
                ProblemKind::InviteUsed | ProblemKind::CursorTooOld => Failure::Gone,
                ProblemKind::Forbidden => Failure::Forbidden,
                ProblemKind::SlowDown | ProblemKind::Unavailable => Failure::Busy {
                    retry_after: problem.retry_after.map(|seconds| Duration::from_secs(u64::from(seconds))),
                },
                ProblemKind::BadRequest
                | ProblemKind::NotFound
                | ProblemKind::Conflict
                | ProblemKind::WrongType
                | ProblemKind::BadRange
                | ProblemKind::Refused
                | ProblemKind::Fault => Failure::Fault,
            },
        }
    }
}

/// A connection to a team's server. Cheap to clone.
#[derive(Clone)]
pub struct TeamClient {
    http: reqwest::Client,
    address: ServerAddress,
}

impl fmt::Debug for TeamClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TeamClient").field("address", &self.address).finish_non_exhaustive()
    }
}

impl TeamClient {
    /// A client for one server.
    ///
    /// # Errors
    /// Where the system has no usable certificates.
    pub fn new(address: ServerAddress) -> Result<Self, CallError> {
        static PROVIDER: Once = Once::new();
        // Fails only where another part of the program chose one before, and then that one serves.
        PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
        let http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .timeout(ANSWER)
            .redirect(Policy::none())
            .build()
            .map_err(|error| CallError::Client(error.without_url().to_string()))?;
        Ok(Self { http, address })
    }

    /// The server.
    pub fn address(&self) -> &ServerAddress {
        &self.address
    }

    /// Whether the server answers at all.
    pub async fn is_alive(&self) -> bool {
        let asked = self.http.get(self.address.join(["live"])).timeout(CONNECT).send().await;
        asked.is_ok_and(|answer| answer.status().is_success())
    }

    /// `GET` below `/v1`.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn get<T: DeserializeOwned>(
        &self,
        token: Option<&str>,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Result<T, CallError> {
        let mut url = self.url(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.json(self.with_token(self.http.get(url), token)).await
    }

    /// `POST` of JSON below `/v1`, for an answer in JSON.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn post<B: Serialize + ?Sized, T: DeserializeOwned>(
        &self,
        token: Option<&str>,
        path: &[&str],
        body: &B,
    ) -> Result<T, CallError> {
        let body = serde_json::to_vec(body).map_err(|error| self.odd(error.to_string()))?;
        let request = self.http.post(self.url(path)).header(CONTENT_TYPE, "application/json").body(body);
        self.json(self.with_token(request, token)).await
    }

    /// A request below `/v1` whose answer has no content that matters.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call(&self, token: Option<&str>, method: Method, path: &[&str]) -> Result<(), CallError> {
        let request = self.with_token(self.http.request(method, self.url(path)), token);
        let response = request.send().await.map_err(|error| self.unreachable(error))?;
        if response.status().is_success() { Ok(()) } else { Err(self.refused(response).await) }
    }

    /// `DELETE` below `/v1`.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn delete(&self, token: Option<&str>, path: &[&str]) -> Result<(), CallError> {
        self.call(token, Method::DELETE, path).await
    }

    /// `POST /v1/events`: envelopes as they are, in one array. A 409 with results is an answer too.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn send_batch<'b>(
        &self,
        token: Option<&str>,
        events: impl Iterator<Item = &'b [u8]>,
    ) -> Result<BatchAnswer, CallError> {
        let mut body = vec![b'['];
        for (at, event) in events.enumerate() {
            if at > 0 {
                body.push(b',');
            }
            body.extend_from_slice(event);
        }
        body.push(b']');
        let request = self.http.post(self.url(&["events"])).header(CONTENT_TYPE, BATCH_TYPE).body(body);
        let response = self.with_token(request, token).send().await.map_err(|error| self.unreachable(error))?;
        let status = response.status();
        if !status.is_success() && status != StatusCode::CONFLICT {
            return Err(self.refused(response).await);
        }
        let bytes = self.body(response, JSON_BYTES).await?;
        serde_json::from_slice(&bytes).map_err(|error| self.odd(error.to_string()))
    }

    /// `GET /v1/bundles/{digest}`.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn bundle(&self, token: Option<&str>, digest: &str) -> Result<Vec<u8>, CallError> {
        let request = self.http.get(self.url(&["bundles", digest])).timeout(DOWNLOAD);
        let response = self.with_token(request, token).send().await.map_err(|error| self.unreachable(error))?;
        if !response.status().is_success() {
            return Err(self.refused(response).await);
        }
        self.body(response, BUNDLE_BYTES).await
    }

    fn url(&self, path: &[&str]) -> Url {
        let version = format!("v{VERSION}");
        self.address.join([version.as_str()].into_iter().chain(path.iter().copied()))
    }

    fn with_token(&self, request: RequestBuilder, token: Option<&str>) -> RequestBuilder {
        let header = token.and_then(|token| HeaderValue::from_str(&format!("Bearer {token}")).ok());
        match header {
            Some(mut value) => {
                value.set_sensitive(true);
                request.header(AUTHORIZATION, value)
            }
            None => request,
        }
    }

    async fn json<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, CallError> {
        let request = request.header(ACCEPT, "application/json");
        let response = request.send().await.map_err(|error| self.unreachable(error))?;
        if !response.status().is_success() {
            return Err(self.refused(response).await);
        }
        let bytes = self.body(response, JSON_BYTES).await?;
        // An answer without content stands for `()`.
        let bytes = if bytes.is_empty() { b"null".to_vec() } else { bytes };
        serde_json::from_slice(&bytes).map_err(|error| self.odd(format!("its answer cannot be read ({error})")))
    }

    /// Reads a body piece by piece, and stops where it is too long, whatever its head said.
    async fn body(&self, mut response: Response, limit: u64) -> Result<Vec<u8>, CallError> {
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| self.unreachable(error))? {
            if bytes.len() as u64 + piece.len() as u64 > limit {
                return Err(self.odd(format!("its answer is longer than {limit} bytes")));
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    /// What an error status means; the body says more where it is a problem's.
    async fn refused(&self, response: Response) -> CallError {
        let status = response.status();
        let retry_after: Option<u32> = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok())
            .and_then(|text| text.trim().parse().ok());
        let body = self.body(response, 64 * 1024).await.unwrap_or_default();
        let problem = serde_json::from_slice::<Problem>(&body).ok();
        let kind = problem.as_ref().and_then(|problem| named(&problem.kind)).or_else(|| by_status(status));
        let Some(kind) = kind else { return self.odd(format!("it answers {status}")) };
        let mut problem = problem.unwrap_or_else(|| Problem {
            kind: String::new(),
            title: format!("{} answers {status}", self.address.host()),
            status: status.as_u16(),
            detail: String::new(),
            retry_after: None,
        });
        problem.retry_after = problem.retry_after.or(retry_after);
        CallError::Refused { kind, problem: Box::new(problem) }
    }

    fn odd(&self, why: String) -> CallError {
        CallError::Odd { host: self.address.host(), why }
    }

    fn unreachable(&self, error: reqwest::Error) -> CallError {
        let error = error.without_url();
        let mut why = error.to_string();
        let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(&error);
        // The last cause is the one that says something.
        while let Some(inner) = cause {
            why = inner.to_string();
            cause = inner.source();
        }
        if error.is_timeout() {
            "it takes too long to answer".clone_into(&mut why);
        }
        CallError::Unreachable { host: self.address.host(), why }
    }
}

/// The kind in `urn:waymark:problem:<kind>`.
fn named(urn: &str) -> Option<ProblemKind> {
    let name = urn.strip_prefix("urn:waymark:problem:")?;
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// What a status means where nothing else was said: a proxy answers in the server's place.
fn by_status(status: StatusCode) -> Option<ProblemKind> {
    Some(match status.as_u16() {
        400 => ProblemKind::BadRequest,
        401 => ProblemKind::SignIn,
        403 => ProblemKind::Forbidden,
        404 => ProblemKind::NotFound,
        409 => ProblemKind::Conflict,
        410 => ProblemKind::InviteUsed,
        413 => ProblemKind::TooLarge,
        415 => ProblemKind::WrongType,
        426 => ProblemKind::UpgradeApp,
        429 => ProblemKind::SlowDown,
        502..=504 => ProblemKind::Unavailable,
        500..=599 => ProblemKind::Fault,
        _ => return None,
    })
}
