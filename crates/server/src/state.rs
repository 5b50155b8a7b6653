//! What every request needs.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use waymark_core::id::ServerId;

use crate::{
    store::{About, Store, StoreError},
    usecase::{archives::Archives, facts::Facts, sinks::Targets},
};

/// What every request needs. Cheap to clone.
#[derive(Clone)]
pub(crate) struct State {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Clock,
    identity: Identity,
    targets: OnceLock<Targets>,
    facts: Facts,
    archives: Archives,
}

/// Where the server reads the time; the demo and the tests tell it.
pub(crate) type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

/// Who this server is.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// Made once, at the first start.
    pub id: ServerId,
    /// The company's name for it.
    pub name: String,
    /// Where devices reach it.
    pub url: String,
    /// Rises with each restore.
    pub epoch: u64,
}

impl State {
    /// A server over `store` that reads the time from `clock` and is reached at `url`; `name` is used where the
    /// database has none yet.
    ///
    /// # Errors
    /// Where the database cannot be read or written.
    pub(crate) async fn new(
        store: Store,
        clock: Clock,
        name: &str,
        url: &str,
        archives: Archives,
    ) -> Result<Self, StoreError> {
        let identity = identity(&store, clock(), name, url).await?;
        let (facts, targets) = (Facts::default(), OnceLock::new());
        Ok(Self { inner: Arc::new(Inner { store, clock, identity, facts, archives, targets }) })
    }

    /// The database.
    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The moment.
    pub(crate) fn now(&self) -> Timestamp {
        (self.inner.clock)()
    }

    /// Which addresses sinks may have; public ones, unless [`State::allow`] said otherwise.
    pub(crate) fn targets(&self) -> Targets {
        self.inner.targets.get().copied().unwrap_or(Targets::Public)
    }

    /// Says which addresses sinks may have. The first call holds.
    pub(crate) fn allow(&self, targets: Targets) {
        let _ = self.inner.targets.set(targets);
    }

    /// What is kept in memory about facts.
    pub(crate) fn facts(&self) -> &Facts {
        &self.inner.facts
    }

    /// Where published archives lie.
    pub(crate) fn archives(&self) -> &Archives {
        &self.inner.archives
    }

    /// Who this server is.
    pub(crate) fn identity(&self) -> &Identity {
        &self.inner.identity
    }
}

/// Reads who this server is, deciding it at the first start.
async fn identity(store: &Store, now: Timestamp, name: &str, url: &str) -> Result<Identity, StoreError> {
    let what = "who this server is";
    let mut key = [0u8; 32];
    rand::fill(&mut key);
    let mut tx = store.begin().await?;
    sqlx::query(
        "INSERT INTO server (only_row, id, name, epoch, signing_key, created) VALUES (1, $1, $2, 1, $3, $4)
         ON CONFLICT DO NOTHING",
    )
    .bind(ServerId::new(uuid::Uuid::now_v7()).to_string())
    .bind(name)
    .bind(base64::Engine::encode(&base64::engine::general_purpose::STANDARD, key))
    .bind(now.as_millisecond())
    .execute(&mut *tx)
    .await
    .about(what)?;
    sqlx::query("UPDATE server SET url = $1").bind(url).execute(&mut *tx).await.about(what)?;
    let (id, name, url, epoch): (String, String, String, i64) =
        sqlx::query_as("SELECT id, name, url, epoch FROM server").fetch_one(&mut *tx).await.about(what)?;
    tx.commit().await.about(what)?;
    let id = id.parse().map_err(|source| StoreError::Stored { what, source: Box::new(source) })?;
    Ok(Identity { id, name, url, epoch: epoch as u64 })
}
