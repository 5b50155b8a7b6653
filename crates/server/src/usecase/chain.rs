//! Whether the audit log is whole. Rows in, contradictions out; it reads no database.

use crate::store::audit::AuditRow;

/// A walk along the log, from its first row on.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    rows: i64,
    number: i64,
    hash: String,
    hashes: Vec<(i64, String)>,
    problems: Vec<String>,
}

impl Chain {
    /// Takes the next row in the order of numbers.
    pub(crate) fn take(&mut self, row: &AuditRow) {
        let number = row.number;
        if number != self.number + 1 {
            self.problems.push(format!("row {number} follows on row {}: rows are missing", self.number));
        }
        if row.previous != self.hash {
            self.problems.push(format!("row {number} does not continue the row before it"));
        }
        if row.computed_hash() != row.hash {
            self.problems.push(format!("row {number} was edited: its hash is that of another content"));
        }
        self.rows += 1;
        self.number = number;
        self.hash.clone_from(&row.hash);
        self.hashes.push((number, row.hash.clone()));
    }

    /// The number to go on after.
    pub(crate) fn after(&self) -> i64 {
        self.number
    }

    /// How many rows there were.
    pub(crate) fn rows(&self) -> i64 {
        self.rows
    }

    /// The last row as `NUMBER:HASH`, to be kept elsewhere.
    pub(crate) fn last(&self) -> String {
        format!("{}:{}", self.number, self.hash)
    }

    /// All contradictions, with the log's own note of its end and with notes that were kept elsewhere.
    pub(crate) fn end(&self, head: Option<(i64, String)>, expected: &[String]) -> Vec<String> {
        let mut problems = self.problems.clone();
        let has = |number: i64, hash: &str| {
            (number == 0 && hash.is_empty()) || self.hashes.iter().any(|(n, h)| *n == number && h == hash)
        };
        match &head {
            None => problems.push("the note of the last row is missing".to_owned()),
            Some((number, hash)) if !has(*number, hash) => {
                problems.push(format!("the log should reach row {number} ({hash}), and does not"));
            }
            Some(_) => {}
        }
        for note in expected {
            let known = note.split_once(':').and_then(|(number, hash)| Some((number.parse().ok()?, hash)));
            if !known.is_some_and(|(number, hash)| has(number, hash)) {
                problems.push(format!("the log has no row {note}"));
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use rand::RngExt as _;

    use super::*;
    use crate::store::{
        Store,
        audit::{Act, append, head, rows_after},
    };

    /// What a walk over `rows`, read in the order of their numbers, finds.
    fn found(mut rows: Vec<AuditRow>, head: &Option<(i64, String)>) -> Vec<String> {
        rows.sort_by_key(|row| row.number);
        let mut chain = Chain::default();
        rows.iter().for_each(|row| chain.take(row));
        chain.end(head.clone(), &[])
    }

    /// A log of `count` rows from a real database.
    async fn log(count: usize) -> (Vec<AuditRow>, Option<(i64, String)>) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::sqlite(folder.path()).await.expect("a database");
        for number in 0..count {
            let mut tx = store.begin().await.expect("a transaction");
            let object = format!("object {}", number % 7);
            let act = Act { actor: "p:1", action: "session.ended", object: &object, outcome: "done" };
            append(&mut tx, Timestamp::UNIX_EPOCH, &act).await.expect("a row");
            tx.commit().await.expect("a commit");
        }
        let rows = rows_after(store.read(), 0, 1_000).await.expect("rows");
        (rows, head(store.read()).await.expect("the end"))
    }

    #[tokio::test]
    async fn a_thousand_edits_deletions_and_reorderings_are_found() {
        let (rows, head) = log(60).await;
        assert_eq!((rows.len(), found(rows.clone(), &head)), (60, Vec::new()), "the log itself is whole");
        let mut random = rand::rng();
        let mut noticed = 0;
        for round in 0..1_000 {
            let mut bad = rows.clone();
            let at = random.random_range(0..bad.len());
            let what = match round % 5 {
                0 => {
                    let row = &mut bad[at];
                    match random.random_range(0..7) {
                        0 => row.at += 1,
                        1 => row.actor.push('2'),
                        2 => row.action = "session.joined".to_owned(),
                        3 => row.object.clear(),
                        4 => row.outcome = "refused".to_owned(),
                        5 => row.previous = "0".repeat(64),
                        _ => row.hash = "0".repeat(64),
                    }
                    "edited"
                }
                1 => {
                    // Whoever edits may know how the hash is made.
                    bad[at].outcome.push('!');
                    bad[at].hash = bad[at].computed_hash();
                    "edited, with a fitting hash"
                }
                2 => {
                    let count = random.random_range(1..=bad.len() - at);
                    bad.drain(at..at + count);
                    "deleted"
                }
                3 => {
                    let other = (at + random.random_range(1..bad.len())) % bad.len();
                    let (one, two) = (bad[at].number, bad[other].number);
                    (bad[at].number, bad[other].number) = (two, one);
                    "put in another order"
                }
                _ => {
                    bad.remove(at);
                    bad.iter_mut().skip(at).for_each(|row| row.number -= 1);
                    "deleted, and the rest moved up"
                }
            };
            assert!(!found(bad, &head).is_empty(), "row {} was {what} and nobody noticed", at + 1);
            noticed += 1;
        }
        println!("proved: {noticed} edits, deletions and reorderings, all found");
    }

    #[tokio::test]
    async fn a_log_written_anew_is_found_by_a_note_that_was_kept_elsewhere() {
        let (rows, head) = log(10).await;
        let note = format!("{}:{}", rows[7].number, rows[7].hash);
        let walk = |rows: &[AuditRow], head, notes: &[String]| {
            let mut chain = Chain::default();
            rows.iter().for_each(|row| chain.take(row));
            chain.end(head, notes)
        };
        assert_eq!(walk(&rows, head, std::slice::from_ref(&note)), Vec::<String>::new());
        let mut anew = rows;
        let mut previous = anew[3].hash.clone();
        for row in anew.iter_mut().skip(4) {
            row.outcome = "nothing happened".to_owned();
            row.previous.clone_from(&previous);
            row.hash = row.computed_hash();
            previous.clone_from(&row.hash);
        }
        let end = Some((10, previous));
        assert_eq!(walk(&anew, end.clone(), &[]), Vec::<String>::new(), "the log alone cannot know");
        assert_eq!(walk(&anew, end, &[note]).len(), 1);
    }
}
