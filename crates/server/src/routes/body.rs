//! A request's body: bounded in bytes and in time.

use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use waymark_api::http::problem::ProblemKind;

use crate::error::ApiError;

/// For a body of a request that is answered from memory.
const BODY_TIME: Duration = Duration::from_secs(15);

/// For an archive, which may come over a slow line.
const ARCHIVE_TIME: Duration = Duration::from_secs(300);

/// Reads a whole archive of at most `most` bytes.
///
/// # Errors
/// As [`read`].
pub(crate) async fn read_slowly(body: Body, most: usize) -> Result<Bytes, ApiError> {
    within(ARCHIVE_TIME, body, most).await
}

/// Reads a whole body of at most `most` bytes.
///
/// # Errors
/// [`ProblemKind::TooLarge`] above that, [`ProblemKind::BadRequest`] where it stays away.
pub(crate) async fn read(body: Body, most: usize) -> Result<Bytes, ApiError> {
    within(BODY_TIME, body, most).await
}

async fn within(time: Duration, body: Body, most: usize) -> Result<Bytes, ApiError> {
    let whole = tokio::time::timeout(time, Limited::new(body, most).collect()).await;
    match whole {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            Err(ApiError::new(ProblemKind::TooLarge, format!("The server takes at most {most} bytes here.")))
        }
        Ok(Err(_)) => Err(ApiError::new(ProblemKind::BadRequest, "The body broke off.")),
        Err(_) => Err(ApiError::new(ProblemKind::BadRequest, "The body took too long.")),
    }
}

/// The body's media type in lower case, and its parameters.
pub(crate) fn media_type(headers: &axum::http::HeaderMap) -> Option<(String, String)> {
    let text = headers.get(axum::http::header::CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase();
    let (kind, parameters) = text.split_once(';').unwrap_or((&text, ""));
    Some((kind.trim().to_owned(), parameters.trim().to_owned()))
}
