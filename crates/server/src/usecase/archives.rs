//! Where the archives of published content lie: a folder, or an object store by its URL.

use std::{path::Path, sync::Arc};

use anyhow::Context as _;
use object_store::{
    ObjectStore, ObjectStoreExt as _, PutPayload, local::LocalFileSystem, path::Path as Key, prefix::PrefixStore,
};

/// Archives by digest.
#[derive(Clone, Debug)]
pub(crate) struct Archives {
    store: Arc<dyn ObjectStore>,
}

/// An archive that cannot be read or written now.
#[derive(Debug, thiserror::Error)]
#[error("could not {what} an archive")]
pub(crate) struct ArchiveError {
    what: &'static str,
    #[source]
    source: object_store::Error,
}

impl Archives {
    /// Archives behind a URL, or else in the server's folder.
    ///
    /// # Errors
    /// As [`Archives::at`] and [`Archives::folder`].
    pub(crate) fn of(data: &Path, url: Option<&str>) -> anyhow::Result<Self> {
        url.map_or_else(|| Self::folder(&data.join("bundles")), Self::at)
    }

    /// Archives in a folder, which is made where it is missing.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub(crate) fn folder(path: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(path).with_context(|| format!("could not make the folder {}", path.display()))?;
        let store = LocalFileSystem::new_with_prefix(path)
            .with_context(|| format!("could not use the folder {}", path.display()))?;
        Ok(Self { store: Arc::new(store.with_fsync(true)) })
    }

    /// Archives behind a URL: `s3://bucket/prefix`, `file:///path`. Keys come from the environment, under the
    /// store's usual names (`AWS_ACCESS_KEY_ID` …).
    ///
    /// # Errors
    /// Where the URL means no store that this program knows.
    pub(crate) fn at(url: &str) -> anyhow::Result<Self> {
        // reqwest is built without a provider of cryptography; a second call changes nothing.
        drop(rustls::crypto::ring::default_provider().install_default());
        let wrong = || format!("{url} is no place for archives");
        let parsed = url.parse().with_context(wrong)?;
        let variables = std::env::vars().filter(|(name, _)| name.starts_with("AWS_"));
        let (store, prefix) = object_store::parse_url_opts(&parsed, variables).with_context(wrong)?;
        Ok(Self { store: Arc::new(PrefixStore::new(store, prefix)) })
    }

    /// Archives in memory, for tests.
    #[cfg(test)]
    pub(crate) fn in_memory() -> Self {
        Self { store: Arc::new(object_store::memory::InMemory::new()) }
    }

    /// Stores an archive; it is on disk when this returns.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) async fn put(&self, digest: &str, bytes: Vec<u8>) -> Result<(), ArchiveError> {
        let put = self.store.put(&Key::from(digest), PutPayload::from(bytes)).await;
        put.map(|_| ()).map_err(|source| ArchiveError { what: "write", source })
    }

    /// Part of an archive.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(crate) async fn get(&self, digest: &str, range: std::ops::Range<u64>) -> Result<Vec<u8>, ArchiveError> {
        let read = self.store.get_range(&Key::from(digest), range).await;
        read.map(|bytes| bytes.to_vec()).map_err(|source| ArchiveError { what: "read", source })
    }
}

impl From<ArchiveError> for crate::error::ApiError {
    fn from(error: ArchiveError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "an archive");
        let kind = waymark_api::http::problem::ProblemKind::Unavailable;
        Self { retry_after: Some(5), ..Self::new(kind, "The server cannot reach its archives now.") }
    }
}
