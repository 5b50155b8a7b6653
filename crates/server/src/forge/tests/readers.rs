//! What each payload is read as.

use serde_json::{Value, json};
use waymark_core::milestone::{ForgeAction, Organisation, Seen, Who, observe};

use super::payloads::*;
use crate::forge::Source;

const AT: &str = "2026-03-03T10:00:00Z";

/// Who was seen doing what, when: `merged ada 2026-03-03T10:00:00Z`; `-` where nothing counts.
fn seen(source: Source, kind: &str, body: &Value) -> String {
    let organisation = Organisation { owners: &["acme".to_owned()], production: &["live".to_owned()] };
    let received = "2026-03-09T09:09:09Z".parse().expect("a moment");
    let read = match source.read(kind, body, received) {
        Ok(read) => read,
        Err(error) => return error.to_string(),
    };
    let Some(observed) = observe(&read.event, &organisation) else { return "-".to_owned() };
    let what = match observed.seen {
        Seen::Commit => "commit",
        Seen::Opened => "opened",
        Seen::Review => "review",
        Seen::Merged => "merged",
        Seen::Deployed => "deployed",
        Seen::Access => "access",
    };
    let about = if observed.approximate { " about" } else { "" };
    match observed.who {
        Who::Known(people) => {
            let each = people.iter().map(|one| format!("{} {} {}", one.login, one.at, one.reference));
            format!("{what}{about} {}", each.collect::<Vec<_>>().join(", "))
        }
        Who::AuthorsUpTo { commit } => format!("{what} by the authors up to {commit}"),
    }
}

/// `body` with other values at some pointers.
fn with(mut body: Value, changes: &[(&str, Value)]) -> Value {
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        body.pointer_mut(parent).unwrap_or_else(|| panic!("{parent}"))[name] = value.clone();
    }
    body
}

#[test]
fn githubs_deliveries() {
    let github = |kind: &str, body: &Value| seen(Source::GitHub, kind, body);
    let pull = |action: &str| github_pull(action, 4, "ada", AT);
    let opened = "opened ada 2026-03-03T10:00:00Z github:acme/api#4";
    let draft = ("/pull_request/draft", json!(true));
    let bot = ("/pull_request/user/type", json!("Bot"));
    let table = [
        ("opened", "pull_request", pull("opened"), opened),
        ("opened as a draft", "pull_request", with(pull("opened"), &[draft]), "-"),
        ("the draft is ready", "pull_request", pull("ready_for_review"), opened),
        ("by a program", "pull_request", with(pull("opened"), std::slice::from_ref(&bot)), "-"),
        ("by a program's name", "pull_request", github_pull("opened", 4, "renovate[bot]", AT), "-"),
        (
            "in somebody's fork",
            "pull_request",
            with(pull("opened"), &[("/repository/full_name", json!("ada/api"))]),
            "-",
        ),
        ("closed unmerged", "pull_request", with(pull("closed"), &[("/pull_request/closed_at", json!(AT))]), "-"),
        (
            "merged by another",
            "pull_request",
            github_merged(4, "ada", AT),
            "merged ada 2026-03-03T10:00:00Z github:acme/api#4",
        ),
        ("a revert is no merge", "pull_request", github_revert(5, 4, AT), "-"),
        ("edited", "pull_request", pull("edited"), "-"),
        (
            "by a deleted account",
            "pull_request",
            with(pull("opened"), &[("/pull_request/user", Value::Null)]),
            "opened ghost 2026-03-03T10:00:00Z github:acme/api#4",
        ),
        (
            "review",
            "pull_request_review",
            github_review(4, "ada", "ben", AT),
            "review ben 2026-03-03T10:00:00Z github:acme/api#4",
        ),
        ("review of one's own", "pull_request_review", github_review(4, "ada", "Ada", AT), "-"),
        (
            "review of a program's change",
            "pull_request_review",
            with(github_review(4, "bump[bot]", "ben", AT), &[bot]),
            "review ben 2026-03-03T10:00:00Z github:acme/api#4",
        ),
        (
            "review edited",
            "pull_request_review",
            with(github_review(4, "ada", "ben", AT), &[("/action", json!("edited"))]),
            "-",
        ),
        ("deployed", "deployment_status", github_deployed("c1", AT), "deployed by the authors up to c1"),
        (
            "deployment fails",
            "deployment_status",
            with(github_deployed("c1", AT), &[("/deployment_status/state", json!("failure"))]),
            "-",
        ),
        (
            "a preview",
            "deployment_status",
            with(github_deployed("c1", AT), &[("/deployment/transient_environment", json!(true))]),
            "-",
        ),
        (
            "to another place",
            "deployment_status",
            with(
                github_deployed("c1", AT),
                &[("/deployment/environment", json!("staging")), ("/deployment_status/environment", json!("staging"))],
            ),
            "-",
        ),
        (
            "to the team's own name for production",
            "deployment_status",
            with(
                github_deployed("c1", AT),
                &[("/deployment/environment", json!("live")), ("/deployment_status/environment", json!("live"))],
            ),
            "deployed by the authors up to c1",
        ),
        (
            "called production by GitHub",
            "deployment_status",
            with(
                github_deployed("c1", AT),
                &[
                    ("/deployment/environment", json!("eu")),
                    ("/deployment_status/environment", json!("eu")),
                    ("/deployment/production_environment", json!(true)),
                ],
            ),
            "deployed by the authors up to c1",
        ),
        (
            "a push",
            "push",
            github_push("c0", &[("c1", "ada"), ("c2", "")], AT),
            "commit ada 2026-03-03T10:00:00Z github:acme/api@c1",
        ),
        ("a tag", "push", with(github_push("c0", &[("c1", "ada")], AT), &[("/ref", json!("refs/tags/v1"))]), "-"),
        (
            "member of a team",
            "membership",
            json!({"action": "added", "member": {"login": "ada", "type": "User"}, "team": {"slug": "lantern"},
                   "organization": {"login": "acme"}}),
            "access about ada 2026-03-09T09:09:09Z github:acme/team:lantern",
        ),
        (
            "member of the organisation",
            "organization",
            json!({"action": "member_added", "membership": {"user": {"login": "ada"}}, "organization": {"login": "acme"}}),
            "access about ada 2026-03-09T09:09:09Z github:acme",
        ),
        ("what we do not use", "star", json!({"action": "created"}), "-"),
        ("nothing at all", "ping", json!({"zen": "Design for failure."}), "-"),
    ];
    for (what, kind, body, expected) in table {
        assert_eq!(github(kind, &body), expected, "{what}");
    }
}

#[test]
fn gitlabs_deliveries() {
    let gitlab = |body: &Value| seen(Source::GitLab, "", body);
    let (ada, petra) = ((7, "ada"), (1, "petra"));
    let merged = gitlab_request("merge", 5, 7, petra);
    let with_assignee = ("/assignees", json!([{"id": 7, "username": "ada"}]));
    let at = "2026-03-04T11:00:00Z gitlab:acme/platform/api!5";
    let table = [
        (
            "opened",
            gitlab_request("open", 5, 7, ada),
            "opened ada 2026-03-03T10:00:00Z gitlab:acme/platform/api!5".to_owned(),
        ),
        (
            "opened as a draft",
            with(gitlab_request("open", 5, 7, ada), &[("/object_attributes/draft", json!(true))]),
            "-".to_owned(),
        ),
        (
            "the draft is ready",
            with(
                gitlab_request("update", 5, 7, ada),
                &[("/changes", json!({"draft": {"previous": true, "current": false}}))],
            ),
            format!("opened ada {at}"),
        ),
        (
            "another update",
            with(
                gitlab_request("update", 5, 7, ada),
                &[("/changes", json!({"title": {"previous": "a", "current": "b"}}))],
            ),
            "-".to_owned(),
        ),
        (
            "merged by another, author's name shown",
            with(merged.clone(), &[with_assignee]),
            format!("merged about ada {at}"),
        ),
        ("merged by another, author's number only", merged.clone(), format!("merged about #7 {at}")),
        (
            "merged, with its time",
            with(merged.clone(), &[("/object_attributes/merged_at", json!("2026-03-04T10:59:58Z"))]),
            "merged #7 2026-03-04T10:59:58Z gitlab:acme/platform/api!5".to_owned(),
        ),
        ("merge that did not happen", with(merged, &[("/object_attributes/state", json!("opened"))]), "-".to_owned()),
        ("closed", gitlab_request("close", 5, 7, petra), "-".to_owned()),
        ("approved", gitlab_request("approved", 5, 7, (8, "ben")), format!("review about ben {at}")),
        ("approved by the author", gitlab_request("approval", 5, 7, ada), "-".to_owned()),
        (
            "a note",
            gitlab_note("MergeRequest", 7, (8, "ben")),
            "review ben 2026-03-04T09:30:00Z gitlab:acme/platform/api!5".to_owned(),
        ),
        ("a note of the author", gitlab_note("MergeRequest", 7, ada), "-".to_owned()),
        ("a note on an issue", gitlab_note("Issue", 7, (8, "ben")), "-".to_owned()),
        (
            "a note by GitLab itself",
            with(gitlab_note("MergeRequest", 7, (8, "ben")), &[("/object_attributes/system", json!(true))]),
            "-".to_owned(),
        ),
        (
            "deployed",
            gitlab_deployed("success", "prod-eu", Some("production")),
            "deployed by the authors up to 279484c09fbe69ededfced8c1bb6e6d24616b468".to_owned(),
        ),
        (
            "deployed, older GitLab",
            gitlab_deployed("success", "production", None),
            "deployed by the authors up to 279484c09fbe69ededfced8c1bb6e6d24616b468".to_owned(),
        ),
        ("deployment runs", gitlab_deployed("running", "production", Some("production")), "-".to_owned()),
        ("deployed to staging", gitlab_deployed("success", "staging", Some("staging")), "-".to_owned()),
        ("a review app", gitlab_deployed("success", "review/print-port", Some("production")), "-".to_owned()),
        (
            "a push of own and others' commits",
            gitlab_push("ada", "c0", &[("c1", "ben@acme.example"), ("c2", "ada@acme.example")]),
            "commit ada 2026-03-03T09:00:00Z gitlab:acme/platform/api@c2".to_owned(),
        ),
        ("a group's token", gitlab_request("open", 5, 9, (9, "group_12_bot_ab12")), "-".to_owned()),
        (
            "member of a group",
            json!({"event_name": "user_add_to_group", "group_path": "acme", "user_username": "ada",
            "created_at": "2026-03-02T08:00:00Z"}),
            "access ada 2026-03-02T08:00:00Z gitlab:acme".to_owned(),
        ),
        ("what we do not use", json!({"object_kind": "pipeline"}), "-".to_owned()),
    ];
    for (what, body, expected) in table {
        assert_eq!(gitlab(&body), expected, "{what}");
    }
}

#[test]
fn cdevents_count_only_with_an_author() {
    let event = |kind: &str, custom: Value| {
        json!({"context": {"type": format!("dev.cdevents.{kind}"), "timestamp": AT, "source": "ci", "id": "1"},
               "subject": {"id": "x", "content": {}}, "customData": custom})
    };
    let cdevents = |body: &Value| seen(Source::CdEvents, "", body);
    assert_eq!(cdevents(&event("change.merged.0.3.0", Value::Null)), "-");
    assert_eq!(cdevents(&event("service.deployed.0.3.0", json!({"author": "ada"}))), "-");
    let custom = json!({"forge": "gitlab", "repository": "acme/api", "number": 4, "author": "ada", "reviewer": "ben"});
    let merged = "merged ada 2026-03-03T10:00:00Z gitlab:acme/api!4";
    assert_eq!(cdevents(&event("change.merged.0.3.0", custom.clone())), merged);
    assert_eq!(cdevents(&event("change.reviewed.0.3.0", custom)), "review ben 2026-03-03T10:00:00Z gitlab:acme/api!4");
    assert_eq!(cdevents(&json!({})), "the field /context/type is missing or not what it should be");
}

#[test]
fn broken_payloads_name_the_field() {
    let read = |body: Value| seen(Source::GitHub, "pull_request", &body);
    assert_eq!(
        read(with(github_pull("opened", 4, "ada", AT), &[("/pull_request/user", json!({}))])),
        "the field /user/login is missing or not what it should be"
    );
    assert_eq!(
        read(with(github_pull("opened", 4, "ada", "yesterday"), &[])),
        "the field /pull_request/created_at is missing or not what it should be"
    );
    assert_eq!(read(json!({"action": "closed"})), "the field /pull_request is missing or not what it should be");
}

#[test]
fn a_merge_tells_whose_its_commits_are() {
    let received = "2026-03-09T09:09:09Z".parse().expect("a moment");
    let read = |source: Source, kind: &str, body: &Value| source.read(kind, body, received).expect("it reads");
    assert_eq!(read(Source::GitHub, "pull_request", &github_merged(4, "ada", AT)).merged, ["merge4", "head4"]);
    assert_eq!(read(Source::GitLab, "", &gitlab_request("merge", 5, 7, (1, "petra"))).merged, ["merged1", "last1"]);
    let unmerged = with(github_pull("closed", 4, "ada", AT), &[("/pull_request/closed_at", json!(AT))]);
    let unmerged = read(Source::GitHub, "pull_request", &unmerged);
    assert!(unmerged.merged.is_empty());
    assert!(matches!(unmerged.event.action, ForgeAction::ChangeClosed { merged: false, .. }));
}
