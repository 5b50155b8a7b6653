//! Joining and staying signed in.

use axum::{extract::State as Server, http::StatusCode};
use waymark_api::http::{
    auth::{Enrol, Enrolled, InviteCard, LookAtInvite, Refresh, Revoke, Tokens},
    problem::ProblemKind::{InviteUsed, NotFound, SignedOut, SlowDown},
};

use crate::{
    auth::Caller,
    error::ApiError,
    extract::Json,
    guard::{Address, Rate},
    operation::{Operation, Who},
    state::State,
    usecase::{enrol, invite, refresh, sessions},
};

/// Joining, and staying signed in.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::post("/v1/invites/look", look)
            .about("Whom an invite is for; nothing is used up.", Who::Holder)
            .takes::<LookAtInvite>()
            .gives::<InviteCard>(200)
            .fails(&[NotFound, InviteUsed, SlowDown]),
        Operation::post("/v1/enrol", enrol)
            .about("Takes an invite and makes the device one of the person's.", Who::Holder)
            .takes::<Enrol>()
            .gives::<Enrolled>(200)
            .fails(&[NotFound, InviteUsed, SlowDown]),
        Operation::post("/v1/auth/refresh", refresh)
            .about("The next pair of tokens; the same `rotation` gets the same pair for a minute.", Who::Holder)
            .takes::<Refresh>()
            .gives::<Tokens>(200)
            .fails(&[SignedOut, SlowDown]),
        Operation::post("/v1/auth/revoke", revoke)
            .about("Ends a session: one's own, or anybody's for an admin.", Who::SignedIn)
            .takes::<Revoke>()
            .fails(&[NotFound]),
    ]
}

/// Runs an attempt with a code. One that opens nothing counts against the address.
async fn attempt<T>(
    state: &State,
    Address(address): Address,
    work: impl Future<Output = Result<T, ApiError>>,
) -> Result<T, ApiError> {
    let who = address.to_string();
    state.limits().take(&Rate::INVITE, &who)?;
    let done = work.await;
    let counts = done.as_ref().is_err_and(|error| matches!(error.kind.status(), 400..=499));
    if !counts {
        state.limits().give_back(&Rate::INVITE, &who);
    }
    done
}

/// `POST /v1/invites/look`.
pub(crate) async fn look(
    Server(state): Server<State>,
    address: Address,
    Json(body): Json<LookAtInvite>,
) -> Result<axum::Json<InviteCard>, ApiError> {
    Ok(axum::Json(attempt(&state, address, invite::look(&state, &body.code)).await?))
}

/// `POST /v1/enrol`.
pub(crate) async fn enrol(
    Server(state): Server<State>,
    address: Address,
    Json(body): Json<Enrol>,
) -> Result<axum::Json<Enrolled>, ApiError> {
    Ok(axum::Json(attempt(&state, address, enrol::enrol(&state, &body)).await?))
}

/// `POST /v1/auth/refresh`.
pub(crate) async fn refresh(
    Server(state): Server<State>,
    Json(body): Json<Refresh>,
) -> Result<axum::Json<Tokens>, ApiError> {
    Ok(axum::Json(refresh::refresh(&state, &body).await?))
}

/// `POST /v1/auth/revoke`.
pub(crate) async fn revoke(
    Server(state): Server<State>,
    caller: Caller,
    Json(body): Json<Revoke>,
) -> Result<StatusCode, ApiError> {
    sessions::end(&state, &caller, &body.session).await?;
    Ok(StatusCode::NO_CONTENT)
}
