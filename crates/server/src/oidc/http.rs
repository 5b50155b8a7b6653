//! HTTP with the identity provider: to allowed addresses only, without redirects, bounded in time and size.

use std::{future::Future, pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

use crate::usecase::sinks::{Targets, check, guarded};

/// For one answer. A sign-in asks four times at most.
const TIME: Duration = Duration::from_secs(6);
/// Bytes of one answer; the keys of a large provider have some 20 KB.
const MOST_BYTES: usize = 512 * 1024;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpFailure {
    /// The provider named an address that is not called.
    #[error("it names an address that is not called: {0}")]
    Target(String),
    /// The request cannot be made, or there was no answer.
    #[error("no answer")]
    Silent(#[source] reqwest::Error),
    /// The answer is longer than anything of a provider.
    #[error("its answer has more than {MOST_BYTES} bytes")]
    TooLong,
    /// The answer cannot be handed on.
    #[error("its answer cannot be read")]
    Odd(#[source] axum::http::Error),
}

/// The client; cheap to clone.
#[derive(Clone)]
pub(super) struct IdpHttp {
    http: reqwest::Client,
    targets: Targets,
}

impl IdpHttp {
    /// A client that calls only `targets`.
    ///
    /// # Errors
    /// Where the system has no usable certificates.
    pub(super) fn new(targets: Targets) -> Result<Self, reqwest::Error> {
        Ok(Self { http: guarded(targets, TIME)?, targets })
    }

    /// Asks once.
    pub(super) async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
        check(&request.uri().to_string(), self.targets).map_err(|error| HttpFailure::Target(error.to_string()))?;
        let silent = |error: reqwest::Error| HttpFailure::Silent(error.without_url());
        let request = reqwest::Request::try_from(request).map_err(silent)?;
        let mut answer = self.http.execute(request).await.map_err(silent)?;
        let mut builder = axum::http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            builder = builder.header(name, value);
        }
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(silent)? {
            if bytes.len() + part.len() > MOST_BYTES {
                return Err(HttpFailure::TooLong);
            }
            bytes.extend_from_slice(&part);
        }
        builder.body(bytes).map_err(HttpFailure::Odd)
    }
}

impl<'c> AsyncHttpClient<'c> for IdpHttp {
    type Error = HttpFailure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpFailure>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}
