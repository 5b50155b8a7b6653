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
