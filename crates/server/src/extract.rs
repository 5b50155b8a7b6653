//! Request bodies, queries and path segments; whatever is wrong with them is answered as a `Problem`.

use axum::{
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{header, request::Parts},
};
use serde::de::DeserializeOwned;
use waymark_api::http::problem::ProblemKind;

use crate::error::ApiError;

/// Levels of lists and objects in JSON, at most.
const DEEPEST: usize = 32;

/// A body of JSON.
#[derive(Debug)]
pub(crate) struct Json<T>(pub T);

/// The values after the question mark.
#[derive(Debug)]
pub(crate) struct Query<T>(pub T);

/// The values in the path.
#[derive(Debug)]
pub(crate) struct Path<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let kind = kind.split(';').next().unwrap_or("").trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            let detail = "The body must be JSON, with the content type application/json.";
            return Err(ApiError::new(ProblemKind::WrongType, detail));
        }
        let bytes = axum::body::Bytes::from_request(request, state).await.map_err(unreadable)?;
        from_json(&bytes).map(Self)
    }
}

/// Reads a value from JSON of a stranger.
///
/// # Errors
/// [`ProblemKind::BadRequest`] with the place and the reason.
pub(crate) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    if too_deep(bytes) {
        let detail = format!("The JSON has more than {DEEPEST} levels.");
        return Err(ApiError::new(ProblemKind::BadRequest, detail));
    }
    serde_json::from_slice(bytes)
        .map_err(|error| ApiError::new(ProblemKind::BadRequest, format!("The JSON cannot be used: {error}.")))
}

/// What becomes of a body that did not arrive.
pub(crate) fn unreadable(rejection: BytesRejection) -> ApiError {
    match rejection.status().as_u16() {
        413 => ApiError::new(ProblemKind::TooLarge, "The body is larger than this request may be."),
        _ => ApiError::new(ProblemKind::BadRequest, "The body did not arrive as a whole, or not in time."),
    }
}

/// Whether lists and objects are nested deeper than anything of ours; counted before anything is built of it.
fn too_deep(json: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        axum::extract::Query::try_from_uri(&parts.uri).map(|axum::extract::Query(value)| Self(value)).map_err(|error| {
            ApiError::new(ProblemKind::BadRequest, format!("The address cannot be used: {}.", error.body_text()))
        })
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    /// A segment that cannot be an id of ours is one of a thing that is not there.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(_) => Err(ApiError::not_found()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::too_deep;

    #[test]
    fn levels_are_counted_outside_of_strings() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(!too_deep(nested(32).as_bytes()));
        assert!(too_deep(nested(33).as_bytes()));
        assert!(!too_deep(format!("{:?}", nested(40)).as_bytes()), "brackets in a string are no levels");
        assert!(!too_deep(br#"["\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["]"#));
        assert!(!too_deep("[],".repeat(100).as_bytes()));
    }
}
