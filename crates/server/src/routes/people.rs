//! Who is who: the caller, the people they may see, and invites for them.

use axum::{extract::State as Server, http::StatusCode};
use serde::Deserialize;
use waymark_api::http::{
    auth::Me,
    org::{Invite, MakeInvite, Page, PersonEntry},
    problem::ProblemKind,
};

use crate::{
    auth::Caller,
    error::ApiError,
    extract::{Json, Query},
    operation::{Operation, Who},
    state::State,
    usecase::{invite, people},
};

/// Who is who.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/v1/me", me).about("Who asks.", Who::SignedIn).gives::<Me>(200),
        Operation::get("/v1/people", list)
            .about("Everybody for an admin, the own line for a manager.", Who::ManagerOrAdmin)
            .query(&[("after", "`next` of the page before")])
            .gives::<Page<PersonEntry>>(200),
        Operation::post("/v1/invites", invite)
            .about("Makes an invite; the code is told once.", Who::ManagerOrAdmin)
            .takes::<MakeInvite>()
            .gives::<Invite>(201)
            .fails(&[ProblemKind::NotFound]),
    ]
}

/// From where on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct After {
    #[serde(default)]
    after: String,
}

/// `GET /v1/me`.
pub(crate) async fn me(Server(state): Server<State>, caller: Caller) -> Result<axum::Json<Me>, ApiError> {
    Ok(axum::Json(people::me(&state, &caller).await?))
}

/// `GET /v1/people`.
pub(crate) async fn list(
    Server(state): Server<State>,
    caller: Caller,
    Query(page): Query<After>,
) -> Result<axum::Json<Page<PersonEntry>>, ApiError> {
    Ok(axum::Json(people::list(&state, &caller, &page.after).await?))
}

/// `POST /v1/invites`.
pub(crate) async fn invite(
    Server(state): Server<State>,
    caller: Caller,
    Json(body): Json<MakeInvite>,
) -> Result<(StatusCode, axum::Json<Invite>), ApiError> {
    Ok((StatusCode::CREATED, axum::Json(invite::make_as(&state, &caller, &body).await?)))
}
