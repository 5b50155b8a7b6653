//! The open library.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use sqlx::{Executor, SqlitePool};
use waymark_core::id::DeviceId;

/// The open library. Cheap to clone; all clones share one writing connection and a few readers.
#[derive(Clone, Debug)]
pub struct Db {
    shared: Arc<Shared>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) path: PathBuf,
    pub(crate) device: DeviceId,
    /// One connection; absent where the library was opened for reading.
    pub(crate) writer: Option<SqlitePool>,
    pub(crate) reader: SqlitePool,
}

impl Db {
    pub(crate) fn new(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// Where the library lies.
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// This installation.
    pub fn device(&self) -> DeviceId {
        self.shared.device
    }

    /// Whether nothing can be written.
    pub fn is_read_only(&self) -> bool {
        self.shared.writer.is_none()
    }

    /// Lets every connection that nobody uses give back the memory of its page cache.
    pub async fn rest(&self) {
        // Held together, so that none is asked twice.
        let mut idle = Vec::new();
        for pool in [Some(self.reader()), self.writer()].into_iter().flatten() {
            idle.extend(std::iter::from_fn(|| pool.try_acquire()));
        }
        for connection in &mut idle {
            if let Err(error) = connection.execute("PRAGMA shrink_memory").await {
                // It costs memory and nothing else.
                tracing::debug!(%error, "a connection gave no memory back");
            }
        }
    }

    /// Waits until everything is written and closes the file. Clones become unusable.
    pub async fn close(&self) {
        self.shared.reader.close().await;
        // The writer goes last: it moves the log into the file and removes it.
        if let Some(writer) = &self.shared.writer {
            writer.close().await;
        }
    }

    pub(crate) fn reader(&self) -> &SqlitePool {
        &self.shared.reader
    }

    pub(crate) fn writer(&self) -> Option<&SqlitePool> {
        self.shared.writer.as_ref()
    }
}
