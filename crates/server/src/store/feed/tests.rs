//! Two writers at once and a reader between their commits, over PostgreSQL: why a person's changes are numbered by
//! a row that is locked until the commit and not by a sequence (I4, and seeded bug 3 of `proof.md`).

use std::time::Duration;

use jiff::Timestamp;
use sqlx::AssertSqlSafe;
use uuid::Uuid;
use waymark_api::http::feed::ChangeKind;
use waymark_core::id::PersonId;

use super::{KEPT, Window, add, bounds, forget, list};
use crate::{
    store::{Store, Tx, hire},
    testing::database::{Database, databases},
};

/// Pairs of writers.
const ROUNDS: i64 = 20;
/// Long enough for the second writer to commit, if nothing holds it.
const HEAD_START: Duration = Duration::from_millis(300);

/// Where a change has its number from.
#[derive(Clone, Copy)]
enum Numbers {
    /// The person's row, as everywhere in this server.
    CounterRow,
    /// Seeded bug 3: a sequence, which gives the next number before the last one is committed.
    Sequence,
}

async fn write(tx: &mut Tx, person: PersonId, numbers: Numbers) {
    let number = match numbers {
        Numbers::CounterRow => {
            let last = hire::lock(tx, person).await.expect("a lock").expect("she is there").feed_last;
            hire::set_feed_last(tx, person, last + 1).await.expect("it is stored");
            last + 1
        }
        Numbers::Sequence => {
            sqlx::query_scalar("SELECT nextval('bug_3')").fetch_one(&mut **tx).await.expect("a number")
        }
    };
    add(tx, person, number, &ChangeKind::Content, Timestamp::UNIX_EPOCH).await.expect("it is stored");
}

/// Reads on from the last number that was seen, as a device does.
async fn read(store: &Store, person: PersonId, seen: &mut Vec<i64>) {
    let after = seen.last().copied().unwrap_or(0);
    let window = Window { person, after, until: i64::MAX, limit: 100, without: None };
    seen.extend(list(store, window).await.expect("changes").iter().map(|row| row.number));
}

/// The numbers that a reader saw of two writers for each round; `None` where the machine has no PostgreSQL.
async fn seen(numbers: Numbers) -> Option<Vec<i64>> {
    let database = databases().into_iter().find_map(|database| match database {
        Database::Postgres(url) => Some(url),
        Database::Sqlite => None,
    });
    let store = Store::postgres(&database?).await.expect("a database");
    let person = PersonId::new(Uuid::now_v7());
    let calendar = r#"{"week":[true,true,true,true,true,false,false],"days_off":[]}"#;
    let mut tx = store.begin().await.expect("a transaction");
    let sql = format!(
        "CREATE SEQUENCE bug_3;
         INSERT INTO person (id, key, name, roles, calendar, created) VALUES ('{person}', 'a', 'Ada', '', '{calendar}', 0)"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *tx).await.expect("a person");
    tx.commit().await.expect("a commit");

    let mut seen = Vec::new();
    for _ in 0..ROUNDS {
        let mut slow = store.begin().await.expect("a transaction");
        write(&mut slow, person, numbers).await;
        let other = store.clone();
        let mut quick = tokio::spawn(async move {
            let mut tx = other.begin().await.expect("a transaction");
            write(&mut tx, person, numbers).await;
            tx.commit().await.expect("a commit");
        });
        let ended = tokio::time::timeout(HEAD_START, &mut quick).await.is_ok();
        read(&store, person, &mut seen).await;
        slow.commit().await.expect("a commit");
        if !ended {
            quick.await.expect("it has written");
        }
        read(&store, person, &mut seen).await;
    }
    Some(seen)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_between_two_writers_misses_nothing() {
    let Some(seen) = seen(Numbers::CounterRow).await else { return };
    assert_eq!(seen, (1..=ROUNDS * 2).collect::<Vec<_>>());
    println!("proved: {} changes of two writers at once, 0 missed by a reader", seen.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn bug_3_a_feed_numbered_by_a_sequence_is_found() {
    let Some(seen) = seen(Numbers::Sequence).await else { return };
    let missed = ROUNDS * 2 - seen.len() as i64;
    assert!(missed > 0, "the reader saw all of {seen:?}, so this test could not find the bug");
    println!("control: FeedBySequence: I4: a reader missed {missed} of {} changes", ROUNDS * 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn old_messages_are_forgotten_in_every_database() {
    for database in databases() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = match &database {
            Database::Sqlite => Store::sqlite(folder.path()).await,
            Database::Postgres(url) => Store::postgres(url).await,
        };
        let store = store.expect("a database");
        let now: Timestamp = "2026-11-20T09:14:00Z".parse().expect("a moment");
        let calendar = r#"{"week":[true,true,true,true,true,false,false],"days_off":[]}"#;
        // More people than one transaction takes.
        let people: Vec<PersonId> = (0..250).map(|_| PersonId::new(Uuid::now_v7())).collect();
        let mut tx = store.begin().await.expect("a transaction");
        for (number, person) in people.iter().enumerate() {
            let sql = format!(
                "INSERT INTO person (id, key, name, roles, calendar, created, feed_last)
                 VALUES ('{person}', 'p{number}', 'P', '', '{calendar}', 0, 3)"
            );
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *tx).await.expect("a person");
            for (number, at) in [(1, now - KEPT - KEPT), (2, now - KEPT), (3, now)] {
                add(&mut tx, *person, number, &ChangeKind::Content, at).await.expect("it is stored");
            }
        }
        tx.commit().await.expect("a commit");
        assert_eq!(forget(&store, now).await.expect("it is tidied"), 250, "older than 90 days, one of each");
        assert_eq!(forget(&store, now + Duration::from_millis(1)).await.expect("it is tidied"), 250);
        for person in [people[0], people[249]] {
            let bounds = bounds(&store, person).await.expect("bounds");
            assert_eq!((bounds.pruned, bounds.last), (2, 3));
            let window = Window { person, after: 0, until: 9, limit: 9, without: None };
            let left: Vec<i64> = list(&store, window).await.expect("changes").iter().map(|row| row.number).collect();
            assert_eq!(left, [3]);
        }
    }
}
