//! The one door to the app: a new hire with a library in a temporary folder and a clock that stands.

use std::{path::Path, sync::Arc};

use jiff::{Zoned, tz::TimeZone};
use tempfile::TempDir;
use waymark_api::ipc::{
    docs::{OpenPage, PageView},
    journey::{Changed, CompleteStep, JourneyView, ListJourneys, OpenJourney, OpenStep, StepView, Undo},
    sources::{AddFolder, AddSample, FolderReport, ScanFolder},
    start::{Start, Started},
    today::{OpenToday, TodayView},
};
use waymark_app::{
    App, AppError, Config, FetchLimits,
    ports::{Clock, NoTopics, Secrets, SessionSecrets, Topics},
};
use waymark_core::id::{JourneyId, SiteId, StepId};
use waymark_tests::content::repository;

/// A Wednesday, on the third day of a first week that began on Monday.
pub(crate) const NOW: &str = "2026-01-21T09:12:00Z";

struct Standing(Zoned);

impl Clock for Standing {
    fn now(&self) -> Zoned {
        self.0.clone()
    }
}

/// Somebody in their first week.
pub(crate) struct NewHire {
    pub(crate) app: App,
    pub(crate) folder: TempDir,
    outside: Outside,
}

/// What is around the app.
#[derive(Clone)]
struct Outside {
    secrets: Arc<dyn Secrets>,
    limits: FetchLimits,
    topics: Arc<dyn Topics>,
    clock: Arc<dyn Clock>,
}

impl NewHire {
    /// Starts Waymark with an empty home.
    pub(crate) async fn arrives() -> Self {
        Self::arrives_with(Arc::new(SessionSecrets::default()), FetchLimits::default()).await
    }

    /// Starts Waymark with an empty home and a place for secrets.
    pub(crate) async fn arrives_with(secrets: Arc<dyn Secrets>, limits: FetchLimits) -> Self {
        Self::arrives_among(Outside { secrets, limits, topics: Arc::new(NoTopics), clock: standing() }).await
    }

    /// Starts Waymark with an empty home and somebody who listens.
    pub(crate) async fn arrives_heard_by(topics: Arc<dyn Topics>) -> Self {
        let secrets = Arc::new(SessionSecrets::default());
        Self::arrives_among(Outside { secrets, limits: FetchLimits::default(), topics, clock: standing() }).await
    }

    /// Starts Waymark with an empty home and a clock that goes.
    pub(crate) async fn arrives_with_clock(clock: Arc<dyn Clock>) -> Self {
        let (secrets, limits) = (Arc::new(SessionSecrets::default()), FetchLimits::default());
        Self::arrives_among(Outside { secrets, limits, topics: Arc::new(NoTopics), clock }).await
    }

    async fn arrives_among(outside: Outside) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let app = start(folder.path(), &outside).await;
        Self { app, folder, outside }
    }

    /// Quits and starts again on the same library.
    pub(crate) async fn restarts(self) -> Self {
        let Self { app, folder, outside } = self;
        drop(app);
        let app = start(folder.path(), &outside).await;
        Self { app, folder, outside }
    }

    /// Quits and starts again on the same library, with another view of where secrets lie.
    pub(crate) async fn restarts_with(self, secrets: Arc<dyn Secrets>) -> Self {
        let Self { app, folder, outside } = self;
        Self { app, folder, outside: Outside { secrets, ..outside } }.restarts().await
    }

    pub(crate) async fn starts(&self) -> Started {
        waymark_app::start::start(&self.app, Start {}).await.expect("the first question is always answered")
    }

    pub(crate) async fn takes_the_sample(&self) {
        waymark_app::sources::add_sample(&self.app, AddSample {}).await.expect("the sample is beside the app");
    }

    pub(crate) async fn scans(&self, folder: &Path) -> Result<FolderReport, AppError> {
        waymark_app::sources::scan_folder(&self.app, ScanFolder { path: text(folder) }).await
    }

    /// Adds a folder and starts what the report suggests.
    pub(crate) async fn opens(&self, folder: &Path) -> FolderReport {
        let report = self.scans(folder).await.expect("the folder has content");
        let start = report.found.iter().filter(|found| found.suggested).filter_map(|found| found.template.clone());
        let request = AddFolder { path: text(folder), start: start.collect(), unsigned: true };
        waymark_app::sources::add_folder(&self.app, request).await.expect("the folder can be added");
        report
    }

    pub(crate) async fn today(&self) -> TodayView {
        waymark_app::today::open(&self.app, OpenToday {}).await.expect("Today opens")
    }

    pub(crate) async fn journey(&self) -> JourneyView {
        let list = waymark_app::journey::list(&self.app, ListJourneys {}).await.expect("journeys are listed");
        let journey = list.journeys.first().expect("a journey was started").id;
        waymark_app::journey::open(&self.app, OpenJourney { journey }).await.expect("the journey opens")
    }

    pub(crate) async fn step(&self, journey: JourneyId, step: &StepId) -> StepView {
        let request = OpenStep { journey, step: step.clone() };
        waymark_app::journey::open_step(&self.app, request).await.expect("the step opens")
    }

    pub(crate) async fn ticks(&self, journey: JourneyId, step: &StepId) -> Changed {
        let request = CompleteStep { journey, step: step.clone() };
        waymark_app::journey::complete_step(&self.app, request).await.expect("the step can be ticked")
    }

    pub(crate) async fn takes_back(&self, changed: &Changed) -> Changed {
        waymark_app::journey::undo(&self.app, Undo { action: changed.action }).await.expect("it can be taken back")
    }

    /// Follows a route of the app to its page.
    pub(crate) async fn reads(&self, route: &str) -> PageView {
        let (site, page) = split(route);
        waymark_app::docs::open_page(&self.app, OpenPage { site, page }).await.expect("the page opens")
    }
}

/// `/docs/corvane/start/vpn.md#doc-import` → site and page.
fn split(route: &str) -> (SiteId, String) {
    let path = route.strip_prefix("/docs/").expect("a route into the docs");
    let (site, page) = path.split_once('/').expect("a page of a site");
    let page = page.split('#').next().unwrap_or(page);
    (SiteId::new(site), page.replace("%20", " "))
}

fn standing() -> Arc<dyn Clock> {
    Arc::new(Standing(NOW.parse::<jiff::Timestamp>().expect("a moment").to_zoned(TimeZone::UTC)))
}

async fn start(folder: &Path, outside: &Outside) -> App {
    let config = Config {
        data_dir: folder.to_owned(),
        sample_dir: repository().join("docs-content"),
        asset_base: "waymark-doc://localhost".to_owned(),
        version: "test".to_owned(),
    };
    let Outside { secrets, limits, topics, clock } = outside.clone();
    let app = App::with_network(config, clock, topics, secrets, limits);
    app.clone().open().await;
    app
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
