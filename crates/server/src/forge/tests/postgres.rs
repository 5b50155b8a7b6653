//! The same statements over `PostgreSQL`, where the machine has one.

use jiff::{SignedDuration, Timestamp};

use super::{payloads::*, reconcile::one_round, world::World};
use crate::{
    forge::work::work_through,
    store::{
        forge::{account, delivery, secret},
        sink::{self, Next, Sink},
    },
    testing::database::{Database, databases},
};

async fn world() -> Option<World> {
    for database in databases() {
        if let Database::Postgres(url) = database {
            return Some(World::postgres(&url).await);
        }
    }
    None
}

#[tokio::test]
async fn deliveries_become_milestones() {
    let Some(world) = world().await else { return };
    let at = |day: u32| format!("2026-03-{day:02}T10:00:00Z");
    let ada = world.hire("ada", "2026-03-02").await;
    world.github("pull_request", &github_merged(3, "ada", &at(3))).await;
    world.map("github", "Ada", "ada").await;
    world.github("pull_request", &github_merged(3, "ada", &at(3))).await;
    world.github("pull_request", &github_revert(5, 3, &at(4))).await;
    world.github("deployment_status", &github_deployed("c2", &at(5))).await;
    world.github("push", &github_push("0", &[("c1", "petra"), ("c2", "ada")], &at(5))).await;
    world.map("gitlab", "ada", "ada").await;
    world.gitlab(&gitlab_request("merge", 5, 7, (1, "petra"))).await;
    world.gitlab(&gitlab_note("Issue", 1, (7, "ada"))).await;
    let expected = [
        "merge github:acme/api#3 2026-03-03T10:00:00Z",
        "-merge",
        "commit github:acme/api@c2 2026-03-05T10:00:00Z",
        "live github:acme/api@c2 2026-03-05T10:00:00Z",
        "merge gitlab:acme/platform/api!5 2026-03-04T11:00:00Z",
    ];
    let facts = async || {
        let mut facts = world.facts(ada).await;
        facts.sort_unstable();
        facts
    };
    let sorted = |mut facts: Vec<&'static str>| {
        facts.sort_unstable();
        facts
    };
    assert_eq!(facts().await, sorted(expected.to_vec()));
    let mut tx = world.state.store().begin().await.expect("a transaction");
    assert_eq!(account::unmap(&mut tx, "gitlab", "ada").await.expect("it works"), Some(ada));
    tx.commit().await.expect("it commits");
    one_round(&world).await;
    let found = world.facts(ada).await;
    assert!(found.iter().any(|fact| fact == "review github:acme/api#9 2026-03-05T09:00:00Z"), "{found:?}");
    assert_eq!(delivery::summary(world.state.store()).await.expect("rows").len(), 2);
    world.at("2026-06-30T09:00:00Z");
    assert!(delivery::forget(world.state.store(), world.state.now()).await.expect("it works") > 0);
    for expected in [true, false] {
        let hour = SignedDuration::from_hours(1);
        let taken = secret::take_round(world.state.store(), "github", world.state.now(), hour).await;
        assert_eq!(taken.expect("it works"), expected);
    }
}

#[tokio::test]
async fn two_servers_work_on_each_delivery_once() {
    let Some(world) = world().await else { return };
    let ada = world.hire("ada", "2026-03-02").await;
    world.map("github", "ada", "ada").await;
    for number in 1..=12 {
        let delivery = delivery::Delivery {
            forge: "github".to_owned(),
            id: number.to_string(),
            kind: "pull_request".to_owned(),
            body: github_merged(number, "ada", "2026-03-03T10:00:00Z").to_string(),
            trust: "signed".to_owned(),
            received: 0,
        };
        assert!(delivery::keep(world.state.store(), &delivery).await.expect("it is kept"));
    }
    let (one, other) = tokio::join!(work_through(&world.state), work_through(&world.state));
    assert_eq!(one.expect("it works") + other.expect("it works"), 12);
    let facts = world.facts(ada).await;
    let first = facts.iter().filter(|fact| fact.starts_with("merge ")).count();
    assert!((1..=12).contains(&first), "{facts:?}");
    let standing = "SELECT COUNT(*) FROM forge_reached WHERE milestone = 'tenth' AND revoked = 0";
    let standing: i64 = sqlx::query_scalar(standing).fetch_one(world.state.store().read()).await.expect("a number");
    assert_eq!(standing, 1, "{facts:?}");
}

#[tokio::test]
async fn the_queue_of_a_sink() {
    let Some(world) = world().await else { return };
    let (store, now) = (world.state.store(), world.state.now());
    let mut tx = store.begin().await.expect("a transaction");
    let made = Sink {
        id: "sink_1".to_owned(),
        url: "https://hooks.example".to_owned(),
        types: vec!["dev.".to_owned()],
        secret: "whsec_".to_owned(),
        batched: true,
        disabled: None,
        created: 0,
    };
    sink::add(&mut tx, &made).await.expect("it is added");
    crate::usecase::sinks::enqueue(&mut tx, [("dev.a", "{}"), ("other", "{}")], now).await.expect("it is queued");
    tx.commit().await.expect("it commits");
    let (one, other) = tokio::join!(sink::take(store, 10, now), sink::take(store, 10, now));
    let mut taken = one.expect("messages");
    taken.extend(other.expect("messages"));
    assert_eq!(taken.iter().map(|one| one.body.as_str()).collect::<Vec<_>>(), ["[{}]"], "one server has it");
    let conclude = async |next: Next| {
        let mut tx = store.begin().await.expect("a transaction");
        sink::conclude(&mut tx, &taken[0].id, &next, "500", now).await.expect("it is written");
        tx.commit().await.expect("it commits");
    };
    conclude(Next::At(Timestamp::MAX)).await;
    conclude(Next::Dead).await;
    assert_eq!(sink::dead_letters(store, 10).await.expect("letters").len(), 1);
    assert_eq!(sink::counts(store).await.expect("rows"), [("sink_1".to_owned(), 0, 0, 1)]);
    let mut tx = store.begin().await.expect("a transaction");
    assert_eq!(sink::resend(&mut tx, "sink_1", now).await.expect("it works"), 1);
    sink::disable(&mut tx, "sink_1", "gone").await.expect("it works");
    assert!(sink::enable(&mut tx, "sink_1").await.expect("it works"));
    tx.commit().await.expect("it commits");
    conclude(Next::Done).await;
    assert_eq!(sink::forget(store, now + SignedDuration::from_hours(24 * 8)).await.expect("it works"), 1);
    let mut tx = store.begin().await.expect("a transaction");
    assert!(sink::remove(&mut tx, "sink_1").await.expect("it works"));
}
