//! GitHub's deliveries (`protocol.md`, section 6).

use jiff::Timestamp;
use serde_json::Value;
use waymark_core::milestone::{Change, Environment, Forge, ForgeAction, ForgeEvent, Place, is_revert, reverted};

use super::{
    json::{flag, github_account, moment, number, optional, place, text},
    read::{Pushed, Read, Unreadable},
};

/// Reads one delivery; `kind` is `X-GitHub-Event`. Kinds and actions that are not used are read as such.
///
/// # Errors
/// Where a field of a kind that is used is missing.
pub(crate) fn read(kind: &str, body: &Value, received: Timestamp) -> Result<Read, Unreadable> {
    let action = optional(body, "/action").unwrap_or_default();
    match (kind, action) {
        ("pull_request", "opened" | "ready_for_review" | "closed") => pull_request(action, body),
        ("pull_request_review", "submitted") => {
            let reviewer = github_account(body, "/review/user")?;
            let change = change(body, "/pull_request")?;
            event(body, moment(body, "/review/submitted_at")?, ForgeAction::Reviewed { change, reviewer })
        }
        ("deployment_status", _) => deployment(body),
        ("push", _) => push(body),
        ("membership", "added") => {
            let team = optional(body, "/team/slug").or(optional(body, "/team/name")).map(str::to_owned);
            joined(body, "/member", team, received)
        }
        ("organization", "member_added") => joined(body, "/membership/user", None, received),
        _ => Ok(Read::other(Forge::GitHub, &format!("{kind} {action}"), received)),
    }
}

/// A pull request of a delivery or of the API, which have the same shape.
///
/// # Errors
/// Where a field is missing.
pub(crate) fn change(body: &Value, pointer: &str) -> Result<Change, Unreadable> {
    let pull = body.pointer(pointer).ok_or_else(|| Unreadable(pointer.to_owned()))?;
    let branch = optional(pull, "/head/ref").unwrap_or_default();
    let revert = is_revert(optional(pull, "/title").unwrap_or_default(), branch);
    let description = optional(pull, "/body").unwrap_or_default();
    Ok(Change {
        number: number(pull, "/number")?,
        author: github_account(pull, "/user")?,
        draft: flag(pull, "/draft"),
        revert,
        reverts: if revert { reverted(description) } else { None },
    })
}

fn pull_request(action: &str, body: &Value) -> Result<Read, Unreadable> {
    let change = change(body, "/pull_request")?;
    let merged = flag(body, "/pull_request/merged");
    let (at, action) = match action {
        "opened" => (moment(body, "/pull_request/created_at")?, ForgeAction::ChangeOpened { change }),
        // The request's own time of that moment is not in the payload; its last change is that one.
        "ready_for_review" => (moment(body, "/pull_request/updated_at")?, ForgeAction::ChangeReady { change }),
        _ if merged => (moment(body, "/pull_request/merged_at")?, ForgeAction::ChangeClosed { change, merged }),
        _ => (moment(body, "/pull_request/closed_at")?, ForgeAction::ChangeClosed { change, merged }),
    };
    let mut read = event(body, at, action)?;
    if merged {
        let commits = ["/pull_request/merge_commit_sha", "/pull_request/head/sha"];
        read.merged = commits.into_iter().filter_map(|pointer| optional(body, pointer)).map(str::to_owned).collect();
    }
    Ok(read)
}

fn deployment(body: &Value) -> Result<Read, Unreadable> {
    let environment = Environment {
        name: text(body, "/deployment/environment")?.to_owned(),
        production: body.pointer("/deployment/production_environment").and_then(Value::as_bool),
        transient: flag(body, "/deployment/transient_environment"),
    };
    // A status may name another environment than its deployment: then that is where it went.
    let environment = match optional(body, "/deployment_status/environment") {
        Some(name) if !name.is_empty() && name != environment.name => {
            Environment { name: name.to_owned(), production: None, ..environment }
        }
        _ => environment,
    };
    let action = ForgeAction::Deployed {
        environment,
        success: optional(body, "/deployment_status/state") == Some("success"),
        commit: text(body, "/deployment/sha")?.to_owned(),
        authors: None,
    };
    event(body, moment(body, "/deployment_status/created_at")?, action)
}

fn push(body: &Value) -> Result<Read, Unreadable> {
    let author = |commit| optional(commit, "/author/username").filter(|login| !login.is_empty());
    let Pushed { commits, at, push } = Pushed::read(body, author)?;
    Ok(Read { push, ..event(body, at, ForgeAction::Pushed { commits })? })
}

fn joined(body: &Value, who: &str, team: Option<String>, received: Timestamp) -> Result<Read, Unreadable> {
    let owner = text(body, "/organization/login")?.to_owned();
    let action = ForgeAction::Joined { member: github_account(body, who)?, team };
    let place = Place { owner, repository: None, fork: false };
    // The payload has no time.
    Ok(Read::new(ForgeEvent { forge: Forge::GitHub, place, at: received, approximate: true, action }))
}

fn event(body: &Value, at: Timestamp, action: ForgeAction) -> Result<Read, Unreadable> {
    let place = place(text(body, "/repository/full_name")?, flag(body, "/repository/fork"));
    Ok(Read::new(ForgeEvent { forge: Forge::GitHub, place, at, approximate: false, action }))
}
