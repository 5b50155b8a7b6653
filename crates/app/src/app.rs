//! The handle that every use case takes.

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, Weak},
};

use jiff::{Timestamp, Zoned, civil};
use tokio::sync::watch;
use uuid::Uuid;
use waymark_api::{
    ipc::start::{Trouble, TroubleKind},
    topic::Topic,
};
use waymark_core::{
    calendar::WorkCalendar,
    id::{ActionId, EventId, JourneyId, PackId},
};
use waymark_store::Db;
use waymark_sync::backstage::Limits as FetchLimits;

use crate::{
    AppError, memory,
    ports::{Clock, Secrets, SessionSecrets, Topics},
    search::{self, Keeper},
    sources::{self, Memories, Watches},
    start::open_library,
    team::{self, Team},
};

/// Where things are on this device.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder of the library; made where it is missing.
    pub data_dir: PathBuf,
    /// Folder of the bundled sample.
    pub sample_dir: PathBuf,
    /// What addresses of images start with, for instance `waymark-doc://localhost`.
    pub asset_base: String,
    /// Waymark's version, for diagnostics.
    pub version: String,
}

/// Everything that a use case needs. Cheap to clone; all clones share one library.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    clock: Arc<dyn Clock>,
    topics: Arc<dyn Topics>,
    library: watch::Sender<Library>,
    keeper: Keeper,
    secrets: Arc<dyn Secrets>,
    fetch_limits: FetchLimits,
    /// One fetching at a time: two would fetch the same.
    fetching: tokio::sync::Mutex<()>,
    watches: Watches,
    memories: Memories,
    team: Team,
}

/// An app that is not kept alive by whoever holds this.
pub(crate) struct WeakApp(Weak<Inner>);

impl WeakApp {
    pub(crate) fn upgrade(&self) -> Option<App> {
        self.0.upgrade().map(|inner| App { inner })
    }
}

/// What became of the library.
#[derive(Clone, Debug)]
pub(crate) enum Library {
    /// Nobody opened it yet, or it is being opened.
    Opening,
    /// It can be read and written.
    Ready(Db),
    /// It can only be read, and why.
    ReadOnly(Db, Trouble),
    /// It cannot be used, and why.
    Unusable(Trouble),
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("config", &self.inner.config).finish_non_exhaustive()
    }
}

impl App {
    /// An app whose library is not open yet; use cases wait until [`App::open`] is through. Secrets are
    /// kept until it ends.
    pub fn new(config: Config, clock: Arc<dyn Clock>, topics: Arc<dyn Topics>) -> Self {
        Self::with_network(config, clock, topics, Arc::new(SessionSecrets::default()), FetchLimits::default())
    }

    /// An app as [`App::new`] makes it, with a place for secrets, and limits of what it takes from servers.
    pub fn with_network(
        config: Config,
        clock: Arc<dyn Clock>,
        topics: Arc<dyn Topics>,
        secrets: Arc<dyn Secrets>,
        fetch_limits: FetchLimits,
    ) -> Self {
        memory::give_back_freed();
        let (library, _) = watch::channel(Library::Opening);
        let (keeper, fetching, watches) = (Keeper::new(), tokio::sync::Mutex::default(), Watches::default());
        Self {
            inner: Arc::new(Inner {
                config,
                clock,
                topics,
                library,
                keeper,
                secrets,
                fetch_limits,
                fetching,
                watches,
                memories: Memories::default(),
                team: Team::default(),
            }),
        }
    }

    /// Gives back the memory that is only kept so that the next thing goes faster. For a time in which nobody
    /// does anything.
    pub async fn rest(&self) {
        waymark_docs::rest();
        let library = self.inner.library.borrow().clone();
        if let Library::Ready(db) | Library::ReadOnly(db, _) = library {
            db.rest().await;
        }
    }

    /// Opens the library, or finds out why it cannot be opened. Called once at the start, and again
    /// where the person mended what was in the way.
    pub async fn open(self) {
        let library = open_library(&self.inner.config.data_dir).await;
        if let Library::ReadOnly(_, trouble) | Library::Unusable(trouble) = &library {
            tracing::warn!(?trouble, "the library cannot be used as it should be");
        }
        let usable = matches!(library, Library::Ready(_) | Library::ReadOnly(..));
        self.inner.library.send_replace(library);
        if usable {
            search::keep(&self);
            sources::watch(&self);
            team::start(&self).await;
        }
    }

    /// Closes the library, so that its files can be moved or deleted; use cases wait until it is opened again.
    pub(crate) async fn close(&self) {
        let library = self.inner.library.send_replace(Library::Opening);
        if let Library::Ready(db) | Library::ReadOnly(db, _) = library {
            db.close().await;
        }
    }

    /// What became of the library, once that is known.
    pub(crate) async fn library(&self) -> Library {
        let mut library = self.inner.library.subscribe();
        match library.wait_for(|library| !matches!(library, Library::Opening)).await {
            Ok(library) => library.clone(),
            // The sender lives as long as `self`.
            Err(_) => Library::Opening,
        }
    }

    /// The open library.
    pub(crate) async fn db(&self) -> Result<Db, AppError> {
        match self.library().await {
            Library::Ready(db) | Library::ReadOnly(db, _) => Ok(db),
            Library::Unusable(trouble) => Err(AppError::LibraryUnusable { trouble }),
            Library::Opening => Err(AppError::LibraryUnusable {
                trouble: Trouble {
                    kind: TroubleKind::Other,
                    message: "The library is being opened.".to_owned(),
                    help: "Try again in a moment.".to_owned(),
                    path: self.inner.config.data_dir.display().to_string(),
                },
            }),
        }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.inner.config
    }

    /// What keeps the search index in step with the library.
    pub(crate) fn keeper(&self) -> &Keeper {
        &self.inner.keeper
    }

    /// Where secrets lie.
    pub(crate) fn secrets(&self) -> Arc<dyn Secrets> {
        Arc::clone(&self.inner.secrets)
    }

    /// How much is taken from a server.
    pub(crate) fn fetch_limits(&self) -> FetchLimits {
        self.inner.fetch_limits
    }

    /// Held by whoever fetches from a server.
    pub(crate) fn fetching(&self) -> &tokio::sync::Mutex<()> {
        &self.inner.fetching
    }

    /// The folders that are watched.
    pub(crate) fn watches(&self) -> &Watches {
        &self.inner.watches
    }

    /// What is kept of the folders that were read last.
    pub(crate) fn memories(&self) -> &Memories {
        &self.inner.memories
    }

    /// What goes on with the team's server.
    pub(crate) fn team(&self) -> &Team {
        &self.inner.team
    }

    /// Where files of a site wait until all of it is here.
    pub(crate) fn incoming_dir(&self) -> PathBuf {
        self.inner.config.data_dir.join("incoming")
    }

    /// Where the search index lies. It holds nothing that the library does not.
    pub(crate) fn index_dir(&self) -> PathBuf {
        self.inner.config.data_dir.join("search")
    }

    pub(crate) fn downgrade(&self) -> WeakApp {
        WeakApp(Arc::downgrade(&self.inner))
    }

    pub(crate) fn publish(&self, topic: Topic) {
        if matches!(topic, Topic::Pack(_) | Topic::Packs | Topic::Journeys | Topic::Preferences) {
            self.inner.keeper.changed();
        }
        if matches!(topic, Topic::Journey(_) | Topic::Journeys) {
            self.inner.team.recorded();
        }
        self.inner.topics.publish(topic);
    }

    /// The moment, in the person's time zone.
    pub(crate) fn now(&self) -> Zoned {
        self.inner.clock.now()
    }

    /// The person's calendar day.
    pub(crate) fn today(&self) -> civil::Date {
        self.now().date()
    }

    /// A fact's time on the person's clock.
    pub(crate) fn local(&self, at: Timestamp) -> civil::DateTime {
        at.to_zoned(self.now().time_zone().clone()).datetime()
    }

    /// A new id for a fact.
    pub(crate) fn new_event(&self) -> EventId {
        EventId::new(Uuid::now_v7())
    }

    /// A new id for a gesture.
    pub(crate) fn new_action(&self) -> ActionId {
        ActionId::new(Uuid::now_v7())
    }

    /// A new id for a person's run.
    pub(crate) fn new_journey(&self) -> JourneyId {
        JourneyId::new(Uuid::now_v7())
    }

    /// A new id for a pack.
    pub(crate) fn new_pack(&self) -> PackId {
        PackId::new(Uuid::now_v7())
    }
}

/// The person's working days.
pub(crate) fn calendar(preferences: &waymark_api::ipc::settings::Preferences) -> WorkCalendar {
    WorkCalendar { week: preferences.week, days_off: preferences.days_off.clone() }
}
