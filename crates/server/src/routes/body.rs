//! A request's body: bounded in bytes and in time.

use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use waymark_api::http::problem::ProblemKind;

use crate::error::ApiError;

/// For a body of a request that is answered from memory.
const BODY_TIME: Duration = Duration::from_secs(15);

/// Reads a whole body of at most `most` bytes.
///
/// # Errors
/// [`ProblemKind::TooLarge`] above that, [`ProblemKind::BadRequest`] where it stays away.
pub(crate) async fn read(body: Body, most: usize) -> Result<Bytes, ApiError> {
    let whole = tokio::time::timeout(BODY_TIME, Limited::new(body, most).collect()).await;
    match whole {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            Err(ApiError::new(ProblemKind::TooLarge, format!("The server takes at most {most} bytes here.")))
        }
        Ok(Err(_)) => Err(ApiError::new(ProblemKind::BadRequest, "The body broke off.")),
        Err(_) => Err(ApiError::new(ProblemKind::BadRequest, "The body took too long.")),
    }
}

/// Reads a small JSON body. Unknown fields are refused by the types themselves.
///
/// # Errors
/// Where it is too large, of another type or not what was asked for.
pub(crate) async fn json<T: serde::de::DeserializeOwned>(request: axum::extract::Request) -> Result<T, ApiError> {
    let is_json = media_type(request.headers()).is_some_and(|(kind, _)| kind == "application/json");
    if !is_json {
        return Err(ApiError::new(ProblemKind::WrongType, "Send application/json."));
    }
    let bytes = read(request.into_body(), 64 * 1024).await?;
    serde_json::from_slice(&bytes)
        .map_err(|error| ApiError::new(ProblemKind::BadRequest, format!("The request cannot be understood: {error}.")))
}

/// The body's media type in lower case, and its parameters.
pub(crate) fn media_type(headers: &axum::http::HeaderMap) -> Option<(String, String)> {
    let text = headers.get(axum::http::header::CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase();
    let (kind, parameters) = text.split_once(';').unwrap_or((&text, ""));
    Some((kind.trim().to_owned(), parameters.trim().to_owned()))
}
