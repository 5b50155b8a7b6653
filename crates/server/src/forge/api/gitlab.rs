//! What GitLab's API knows of one account.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;
use waymark_core::milestone::{Account, Change, Environment, Forge, ForgeAction, ForgeEvent, is_revert, reverted};

use super::{Api, ApiFailure, MOST_REVIEWS, Wanted};
use crate::{
    forge::{
        Read,
        json::{flag, list, moment, number, optional, place, text},
    },
    store::forge::commit::Deployment,
};

/// The name of an account by its number.
pub(in crate::forge) async fn login(api: &Api, account: u64) -> Result<String, ApiFailure> {
    Ok(text(&api.get(&["users", &account.to_string()], &[]).await?, "/username")?.to_owned())
}

/// Merge requests that the account opened, and those of them that were merged, with their exact times.
pub(in crate::forge) async fn changes(api: &Api, wanted: &Wanted<'_>) -> Result<Vec<Read>, ApiFailure> {
    let since = wanted.since.to_string();
    let query = [("scope", "all"), ("author_username", wanted.login), ("updated_after", &since)];
    let mut reads = Vec::new();
    for item in api.pages(&["merge_requests"], &query, None).await? {
        let change = change(&item)?;
        let created =
            event(&item, moment(&item, "/created_at")?, ForgeAction::ChangeOpened { change: change.clone() })?;
        if !wanted.opened.contains(&created.event.change_reference(change.number)) {
            reads.push(opened(api, created, &item, &change).await?);
        }
        if optional(&item, "/state") == Some("merged") {
            reads.push(event(&item, moment(&item, "/merged_at")?, ForgeAction::ChangeClosed { change, merged: true })?);
        }
    }
    Ok(reads)
}

/// When a request was first there for review: GitLab notes the end and the beginning of a draft.
async fn opened(api: &Api, created: Read, item: &Value, change: &Change) -> Result<Read, ApiFailure> {
    let (project, iid) = (number(item, "/project_id")?.to_string(), change.number.to_string());
    let query = [("sort", "asc"), ("order_by", "created_at")];
    let notes = api.pages(&["projects", &project, "merge_requests", &iid, "notes"], &query, None).await?;
    let first = notes.iter().filter(|note| flag(note, "/system")).find_map(|note| {
        let body = optional(note, "/body")?;
        let ready = body.contains("marked this merge request as **ready**");
        (ready || body.contains("marked this merge request as **draft**")).then(|| (ready, moment(note, "/created_at")))
    });
    let mut opened = created;
    match first {
        Some((true, at)) => {
            opened.event.at = at?;
            opened.event.action = ForgeAction::ChangeReady { change: change.clone() };
        }
        Some((false, _)) => {
            opened.event.action = ForgeAction::ChangeOpened { change: Change { draft: false, ..change.clone() } };
        }
        None => {}
    }
    Ok(opened)
}

/// Approvals of others' merge requests, and notes on them.
pub(in crate::forge) async fn reviews(api: &Api, wanted: &Wanted<'_>) -> Result<Vec<Read>, ApiFailure> {
    let users = api.get(&["users"], &[("username", wanted.login)]).await?;
    let Some(account) = users.pointer("/0/id").and_then(Value::as_u64) else { return Ok(Vec::new()) };
    let account = account.to_string();
    // `after` leaves its own day out.
    let after = wanted.since.saturating_sub(jiff::SignedDuration::from_hours(24)).unwrap_or(Timestamp::MIN);
    let after = after.strftime("%Y-%m-%d").to_string();
    let mut first: BTreeMap<(u64, u64), Timestamp> = BTreeMap::new();
    for action in ["approved", "commented"] {
        let query = [("action", action), ("after", &after), ("sort", "asc")];
        for event in api.pages(&["users", &account, "events"], &query, None).await? {
            let on_request = optional(&event, "/target_type") == Some("MergeRequest")
                || optional(&event, "/note/noteable_type") == Some("MergeRequest");
            let request = number(&event, "/note/noteable_iid").or_else(|_| number(&event, "/target_iid"));
            if let (true, Ok(request)) = (on_request, request) {
                let at = moment(&event, "/created_at")?;
                let earliest = first.entry((number(&event, "/project_id")?, request)).or_insert(at);
                *earliest = at.min(*earliest);
            }
        }
    }
    let mut order: Vec<_> = first.into_iter().collect();
    order.sort_by_key(|(_, at)| *at);
    let mut reads = Vec::new();
    for ((project, iid), at) in order.into_iter().take(MOST_REVIEWS) {
        let item = api.get(&["projects", &project.to_string(), "merge_requests", &iid.to_string()], &[]).await?;
        let reviewer = Account { login: wanted.login.to_owned(), bot: false };
        let read = event(&item, at, ForgeAction::Reviewed { change: change(&item)?, reviewer })?;
        if !wanted.reviewed.contains(&read.event.change_reference(iid)) {
            reads.push(read);
        }
    }
    Ok(reads)
}

/// Successful deployments of a project since a moment; `known` ones are passed over.
pub(in crate::forge) async fn deployments(
    api: &Api,
    project: &str,
    since: Timestamp,
    known: &(dyn Fn(&str, &str) -> bool + Sync),
) -> Result<Vec<Read>, ApiFailure> {
    let since = since.to_string();
    let query = [("status", "success"), ("order_by", "updated_at"), ("sort", "asc"), ("updated_after", &since)];
    let mut reads = Vec::new();
    for row in api.pages(&["projects", project, "deployments"], &query, None).await? {
        let (sha, name) = (text(&row, "/sha")?, text(&row, "/environment/name")?);
        if known(name, sha) {
            continue;
        }
        let tier = optional(&row, "/environment/tier");
        let environment = Environment {
            name: name.to_owned(),
            production: tier.map(|tier| tier == "production"),
            transient: name.starts_with("review/"),
        };
        let action = ForgeAction::Deployed { environment, success: true, commit: sha.to_owned(), authors: None };
        let (place, at) = (place(project, false), moment(&row, "/updated_at")?);
        reads.push(Read::new(ForgeEvent { forge: Forge::GitLab, place, at, approximate: false, action }));
    }
    Ok(reads)
}

/// Login names of the authors of the merge requests that a deployment brought: GitLab keeps that itself.
pub(in crate::forge) async fn authors(api: &Api, deployment: &Deployment) -> Result<Vec<String>, ApiFailure> {
    let project = deployment.repository.as_str();
    let query = [
        ("environment", deployment.environment.as_str()),
        ("status", "success"),
        ("per_page", "100"),
        ("order_by", "updated_at"),
        ("sort", "desc"),
    ];
    let rows = api.get(&["projects", project, "deployments"], &query).await?;
    let same = list(&rows, "").find(|row| optional(row, "/sha") == Some(deployment.sha.as_str()));
    let Some(same) = same else { return Ok(Vec::new()) };
    let id = number(same, "/id")?.to_string();
    let requests = api.pages(&["projects", project, "deployments", &id, "merge_requests"], &[], None).await?;
    Ok(requests.iter().filter_map(|request| optional(request, "/author/username")).map(str::to_owned).collect())
}

fn change(item: &Value) -> Result<Change, ApiFailure> {
    let branch = optional(item, "/source_branch").unwrap_or_default();
    let revert = is_revert(optional(item, "/title").unwrap_or_default(), branch);
    let description = optional(item, "/description").unwrap_or_default();
    Ok(Change {
        number: number(item, "/iid")?,
        author: Account { login: text(item, "/author/username")?.to_owned(), bot: flag(item, "/author/bot") },
        draft: flag(item, "/draft") || flag(item, "/work_in_progress"),
        revert,
        reverts: if revert { reverted(description) } else { None },
    })
}

/// `references.full` is `acme/platform/api!5`.
fn event(item: &Value, at: Timestamp, action: ForgeAction) -> Result<Read, ApiFailure> {
    let full = text(item, "/references/full")?;
    let place = place(full.split('!').next().unwrap_or(full), false);
    Ok(Read::new(ForgeEvent { forge: Forge::GitLab, place, at, approximate: false, action }))
}
