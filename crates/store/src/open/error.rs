//! Why a library could not be opened.

use std::{
    io,
    path::{Path, PathBuf},
};

use sqlx::migrate::MigrateError;

use crate::{Trouble, migrations::BackupError, settings::SettingError};

/// Why a library could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder for it could not be made.
    #[error("could not make the folder {} for the library", path.display())]
    MakeFolder {
        /// The folder.
        path: PathBuf,
        /// The file system's answer.
        #[source]
        source: io::Error,
    },
    /// The file system does not give the file.
    #[error("could not open the library at {}", path.display())]
    Reach {
        /// The library.
        path: PathBuf,
        /// The file system's answer.
        #[source]
        source: io::Error,
    },
    /// SQLite could not do something that opening needs.
    #[error("could not {attempt} the library at {}", path.display())]
    Query {
        /// The library.
        path: PathBuf,
        /// A verb that takes the library as object.
        attempt: &'static str,
        /// SQLite's answer.
        #[source]
        source: sqlx::Error,
    },
    /// SQLite did not take a setting.
    #[error("could not open the library at {} safely", path.display())]
    Settings {
        /// The library.
        path: PathBuf,
        /// Which setting.
        #[source]
        source: SettingError,
    },
    /// A newer Waymark made the file. It is unchanged.
    #[error(
        "could not open the library at {}, because a newer Waymark made it (its format is {found}, this Waymark knows {known}); update Waymark",
        path.display()
    )]
    NewerVersion {
        /// The library.
        path: PathBuf,
        /// The file's schema.
        found: i64,
        /// The newest schema that this build knows.
        known: i64,
    },
    /// An older library lies where it cannot be brought up to date.
    #[error(
        "could not show the library at {}, because an older Waymark made it and its place cannot be written",
        path.display()
    )]
    OlderVersion {
        /// The library.
        path: PathBuf,
        /// The file's schema.
        found: i64,
        /// The newest schema that this build knows.
        known: i64,
    },
    /// The file is not a whole library. It is unchanged; [`crate::quarantine()`] puts it aside.
    #[error("could not open the library at {}, because the file is damaged: {found}", path.display())]
    Damaged {
        /// The library.
        path: PathBuf,
        /// What was found first.
        found: String,
    },
    /// The copy before an upgrade could not be made, so the upgrade did not start.
    #[error("could not bring the library at {} up to date, because it could not be copied first", path.display())]
    BackUp {
        /// The library.
        path: PathBuf,
        /// Why not.
        #[source]
        source: BackupError,
    },
    /// The upgrade failed and was taken back.
    #[error("could not bring the library at {} up to date", path.display())]
    Migrate {
        /// The library.
        path: PathBuf,
        /// Why not.
        #[source]
        source: MigrateError,
    },
}

impl OpenError {
    /// Names what SQLite could not do; damage becomes [`OpenError::Damaged`].
    pub(crate) fn of(path: &Path, attempt: &'static str, source: sqlx::Error) -> Self {
        let path = path.to_owned();
        match Trouble::of(&source) {
            Trouble::Damaged => Self::Damaged { path, found: source.to_string() },
            _ => Self::Query { path, attempt, source },
        }
    }

    /// What the failure means.
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::MakeFolder { source, .. } | Self::Reach { source, .. } => Trouble::of_io(source),
            Self::Query { source, .. } => Trouble::of(source),
            Self::Settings { .. } => Trouble::Other,
            Self::NewerVersion { .. } => Trouble::NewerVersion,
            Self::OlderVersion { .. } => Trouble::ReadOnly,
            Self::Damaged { .. } => Trouble::Damaged,
            Self::BackUp { source: BackupError::Copy { source, .. }, .. } => Trouble::of(source),
            Self::BackUp { source: BackupError::Name { source, .. }, .. } => Trouble::of_io(source),
            Self::Migrate { source: MigrateError::Execute(source), .. }
            | Self::Migrate { source: MigrateError::ExecuteMigration(source, _), .. } => Trouble::of(source),
            Self::Migrate { .. } => Trouble::Other,
        }
    }
}
