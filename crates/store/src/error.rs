//! Errors of reading and writing tables, named after what was attempted.

use std::error::Error;

use crate::Trouble;

/// A read that failed.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The database could not answer.
    #[error("could not read {what} from the library")]
    Query {
        /// What was read, as a plural noun.
        what: &'static str,
        /// SQLite's answer.
        #[source]
        source: sqlx::Error,
    },
    /// The database answered with something that is no such value.
    #[error("could not understand the stored {what}; the library may be damaged")]
    Decode {
        /// What was read, as a plural noun.
        what: &'static str,
        /// Why it is none.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
}

/// A write that failed. Nothing of its transaction is on disk.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The library was opened for reading only.
    #[error("could not change the library, because it is open for reading only")]
    OpenForReading,
    /// No transaction could be started.
    #[error("could not start to write to the library")]
    Begin {
        /// SQLite's answer.
        #[source]
        source: sqlx::Error,
    },
    /// A value could not be put into JSON.
    #[error("could not write {what} as JSON")]
    Encode {
        /// What was written, as a plural noun.
        what: &'static str,
        /// Why not.
        #[source]
        source: serde_json::Error,
    },
    /// A row could not be written.
    #[error("could not write {what} to the library")]
    Write {
        /// What was written, as a plural noun.
        what: &'static str,
        /// SQLite's answer.
        #[source]
        source: sqlx::Error,
    },
    /// Two bodies of content want the same site id.
    #[error("could not store the site `{site}`, because another source on this device has that name")]
    SiteTaken {
        /// The id.
        site: String,
    },
    /// The transaction did not reach the disk.
    #[error("could not save to the library")]
    Commit {
        /// SQLite's answer.
        #[source]
        source: sqlx::Error,
    },
    /// Something that had to be read first could not be.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl ReadError {
    /// What the failure means.
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::Query { source, .. } => Trouble::of(source),
            Self::Decode { .. } => Trouble::Damaged,
        }
    }
}

impl WriteError {
    /// What the failure means.
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::OpenForReading => Trouble::ReadOnly,
            Self::Begin { source } | Self::Write { source, .. } | Self::Commit { source } => Trouble::of(source),
            Self::Encode { .. } | Self::SiteTaken { .. } => Trouble::Other,
            Self::Read(source) => source.trouble(),
        }
    }
}

/// Names what a call to the database was about.
pub(crate) trait About<T> {
    /// The call read `what`.
    fn reading(self, what: &'static str) -> Result<T, ReadError>;
    /// The call wrote `what`.
    fn writing(self, what: &'static str) -> Result<T, WriteError>;
}

impl<T> About<T> for Result<T, sqlx::Error> {
    fn reading(self, what: &'static str) -> Result<T, ReadError> {
        self.map_err(|source| ReadError::Query { what, source })
    }
    fn writing(self, what: &'static str) -> Result<T, WriteError> {
        self.map_err(|source| WriteError::Write { what, source })
    }
}

/// Takes a stored text for one of `what`.
pub(crate) fn parse<T>(what: &'static str, text: &str) -> Result<T, ReadError>
where
    T: std::str::FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    text.parse().map_err(|source| ReadError::Decode { what, source: Box::new(source) })
}

/// Takes stored JSON for one of `what`.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<T, ReadError> {
    serde_json::from_str(text).map_err(|source| ReadError::Decode { what, source: Box::new(source) })
}

/// Puts a value into JSON.
pub(crate) fn to_json<T: serde::Serialize + ?Sized>(what: &'static str, value: &T) -> Result<String, WriteError> {
    serde_json::to_string(value).map_err(|source| WriteError::Encode { what, source })
}
