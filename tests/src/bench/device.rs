//! The app without a window, on a library of its own.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use jiff::Zoned;
use tempfile::TempDir;
use waymark_api::ipc::{
    docs::{ListSites, OpenPage, OpenSite, PageView},
    sources::{AddFolder, AddSample, Added, RefreshPack},
};
use waymark_app::{
    App, Config,
    ports::{Clock, NoTopics},
};
use waymark_core::id::{PackId, SiteId};

use crate::content::repository;

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "what is measured runs on the real clock")]
    fn now(&self) -> Zoned {
        Zoned::now()
    }
}

/// A device; its library goes with it.
pub(super) struct Device {
    app: App,
    library: TempDir,
}

impl Device {
    /// One with an empty library.
    pub(super) async fn fresh() -> anyhow::Result<Self> {
        let library = TempDir::with_prefix("library-").context("could not make a folder for the library")?;
        let config = Config {
            data_dir: library.path().to_owned(),
            sample_dir: repository().join("docs-content"),
            asset_base: "waymark-doc://localhost".to_owned(),
            version: "bench".to_owned(),
        };
        let app = App::new(config, Arc::new(SystemClock), Arc::new(NoTopics));
        app.clone().open().await;
        Ok(Self { app, library })
    }

    /// The app.
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    /// The folder of its library.
    pub(super) fn library(&self) -> &Path {
        self.library.path()
    }

    /// Adds the sample.
    pub(super) async fn add_sample(&self) -> anyhow::Result<Added> {
        waymark_app::sources::add_sample(&self.app, AddSample {}).await.context("could not add the sample")
    }

    /// Adds a folder; an error is the app's answer to it.
    pub(super) async fn add(&self, folder: &Path) -> Result<Added, waymark_app::AppError> {
        let request = AddFolder { path: folder.to_string_lossy().into_owned(), start: Vec::new(), unsigned: false };
        waymark_app::sources::add_folder(&self.app, request).await
    }

    /// Reads a folder again.
    pub(super) async fn refresh(&self, pack: PackId) -> anyhow::Result<()> {
        let request = RefreshPack { pack };
        waymark_app::sources::refresh_pack(&self.app, request)
            .await
            .map(drop)
            .context("could not read the folder again")
    }

    /// Waits until all of the library can be searched.
    pub(super) async fn searchable(&self) {
        waymark_app::search::settled(&self.app).await;
    }

    /// Every page in the navigation of every site.
    pub(super) async fn pages(&self) -> anyhow::Result<Vec<(SiteId, String)>> {
        let mut pages = Vec::new();
        for site in waymark_app::docs::list_sites(&self.app, ListSites {}).await? {
            let id = site.id.clone();
            for node in waymark_app::docs::open_site(&self.app, OpenSite { site: site.id }).await?.nav {
                node.walk(&mut Vec::new(), &mut |node, _| {
                    pages.extend(node.page.clone().map(|page| (id.clone(), page)));
                });
            }
        }
        Ok(pages)
    }

    /// How many pages the library has.
    pub(super) async fn count(&self) -> anyhow::Result<u32> {
        Ok(waymark_app::docs::list_sites(&self.app, ListSites {}).await?.iter().map(|site| site.pages).sum())
    }

    /// Opens a page, and says how long that took.
    pub(super) async fn open(&self, site: &SiteId, page: &str) -> anyhow::Result<(PageView, Duration)> {
        let begin = Instant::now();
        let request = OpenPage { site: site.clone(), page: page.to_owned() };
        let view =
            waymark_app::docs::open_page(&self.app, request).await.with_context(|| format!("could not open {page}"))?;
        Ok((view, begin.elapsed()))
    }

    /// Searches, for what must not be found.
    pub(super) async fn finds(&self, query: &str) -> anyhow::Result<usize> {
        let request = waymark_api::ipc::search::Search { query: query.to_owned(), limit: 5 };
        Ok(waymark_app::search::search(&self.app, request).await?.hits.len())
    }
}

/// Milliseconds since a moment.
pub(super) fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
