//! Before a handler runs: its body is here, there is a place for it, and its time has begun.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{Request, State as Server},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::sync::Semaphore;
use waymark_api::http::problem::ProblemKind;

use super::Rate;
use crate::{error::ApiError, state::State};

/// Requests that work at once.
const WORKING: usize = 256;
/// Requests that wait for news at once; they hold no connection to the database.
const WAITING: usize = 1_500;

/// What one operation may use up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// Bytes of the body, at most.
    pub body: usize,
    /// Time for the body.
    pub body_time: Duration,
    /// Time for the handler after that.
    pub time: Duration,
    /// How the request is counted.
    pub place: Place,
    /// How often a device may ask.
    pub rate: Rate,
}

/// How a request is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Not at all: it must be answered when nothing else is.
    Free,
    /// Its body is read first, so that a slow client holds no place.
    Working,
    /// As [`Place::Working`], with the body handed over as it comes: uploads.
    Streaming,
    /// Most of the time it rests.
    Waiting,
}

impl Rules {
    /// For a small question and a small answer (`security.md`, section 11).
    pub(crate) const USUAL: Self = Self {
        body: 64 * 1024,
        body_time: Duration::from_secs(15),
        time: Duration::from_secs(10),
        place: Place::Working,
        rate: Rate::ANY,
    };
}

/// Places of all requests.
#[derive(Debug)]
pub(crate) struct Slots {
    working: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Slots {
    fn default() -> Self {
        Self { working: Arc::new(Semaphore::new(WORKING)), waiting: Arc::new(Semaphore::new(WAITING)) }
    }
}

/// Runs a request by its rules.
pub(crate) async fn guard(
    Server((state, rules)): Server<(State, Rules)>,
    mut request: Request,
    next: Next,
) -> Response {
    request.extensions_mut().insert(rules.rate);
    if rules.place != Place::Streaming {
        request = match whole(request, &rules).await {
            Ok(request) => request,
            Err(error) => return closing(error.into_response()),
        };
    }
    let slots = match rules.place {
        Place::Free => None,
        Place::Working | Place::Streaming => Some(&state.slots().working),
        Place::Waiting => Some(&state.slots().waiting),
    };
    let place = slots.map(|slots| Arc::clone(slots).try_acquire_owned());
    if matches!(place, Some(Err(_))) {
        state.metrics().shed();
        return ApiError::busy("The server has more to do than it can. What you did is kept on your device.")
            .into_response();
    }
    let done = tokio::time::timeout(rules.time, next.run(request)).await;
    drop(place);
    let response = done.unwrap_or_else(|_| {
        closing(ApiError::busy("The server did not get done in time. Nothing was changed.").into_response())
    });
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        state.store().doubt();
    }
    response
}

/// The request with its whole body in memory.
async fn whole(request: Request, rules: &Rules) -> Result<Request, ApiError> {
    let (parts, body) = request.into_parts();
    let read = tokio::time::timeout(rules.body_time, Limited::new(body, rules.body).collect()).await;
    let bytes = match read {
        Ok(Ok(whole)) => whole.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            let detail = format!("The server takes at most {} bytes here.", rules.body);
            return Err(ApiError::new(ProblemKind::TooLarge, detail));
        }
        Ok(Err(_)) => return Err(ApiError::new(ProblemKind::BadRequest, "The body broke off.")),
        Err(_) => return Err(ApiError::new(ProblemKind::BadRequest, "The body took too long.")),
    };
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// The connection ends with this answer: what is left of the request is not waited for.
fn closing(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

#[cfg(test)]
mod tests {
    use axum::{Router, middleware::from_fn_with_state, routing::post};
    use futures_util::future::join_all;
    use jiff::Timestamp;
    use tower::ServiceExt as _;

    use super::*;
    use crate::{guard::Proxies, state::Settings, store::Store};

    /// A router with one handler, which waits until it may go on.
    async fn router(rules: Rules, go_on: Arc<Semaphore>) -> (Router, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::sqlite(folder.path()).await.expect("a database");
        let settings = Settings {
            name: "x".to_owned(),
            url: String::new(),
            proxies: Proxies::default(),
            limited: true,
            archives: crate::usecase::archives::Archives::in_memory(),
            provider: None,
        };
        let state = State::new(store, Box::new(|| Timestamp::UNIX_EPOCH), settings).await.expect("a server");
        let handler = move || {
            let go_on = Arc::clone(&go_on);
            async move { drop(go_on.acquire().await) }
        };
        (Router::new().route("/", post(handler).layer(from_fn_with_state((state, rules), guard))), folder)
    }

    fn asked(body: Body) -> Request {
        Request::post("/").body(body).expect("a request")
    }

    #[tokio::test]
    async fn above_the_places_answers_come_at_once_and_say_when_to_come_back() {
        let go_on = Arc::new(Semaphore::new(0));
        let (router, _folder) = router(Rules::USUAL, Arc::clone(&go_on)).await;
        let all = join_all((0..WORKING + 20).map(|_| router.clone().oneshot(asked(Body::empty()))));
        let release = async {
            while router.clone().oneshot(asked(Body::empty())).await.is_ok_and(|answer| answer.status() != 503) {}
            go_on.add_permits(1_000);
        };
        let (answers, ()) = tokio::join!(all, release);
        let (mut shed, mut times) = (0, std::collections::BTreeSet::new());
        for answer in answers.into_iter().map(|answer| answer.expect("an answer")).filter(|a| a.status() == 503) {
            shed += 1;
            times.insert(answer.headers()[header::RETRY_AFTER].clone().to_str().map(str::to_owned).expect("a number"));
        }
        assert_eq!(shed, 20);
        assert!(times.len() > 1, "the times are spread: {times:?}");
    }

    #[tokio::test]
    async fn a_body_and_a_handler_that_take_too_long_are_ended_and_the_connection_with_them() {
        let rules = Rules { time: Duration::from_millis(30), body_time: Duration::from_millis(30), ..Rules::USUAL };
        let (router, _folder) = router(rules, Arc::new(Semaphore::new(0))).await;
        let never = Body::from_stream(futures_util::stream::pending::<Result<&[u8], std::io::Error>>());
        for (body, status) in [(Body::empty(), 503), (never, 400), (Body::from(vec![b' '; 65 * 1024]), 413)] {
            let answer = router.clone().oneshot(asked(body)).await.expect("an answer");
            assert_eq!(answer.status(), status);
            assert_eq!(answer.headers()[header::CONNECTION], "close");
        }
    }
}
