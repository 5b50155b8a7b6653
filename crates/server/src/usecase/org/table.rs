//! A table of people as CSV, in whatever order its columns are.

use super::{
    entry::{COLUMNS, Column, Entry, Places},
    spot::{Problem, Spot},
};

/// Reads a table. Every problem of every field is told, not only the first.
pub(crate) fn read(bytes: &[u8]) -> (Vec<Entry>, Vec<Problem>) {
    let mut problems = Vec::new();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    // Spreadsheets of half of Europe separate with semicolons.
    let delimiter = if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let mut records = reader.byte_records();
    let headings: Vec<String> = match records.next() {
        Some(Ok(record)) => record.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect(),
        _ => Vec::new(),
    };
    let columns = columns(&headings, &mut problems);
    let mut entries = Vec::new();
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                problems.push(Problem { spot: field(line, ""), message: format!("cannot be read: {error}") });
                break;
            }
        };
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != headings.len() {
            let message = format!("has {} fields; the first line has {}", record.len(), headings.len());
            problems.push(Problem { spot: field(line, ""), message });
        }
        entries.push(entry(line, &record, &headings, &columns, &mut problems));
    }
    (entries, problems)
}

/// What each heading means; unknown, doubled and missing ones are problems.
fn columns(headings: &[String], problems: &mut Vec<Problem>) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    let mut found = |column: &str, message: String| {
        problems.push(Problem { spot: field(1, column), message });
    };
    for heading in headings {
        let column = Column::parse(heading);
        match &column {
            None => found(heading, format!("is no column of this table; there are {COLUMNS}")),
            Some(_) if columns.contains(&column) => found(heading, "is there twice".to_owned()),
            Some(_) => {}
        }
        columns.push(column);
    }
    for (needed, name) in [(Column::Key, "key"), (Column::Name, "name")] {
        if !columns.contains(&Some(needed)) {
            found(name, format!("the table needs this column; there are {COLUMNS}"));
        }
    }
    columns
}

/// Reads one line.
fn entry(
    line: u64,
    record: &csv::ByteRecord,
    headings: &[String],
    columns: &[Option<Column>],
    problems: &mut Vec<Problem>,
) -> Entry {
    let mut entry = Entry::new(Places {
        whole: field(line, ""),
        key: field(line, "key"),
        manager: field(line, "manager_key"),
        buddy: field(line, "buddy_key"),
    });
    for ((value, heading), column) in record.iter().zip(headings).zip(columns) {
        let mut wrong = |message: String| problems.push(Problem { spot: field(line, heading), message });
        let Ok(text) = std::str::from_utf8(value) else {
            wrong("is not UTF-8; save the table as \"CSV UTF-8\"".to_owned());
            continue;
        };
        let Some(column) = column else { continue };
        if let Err(message) = entry.set(column, text) {
            wrong(message);
        }
    }
    entry
}

fn field(line: u64, column: &str) -> Spot {
    Spot::Field { line, column: column.to_owned() }
}
