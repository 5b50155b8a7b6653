//! The steps of opening, in their order.

use std::{
    fs::{self, OpenOptions},
    path::Path,
};

use sqlx::{ConnectOptions, Connection, SqliteConnection, SqlitePool, migrate::Migration};

use super::OpenError;
use crate::{check, migrations, quarantine::with_suffix, settings};

/// Makes the folder and asks the file system for the file itself: its answer is more exact than SQLite's.
pub(super) fn reach(path: &Path) -> Result<(), OpenError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|source| OpenError::MakeFolder { path: folder.to_owned(), source })?;
    }
    match OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path) {
        Ok(_) => Ok(()),
        Err(source) => Err(OpenError::Reach { path: path.to_owned(), source }),
    }
}

/// Judges the file and applies what its schema lacks. Nothing is written before the judgement.
pub(super) async fn bring_up_to_date(path: &Path, known: Vec<Migration>) -> Result<(), OpenError> {
    let ended_uncleanly = fs::metadata(with_suffix(path, "-wal")).is_ok_and(|log| log.len() > 0);
    let mut connection =
        settings::inspector(path).connect().await.map_err(|source| OpenError::of(path, "open", source))?;
    let outcome = judge_and_migrate(path, &mut connection, known, ended_uncleanly).await;
    let closed = connection.close().await.map_err(|source| OpenError::of(path, "close", source));
    outcome.and(closed)
}

async fn judge_and_migrate(
    path: &Path,
    connection: &mut SqliteConnection,
    known: Vec<Migration>,
    ended_uncleanly: bool,
) -> Result<(), OpenError> {
    let versions = migrations::versions(connection, &known).await.map_err(|e| OpenError::of(path, "read", e))?;
    if versions.found > versions.known {
        return Err(OpenError::NewerVersion { path: path.to_owned(), found: versions.found, known: versions.known });
    }
    if ended_uncleanly {
        let found = check::quick_check(connection).await.map_err(|e| OpenError::of(path, "check", e))?;
        if let Some(found) = found {
            return Err(OpenError::Damaged { path: path.to_owned(), found });
        }
    }
    if versions.found == 0 && migrations::is_foreign(connection).await.map_err(|e| OpenError::of(path, "read", e))? {
        let found = "it belongs to another program".to_owned();
        return Err(OpenError::Damaged { path: path.to_owned(), found });
    }
    if versions.found == versions.known {
        return Ok(());
    }
    if versions.found > 0 {
        let copy = migrations::back_up(connection, path, versions.known)
            .await
            .map_err(|source| OpenError::BackUp { path: path.to_owned(), source })?;
        tracing::info!(copy = %copy.display(), from = versions.found, to = versions.known, "upgrading the library");
    }
    migrations::apply(connection, known).await.map_err(|source| OpenError::Migrate { path: path.to_owned(), source })
}

/// For a library that cannot be changed: only the present schema will do.
pub(super) async fn refuse_other_versions(
    path: &Path,
    pool: &SqlitePool,
    known: &[Migration],
) -> Result<(), OpenError> {
    let mut connection = pool.acquire().await.map_err(|source| OpenError::of(path, "read", source))?;
    let versions =
        migrations::versions(&mut connection, known).await.map_err(|source| OpenError::of(path, "read", source))?;
    let (path, found, known) = (path.to_owned(), versions.found, versions.known);
    match found.cmp(&known) {
        std::cmp::Ordering::Greater => Err(OpenError::NewerVersion { path, found, known }),
        std::cmp::Ordering::Less => Err(OpenError::OlderVersion { path, found, known }),
        std::cmp::Ordering::Equal => Ok(()),
    }
}

/// Which settings a pool's connections must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Writer,
    Reader,
}

/// Asserts the settings on one connection of the pool; all of them are opened with the same options.
pub(super) async fn assert_settings(path: &Path, pool: &SqlitePool, kind: Kind) -> Result<(), OpenError> {
    let mut connection = pool.acquire().await.map_err(|source| OpenError::of(path, "open", source))?;
    let asserted = match kind {
        Kind::Writer => settings::assert_writer(&mut connection).await,
        Kind::Reader => settings::assert_common(&mut connection).await,
    };
    asserted.map_err(|error| match error {
        settings::AssertError::Query(source) => OpenError::of(path, "read the settings of", source),
        settings::AssertError::Setting(source) => OpenError::Settings { path: path.to_owned(), source },
    })
}
