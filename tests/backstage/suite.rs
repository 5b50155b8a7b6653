//! The Backstage source against a real Backstage, which `cargo xtask backstage` installs and starts.

use std::{fs, path::PathBuf, sync::Arc};

use jiff::{Zoned, tz::TimeZone};
use tempfile::TempDir;
use waymark_api::{
    Code, IpcError,
    ipc::{
        docs::{OpenPage, PageView},
        sources::{AddBackstage, Added, BackstageList, ListBackstage, RefreshPack, Secret},
    },
};
use waymark_app::{
    App, AppError, Config, FetchLimits,
    ports::{Clock, NoTopics, SessionSecrets},
    sources,
};
use waymark_tests::replay::TOKEN;

struct Standing;

impl Clock for Standing {
    fn now(&self) -> Zoned {
        jiff::Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC)
    }
}

async fn app(folder: &TempDir) -> App {
    let config = Config {
        data_dir: folder.path().to_owned(),
        sample_dir: folder.path().join("no-sample"),
        asset_base: "waymark-doc://localhost".to_owned(),
        version: "test".to_owned(),
    };
    let secrets = Arc::new(SessionSecrets::default());
    let app = App::with_network(config, Arc::new(Standing), Arc::new(NoTopics), secrets, FetchLimits::default());
    app.clone().open().await;
    app
}

fn address() -> String {
    std::env::var("WAYMARK_BACKSTAGE").expect("run this by `cargo xtask backstage`")
}

async fn lists(app: &App, token: &str) -> Result<BackstageList, AppError> {
    let request =
        ListBackstage { address: address(), token: Some(Secret(token.to_owned())), person: Some("ines".to_owned()) };
    sources::list_backstage(app, request).await
}

async fn adds(app: &App, entities: Vec<String>) -> Added {
    let token = Some(Secret(TOKEN.to_owned()));
    let request = AddBackstage { address: address(), token, person: Some("ines".to_owned()), entities };
    sources::add_backstage(app, request).await.expect("it is added")
}

async fn reads(app: &App, site: &str, page: &str) -> PageView {
    let request = OpenPage { site: site.into(), page: page.to_owned() };
    waymark_app::docs::open_page(app, request).await.expect("the page opens")
}

#[tokio::test]
async fn all_documentation_is_listed_fetched_read_and_brought_up_to_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(&folder).await;
    let list = lists(&app, TOKEN).await.expect("a list");
    let shown: Vec<(&str, bool)> = list.entities.iter().map(|one| (one.title.as_str(), one.mine)).collect();
    assert_eq!(shown, [("Harbour", true), ("Lantern", false), ("Pier API", true)]);
    assert_eq!(list.person.as_deref(), Some("user:default/ines"));

    let added = adds(&app, list.entities.into_iter().map(|one| one.id).collect()).await;
    assert!(added.message.starts_with("7 pages"), "{}", added.message);
    let setup = reads(&app, "pier-api", "guide/setup/index.html").await;
    assert_eq!((setup.title.as_str(), setup.site_title.as_str()), ("Set-up", "Pier API"));
    assert!(setup.html.contains("role=\"tablist\"") && setup.html.contains("Once per machine"), "{}", setup.html);
    assert!(reads(&app, "pier-api", "index.html").await.html.contains("pier-api/img/pier.png"));
    assert_eq!(reads(&app, "lantern", "colours/index.html").await.outline.len(), 1);

    let refresh = || sources::refresh_pack(&app, RefreshPack { pack: added.pack.id });
    assert!(refresh().await.expect("it is up to date").message.ends_with("nothing new"));

    // Somebody publishes one page anew, as the generator would: another page, another time of building.
    let site =
        PathBuf::from(std::env::var("WAYMARK_BACKSTAGE_PUBLISHED").expect("run this by `cargo xtask backstage`"))
            .join("default/component/pier-api");
    let edit = |file: &str, change: &dyn Fn(String) -> String| {
        let text = fs::read_to_string(site.join(file)).expect("a published file");
        fs::write(site.join(file), change(text)).expect("a published file");
    };
    edit("index.html", &|html| html.replace("in one service", "in two services"));
    edit("techdocs_metadata.json", &|json| json.replace("\"build_timestamp\":", "\"build_timestamp\":1"));
    let changed = refresh().await.expect("a change comes");
    assert!(changed.message.ends_with("1 site new"), "{}", changed.message);
    assert!(reads(&app, "pier-api", "index.html").await.html.contains("in two services"));
    assert_eq!(reads(&app, "pier-api", "guide/setup/index.html").await, setup);
}

#[tokio::test]
async fn another_token_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let error: IpcError = lists(&app(&folder).await, "another-token").await.expect_err("it is refused").into();
    assert_eq!(error.code, Code::SignIn);
}

#[tokio::test]
async fn an_entity_without_documentation_is_a_finding() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(&folder).await;
    let added = adds(&app, vec!["component:default/buoy".to_owned(), "system:default/harbour".to_owned()]).await;
    assert!(added.message.starts_with("1 page"), "{}", added.message);
    let request = waymark_api::ipc::sources::PackProblems { pack: added.pack.id };
    let problems = sources::pack_problems(&app, request).await.expect("findings");
    assert_eq!(problems.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["B001"]);
}
