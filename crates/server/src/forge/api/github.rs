//! What GitHub's API knows of one account: the same events that its webhooks tell, found by searching.

use jiff::Timestamp;
use serde_json::Value;
use waymark_core::milestone::{
    Account, Change, Commit, Environment, Forge, ForgeAction, ForgeEvent, Place, is_revert, reverted,
};

use super::{Api, ApiFailure, MOST_REVIEWS, Wanted};
use crate::{
    forge::{
        Read,
        json::{flag, github_account, list, moment, number, optional, place, text},
    },
    store::forge::commit::Deployment,
};

/// Pull requests that the account opened, and those of them that were merged.
pub(in crate::forge) async fn changes(api: &Api, wanted: &Wanted<'_>) -> Result<Vec<Read>, ApiFailure> {
    let mut reads = Vec::new();
    for item in search(api, wanted, &format!("type:pr author:{}", wanted.login)).await? {
        let (place, change) = (place_of(&item)?, change(&item)?);
        let event = |at, action| {
            Read::new(ForgeEvent { forge: Forge::GitHub, place: place.clone(), at, approximate: false, action })
        };
        let created = event(moment(&item, "/created_at")?, ForgeAction::ChangeOpened { change: change.clone() });
        if !wanted.opened.contains(&created.event.change_reference(change.number)) {
            reads.push(opened(api, created, &place, &change).await?);
        }
        if let Ok(merged_at) = moment(&item, "/pull_request/merged_at") {
            reads.push(event(merged_at, ForgeAction::ChangeClosed { change, merged: true }));
        }
    }
    Ok(reads)
}

/// When a change was first there for review. Its events tell whether it began as a draft.
async fn opened(api: &Api, created: Read, place: &Place, change: &Change) -> Result<Read, ApiFailure> {
    let (owner, name) = (place.owner.as_str(), place.repository.as_deref().unwrap_or_default());
    let number = change.number.to_string();
    let events = api.pages(&["repos", owner, name, "issues", &number, "events"], &[], None).await?;
    let first = events.iter().find_map(|event| match optional(event, "/event") {
        Some(kind @ ("ready_for_review" | "convert_to_draft")) => Some((kind, moment(event, "/created_at"))),
        _ => None,
    });
    let mut opened = created;
    match first {
        Some(("ready_for_review", at)) => {
            opened.event.at = at?;
            opened.event.action = ForgeAction::ChangeReady { change: change.clone() };
        }
        // It became a draft later, so it was none when it was opened.
        Some(_) => {
            opened.event.action = ForgeAction::ChangeOpened { change: Change { draft: false, ..change.clone() } };
        }
        None => {}
    }
    Ok(opened)
}

/// Reviews of others' pull requests.
pub(in crate::forge) async fn reviews(api: &Api, wanted: &Wanted<'_>) -> Result<Vec<Read>, ApiFailure> {
    let login = wanted.login;
    let mut reads = Vec::new();
    for item in search(api, wanted, &format!("type:pr reviewed-by:{login} -author:{login}")).await? {
        let (place, change) = (place_of(&item)?, change(&item)?);
        let number = change.number.to_string();
        let (owner, name) = (place.owner.clone(), place.repository.clone().unwrap_or_default());
        let at = moment(&item, "/created_at")?;
        let action = ForgeAction::Reviewed { change, reviewer: Account { login: login.to_owned(), bot: false } };
        let event = ForgeEvent { forge: Forge::GitHub, place, at, approximate: false, action };
        if reads.len() >= MOST_REVIEWS || wanted.reviewed.contains(&event.change_reference(number.parse().unwrap_or(0)))
        {
            continue;
        }
        let reviews = api.pages(&["repos", &owner, &name, "pulls", &number, "reviews"], &[], None).await?;
        let own = reviews
            .iter()
            .filter(|review| github_account(review, "/user").is_ok_and(|user| user.login.eq_ignore_ascii_case(login)));
        // Without a time it is not handed in yet.
        let first = own.filter_map(|review| moment(review, "/submitted_at").ok()).min();
        reads.extend(first.map(|at| Read::new(ForgeEvent { at, ..event })));
    }
    Ok(reads)
}

/// The account's first commits.
pub(in crate::forge) async fn commits(api: &Api, wanted: &Wanted<'_>) -> Result<Vec<Read>, ApiFailure> {
    let query = format!("author:{} author-date:>={}{}", wanted.login, day(wanted.since), owners(wanted));
    let query = [("q", query.as_str()), ("sort", "author-date"), ("order", "asc"), ("per_page", "10")];
    let found = api.get(&["search", "commits"], &query).await?;
    let mut reads = Vec::new();
    for item in list(&found, "/items") {
        let place = place(text(item, "/repository/full_name")?, flag(item, "/repository/fork"));
        let (author, at) = (github_account(item, "/author")?, moment(item, "/commit/author/date")?);
        let commits = vec![Commit { sha: text(item, "/sha")?.to_owned(), author, at }];
        let action = ForgeAction::Pushed { commits };
        reads.push(Read::new(ForgeEvent { forge: Forge::GitHub, place, at, approximate: false, action }));
    }
    Ok(reads)
}

/// Successful deployments of a repository since a moment; `known` ones are passed over.
pub(in crate::forge) async fn deployments(
    api: &Api,
    repository: &str,
    since: Timestamp,
    known: &(dyn Fn(&str, &str) -> bool + Sync),
) -> Result<Vec<Read>, ApiFailure> {
    let place = place(repository, false);
    let (owner, name) = (place.owner.as_str(), place.repository.as_deref().unwrap_or_default());
    let rows = api.get(&["repos", owner, name, "deployments"], &[("per_page", "100")]).await?;
    let mut reads = Vec::new();
    for row in list(&rows, "") {
        let (sha, environment) = (text(row, "/sha")?, text(row, "/environment")?);
        if known(environment, sha) || moment(row, "/created_at")? < since {
            continue;
        }
        let id = number(row, "/id")?.to_string();
        let statuses = api.get(&["repos", owner, name, "deployments", &id, "statuses"], &[("per_page", "100")]).await?;
        let succeeded = list(&statuses, "").filter(|status| optional(status, "/state") == Some("success"));
        let Some(at) = succeeded.filter_map(|status| moment(status, "/created_at").ok()).min() else { continue };
        let action = ForgeAction::Deployed {
            environment: Environment {
                name: environment.to_owned(),
                production: row.get("production_environment").and_then(Value::as_bool),
                transient: flag(row, "/transient_environment"),
            },
            success: true,
            commit: sha.to_owned(),
            authors: None,
        };
        reads.push(Read::new(ForgeEvent {
            forge: Forge::GitHub,
            place: place.clone(),
            at,
            approximate: false,
            action,
        }));
    }
    // Oldest first, so that each finds the one before it.
    reads.sort_by_key(|read| read.event.at);
    Ok(reads)
}

/// Login names of those who made the commits that a deployment brought. Where nothing is known to have been live
/// before, the last hundred commits are looked at.
pub(in crate::forge) async fn authors(api: &Api, deployment: &Deployment) -> Result<Vec<String>, ApiFailure> {
    let place = place(&deployment.repository, false);
    let (owner, name) = (place.owner.as_str(), place.repository.as_deref().unwrap_or_default());
    let commits = match &deployment.before {
        Some(before) => {
            let range = format!("{before}...{}", deployment.sha);
            let mut compared = api.get(&["repos", owner, name, "compare", &range], &[]).await?;
            compared.get_mut("commits").map(Value::take).unwrap_or_default()
        }
        None => {
            let query = [("sha", deployment.sha.as_str()), ("per_page", "100")];
            api.get(&["repos", owner, name, "commits"], &query).await?
        }
    };
    let logins = list(&commits, "").filter_map(|commit| optional(commit, "/author/login")).map(str::to_owned);
    Ok(logins.collect())
}

async fn search(api: &Api, wanted: &Wanted<'_>, what: &str) -> Result<Vec<Value>, ApiFailure> {
    // Changed since then: what was opened before the start may have been merged after it.
    let query = format!("{what} updated:>={}{}", day(wanted.since), owners(wanted));
    api.pages(&["search", "issues"], &[("q", &query), ("sort", "created"), ("order", "asc")], Some("items")).await
}

fn owners(wanted: &Wanted<'_>) -> String {
    wanted.owners.iter().map(|owner| format!(" user:{owner}")).collect()
}

/// The day, in UTC, that search takes.
fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// A row of a search: an issue's shape, without the branch.
fn change(item: &Value) -> Result<Change, ApiFailure> {
    let revert = is_revert(optional(item, "/title").unwrap_or_default(), "");
    let description = optional(item, "/body").unwrap_or_default();
    Ok(Change {
        number: number(item, "/number")?,
        author: github_account(item, "/user")?,
        draft: flag(item, "/draft"),
        revert,
        reverts: if revert { reverted(description) } else { None },
    })
}

/// The repository of a row of a search: `…/repos/acme/api`.
fn place_of(item: &Value) -> Result<Place, ApiFailure> {
    let url = text(item, "/repository_url")?;
    let (_, path) = url.split_once("/repos/").ok_or_else(|| ApiFailure::Odd("/repository_url".to_owned()))?;
    Ok(place(path, false))
}
