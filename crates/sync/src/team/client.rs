//! HTTP with the team's server: bounded in time and size, no redirects, encrypted unless the server is on this
//! machine.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use reqwest::{
    Method, RequestBuilder, Response, StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use serde::{Serialize, de::DeserializeOwned};
use waymark_api::http::{BATCH_TYPE, VERSION, events::BatchAnswer, problem::Problem};

mod address;
mod error;

use super::clock;
use crate::http::{self, why_unreachable};
use error::{by_status, named};

pub use address::{BadServerAddress, ServerAddress};
pub use error::CallError;

const CONNECT: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(20);
const ANSWER: Duration = Duration::from_secs(40);
/// How long a bundle may take.
const DOWNLOAD: Duration = Duration::from_secs(600);
const JSON_BYTES: u64 = 32 * 1024 * 1024;
const BUNDLE_BYTES: u64 = 64 * 1024 * 1024;

/// In [`TeamClient::date`] for none.
const NO_DATE: i64 = i64::MIN;

/// A connection to a team's server. Cheap to clone.
#[derive(Clone)]
pub struct TeamClient {
    http: reqwest::Client,
    address: ServerAddress,
    /// Of the last answer to this client or a clone of it, in seconds since 1970.
    date: Arc<AtomicI64>,
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
        let http = http::client()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .timeout(ANSWER)
            .redirect(Policy::none())
            .build()
            .map_err(|error| CallError::Client(error.without_url().to_string()))?;
        Ok(Self { http, address, date: Arc::new(AtomicI64::new(NO_DATE)) })
    }

    /// The server.
    pub fn address(&self) -> &ServerAddress {
        &self.address
    }

    /// What the server's clock said in the last answer to this client or a clone of it, in whole seconds; it is
    /// told once.
    pub(super) fn take_date(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.date.swap(NO_DATE, Ordering::Relaxed)).ok()
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
        let response = self.send(request).await?;
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
        let response = self.send(self.with_token(request, token)).await?;
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
        let response = self.send(self.with_token(request, token)).await?;
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

    async fn send(&self, request: RequestBuilder) -> Result<Response, CallError> {
        let response = request.send().await.map_err(|error| self.unreachable(error))?;
        let date = response.headers().get(DATE).and_then(|value| clock::date(value.to_str().ok()?));
        self.date.store(date.map_or(NO_DATE, Timestamp::as_second), Ordering::Relaxed);
        Ok(response)
    }

    async fn json<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, CallError> {
        let request = request.header(ACCEPT, "application/json");
        let response = self.send(request).await?;
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
        CallError::Unreachable { host: self.address.host(), why: why_unreachable(error) }
    }
}
