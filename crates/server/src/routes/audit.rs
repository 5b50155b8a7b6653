//! `GET /v1/audit`: who did what, for admins.

use axum::extract::State as Server;
use jiff::Timestamp;
use serde::Deserialize;
use waymark_api::http::org::{AuditEntry, Page};

use crate::{
    auth::{Caller, Role},
    error::ApiError,
    extract::Query,
    operation::{Operation, Who},
    state::State,
    store::audit,
};

/// Rows of a page.
const PAGE: i64 = 500;

/// The audit log.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/v1/audit", list)
            .about("Who did what, from the first row on.", Who::Admin)
            .query(&[("after", "`next` of the page before")])
            .gives::<Page<AuditEntry>>(200),
    ]
}

/// From where on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct After {
    #[serde(default)]
    after: i64,
}

/// `GET /v1/audit`: rows with their hashes, from the first on.
pub(crate) async fn list(
    Server(state): Server<State>,
    caller: Caller,
    Query(page): Query<After>,
) -> Result<axum::Json<Page<AuditEntry>>, ApiError> {
    caller.must_be(Role::Admin)?;
    let rows = audit::rows_after(state.store().read(), page.after, PAGE).await?;
    let next = (rows.len() as i64 == PAGE).then(|| rows.last().map(|row| row.number.to_string())).flatten();
    let entry = |row: audit::AuditRow| AuditEntry {
        number: row.number,
        at: Timestamp::from_millisecond(row.at).unwrap_or(Timestamp::UNIX_EPOCH),
        actor: row.actor,
        action: row.action,
        object: row.object,
        outcome: row.outcome,
        previous: row.previous,
        hash: row.hash,
    };
    Ok(axum::Json(Page { rows: rows.into_iter().map(entry).collect(), next }))
}
