//! Published content: `/v1/bundles`.

use std::{io::Write as _, ops::Range, time::Duration};

use axum::{
    extract::{Request, State as Server},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest as _, Sha256};
use waymark_api::http::{
    feed::{BundleList, BundleRow},
    problem::ProblemKind,
};
use waymark_bundle::Limits;

use super::body;
use crate::{
    auth::{Caller, Role},
    error::ApiError,
    extract::Path,
    guard::{Place, Rules},
    operation::{Operation, Who},
    publish::content::Links,
    state::State,
    store::bundle,
    usecase::{
        ingest::hex_of,
        publish::{self, Offer, Outcome, PublishError},
    },
};

/// The header with SHA-256 of an uploaded archive, hex.
const DIGEST: &str = "x-waymark-digest";

/// Published content.
pub(crate) fn operations() -> Vec<Operation> {
    let upload = Rules {
        body: Limits::default().packed as usize,
        time: Duration::from_secs(330),
        place: Place::Streaming,
        ..Rules::USUAL
    };
    vec![
        Operation::get("/v1/bundles", list)
            .about("The newest version of everything that is published, with an ETag.", Who::SignedIn)
            .gives::<BundleList>(200),
        Operation::get("/v1/bundles/{digest}", archive)
            .about("An archive, or a range of it.", Who::SignedIn)
            .gives_as(200, "application/zstd")
            .fails(&[ProblemKind::BadRange])
            .rules(Rules { time: Duration::from_secs(60), ..Rules::USUAL }),
        Operation::put("/v1/bundles/{name}/{version}", put)
            .about("Publishes an archive; it is judged as any stranger's and signed by the server.", Who::Author)
            .takes_as("application/octet-stream", None)
            .gives::<BundleRow>(201)
            .fails(&[ProblemKind::Conflict])
            .rules(upload),
    ]
}

/// `GET /v1/bundles`, with an `ETag`.
pub(crate) async fn list(
    Server(state): Server<State>,
    _caller: Caller,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let bundles = bundle::newest(state.store()).await?;
    let text = serde_json::to_string(&BundleList { bundles })
        .map_err(|_| ApiError::new(ProblemKind::Fault, "The list could not be written."))?;
    let tag = format!("\"{}\"", &hex_of(&Sha256::digest(&text))[..32]);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let caching = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// `GET /v1/bundles/{digest}`: the archive, or a range of it.
pub(crate) async fn archive(
    Server(state): Server<State>,
    _caller: Caller,
    Path(digest): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let row = bundle::by_digest(state.store(), &digest).await?.ok_or_else(ApiError::not_found)?;
    let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let (status, range) = match asked.map(|asked| range(asked, row.bytes)) {
        None | Some(Wanted::All) => (StatusCode::OK, 0..row.bytes),
        Some(Wanted::Part(range)) => (StatusCode::PARTIAL_CONTENT, range),
        Some(Wanted::Nothing) => {
            let detail = format!("The archive has {} bytes.", row.bytes);
            return Err(ApiError::new(ProblemKind::BadRange, detail));
        }
    };
    let place = format!("bytes {}-{}/{}", range.start, range.end.saturating_sub(1), row.bytes);
    let bytes = state.archives().get(&row.digest, range).await?;
    let mut answer = (status, bytes).into_response();
    let headers = answer.headers_mut();
    let mut set = |name, value: &str| value.parse().ok().map(|value| headers.insert(name, value));
    set(header::CONTENT_TYPE, "application/zstd");
    set(header::ACCEPT_RANGES, "bytes");
    set(header::ETAG, &format!("\"{}\"", row.digest));
    // The address is the content's digest: it never changes.
    set(header::CACHE_CONTROL, "private, max-age=31536000, immutable");
    if status == StatusCode::PARTIAL_CONTENT {
        set(header::CONTENT_RANGE, &place);
    }
    Ok(answer)
}

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    All,
    Part(Range<u64>),
    Nothing,
}

/// Reads `bytes=a-b`, `bytes=a-` and `bytes=-n`. Several ranges, or other units, are answered with everything,
/// as RFC 9110 allows.
fn range(text: &str, length: u64) -> Wanted {
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|spec| spec.split_once('-')) else {
        return Wanted::All;
    };
    let number = |text: &str| text.trim().parse::<u64>();
    let range = match (first.trim().is_empty(), last.trim().is_empty()) {
        (false, false) => number(first).and_then(|first| Ok(first..number(last)?.saturating_add(1).min(length))),
        (false, true) => number(first).map(|first| first..length),
        (true, false) => number(last).map(|last| length.saturating_sub(last)..length),
        (true, true) => return Wanted::All,
    };
    match range {
        Ok(range) if range.start < range.end => Wanted::Part(range),
        Ok(_) => Wanted::Nothing,
        Err(_) => Wanted::All,
    }
}

/// `PUT /v1/bundles/{name}/{version}`: an author's archive. It is judged as any stranger's, packed anew and
/// signed by the server.
pub(crate) async fn put(
    Server(state): Server<State>,
    caller: Caller,
    Path((name, version)): Path<(String, String)>,
    request: Request,
) -> Result<Response, ApiError> {
    caller.must_be(Role::Author)?;
    let digest = request.headers().get(DIGEST).and_then(|value| value.to_str().ok()).map(str::to_ascii_lowercase);
    let bytes = body::read_slowly(request.into_body(), Limits::default().packed as usize).await?;
    if digest.is_some_and(|digest| digest != hex_of(&Sha256::digest(&bytes))) {
        return Err(ApiError::new(ProblemKind::BadRequest, format!("The archive is not the one that {DIGEST} names.")));
    }
    let opened = tokio::task::spawn_blocking(move || publish::unpacked(bytes.into())).await;
    let tree = opened.map_err(|_| ApiError::new(ProblemKind::Fault, "The archive could not be opened."))?;
    let tree = tree.map_err(|refusal| ApiError::new(ProblemKind::BadRequest, refusal))?;
    let offer = Offer { name, version: Some(version), tree, links: Links::Lenient };
    let done = publish::publish(&state, offer, &format!("p:{}", caller.person)).await.map_err(refused)?;
    let status = if done.outcome == Outcome::New { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, axum::Json(done.row)).into_response())
}

fn refused(error: PublishError) -> ApiError {
    match error {
        PublishError::Content(findings) => {
            let mut text = Vec::new();
            for finding in findings.iter().take(20) {
                let _ = writeln!(text, "{}", crate::docs::line(finding));
            }
            ApiError::new(ProblemKind::Refused, String::from_utf8_lossy(&text).into_owned())
        }
        PublishError::Exists { .. } => ApiError::new(ProblemKind::Conflict, format!("{error}.")),
        PublishError::Empty => ApiError::new(ProblemKind::BadRequest, format!("{error}.")),
        PublishError::Refused(refusal) => ApiError::new(ProblemKind::BadRequest, refusal.to_string()),
        PublishError::Store(error) => error.into(),
        PublishError::Archive(error) => error.into(),
        PublishError::Pack(_) | PublishError::Key => {
            tracing::error!(error = &error as &dyn std::error::Error, "could not publish");
            ApiError::new(ProblemKind::Fault, "The server has a fault; its log says more.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        assert_eq!(range("bytes=0-3", 10), Wanted::Part(0..4));
        assert_eq!(range("bytes=8-99", 10), Wanted::Part(8..10));
        assert_eq!(range("bytes=4-", 10), Wanted::Part(4..10));
        assert_eq!(range("bytes=-3", 10), Wanted::Part(7..10));
        assert_eq!(range("bytes=10-", 10), Wanted::Nothing);
        assert_eq!(range("bytes=0-1,4-5", 10), Wanted::All, "several ranges are answered with everything");
        assert_eq!(range("items=0-1", 10), Wanted::All);
    }
}
