//! Payloads of our own making, in the shapes that GitHub and GitLab document.

use serde_json::{Value, json};

/// A pull request's delivery. `login` is its author.
pub(super) fn github_pull(action: &str, number: u64, login: &str, at: &str) -> Value {
    json!({
        "action": action,
        "number": number,
        "pull_request": {
            "number": number, "title": "Print the port", "body": "It prints the port.", "draft": false,
            "user": {"login": login, "id": 7, "type": "User"},
            "head": {"ref": "print-port", "sha": format!("head{number}")},
            "created_at": at, "updated_at": at, "closed_at": null, "merged_at": null,
            "merged": false, "merge_commit_sha": null,
        },
        "repository": {"full_name": "acme/api", "fork": false},
        "sender": {"login": "somebody-else", "type": "User"},
    })
}

/// A merged pull request's delivery; the merge commit is `merge<number>`.
pub(super) fn github_merged(number: u64, login: &str, at: &str) -> Value {
    let mut body = github_pull("closed", number, login, at);
    let pull = &mut body["pull_request"];
    pull["merged"] = json!(true);
    pull["merged_at"] = json!(at);
    pull["closed_at"] = json!(at);
    pull["merge_commit_sha"] = json!(format!("merge{number}"));
    body
}

/// A merged revert of the pull request `reverted`.
pub(super) fn github_revert(number: u64, reverted: u64, at: &str) -> Value {
    let mut body = github_merged(number, "petra", at);
    body["pull_request"]["title"] = json!("Revert \"Print the port\"");
    body["pull_request"]["body"] = json!(format!("Reverts acme/api#{reverted}"));
    body["pull_request"]["head"]["ref"] = json!(format!("revert-{reverted}-print-port"));
    body
}

/// A review's delivery.
pub(super) fn github_review(number: u64, author: &str, reviewer: &str, at: &str) -> Value {
    let mut body = github_pull("submitted", number, author, at);
    body["review"] = json!({"user": {"login": reviewer, "type": "User"}, "submitted_at": at, "state": "approved"});
    body
}

/// A deployment's delivery.
pub(super) fn github_deployed(sha: &str, at: &str) -> Value {
    json!({
        "action": "created",
        "deployment_status": {"state": "success", "environment": "production", "created_at": at,
            "creator": {"login": "deploy[bot]", "type": "Bot"}},
        "deployment": {"sha": sha, "environment": "production", "creator": {"login": "deploy[bot]", "type": "Bot"}},
        "repository": {"full_name": "acme/api", "fork": false},
    })
}

/// A push's delivery: hashes and their authors' logins, empty where GitHub knows none.
pub(super) fn github_push(before: &str, commits: &[(&str, &str)], at: &str) -> Value {
    let commit = |(sha, login): &(&str, &str)| {
        let author = if login.is_empty() { json!({"name": "N. N."}) } else { json!({"username": login}) };
        json!({"id": sha, "timestamp": at, "author": author, "distinct": true})
    };
    json!({
        "ref": "refs/heads/main", "before": before, "after": commits.last().map(|(sha, _)| *sha), "deleted": false,
        "commits": commits.iter().map(commit).collect::<Vec<_>>(),
        "repository": {"full_name": "acme/api", "fork": false},
    })
}

/// A merge request's delivery: `user` is who acted, `author_id` who wrote it.
pub(super) fn gitlab_request(action: &str, iid: u64, author: u64, actor: (u64, &str)) -> Value {
    json!({
        "object_kind": "merge_request",
        "event_type": "merge_request",
        "user": {"id": actor.0, "username": actor.1},
        "project": {"id": 3, "path_with_namespace": "acme/platform/api"},
        "object_attributes": {
            "iid": iid, "author_id": author, "title": "Print the port", "description": "", "draft": false,
            "source_branch": "print-port", "state": if action == "merge" { "merged" } else { "opened" },
            "action": action, "merge_commit_sha": "merged1", "last_commit": {"id": "last1"},
            "created_at": "2026-03-03 10:00:00 UTC", "updated_at": "2026-03-04T11:00:00Z",
        },
        "changes": {}, "assignees": [], "reviewers": [],
    })
}

/// A note's delivery.
pub(super) fn gitlab_note(kind: &str, author: u64, actor: (u64, &str)) -> Value {
    json!({
        "object_kind": "note",
        "user": {"id": actor.0, "username": actor.1},
        "project": {"path_with_namespace": "acme/platform/api"},
        "object_attributes": {"noteable_type": kind, "system": false, "action": "create", "author_id": actor.0,
            "created_at": "2026-03-04 09:30:00 UTC"},
        "merge_request": {"iid": 5, "author_id": author, "title": "Print the port", "source_branch": "print-port"},
    })
}

/// A deployment's delivery.
pub(super) fn gitlab_deployed(status: &str, environment: &str, tier: Option<&str>) -> Value {
    json!({
        "object_kind": "deployment", "status": status, "status_changed_at": "2026-03-05 12:00:00 +0200",
        "environment": environment, "environment_tier": tier,
        "project": {"path_with_namespace": "acme/platform/api"},
        "commit_url": "https://gitlab.example/acme/platform/api/-/commit/279484c09fbe69ededfced8c1bb6e6d24616b468",
        "user": {"id": 1, "username": "deployer"},
    })
}

/// A push's delivery.
pub(super) fn gitlab_push(pusher: &str, before: &str, commits: &[(&str, &str)]) -> Value {
    let commit = |(sha, email): &(&str, &str)| json!({"id": sha, "timestamp": "2026-03-03T10:00:00+01:00", "author": {"name": "N. N.", "email": email}});
    json!({
        "object_kind": "push", "ref": "refs/heads/main", "before": before,
        "after": commits.last().map(|(sha, _)| *sha), "user_id": 9, "user_username": pusher,
        "user_name": "Somebody", "user_email": format!("{pusher}@acme.example"),
        "project": {"path_with_namespace": "acme/platform/api"},
        "commits": commits.iter().map(commit).collect::<Vec<_>>(),
    })
}
