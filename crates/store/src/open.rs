//! Opening a library: reaching it, judging it, bringing it up to date.

mod error;
mod prepare;

use std::{path::Path, time::Duration};

use sqlx::{
    SqlitePool,
    migrate::Migration,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use waymark_core::id::DeviceId;

pub use self::error::OpenError;
use crate::{Db, ballast, db::Shared, migrations, quarantine::with_suffix, settings, table};

/// What a library needs to know when it is opened for writing.
#[derive(Clone, Copy, Debug)]
pub struct OpenOptions {
    /// The id that a new library takes; an existing one keeps its own.
    pub new_device: DeviceId,
    /// Room that is held back for the moment when the disk is full, in bytes; 4 MiB in the app.
    pub ballast_bytes: u64,
}

/// How many connections answer screens.
const READERS: u32 = 3;

/// How long a caller waits for its turn.
const TURN: Duration = Duration::from_secs(15);

impl Db {
    /// Opens the library at `path`, makes it where it is missing and brings it up to date where it is
    /// older; a copy called `<path>.before-<version>` is made first.
    ///
    /// # Errors
    /// [`OpenError::NewerVersion`] and [`OpenError::Damaged`] leave the file as it was. Where the place
    /// cannot be written, [`Db::open_read_only`] may still show what is there.
    pub async fn open(path: &Path, options: OpenOptions) -> Result<Self, OpenError> {
        Self::open_with(path, options, migrations::released()).await
    }

    /// [`Db::open`] with other migrations than the released ones, for tests of upgrading.
    async fn open_with(path: &Path, options: OpenOptions, known: Vec<Migration>) -> Result<Self, OpenError> {
        prepare::reach(path)?;
        prepare::bring_up_to_date(path, known).await?;
        let writer = pool(path, 1, settings::writer(path)).await?;
        prepare::assert_settings(path, &writer, prepare::Kind::Writer).await?;
        let reader = pool(path, READERS, settings::reader(path)).await?;
        prepare::assert_settings(path, &reader, prepare::Kind::Reader).await?;

        let device = table::device::adopt(&writer, options.new_device)
            .await
            .map_err(|source| OpenError::of(path, "read this installation's id from", source))?;
        let beside = ballast::path_beside(path);
        // Written on the blocking pool: on a slow disk the first start must not wait for it.
        tokio::task::spawn_blocking(move || ballast::provide(&beside, options.ballast_bytes));
        Ok(Self::new(Shared { path: path.to_owned(), device, writer: Some(writer), reader }))
    }

    /// Opens an existing library without changing anything, for a place that cannot be written.
    ///
    /// # Errors
    /// As [`Db::open`]; also where an older library would have to be brought up to date first.
    pub async fn open_read_only(path: &Path) -> Result<Self, OpenError> {
        let log_is_empty = std::fs::metadata(with_suffix(path, "-wal")).map_or(true, |log| log.len() == 0);
        let reader = match pool(path, READERS, settings::reader(path)).await {
            // On a disk that cannot be written SQLite finds no room for its index. Without a log it
            // needs none; with one, reading past it would show an old state as the present one.
            Err(_) if log_is_empty => pool(path, READERS, settings::immutable_reader(path)).await?,
            outcome => outcome?,
        };
        prepare::assert_settings(path, &reader, prepare::Kind::Reader).await?;
        prepare::refuse_other_versions(path, &reader, &migrations::released()).await?;
        let device = table::device::read(&reader)
            .await
            .map_err(|source| OpenError::of(path, "read this installation's id from", source))?;
        Ok(Self::new(Shared { path: path.to_owned(), device, writer: None, reader }))
    }
}

/// A pool whose connections live as long as it does.
async fn pool(path: &Path, connections: u32, options: SqliteConnectOptions) -> Result<SqlitePool, OpenError> {
    let pool = SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(TURN)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(options);
    // A first read tells whether the file is there and is a library at all.
    let first = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM sqlite_schema").fetch_one(&pool).await;
    match first {
        Ok(_) => Ok(pool),
        Err(source) => {
            pool.close().await;
            Err(OpenError::of(path, "read", source))
        }
    }
}

#[cfg(test)]
mod tests;
