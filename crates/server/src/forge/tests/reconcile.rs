//! Polling a forge whose webhooks never came. The double answers in the shapes that GitHub and GitLab document,
//! to requests that carry the token.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    http::{HeaderMap, StatusCode, Uri},
    response::IntoResponse,
};
use serde_json::{Value, json};

use super::{payloads::*, world::World};
use crate::{
    forge::{Source, reconcile::reconcile},
    store::forge::secret,
};

const AT: &str = "2026-03-04T10:00:00Z";

/// An API on this machine: answers by path and a part of the query.
struct Double {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

type Answers = Vec<(&'static str, &'static str, Value)>;

impl Double {
    /// Answers the first that fits; an empty list where the path is known and the query fits none, else 404.
    async fn start(answers: Answers) -> Self {
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&asked);
        let router = Router::new().fallback(async move |uri: Uri, headers: HeaderMap| {
            let query = uri.query().unwrap_or_default().replace('+', " ").replace("%3A", ":").replace("%3E", ">");
            log.lock().expect("a lock").push(format!("{} {query}", uri.path()));
            let token = headers.get("authorization").or_else(|| headers.get("private-token"));
            if !token.is_some_and(|token| token.to_str().is_ok_and(|text| text.ends_with("secret-token"))) {
                return StatusCode::UNAUTHORIZED.into_response();
            }
            let found = answers.iter().find(|(path, part, _)| uri.path() == *path && query.contains(part));
            match found {
                Some((_, _, Value::Null)) => (StatusCode::FORBIDDEN, [("x-ratelimit-remaining", "0")]).into_response(),
                Some((.., body)) => axum::Json(body.clone()).into_response(),
                None => StatusCode::NOT_FOUND.into_response(),
            }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, asked }
    }

    fn asked(&self, part: &str) -> usize {
        self.asked.lock().expect("a lock").iter().filter(|one| one.contains(part)).count()
    }
}

async fn polled(forge: &str, answers: Answers) -> (World, Double) {
    let (world, double) = (World::new().await, Double::start(answers).await);
    configure(&world, &double, forge).await;
    (world, double)
}

async fn configure(world: &World, double: &Double, forge: &str) {
    world.at("2026-03-20T09:00:00Z");
    for (name, value) in [("token", "secret-token"), ("api", double.url.as_str())] {
        secret::set(world.state.store(), forge, name, value).await.expect("a setting");
    }
}

/// One round over a world with ada in it: what it found.
pub(super) async fn one_round(world: &World) {
    let double = Double::start(github_answers()).await;
    configure(world, &double, "github").await;
    reconcile(&world.state, Source::GitHub).await.expect("a round");
}

fn github_issue(number: u64, login: &str, merged: Option<&str>) -> Value {
    json!({
        "number": number, "title": "Print the port", "body": null, "draft": false,
        "user": {"login": login, "type": "User"}, "created_at": "2026-03-03T10:00:00Z",
        "repository_url": "https://api.github.com/repos/acme/api", "pull_request": {"merged_at": merged},
    })
}

fn github_answers() -> Answers {
    vec![
        ("/search/issues", "reviewed-by:ada", json!({"total_count": 1, "items": [github_issue(9, "ben", None)]})),
        ("/search/issues", "author:ada", json!({"total_count": 1, "items": [github_issue(4, "Ada", Some(AT))]})),
        (
            "/search/commits",
            "author:ada",
            json!({"items": [{"sha": "c1", "author": {"login": "ada", "type": "User"},
            "commit": {"author": {"date": "2026-03-03T08:00:00Z"}}, "repository": {"full_name": "acme/api", "fork": false}}]}),
        ),
        (
            "/repos/acme/api/issues/4/events",
            "",
            json!([
            {"event": "labeled", "created_at": "2026-03-03T10:01:00Z"},
            {"event": "ready_for_review", "created_at": "2026-03-03T15:00:00Z"}]),
        ),
        (
            "/repos/acme/api/pulls/9/reviews",
            "",
            json!([
            {"user": {"login": "petra"}, "submitted_at": "2026-03-05T08:00:00Z"},
            {"user": {"login": "ada"}, "submitted_at": "2026-03-05T09:00:00Z"}, {"user": {"login": "ada"}}]),
        ),
        (
            "/repos/acme/api/deployments",
            "",
            json!([
            {"id": 2, "sha": "live2", "environment": "production", "created_at": "2026-03-06T08:00:00Z"},
            {"id": 1, "sha": "live1", "environment": "production", "created_at": "2026-03-04T08:00:00Z"},
            {"id": 3, "sha": "live2", "environment": "staging", "created_at": "2026-03-06T08:00:00Z"}]),
        ),
        (
            "/repos/acme/api/deployments/1/statuses",
            "",
            json!([{"state": "success", "created_at": "2026-03-04T08:05:00Z"}]),
        ),
        (
            "/repos/acme/api/deployments/2/statuses",
            "",
            json!([
            {"state": "success", "created_at": "2026-03-06T08:05:00Z"}, {"state": "pending", "created_at": "2026-03-06T08:01:00Z"}]),
        ),
        (
            "/repos/acme/api/deployments/3/statuses",
            "",
            json!([{"state": "success", "created_at": "2026-03-06T08:05:00Z"}]),
        ),
        ("/repos/acme/api/commits", "sha=live1", json!([{"sha": "live1", "author": {"login": "petra"}}])),
        (
            "/repos/acme/api/compare/live1...live2",
            "",
            json!({"commits": [
            {"sha": "x", "author": null}, {"sha": "live2", "author": {"login": "ada"}}]}),
        ),
    ]
}

#[tokio::test]
async fn github_is_asked_for_what_its_webhooks_did_not_tell() {
    let (world, double) = polled("github", github_answers()).await;
    let ada = world.hire("ada", "2026-03-02").await;
    world.map("github", "ada", "ada").await;
    reconcile(&world.state, Source::GitHub).await.expect("a round");
    let mut expected = [
        "commit github:acme/api@c1 2026-03-03T08:00:00Z",
        "pr github:acme/api#4 2026-03-03T15:00:00Z",
        "merge github:acme/api#4 2026-03-04T10:00:00Z",
        "review github:acme/api#9 2026-03-05T09:00:00Z",
        "live github:acme/api@live2 2026-03-06T08:05:00Z",
    ];
    expected.sort_unstable();
    let facts = async || {
        let mut facts = world.facts(ada).await;
        facts.sort_unstable();
        facts
    };
    assert_eq!(facts().await, expected);
    let compared = double.asked("/compare/");
    reconcile(&world.state, Source::GitHub).await.expect("a round");
    assert_eq!(facts().await, expected, "a second round finds nothing new");
    assert_eq!(double.asked("/compare/"), compared, "what is known is not asked for again");
    assert_eq!(double.asked("/issues/4/events"), 1);
    assert_eq!(double.asked("user:acme"), double.asked("/search/"), "searches stay in the organisation");
    world.github("pull_request", &github_merged(4, "ada", AT)).await;
    assert_eq!(facts().await, expected, "the webhook that comes after all changes nothing");
}

#[tokio::test]
async fn an_exhausted_api_ends_the_round_and_loses_nothing() {
    let mut answers = github_answers();
    answers.insert(0, ("/search/issues", "author:ben", json!({"items": []})));
    answers.insert(0, ("/search/issues", "reviewed-by:ben", Value::Null));
    let (world, _double) = polled("github", answers).await;
    let ada = world.hire("ada", "2026-03-02").await;
    world.hire("ben", "2026-03-02").await;
    world.map("github", "ada", "ada").await;
    world.map("github", "ben", "ben").await;
    let ended = reconcile(&world.state, Source::GitHub).await.expect_err("the API wants a pause");
    assert_eq!(ended.to_string(), "the forge's API could not be asked");
    assert_eq!(world.facts(ada).await.len(), 4, "what was found before is kept; deployments come next time");
}

#[tokio::test]
async fn without_owners_nobody_is_searched_for() {
    let (world, double) = polled("github", github_answers()).await;
    secret::set(world.state.store(), "github", "owners", "").await.expect("a setting");
    world.hire("ada", "2026-03-02").await;
    world.map("github", "ada", "ada").await;
    reconcile(&world.state, Source::GitHub).await.expect("a round");
    assert_eq!(double.asked(""), 0);
}

#[tokio::test]
async fn a_wrong_token_is_an_error_and_no_silence() {
    let (world, _double) = polled("github", github_answers()).await;
    secret::set(world.state.store(), "github", "token", "other").await.expect("a setting");
    world.hire("ada", "2026-03-02").await;
    world.map("github", "ada", "ada").await;
    assert!(reconcile(&world.state, Source::GitHub).await.is_err());
}

#[tokio::test]
async fn gitlab_tells_names_exact_times_and_who_is_behind_a_deployment() {
    let request = |iid: u64, author: &str, state: &str| {
        json!({"iid": iid, "project_id": 3, "title": "Print the port", "draft": false, "state": state,
            "author": {"id": 7, "username": author}, "created_at": "2026-03-03T10:00:00.123Z", "source_branch": "x",
            "merged_at": if state == "merged" { json!("2026-03-04T10:59:58.000Z") } else { Value::Null },
            "references": {"full": format!("acme/platform/api!{iid}")}})
    };
    let answers = vec![
        ("/users/7", "", json!({"id": 7, "username": "Ada"})),
        ("/users", "username=ada", json!([{"id": 7, "username": "ada"}])),
        (
            "/users/7/events",
            "action=approved",
            json!([{"target_type": "MergeRequest", "target_iid": 6, "project_id": 3,
            "created_at": "2026-03-05T09:00:00Z"}]),
        ),
        (
            "/users/7/events",
            "action=commented",
            json!([
            {"target_type": "DiffNote", "project_id": 3, "created_at": "2026-03-05T08:00:00Z",
             "note": {"noteable_type": "MergeRequest", "noteable_iid": 6}},
            {"target_type": "Note", "project_id": 3, "created_at": "2026-03-02T08:00:00Z",
             "note": {"noteable_type": "Issue", "noteable_iid": 6}}]),
        ),
        ("/projects/3/merge_requests/6", "", request(6, "ben", "opened")),
        (
            "/projects/3/merge_requests/5/notes",
            "",
            json!([
            {"system": true, "body": "marked this merge request as **draft**", "created_at": "2026-03-03T11:00:00Z"},
            {"system": true, "body": "marked this merge request as **ready**", "created_at": "2026-03-03T12:00:00Z"}]),
        ),
        ("/merge_requests", "author_username=ada", json!([request(5, "ada", "merged")])),
        (
            "/projects/acme%2Fplatform%2Fapi/deployments",
            "",
            json!([{"id": 11, "sha": "live1", "status": "success",
            "updated_at": "2026-03-05T12:00:00Z", "environment": {"name": "prod", "tier": "production"}}]),
        ),
        ("/projects/acme%2Fplatform%2Fapi/deployments/11/merge_requests", "", json!([request(5, "ada", "merged")])),
    ];
    let (world, _double) = polled("gitlab", answers).await;
    let ada = world.hire("ada", "2026-03-02").await;
    world.map("gitlab", "ada", "ada").await;
    world.gitlab(&gitlab_request("merge", 5, 7, (1, "petra"))).await;
    assert!(world.facts(ada).await.is_empty(), "7 is a number");
    reconcile(&world.state, Source::GitLab).await.expect("a round");
    let mut facts = world.facts(ada).await;
    facts.sort_unstable();
    assert_eq!(
        facts,
        [
            "live gitlab:acme/platform/api@live1 2026-03-05T12:00:00Z",
            "merge gitlab:acme/platform/api!5 2026-03-04T10:59:58Z",
            "pr gitlab:acme/platform/api!5 2026-03-03T10:00:00.123Z",
            "review gitlab:acme/platform/api!6 2026-03-05T08:00:00Z",
        ]
    );
}

#[tokio::test]
async fn a_round_belongs_to_one_server_an_hour() {
    let world = World::new().await;
    let take = async || {
        let hour = jiff::SignedDuration::from_hours(1);
        secret::take_round(world.state.store(), "github", world.state.now(), hour).await.expect("it works")
    };
    assert!(take().await);
    assert!(!take().await);
    world.at("2026-03-02T09:59:59Z");
    assert!(!take().await);
    world.at("2026-03-02T10:00:00Z");
    assert!(take().await);
}

#[tokio::test]
async fn a_journey_that_begins_later_is_caught_up_without_an_api() {
    let world = World::new().await;
    let ada = world.hire("ada", "2026-03-09").await;
    world.map("github", "ada", "ada").await;
    world.github("pull_request", &github_merged(4, "ada", AT)).await;
    assert!(world.facts(ada).await.is_empty());
    world.run("UPDATE journey SET start = '2026-03-02'").await;
    reconcile(&world.state, Source::GitHub).await.expect("a round");
    assert_eq!(world.facts(ada).await, ["merge github:acme/api#4 2026-03-04T10:00:00Z"]);
}
