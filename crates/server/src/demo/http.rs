//! Requests to the server's own routes, without a socket in between.

use anyhow::Context;
use axum::{
    Router,
    body::Body,
    http::{Method, Request, header},
};
use http_body_util::BodyExt as _;
use serde::{Serialize, de::DeserializeOwned};
use tower::ServiceExt as _;
use waymark_api::http::{BATCH_TYPE, envelope::CloudEvent, events::BatchAnswer};

/// The server's routes.
pub(super) struct Http(Router);

impl Http {
    /// Over these routes.
    pub(super) fn new(router: Router) -> Self {
        Self(router)
    }

    /// Sends a value and reads the answer.
    ///
    /// # Errors
    /// Where the server refuses; the message has its answer.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        token: &str,
        path: &str,
        body: &impl Serialize,
    ) -> anyhow::Result<T> {
        self.send(Method::POST, token, path, "application/json", serde_json::to_vec(body)?).await
    }

    /// Reads something.
    ///
    /// # Errors
    /// Where the server refuses.
    pub(super) async fn get<T: DeserializeOwned>(&self, token: &str, path: &str) -> anyhow::Result<T> {
        self.send(Method::GET, token, path, "application/json", Vec::new()).await
    }

    /// Sends a batch of events.
    ///
    /// # Errors
    /// Where the server does not take the batch as a whole.
    pub(super) async fn events(&self, token: &str, batch: &[CloudEvent]) -> anyhow::Result<BatchAnswer> {
        self.send(Method::POST, token, "/v1/events", BATCH_TYPE, serde_json::to_vec(batch)?).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        token: &str,
        path: &str,
        kind: &str,
        body: Vec<u8>,
    ) -> anyhow::Result<T> {
        let request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))?;
        let answer = self.0.clone().oneshot(request).await?;
        let status = answer.status();
        let bytes = answer.into_body().collect().await?.to_bytes();
        anyhow::ensure!(status.is_success(), "{method} {path}: {status} {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).with_context(|| format!("{method} {path} answered something else"))
    }
}
