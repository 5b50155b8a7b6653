//! Deliveries become milestones: once, whatever the order, and taken back where they were taken back.

use super::{payloads::*, world::World};
use crate::store::{forge::delivery, me};

fn at(day: u32) -> String {
    format!("2026-03-{day:02}T10:00:00Z")
}

#[tokio::test]
async fn a_first_merge_is_recorded_once() {
    let world = World::new().await;
    let ada = world.hire("ada", "2026-03-02").await;
    world.map("github", "Ada-Dev", "ada").await;
    let merged = github_merged(4, "ada-dev", &at(4));
    world.github("pull_request", &github_pull("opened", 4, "Ada-Dev", &at(3))).await;
    world.github("pull_request", &merged).await;
    let expected = ["pr github:acme/api#4 2026-03-03T10:00:00Z", "merge github:acme/api#4 2026-03-04T10:00:00Z"];
    assert_eq!(world.facts(ada).await, expected);
    world.github("pull_request", &merged).await;
    world.github("pull_request", &github_merged(5, "ada-dev", &at(5))).await;
    assert_eq!(world.facts(ada).await, expected, "neither a replay under another id nor a second merge");
}

#[tokio::test]
async fn what_arrives_late_but_was_earlier_counts() {
    let world = World::new().await;
    let ada = world.hire("ada", "2026-03-02").await;
    world.map("github", "ada", "ada").await;
    world.github("pull_request", &github_merged(5, "ada", &at(5))).await;
    world.github("pull_request", &github_merged(4, "ada", &at(4))).await;
    let expected = ["merge github:acme/api#5 2026-03-05T10:00:00Z", "merge github:acme/api#4 2026-03-04T10:00:00Z"];
    assert_eq!(world.facts(ada).await, expected, "the fold takes the earlier one");
}

#[tokio::test]
async fn what_was_before_the_start_is_no_milestone() {
    let world = World::new().await;
    let ada = world.hire("ada", "2026-03-04").await;
    world.map("github", "ada", "ada").await;
    // 00:00 in Berlin is 23:00 UTC of the day before.
    world.github("pull_request", &github_merged(1, "ada", "2026-03-03T22:59:59Z")).await;
    assert!(world.facts(ada).await.is_empty());
    world.github("pull_request", &github_merged(2, "ada", "2026-03-03T23:00:00Z")).await;
    assert_eq!(world.facts(ada).await, ["merge github:acme/api#2 2026-03-03T23:00:00Z"]);
}

#[tokio::test]
async fn an_account_that_is_mapped_late_is_caught_up_within_ninety_days() {
    let world = World::new().await;
    let ada = world.hire("ada", "2026-03-02").await;
    world.github("pull_request", &github_merged(4, "ada", &at(4))).await;
    world.at("2026-05-30T09:00:00Z");
    delivery::forget(world.state.store(), world.state.now()).await.expect("it works");
    world.map("github", "ada", "ada").await;
    assert_eq!(world.facts(ada).await, ["merge github:acme/api#4 2026-03-04T10:00:00Z"]);
    world.at("2026-06-30T09:00:00Z");
    delivery::forget(world.state.store(), world.state.now()).await.expect("it works");
    assert!(world.texts("SELECT id FROM forge_delivery").await.is_empty());
    assert_eq!(world.texts("SELECT reference FROM forge_sighting").await.len(), 1, "a person's own are kept");
}

#[tokio::test]
async fn what_belongs_to_nobody_is_forgotten() {
    let world = World::new().await;
    world.github("pull_request", &github_merged(4, "stranger", &at(4))).await;
    world.at("2026-06-30T09:00:00Z");
    delivery::forget(world.state.store(), world.state.now()).await.expect("it works");
    assert!(world.texts("SELECT reference FROM forge_sighting").await.is_empty());
}

#[tokio::test]
async fn an_account_that_was_somebody_elses_takes_its_milestones_along() {
    let world = World::new().await;
    let (ada, ben) = (world.hire("ada", "2026-03-02").await, world.hire("ben", "2026-03-02").await);
    world.map("github", "dev", "ada").await;
    world.github("pull_request", &github_merged(4, "dev", &at(4))).await;
    world.map("github", "dev", "ben").await;
    assert_eq!(world.facts(ada).await, ["merge github:acme/api#4 2026-03-04T10:00:00Z", "-merge"]);
    assert_eq!(world.facts(ben).await, ["merge github:acme/api#4 2026-03-04T10:00:00Z"]);
}

#[tokio::test]
async fn a_reverted_merge_is_revoked_and_the_next_one_counts() {
    let world = World::new().await;
    let ada = world.hire("ada", "2026-03-02").await;
    world.map("github", "ada", "ada").await;
    world.github("pull_request", &github_merged(4, "ada", &at(4))).await;
    world.github("pull_request", &github_revert(6, 4, &at(5))).await;
    assert_eq!(world.facts(ada).await, ["merge github:acme/api#4 2026-03-04T10:00:00Z", "-merge"]);
    world.github("pull_request", &github_merged(8, "ada", &at(9))).await;
    assert_eq!(world.facts(ada).await[2..], ["merge github:acme/api#8 2026-03-09T10:00:00Z"]);
    world.github("pull_request", &github_revert(10, 9, &at(10))).await;
    world.github("pull_request", &github_merged(9, "ada", &at(8))).await;
    assert_eq!(world.facts(ada).await.len(), 3, "a revert that is learnt first holds too");
}

#[tokio::test]
async fn the_tenth_merge_counts_in_any_order() {
    let world = World::new().await;
    let ada = world.hire("ada", "2026-03-02").await;
    world.map("github", "ada", "ada").await;
    for number in [3, 9, 1, 5, 7, 2, 8, 6, 4] {
        world.github("pull_request", &github_merged(number, "ada", &at(2 + number as u32))).await;
    }
    let tenth = async || {
        let facts = world.facts(ada).await;
        facts.into_iter().filter(|fact| fact.contains("tenth")).collect::<Vec<_>>()
    };
    assert!(tenth().await.is_empty(), "nine are not ten");
    world.github("pull_request", &github_merged(11, "ada", &at(13))).await;
    assert_eq!(tenth().await, ["tenth github:acme/api#11 2026-03-13T10:00:00Z"]);
    world.github("pull_request", &github_merged(12, "ada", &at(14))).await;
    world.github("pull_request", &github_revert(20, 5, &at(15))).await;
    assert_eq!(tenth().await[1..], ["-tenth", "tenth github:acme/api#12 2026-03-14T10:00:00Z"]);
}

#[tokio::test]
async fn a_deploy_counts_for_those_whose_commits_it_brought() {
    let world = World::new().await;
    let (ada, ben) = (world.hire("ada", "2026-03-02").await, world.hire("ben", "2026-03-02").await);
    world.map("github", "ada", "ada").await;
    world.map("github", "ben", "ben").await;
    let live = async |person| {
        let facts = world.facts(person).await;
        facts.into_iter().filter(|fact| fact.starts_with("live")).collect::<Vec<_>>()
    };
    world.github("push", &github_push("0", &[("c1", "petra"), ("c2", "ada")], &at(3))).await;
    world.github("deployment_status", &github_deployed("c1", &at(3))).await;
    assert!(live(ada).await.is_empty(), "her commit came after the one that is live");
    // The deployment is told before the push that it deploys.
    world.github("deployment_status", &github_deployed("merge7", &at(5))).await;
    assert!(live(ada).await.is_empty(), "nobody knows yet what is in it");
    world.github("pull_request", &github_merged(7, "ben", &at(4))).await;
    world.github("push", &github_push("c2", &[("merge7", "")], &at(4))).await;
    let expected = ["live github:acme/api@merge7 2026-03-05T10:00:00Z"];
    assert_eq!(live(ada).await, expected);
    assert_eq!(live(ben).await, expected, "the merge says whose the commit is");
    world.github("push", &github_push("merge7", &[("c8", "petra")], &at(6))).await;
    world.github("deployment_status", &github_deployed("c8", &at(6))).await;
    assert_eq!(live(ada).await, expected, "later deployments bring nothing of hers");
}

#[tokio::test]
async fn gitlabs_author_is_known_by_number_first_and_by_name_later() {
    let world = World::new().await;
    let ada = world.hire("ada", "2026-03-02").await;
    world.map("gitlab", "ada", "ada").await;
    world.gitlab(&gitlab_request("merge", 5, 7, (1, "petra"))).await;
    assert!(world.facts(ada).await.is_empty(), "7 is a number");
    world.gitlab(&gitlab_note("MergeRequest", 1, (7, "ada"))).await;
    let expected = [
        "review gitlab:acme/platform/api!5 2026-03-04T09:30:00Z",
        "merge gitlab:acme/platform/api!5 2026-03-04T11:00:00Z",
    ];
    let mut facts = world.facts(ada).await;
    facts.sort_unstable_by(|one, other| other.cmp(one));
    assert_eq!(facts, expected, "7 is ada");
    world.gitlab(&gitlab_request("merge", 6, 7, (1, "petra"))).await;
    assert_eq!(world.texts("SELECT login FROM forge_sighting WHERE reference LIKE '%!6'").await, ["ada"]);
}

#[tokio::test]
async fn programs_and_other_organisations_reach_nothing() {
    let world = World::new().await;
    let ada = world.hire("ada", "2026-03-02").await;
    world.map("github", "ada[bot]", "ada").await;
    world.github("pull_request", &github_merged(4, "ada[bot]", &at(4))).await;
    world.map("github", "ada", "ada").await;
    let mut foreign = github_merged(5, "ada", &at(5));
    foreign["repository"]["full_name"] = "ada/api".into();
    world.github("pull_request", &foreign).await;
    assert!(world.facts(ada).await.is_empty());
}

#[tokio::test]
async fn who_is_erased_leaves_nothing_behind() {
    let world = World::new().await;
    let ada = world.hire("ada", "2026-03-02").await;
    world.map("github", "Ada", "ada").await;
    world.github("pull_request", &github_merged(4, "ADA", &at(4))).await;
    world.github("push", &github_push("0", &[("c1", "Ada")], &at(5))).await;
    world.github("pull_request", &github_merged(5, "ben", &at(5))).await;
    let mut tx = world.state.store().begin().await.expect("a transaction");
    me::erase(&mut tx, ada, world.state.now()).await.expect("it works");
    tx.commit().await.expect("it commits");
    for (table, left) in [("account", 0), ("sighting", 1), ("author", 2), ("delivery", 1), ("push", 0), ("reached", 0)]
    {
        let rows = world.texts(&format!("SELECT '' || COUNT(*) FROM forge_{table}")).await;
        assert_eq!(rows, [left.to_string()], "{table}: ben's are kept");
    }
    world.github("pull_request", &github_merged(6, "ada", &at(6))).await;
    assert!(world.facts(ada).await.is_empty());
}
