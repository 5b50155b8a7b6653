//! What every request needs.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use jiff::Timestamp;
use waymark_core::id::ServerId;

use crate::{
    auth::ReceiptKey,
    guard::{Limits, Metrics, Proxies, Slots},
    oidc::Provider,
    openapi::Description,
    router::operations,
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
    receipts: ReceiptKey,
    targets: OnceLock<Targets>,
    facts: Facts,
    archives: Archives,
    provider: Option<Provider>,
    proxies: Proxies,
    limits: Limits,
    slots: Slots,
    metrics: Metrics,
    openapi: Description,
    stopping: AtomicBool,
}

/// What is decided when the server starts.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The company's name for the server, used where the database has none yet.
    pub name: String,
    /// Where devices reach it.
    pub url: String,
    /// Proxies that are believed about their clients' addresses.
    pub proxies: Proxies,
    /// Whether it limits how often somebody may ask.
    pub limited: bool,
    /// Where published archives lie.
    pub archives: Archives,
    /// The company's identity provider, where there is one.
    pub provider: Option<Provider>,
}

impl Settings {
    /// Without a proxy in front and without limits: for what asks itself, not over the network.
    pub(crate) fn alone(name: &str, url: &str, archives: Archives) -> Self {
        let (name, url) = (name.to_owned(), url.to_owned());
        Self { name, url, proxies: Proxies::default(), limited: false, archives, provider: None }
    }
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
    /// A server over `store` that reads the time from `clock`.
    ///
    /// # Errors
    /// Where the database cannot be read or written.
    pub(crate) async fn new(store: Store, clock: Clock, settings: Settings) -> Result<Self, StoreError> {
        let Settings { name, url, proxies, limited, archives, provider } = settings;
        let (identity, receipts) = identity(&store, clock(), &name, &url).await?;
        let (limits, slots, metrics) = (Limits::new(limited), Slots::default(), Metrics::default());
        let (openapi, stopping) = (Description::of(&operations()), AtomicBool::new(false));
        let inner = Inner {
            store,
            clock,
            identity,
            receipts,
            targets: OnceLock::new(),
            facts: Facts::default(),
            archives,
            provider,
            proxies,
            limits,
            slots,
            metrics,
            openapi,
            stopping,
        };
        Ok(Self { inner: Arc::new(inner) })
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

    /// The company's identity provider.
    pub(crate) fn provider(&self) -> Option<&Provider> {
        self.inner.provider.as_ref()
    }

    /// Proxies that are believed.
    pub(crate) fn proxies(&self) -> &Proxies {
        &self.inner.proxies
    }

    /// How often somebody may ask.
    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    /// How many may ask at once.
    pub(crate) fn slots(&self) -> &Slots {
        &self.inner.slots
    }

    /// Numbers for whoever runs the server.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// The server's description of itself.
    pub(crate) fn openapi(&self) -> &Description {
        &self.inner.openapi
    }

    /// From now on the server says that it is not ready, so that a proxy in front sends nobody new.
    pub(crate) fn stop(&self) {
        self.inner.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server is about to end.
    pub(crate) fn is_stopping(&self) -> bool {
        self.inner.stopping.load(Ordering::Relaxed)
    }

    /// What the server's receipts are sealed with.
    pub(crate) fn receipts(&self) -> &ReceiptKey {
        &self.inner.receipts
    }

    /// Who this server is.
    pub(crate) fn identity(&self) -> &Identity {
        &self.inner.identity
    }
}

/// Reads who this server is, deciding it at the first start.
async fn identity(store: &Store, now: Timestamp, name: &str, url: &str) -> Result<(Identity, ReceiptKey), StoreError> {
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
    let (id, name, url, epoch, key): (String, String, String, i64, String) =
        sqlx::query_as("SELECT id, name, url, epoch, signing_key FROM server").fetch_one(&mut *tx).await.about(what)?;
    tx.commit().await.about(what)?;
    let stored = |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Stored { what, source };
    let id = id.parse().map_err(|source| stored(Box::new(source)))?;
    let receipts = ReceiptKey::of(&key).map_err(|source| stored(Box::new(source)))?;
    Ok((Identity { id, name, url, epoch: epoch as u64 }, receipts))
}
