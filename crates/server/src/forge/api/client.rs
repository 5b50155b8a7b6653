//! One forge's API: a token, a time and a size for every answer.

use std::time::Duration;

use reqwest::{StatusCode, Url, header, redirect::Policy};
use serde_json::Value;

use crate::{
    forge::{Settings, Source},
    usecase::sinks::{USER_AGENT, install_provider},
};

/// For one answer.
const TIME: Duration = Duration::from_secs(15);
/// Bytes of one answer. A page of a hundred pull requests has about 2 MB.
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// Pages of one question, a hundred rows each: GitHub's search gives no more.
const MOST_PAGES: usize = 10;

/// A forge's API.
#[derive(Clone)]
pub(in crate::forge) struct Api {
    http: reqwest::Client,
    base: Url,
    token: String,
    source: Source,
}

/// Why the API did not answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiFailure {
    /// The client cannot be made, or the address is none.
    #[error("the address of the API cannot be used: {0}")]
    Address(String),
    /// No answer.
    #[error("the API did not answer")]
    Silent(#[source] reqwest::Error),
    /// It does not want to be asked now.
    #[error("the API asks for a pause ({0})")]
    Busy(StatusCode),
    /// It refuses.
    #[error("the API answered {0}")]
    Refused(StatusCode),
    /// What it said is not what it documents.
    #[error("the API's answer cannot be understood: {0}")]
    Odd(String),
}

impl ApiFailure {
    /// Whether asking for something else may work now.
    pub(in crate::forge) fn is_about_one_thing(&self) -> bool {
        matches!(self, Self::Odd(_)) || matches!(self, Self::Refused(status) if *status != StatusCode::UNAUTHORIZED)
    }
}

impl From<crate::forge::read::Unreadable> for ApiFailure {
    fn from(error: crate::forge::read::Unreadable) -> Self {
        Self::Odd(error.to_string())
    }
}

impl Api {
    /// The API of a forge; `None` where no token is configured.
    ///
    /// # Errors
    /// Where its address is none.
    pub(in crate::forge) fn of(source: Source, settings: &Settings) -> Result<Option<Self>, ApiFailure> {
        let Some(token) = settings.token.clone() else { return Ok(None) };
        install_provider();
        let base = Url::parse(&settings.api).map_err(|error| ApiFailure::Address(error.to_string()))?;
        let http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .timeout(TIME)
            // The token goes to the configured address and nowhere else.
            .redirect(Policy::none())
            .build()
            .map_err(|error| ApiFailure::Address(error.to_string()))?;
        Ok(Some(Self { http, base, token, source }))
    }

    /// Asks for one thing. Segments are encoded as they need to be.
    ///
    /// # Errors
    /// [`ApiFailure`] says what went wrong.
    pub(in crate::forge) async fn get(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Value, ApiFailure> {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let request = self.http.get(url);
        let request = match self.source {
            Source::GitLab => request.header("PRIVATE-TOKEN", &self.token),
            Source::GitHub | Source::CdEvents => request
                .bearer_auth(&self.token)
                .header(header::ACCEPT, "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28"),
        };
        let mut answer = request.send().await.map_err(|error| ApiFailure::Silent(error.without_url()))?;
        let status = answer.status();
        let exhausted = answer.headers().get("x-ratelimit-remaining").is_some_and(|left| left == "0")
            || answer.headers().contains_key(header::RETRY_AFTER);
        match status {
            _ if status.is_success() => {}
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => return Err(ApiFailure::Busy(status)),
            StatusCode::FORBIDDEN if exhausted => return Err(ApiFailure::Busy(status)),
            _ => return Err(ApiFailure::Refused(status)),
        }
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|error| ApiFailure::Silent(error.without_url()))? {
            if bytes.len() + part.len() > MOST_BYTES {
                return Err(ApiFailure::Odd(format!("it has more than {MOST_BYTES} bytes")));
            }
            bytes.extend_from_slice(&part);
        }
        serde_json::from_slice(&bytes).map_err(|error| ApiFailure::Odd(error.to_string()))
    }

    /// Asks for the rows of a list, page by page. `rows` is the field that holds them, where the answer is no list.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub(in crate::forge) async fn pages(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
        rows: Option<&str>,
    ) -> Result<Vec<Value>, ApiFailure> {
        let mut all = Vec::new();
        for page in 1..=MOST_PAGES {
            let page = page.to_string();
            let mut query = query.to_vec();
            query.extend([("per_page", "100"), ("page", page.as_str())]);
            let mut answer = self.get(path, &query).await?;
            let list = match rows {
                Some(name) => answer.get_mut(name).map(Value::take),
                None => Some(answer),
            };
            let Some(Value::Array(list)) = list else { return Err(ApiFailure::Odd("it is no list".to_owned())) };
            let last = list.len() < 100;
            all.extend(list);
            if last {
                break;
            }
        }
        Ok(all)
    }
}
