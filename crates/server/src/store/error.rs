//! What can go wrong with the database.

/// A statement that failed, by what it was about.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// The database cannot be opened.
    #[error("could not open the database")]
    Open(#[source] sqlx::Error),
    /// Its schema is of a newer server.
    #[error("the database was made by a newer waymark-server (schema {found}, this one knows {known})")]
    Newer {
        /// What it has.
        found: i64,
        /// What this program knows.
        known: i64,
    },
    /// A statement failed.
    #[error("could not read or write {what}")]
    Statement {
        /// What it was about, for people.
        what: &'static str,
        /// What the driver said.
        #[source]
        source: sqlx::Error,
    },
    /// A stored value is not what this program writes.
    #[error("could not understand a stored {what}")]
    Stored {
        /// What it should be.
        what: &'static str,
        /// Why it is not.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl StoreError {
    /// Whether trying again later can help: the pool is empty, the connection was cut, the database restarts,
    /// is read-only for now or full.
    pub(crate) fn is_temporary(&self) -> bool {
        match self {
            Self::Open(source) | Self::Statement { source, .. } => match source {
                sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => true,
                // 25006: a demoted PostgreSQL that still answers reads. 53…: out of resources. 57P…: shutting
                // down. 40…: a lost race that the same statement wins next time. 55P03: a lock took too long.
                sqlx::Error::Database(error) => error.code().is_some_and(|code| {
                    ["25006", "53", "57P", "40", "55P03"].iter().any(|start| code.starts_with(start))
                        // SQLite: busy, locked, read-only, full, I/O.
                        || code.parse::<i32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13))
                }),
                _ => false,
            },
            Self::Newer { .. } | Self::Stored { .. } => false,
        }
    }
}

/// Says what a statement was about.
pub(crate) trait About<T> {
    /// Names it.
    fn about(self, what: &'static str) -> Result<T, StoreError>;
}

impl<T> About<T> for Result<T, sqlx::Error> {
    fn about(self, what: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Statement { what, source })
    }
}

impl<T> About<T> for Result<T, serde_json::Error> {
    fn about(self, what: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Stored { what, source: Box::new(source) })
    }
}

/// A stored value that is not what this program writes.
pub(super) fn stored(what: &'static str, source: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Stored { what, source: Box::new(source) }
}
