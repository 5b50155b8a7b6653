//! Opening the database.

use std::{path::Path, sync::Arc, time::Duration};

use sqlx::{
    AnyPool, Connection as _, Executor,
    any::{AnyPoolOptions, install_default_drivers},
};

use super::{About, StoreError, Tx, doubt::Doubt, schema};

/// A connection that rested for longer may have been cut meanwhile; asking each time would double the round trips.
const RESTED: Duration = Duration::from_secs(1);

/// Connections to one database.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    /// For reading.
    read: AnyPool,
    /// For writing; of SQLite it has one connection, so that writers wait in a queue and not in a lock.
    write: AnyPool,
    begin: &'static str,
    postgres: bool,
    doubt: Arc<Doubt>,
}

impl Store {
    /// Opens `waymark.db` in `folder`, making it where it is missing.
    ///
    /// # Errors
    /// Where the file cannot be opened or is a newer server's.
    pub(crate) async fn sqlite(folder: &Path) -> Result<Self, StoreError> {
        install_default_drivers();
        let url = format!("sqlite://{}?mode=rwc", folder.join("waymark.db").display());
        let options = |connections| {
            let options = AnyPoolOptions::new().max_connections(connections).test_before_acquire(false);
            // Nobody cuts a connection to a file. But where the disk is full, SQLite has rolled back by itself, the
            // driver's own rollback fails, and the driver would not begin anything on this connection again.
            let options = options.before_acquire(|connection, _| {
                Box::pin(async move {
                    if connection.is_in_transaction() {
                        // What was dropped a moment ago may still be about to be rolled back.
                        connection.ping().await?;
                    }
                    Ok(!connection.is_in_transaction())
                })
            });
            options.acquire_timeout(Duration::from_secs(3)).after_connect(|connection, _| {
                Box::pin(async move {
                    // As on the device: a commit is on disk when it returns (`proof.md`, section 6).
                    connection
                        .execute(
                            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;
                                 PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;
                                 PRAGMA cache_size = -8000",
                        )
                        .await
                        .map(|_| ())
                })
            })
        };
        let write = options(1).connect(&url).await.map_err(StoreError::Open)?;
        let read = options(4).connect(&url).await.map_err(StoreError::Open)?;
        Self { read, write, begin: "BEGIN IMMEDIATE", postgres: false, doubt: Arc::default() }.migrated().await
    }

    /// Opens a PostgreSQL by its URL.
    ///
    /// # Errors
    /// Where it cannot be reached or is a newer server's.
    pub(crate) async fn postgres(url: &str) -> Result<Self, StoreError> {
        install_default_drivers();
        let doubt = Arc::<Doubt>::default();
        let doubted = Arc::clone(&doubt);
        let pool = AnyPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(3))
            .max_lifetime(Duration::from_secs(30 * 60))
            .test_before_acquire(false)
            .before_acquire(move |connection, about| {
                let (in_doubt, rested) = (doubted.holds(), about.idle_for > RESTED);
                Box::pin(async move {
                    if in_doubt {
                        // A database that was demoted, or is read-only for its own reasons, still answers reads:
                        // connections to it are given up until one can write.
                        let read_only: String =
                            sqlx::query_scalar("SHOW transaction_read_only").fetch_one(connection).await?;
                        return Ok(read_only != "on");
                    }
                    if rested {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection
                        .execute(
                            "SET statement_timeout = '5s'; SET lock_timeout = '2s';
                             SET idle_in_transaction_session_timeout = '10s'",
                        )
                        .await
                        .map(|_| ())
                })
            })
            .connect(url)
            .await
            .map_err(StoreError::Open)?;
        Self { read: pool.clone(), write: pool, begin: "BEGIN", postgres: true, doubt }.migrated().await
    }

    async fn migrated(self) -> Result<Self, StoreError> {
        schema::migrate(&self.write, self.begin).await?;
        Ok(self)
    }

    /// Starts a transaction that may write.
    ///
    /// # Errors
    /// Where no connection is to be had.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        self.write.begin_with(self.begin).await.about("a transaction")
    }

    /// For statements that only read.
    pub(crate) fn read(&self) -> &AnyPool {
        &self.read
    }

    /// Says that something could not be done: for a while every connection is looked at before it is used.
    pub(crate) fn doubt(&self) {
        self.doubt.begin();
    }

    /// Closes all connections: of SQLite, everything is in the one file then.
    pub(crate) async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// Connections that are open, and those of them that rest.
    pub(crate) fn connections(&self) -> (i64, i64) {
        let pools: &[&AnyPool] = if self.postgres { &[&self.read] } else { &[&self.read, &self.write] };
        pools.iter().fold((0, 0), |(open, idle), pool| (open + i64::from(pool.size()), idle + pool.num_idle() as i64))
    }

    /// Where devices reach the server; `None` before its first start.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub(crate) async fn url(&self) -> Result<Option<String>, StoreError> {
        sqlx::query_scalar("SELECT url FROM server").fetch_optional(&self.read).await.about("the server's address")
    }

    /// Whether it is a PostgreSQL.
    pub(crate) fn is_postgres(&self) -> bool {
        self.postgres
    }
}
