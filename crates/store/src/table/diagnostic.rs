//! What is wrong with a pack's content.

use sqlx::SqliteExecutor;
use waymark_core::{
    diagnostic::{Diagnostic, Severity},
    id::PackId,
};

use crate::{Db, ReadError, Tx, WriteError, error::About};

const WHAT: &str = "findings";

/// Reads of findings.
#[derive(Debug)]
pub struct Diagnostics<'db>(&'db Db);

impl Db {
    /// What is wrong with content.
    pub fn diagnostics(&self) -> Diagnostics<'_> {
        Diagnostics(self)
    }
}

type Row = (String, i64, i64, String, String, String, Option<String>);

impl Diagnostics<'_> {
    /// The findings of one pack, in the order in which they were given.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn for_pack(&self, pack: PackId) -> Result<Vec<Diagnostic>, ReadError> {
        of_pack(pack, self.0.reader()).await.reading(WHAT)
    }
}

fn from_row((path, line, column, severity, code, message, help): Row) -> Diagnostic {
    let severity = match severity.as_str() {
        "note" => Severity::Note,
        "warning" => Severity::Warning,
        // The table's CHECK leaves only `error`.
        _ => Severity::Error,
    };
    Diagnostic { path, line: line as u32, column: column as u32, severity, code, message, help }
}

/// Puts `findings` in place of those of a pack, where they differ.
pub(crate) async fn replace_all(tx: &mut Tx, pack: PackId, findings: Vec<Diagnostic>) -> Result<(), WriteError> {
    let before = of_pack(pack, tx.connection()).await.reading(WHAT)?;
    if before == findings {
        return Ok(());
    }
    tx.run(WHAT, sqlx::query("DELETE FROM diagnostic WHERE pack = ?").bind(pack.to_string())).await?;
    insert_all(tx, pack, findings).await
}

async fn of_pack<'c>(pack: PackId, connection: impl SqliteExecutor<'c>) -> Result<Vec<Diagnostic>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT path, line, col, severity, code, message, help FROM diagnostic WHERE pack = ? ORDER BY position",
    )
    .bind(pack.to_string())
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

pub(crate) async fn insert_all(tx: &mut Tx, pack: PackId, findings: Vec<Diagnostic>) -> Result<(), WriteError> {
    for (position, finding) in findings.into_iter().enumerate() {
        let severity = match finding.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let insert = sqlx::query(
            "INSERT INTO diagnostic (pack, position, path, line, col, severity, code, message, help)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(pack.to_string())
        .bind(position as i64)
        .bind(finding.path)
        .bind(finding.line)
        .bind(finding.column)
        .bind(severity)
        .bind(finding.code)
        .bind(finding.message)
        .bind(finding.help);
        tx.run(WHAT, insert).await?;
    }
    Ok(())
}
