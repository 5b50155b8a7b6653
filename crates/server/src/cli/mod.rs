//! What is done on the server's own machine, without a sign-in: whoever has the disk has the rights.

pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod dashboard;
pub(crate) mod forge;
pub(crate) mod invite;
pub(crate) mod org;
pub(crate) mod sinks;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;

use crate::store::Store;

/// Where the server keeps what it has.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Place {
    /// Folder of everything that the server keeps; made where it is missing.
    #[arg(long)]
    pub data: PathBuf,
    /// A PostgreSQL instead of the file in `--data`: `postgres://user:password@host/database`
    #[arg(long)]
    pub database: Option<String>,
}

impl Place {
    /// Opens the database.
    ///
    /// # Errors
    /// Where the folder cannot be made or the database cannot be opened.
    pub(crate) async fn open(&self) -> anyhow::Result<Store> {
        std::fs::create_dir_all(&self.data)
            .with_context(|| format!("could not make the folder {}", self.data.display()))?;
        Ok(match &self.database {
            Some(url) => Store::postgres(url).await?,
            None => Store::sqlite(&self.data).await?,
        })
    }
}

/// Runs a command that talks to the database.
///
/// # Errors
/// Those of the command.
pub(crate) fn run(command: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(command)
}
