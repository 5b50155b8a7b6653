//! A person's home folder, made for one test.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use tempfile::TempDir;

/// A home folder with the app's library in it. It outlives a window, so that the app can be quit and
/// started again; it goes when it is dropped.
#[derive(Debug)]
pub struct Home {
    folder: TempDir,
}

impl Home {
    /// A home in which the app was never started.
    ///
    /// # Errors
    ///
    /// Where no temporary folder can be made.
    pub fn fresh() -> anyhow::Result<Self> {
        let folder =
            tempfile::Builder::new().prefix("waymark-home-").tempdir().context("could not make a home for the test")?;
        let home = Self { folder };
        for folder in [home.config(), home.path().join(".local/share"), home.path().join(".cache")] {
            fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
        }
        Ok(home)
    }

    /// The home folder itself.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder of the app's library.
    pub fn library(&self) -> PathBuf {
        self.path().join("library")
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.path().join(".config")
    }
}
