//! `POST /v1/events`, `GET /v1/events/cursor`, `GET /v1/feed`.

use std::time::Duration;

use axum::{
    Json,
    extract::{self, Query, Request},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use schemars::SchemaGenerator;
use serde::Deserialize;
use serde_json::value::RawValue;
use waymark_api::http::{
    BATCH_TYPE, MAX_BATCH_BYTES,
    envelope::CloudEvent,
    events::{BatchAnswer, CursorAnswer, Outcome},
    feed::{Feed, GiveBack, GivenBack},
    problem::ProblemKind,
};

use super::body;
use crate::{
    auth::Caller,
    error::ApiError,
    guard::{Place, Rate, Rules},
    operation::{Operation, Who},
    state::State,
    store::device,
    usecase::{
        feed::{self, Changes, Wanted, Written},
        give_back, ingest,
    },
};

/// Facts in, and what changed out.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::post("/v1/events", post)
            .about("Takes facts of the caller's device, in order, each once.", Who::SignedIn)
            .takes_as(BATCH_TYPE, Some(SchemaGenerator::subschema_for::<Vec<CloudEvent>>))
            .gives::<BatchAnswer>(200)
            .fails(&[ProblemKind::Conflict, ProblemKind::Forbidden])
            .rules(Rules { body: MAX_BATCH_BYTES, ..Rules::USUAL })
            .rate(Rate::EVENTS),
        Operation::get("/v1/events/cursor", cursor)
            .about("Where the caller's device stands.", Who::SignedIn)
            .gives::<CursorAnswer>(200)
            .fails(&[ProblemKind::Forbidden]),
        Operation::get("/v1/feed", feed)
            .about(
                "What changed for the caller, in the order of commits; waits for news where asked to.",
                Who::SignedIn,
            )
            .query(&[
                ("after", "what comes after this number"),
                ("wait", "seconds to wait for news, 25 at most"),
                ("own", "also what this device recorded itself"),
                ("anew", "the device reads from the beginning, and knows that messages older than 90 days are gone"),
            ])
            .gives::<Feed>(200)
            .fails(&[ProblemKind::CursorTooOld])
            .rules(Rules { place: Place::Waiting, time: Duration::from_secs(40), ..Rules::USUAL }),
        Operation::post("/v1/feed/receipts", give_back)
            .about("Takes back facts of its own that this server lost when it was restored.", Who::SignedIn)
            .takes::<GiveBack>()
            .gives::<GivenBack>(200)
            .rules(Rules { body: MAX_BATCH_BYTES, ..Rules::USUAL })
            .rate(Rate::EVENTS),
    ]
}

/// `POST /v1/events`: facts of the caller's device. 409 has the same body, and says where it stopped.
pub(crate) async fn post(
    extract::State(state): extract::State<State>,
    caller: Caller,
    request: Request,
) -> Result<Response, ApiError> {
    let form = Form::of(request.headers())?;
    let bytes = body::read(request.into_body(), MAX_BATCH_BYTES).await?;
    let batch = match form {
        Form::Batch => ingest::read_batch(&bytes, caller.person)?,
        Form::Single => ingest::read_single(&bytes, caller.person)?,
    };
    let answer = ingest::ingest(&state, &caller, batch).await?;
    for result in &answer.results {
        state.metrics().events(result.outcome.name(), 1);
    }
    Ok((status(&answer), no_store(), Json(answer)).into_response())
}

fn status(answer: &BatchAnswer) -> StatusCode {
    let stopped = |outcome: &Outcome| matches!(outcome, Outcome::Diverged | Outcome::Gap { .. });
    if answer.results.iter().any(|result| stopped(&result.outcome)) { StatusCode::CONFLICT } else { StatusCode::OK }
}

fn no_store() -> [(header::HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-store")]
}

/// How events are written in a body.
enum Form {
    Batch,
    Single,
}

impl Form {
    fn of(headers: &HeaderMap) -> Result<Self, ApiError> {
        let wrong = || ApiError::new(ProblemKind::WrongType, format!("Send {BATCH_TYPE} in UTF-8."));
        let (kind, parameters) = body::media_type(headers).ok_or_else(wrong)?;
        if !matches!(parameters.replace(['"', ' '], "").as_str(), "" | "charset=utf-8") {
            return Err(wrong());
        }
        // Whole names, so it does not matter that one begins as the other does.
        match kind.as_str() {
            BATCH_TYPE => Ok(Self::Batch),
            "application/cloudevents+json" => Ok(Self::Single),
            _ => Err(wrong()),
        }
    }
}

/// `GET /v1/events/cursor`.
pub(crate) async fn cursor(extract::State(state): extract::State<State>, caller: Caller) -> Result<Response, ApiError> {
    let cursor = device::cursor(state.store(), caller.device, caller.person).await?;
    let cursor = cursor.ok_or_else(ingest::not_your_device)?;
    let answer = CursorAnswer { server_epoch: state.identity().epoch, cursor };
    Ok((no_store(), Json(answer)).into_response())
}

/// What `GET /v1/feed` is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeedQuery {
    /// What comes after this number.
    #[serde(default)]
    after: u64,
    /// Seconds to wait for news, 25 at most.
    #[serde(default)]
    wait: u32,
    /// Also what this device recorded itself.
    #[serde(default)]
    own: bool,
    /// From the beginning, page after page.
    #[serde(default)]
    anew: bool,
}

/// `GET /v1/feed?after=&wait=&own=&anew=`.
pub(crate) async fn feed(
    extract::State(state): extract::State<State>,
    caller: Caller,
    query: Result<Query<FeedQuery>, extract::rejection::QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(query) = query.map_err(|error| ApiError::new(ProblemKind::BadRequest, error.body_text()))?;
    let wanted = Wanted {
        after: query.after,
        wait: Duration::from_secs(u64::from(query.wait)),
        own: query.own,
        anew: query.anew,
    };
    let changes = feed::read(&state, &caller, wanted).await?;
    let text = feed_json(state.identity().epoch, changes)
        .map_err(|_| ApiError::new(ProblemKind::Fault, "The changes could not be written."))?;
    Ok((no_store(), [(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// `POST /v1/feed/receipts`.
pub(crate) async fn give_back(
    extract::State(state): extract::State<State>,
    caller: Caller,
    crate::extract::Json(wish): crate::extract::Json<GiveBack>,
) -> Result<Response, ApiError> {
    Ok((no_store(), Json(give_back::give_back(&state, &caller, wish).await?)).into_response())
}

/// [`waymark_api::http::feed::Feed`] with the bytes of facts as they came.
fn feed_json(server_epoch: u64, changes: Changes) -> Result<String, serde_json::Error> {
    #[derive(serde::Serialize)]
    #[serde(untagged)]
    enum Line<'a> {
        Event {
            number: u64,
            kind: &'static str,
            event: &'a RawValue,
            by: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            receipt: Option<&'a str>,
        },
        Other {
            number: u64,
            #[serde(flatten)]
            kind: &'a waymark_api::http::feed::ChangeKind,
        },
    }
    #[derive(serde::Serialize)]
    struct Page<'a> {
        server_epoch: u64,
        changes: Vec<Line<'a>>,
        next: u64,
        more: bool,
    }
    let lines = changes.changes.iter().map(|(number, written)| match written {
        Written::Event { event, by, receipt } => {
            Line::Event { number: *number, kind: "event", event, by, receipt: receipt.as_deref() }
        }
        Written::Kind(kind) => Line::Other { number: *number, kind },
    });
    let page = Page { server_epoch, changes: lines.collect(), next: changes.next, more: changes.more };
    serde_json::to_string(&page)
}
