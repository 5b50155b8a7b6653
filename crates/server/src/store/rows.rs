//! Statements over many rows at once.

use std::fmt::Write as _;

use super::Tx;

/// `($1, $2), ($3, $4)` for `rows` rows of `columns` values each: one statement writes a whole batch.
pub(crate) fn placeholders(rows: usize, columns: usize) -> String {
    let mut text = String::with_capacity(rows * columns * 5);
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            let comma = if column == 0 { "" } else { ", " };
            let _ = write!(text, "{comma}${}", row * columns + column + 1);
        }
        text.push(')');
    }
    text
}

/// `$3, $4, $5`: `count` values from number `first` on, for `IN (…)`.
pub(crate) fn numbered(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

/// What a `SELECT` of a row ends with that must not change until the commit. SQLite has one writer, who began by
/// taking the lock; PostgreSQL locks the row, without writing a new version of it.
pub(crate) fn for_update(tx: &Tx) -> &'static str {
    if tx.backend_name() == "PostgreSQL" { " FOR UPDATE" } else { "" }
}

#[cfg(test)]
mod tests {
    #[test]
    fn placeholders_are_numbered_through() {
        assert_eq!(super::placeholders(2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(super::placeholders(0, 3), "");
        assert_eq!(super::numbered(3, 2), "$3, $4");
    }
}
