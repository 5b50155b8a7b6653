//! GitLab's deliveries (`protocol.md`, section 6).
//!
//! `user` is whoever acted; the author is a number. Where the payload shows that account elsewhere its name
//! is taken from there, otherwise the account is written as `#<number>` until its name is learnt.

use jiff::Timestamp;
use serde_json::Value;
use waymark_core::milestone::{
    Account, Change, Environment, Forge, ForgeAction, ForgeEvent, Place, is_revert, reverted,
};

use super::{
    json::{flag, list, moment, number, optional, place, text},
    read::{Pushed, Read, Unreadable},
};

/// Reads one delivery. Kinds and actions that are not used are read as such.
///
/// # Errors
/// Where a field of a kind that is used is missing.
pub(crate) fn read(body: &Value, received: Timestamp) -> Result<Read, Unreadable> {
    let accounts = accounts(body);
    let kind = optional(body, "/object_kind").or(optional(body, "/event_name")).unwrap_or_default();
    let mut read = match kind {
        "merge_request" => merge_request(body, &accounts, received)?,
        "note" => note(body, &accounts, received)?,
        "deployment" => deployment(body)?,
        "push" => push(body)?,
        "user_add_to_group" => joined(body)?,
        _ => Read::other(Forge::GitLab, kind, received),
    };
    read.accounts = accounts;
    Ok(read)
}

/// How an account is written whose number alone is known.
pub(crate) fn numbered(number: u64) -> String {
    format!("#{number}")
}

fn merge_request(body: &Value, accounts: &[(u64, String)], received: Timestamp) -> Result<Read, Unreadable> {
    let action = optional(body, "/object_attributes/action").unwrap_or_default();
    let change = || change(body, "/object_attributes", accounts);
    let updated = || moment(body, "/object_attributes/updated_at");
    match action {
        "open" => {
            event(body, moment(body, "/object_attributes/created_at")?, ForgeAction::ChangeOpened { change: change()? })
        }
        "update" if ends_draft(body) => event(body, updated()?, ForgeAction::ChangeReady { change: change()? }),
        "close" => event(body, updated()?, ForgeAction::ChangeClosed { change: change()?, merged: false }),
        "merge" => {
            let merged = optional(body, "/object_attributes/state") == Some("merged");
            // Its own time is in the payload of few versions.
            let exact = moment(body, "/object_attributes/merged_at").ok();
            let at = exact.map_or_else(updated, Ok)?;
            let mut read = event(body, at, ForgeAction::ChangeClosed { change: change()?, merged })?;
            read.event.approximate = exact.is_none();
            let commits = ["merge_commit_sha", "squash_commit_sha", "last_commit/id"];
            let commits = commits.into_iter().filter_map(|name| optional(body, &format!("/object_attributes/{name}")));
            read.merged = commits.filter(|_| merged).map(str::to_owned).collect();
            Ok(read)
        }
        // One person's, and the one that made the request's approvals complete.
        "approval" | "approved" => {
            let mut read =
                event(body, updated()?, ForgeAction::Reviewed { change: change()?, reviewer: actor(body)? })?;
            read.event.approximate = true;
            Ok(read)
        }
        _ => Ok(Read::other(Forge::GitLab, &format!("merge_request {action}"), received)),
    }
}

/// Whether this update is the one that ended the draft.
fn ends_draft(body: &Value) -> bool {
    ["/changes/draft", "/changes/work_in_progress"].into_iter().any(|pointer| {
        body.pointer(pointer).is_some_and(|change| flag(change, "/previous") && !flag(change, "/current"))
    })
}

fn note(body: &Value, accounts: &[(u64, String)], received: Timestamp) -> Result<Read, Unreadable> {
    let on_a_change = optional(body, "/object_attributes/noteable_type") == Some("MergeRequest");
    // GitLab writes notes itself ("changed the description"), and tells of edits too.
    let written = !flag(body, "/object_attributes/system")
        && optional(body, "/object_attributes/action").is_none_or(|action| action == "create");
    if !(on_a_change && written) {
        return Ok(Read::other(Forge::GitLab, "note", received));
    }
    let change = change(body, "/merge_request", accounts)?;
    let at = moment(body, "/object_attributes/created_at")?;
    event(body, at, ForgeAction::Reviewed { change, reviewer: actor(body)? })
}

fn deployment(body: &Value) -> Result<Read, Unreadable> {
    let name = text(body, "/environment")?.to_owned();
    let tier = optional(body, "/environment_tier");
    let sha = text(body, "/commit_url")?.rsplit('/').next().unwrap_or_default().to_owned();
    let action = ForgeAction::Deployed {
        environment: Environment {
            production: tier.map(|tier| tier == "production"),
            // GitLab's name for what is set up for one branch and stopped again.
            transient: name.starts_with("review/"),
            name,
        },
        success: optional(body, "/status") == Some("success"),
        commit: sha,
        authors: None,
    };
    event(body, moment(body, "/status_changed_at")?, action)
}

fn push(body: &Value) -> Result<Read, Unreadable> {
    let told = |pointer| optional(body, pointer).filter(|value| !value.is_empty());
    let (pusher, email, name) = (told("/user_username"), told("/user_email"), told("/user_name"));
    // A commit names its author by address and name only. The pusher's own are known; other people's
    // become known with the merge request that brings them.
    let author = |commit| {
        let by_address = email.is_some() && email == optional(commit, "/author/email");
        let by_name = email.is_none() && name.is_some() && name == optional(commit, "/author/name");
        pusher.filter(|_| by_address || by_name)
    };
    let Pushed { commits, at, push } = Pushed::read(body, author)?;
    Ok(Read { push, ..event(body, at, ForgeAction::Pushed { commits })? })
}

fn joined(body: &Value) -> Result<Read, Unreadable> {
    let group = text(body, "/group_path")?.to_owned();
    let member = Account { login: text(body, "/user_username")?.to_owned(), bot: false };
    let place = Place { owner: group, repository: None, fork: false };
    let at = moment(body, "/created_at")?;
    let action = ForgeAction::Joined { member, team: None };
    Ok(Read::new(ForgeEvent { forge: Forge::GitLab, place, at, approximate: false, action }))
}

fn change(body: &Value, pointer: &str, accounts: &[(u64, String)]) -> Result<Change, Unreadable> {
    let request = body.pointer(pointer).ok_or_else(|| Unreadable(pointer.to_owned()))?;
    let branch = optional(request, "/source_branch").unwrap_or_default();
    let revert = is_revert(optional(request, "/title").unwrap_or_default(), branch);
    let description = optional(request, "/description").unwrap_or_default();
    let author = number(request, "/author_id")?;
    let known = accounts.iter().find(|(number, _)| *number == author).map(|(_, login)| login.clone());
    Ok(Change {
        number: number(request, "/iid")?,
        author: Account { login: known.unwrap_or_else(|| numbered(author)), bot: false },
        draft: flag(request, "/draft") || flag(request, "/work_in_progress"),
        revert,
        reverts: if revert { reverted(description) } else { None },
    })
}

fn actor(body: &Value) -> Result<Account, Unreadable> {
    Ok(Account { login: text(body, "/user/username")?.to_owned(), bot: false })
}

/// Every account that the payload shows with number and name.
fn accounts(body: &Value) -> Vec<(u64, String)> {
    let lists = ["/assignees", "/reviewers"].into_iter().flat_map(|pointer| list(body, pointer));
    let single = ["/user", "/assignee"].into_iter().filter_map(|pointer| body.pointer(pointer));
    let mut found: Vec<(u64, String)> = single
        .chain(lists)
        .filter_map(|user| Some((number(user, "/id").ok()?, optional(user, "/username")?.to_owned())))
        .collect();
    if let (Ok(number), Some(login)) = (number(body, "/user_id"), optional(body, "/user_username")) {
        found.push((number, login.to_owned()));
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn event(body: &Value, at: Timestamp, action: ForgeAction) -> Result<Read, Unreadable> {
    let place = place(text(body, "/project/path_with_namespace")?, false);
    Ok(Read::new(ForgeEvent { forge: Forge::GitLab, place, at, approximate: false, action }))
}
