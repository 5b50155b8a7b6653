//! How connections are opened, and the proof that SQLite took the settings.

use std::{path::Path, time::Duration};

use sqlx::{
    SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

/// The oldest SQLite that is free of the WAL-reset bug.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// How long a statement waits for another program that holds the file.
const BUSY_TIMEOUT: Duration = Duration::from_millis(5_000);

/// A setting that SQLite did not take.
#[derive(Debug, thiserror::Error)]
#[error("SQLite's {name} is {found}, but Waymark needs {wanted} to keep what it shows as saved")]
pub struct SettingError {
    name: &'static str,
    wanted: String,
    found: String,
}

/// Why settings could not be asserted.
#[derive(Debug)]
pub(crate) enum AssertError {
    Query(sqlx::Error),
    Setting(SettingError),
}

/// What every connection has in common.
fn common(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("mmap_size", "0")
}

/// The one connection that writes.
pub(crate) fn writer(path: &Path) -> SqliteConnectOptions {
    inspector(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // After a large import the log shrinks back to this many bytes.
        .pragma("journal_size_limit", "16777216")
}

/// A connection that may repair after a crash but changes neither schema nor journal mode.
pub(crate) fn inspector(path: &Path) -> SqliteConnectOptions {
    common(path)
}

/// The connections that answer screens.
pub(crate) fn reader(path: &Path) -> SqliteConnectOptions {
    common(path).read_only(true)
}

/// A file on a disk that nobody can write, with no log beside it.
pub(crate) fn immutable_reader(path: &Path) -> SqliteConnectOptions {
    reader(path).immutable(true)
}

/// Asks SQLite for each setting and compares it with the one that was given.
pub(crate) async fn assert_writer(connection: &mut SqliteConnection) -> Result<(), AssertError> {
    assert_common(connection).await?;
    expect(connection, "journal_mode", "PRAGMA journal_mode", "wal").await?;
    // 2 is FULL.
    expect(connection, "synchronous", "PRAGMA synchronous", "2").await
}

/// The part of [`assert_writer`] that also holds for readers.
pub(crate) async fn assert_common(connection: &mut SqliteConnection) -> Result<(), AssertError> {
    let version: String =
        sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut *connection).await.map_err(AssertError::Query)?;
    if parse_version(&version) < Some(OLDEST_SQLITE) {
        let (major, minor, patch) = OLDEST_SQLITE;
        let wanted = format!("{major}.{minor}.{patch} or newer");
        return Err(AssertError::Setting(SettingError { name: "version", wanted, found: version }));
    }
    expect(connection, "foreign_keys", "PRAGMA foreign_keys", "1").await?;
    expect(connection, "busy_timeout", "PRAGMA busy_timeout", "5000").await?;
    expect(connection, "trusted_schema", "PRAGMA trusted_schema", "0").await?;
    expect(connection, "cell_size_check", "PRAGMA cell_size_check", "1").await?;
    expect(connection, "mmap_size", "PRAGMA mmap_size", "0").await
}

async fn expect(
    connection: &mut SqliteConnection,
    name: &'static str,
    statement: &'static str,
    wanted: &str,
) -> Result<(), AssertError> {
    use sqlx::Row;

    let row = sqlx::query(statement).fetch_one(connection).await.map_err(AssertError::Query)?;
    // Some of these pragmas answer with a number and some with a text.
    let found = row.try_get::<i64, _>(0).map(|number| number.to_string()).or_else(|_| row.try_get::<String, _>(0));
    let found = found.map_err(AssertError::Query)?;
    if found == wanted {
        Ok(())
    } else {
        Err(AssertError::Setting(SettingError { name, wanted: wanted.to_owned(), found }))
    }
}

fn parse_version(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split('.').map(str::parse::<u32>);
    Some((parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use sqlx::{ConnectOptions, Connection};

    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(parse_version("3.9.0") < Some(OLDEST_SQLITE), "9 is less than 51");
        assert!(parse_version("3.51.3") >= Some(OLDEST_SQLITE));
        assert!(parse_version("nonsense") < Some(OLDEST_SQLITE));
    }

    #[tokio::test]
    async fn the_settings_hold_and_a_wrong_one_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("waymark.db");
        let mut connection = writer(&path).connect().await.unwrap();
        assert_writer(&mut connection).await.unwrap();
        for (change, name) in [
            ("PRAGMA synchronous = NORMAL", "synchronous"),
            ("PRAGMA mmap_size = 1048576", "mmap_size"),
            ("PRAGMA cell_size_check = OFF", "cell_size_check"),
            ("PRAGMA trusted_schema = ON", "trusted_schema"),
            ("PRAGMA busy_timeout = 1", "busy_timeout"),
            ("PRAGMA foreign_keys = OFF", "foreign_keys"),
        ] {
            let mut connection = writer(&path).connect().await.unwrap();
            sqlx::raw_sql(change).execute(&mut connection).await.unwrap();
            match assert_writer(&mut connection).await {
                Err(AssertError::Setting(error)) => assert!(error.to_string().contains(name), "{error}"),
                other => panic!("{change} went unnoticed: {other:?}"),
            }
            connection.close().await.unwrap();
        }
    }
}
