//! The schema's history: append-only files, applied in order, each in a transaction of its own. One that
//! begins with a line `-- no-transaction` brings its own, and can be run twice.

use std::{
    io,
    path::{Path, PathBuf},
};

use sqlx::{
    SqlSafeStr, SqliteConnection,
    migrate::{MigrateError, Migration, MigrationType, Migrator},
};

/// Every released file, oldest first. A file is never edited after its release; a new one is added
/// below. (The files are named here so that the compiler notices each change of them.)
const FILES: [(i64, &str, &str); 7] = [
    (1, "first week", include_str!("../migrations/0001_first_week.sql")),
    (2, "site context", include_str!("../migrations/0002_site_context.sql")),
    (3, "reader", include_str!("../migrations/0003_reader.sql")),
    (4, "backstage", include_str!("../migrations/0004_backstage.sql")),
    (5, "team", include_str!("../migrations/0005_team.sql")),
    (6, "receipts", include_str!("../migrations/0006_receipts.sql")),
    (7, "hold back", include_str!("../migrations/0007_hold_back.sql")),
];

/// The migrations of this build.
pub(crate) fn released() -> Vec<Migration> {
    FILES
        .iter()
        .map(|(version, name, sql)| {
            let own_transaction = sql.starts_with("-- no-transaction");
            Migration::new(*version, (*name).into(), MigrationType::Simple, (*sql).into_sql_str(), own_transaction)
        })
        .collect()
}

/// The schema that a file has, and the one that this build knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Versions {
    /// 0 for a new, empty file.
    pub(crate) found: i64,
    pub(crate) known: i64,
}

/// Reads which schema the open file has, changing nothing.
pub(crate) async fn versions(connection: &mut SqliteConnection, known: &[Migration]) -> Result<Versions, sqlx::Error> {
    let known = known.iter().map(|migration| migration.version).max().unwrap_or(0);
    let migrated: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '_sqlx_migrations'")
            .fetch_one(&mut *connection)
            .await?;
    if migrated == 0 {
        return Ok(Versions { found: 0, known });
    }
    let found = sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations WHERE success")
        .fetch_one(connection)
        .await?;
    Ok(Versions { found, known })
}

/// Whether a file without migrations holds something all the same. (The list of migrations itself may
/// be there already: it is made before the first of them is applied.)
pub(crate) async fn is_foreign(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE tbl_name <> '_sqlx_migrations'")
        .fetch_one(connection)
        .await?;
    Ok(tables > 0)
}

/// A copy could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// SQLite could not write the copy.
    #[error("could not copy the library to {}", to.display())]
    Copy {
        /// The copy's place.
        to: PathBuf,
        /// SQLite's answer.
        #[source]
        source: sqlx::Error,
    },
    /// The finished copy could not get its name.
    #[error("could not name the copy of the library {}", to.display())]
    Name {
        /// The copy's place.
        to: PathBuf,
        /// The file system's answer.
        #[source]
        source: io::Error,
    },
}

/// Where the copy of `path` before the step to schema `version` lies.
pub(crate) fn backup_path(path: &Path, version: i64) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-{version}"));
    PathBuf::from(name)
}

/// Copies the whole library beside itself; the copy has its name only when it is complete.
pub(crate) async fn back_up(
    connection: &mut SqliteConnection,
    path: &Path,
    version: i64,
) -> Result<PathBuf, BackupError> {
    let to = backup_path(path, version);
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    // Left over from a copy that was cut off; SQLite refuses to write over it.
    match std::fs::remove_file(&part) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(BackupError::Name { to, source }),
        _ => {}
    }
    let copied = sqlx::query("VACUUM INTO ?").bind(part.to_string_lossy().into_owned()).execute(connection).await;
    if let Err(source) = copied {
        return Err(BackupError::Copy { to, source });
    }
    let named = std::fs::File::open(&part).and_then(|file| file.sync_all()).and_then(|()| std::fs::rename(&part, &to));
    match named {
        Ok(()) => Ok(to),
        Err(source) => Err(BackupError::Name { to, source }),
    }
}

/// Applies what is missing.
pub(crate) async fn apply(connection: &mut SqliteConnection, migrations: Vec<Migration>) -> Result<(), MigrateError> {
    Migrator::with_migrations(migrations).run_direct(None, connection, false).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_in_the_folder_is_listed_in_order() {
        let mut on_disk: Vec<i64> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .map(|name| name.split('_').next().unwrap().parse().unwrap())
            .collect();
        on_disk.sort_unstable();
        let listed: Vec<i64> = FILES.iter().map(|(version, ..)| *version).collect();
        assert_eq!(listed, on_disk, "migrations/ and FILES name the same versions");
        assert_eq!(listed, (1..=listed.len() as i64).collect::<Vec<_>>(), "versions have no gaps");
    }
}
