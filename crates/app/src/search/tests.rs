//! The palette's search over a library in a temporary folder.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::{Timestamp, Zoned, tz::TimeZone};
use tempfile::TempDir;
use waymark_api::ipc::{
    search::{Hit, HitKind, Search, Segment},
    sources::{AddFolder, AddSample, RefreshPack, RemovePack},
};
use waymark_core::id::PackId;

use super::{search, settled};
use crate::{
    App, Config,
    ports::{Clock, NoTopics},
    sources,
};

struct Standing(Zoned);

impl Clock for Standing {
    fn now(&self) -> Zoned {
        self.0.clone()
    }
}

/// Somebody with a library of their own.
struct Person {
    app: App,
    home: TempDir,
}

impl Person {
    async fn new() -> Self {
        let home = TempDir::new().expect("a temporary folder");
        let app = start(home.path()).await;
        Self { app, home }
    }

    async fn restarts(self) -> Self {
        let Self { app, home } = self;
        settled(&app).await;
        app.close().await;
        drop(app);
        let app = start(home.path()).await;
        Self { app, home }
    }

    /// A folder with a site of the pages given, added and indexed.
    async fn adds(&self, pages: &[(&str, &str)]) -> (PathBuf, PackId) {
        let folder = self.home.path().join("site");
        write(&folder, pages);
        let request = AddFolder { path: folder.display().to_string(), start: Vec::new(), unsigned: false };
        let added = sources::add_folder(&self.app, request).await.expect("the folder can be added");
        settled(&self.app).await;
        (folder, added.pack.id)
    }

    async fn finds(&self, query: &str) -> Vec<Hit> {
        let request = Search { query: query.to_owned(), limit: 20 };
        search(&self.app, request).await.expect("search never fails").hits
    }

    async fn routes(&self, query: &str) -> Vec<String> {
        self.finds(query).await.into_iter().map(|hit| hit.route).collect()
    }

    fn is_indexed(&self) -> bool {
        self.app.keeper().index().is_some()
    }

    /// Which generation of the index is current: another one after a rebuild.
    fn generation(&self) -> String {
        fs::read_to_string(self.app.index_dir().join("CURRENT")).expect("there is an index")
    }
}

async fn start(home: &Path) -> App {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let config = Config {
        data_dir: home.join("data"),
        sample_dir: root.join("docs-content"),
        asset_base: "waymark-doc://localhost".to_owned(),
        version: "test".to_owned(),
    };
    fs::create_dir_all(&config.data_dir).expect("the folder can be made");
    let now = "2026-01-21T09:12:00Z".parse::<Timestamp>().expect("a moment").to_zoned(TimeZone::UTC);
    let app = App::new(config, Arc::new(Standing(now)), Arc::new(NoTopics));
    app.clone().open().await;
    app
}

fn write(folder: &Path, pages: &[(&str, &str)]) {
    let docs = folder.join("docs");
    fs::create_dir_all(&docs).expect("the folder can be made");
    fs::write(folder.join("mkdocs.yml"), "site_name: Platform\n").expect("the file can be written");
    for (path, text) in pages {
        fs::write(docs.join(path), text).expect("the page can be written");
    }
}

const PAGES: &[(&str, &str)] = &[
    ("index.md", "# Welcome\n\nStart here.\n"),
    ("network.md", "# Network\n\nHow to get in.\n\n## The tunnel\n\nRun `tunnel_up --dry-run` first.\n"),
    ("deploy.md", "# Deploying\n\nEvery service is deployed from main.\n"),
];

fn shown(pieces: &[Segment]) -> String {
    pieces.iter().map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
}

#[tokio::test]
async fn the_sample_is_found_by_word_stem_and_typo() {
    let person = Person::new().await;
    sources::add_sample(&person.app, AddSample {}).await.expect("the sample is beside the app");
    settled(&person.app).await;
    assert!(person.is_indexed());
    let hits = person.finds("vpn").await;
    let kinds: Vec<HitKind> = hits.iter().map(|hit| hit.kind).collect();
    assert!(kinds.is_sorted(), "steps, pages, items: {kinds:?}");
    assert!(kinds.contains(&HitKind::Step) && kinds.contains(&HitKind::Page), "{hits:?}");
    let step = hits.iter().find(|hit| hit.kind == HitKind::Step).expect("a step");
    assert!(step.status.is_some() && step.route.starts_with("/checklist/"), "{step:?}");
    assert!(person.finds("laptop").await.iter().any(|hit| hit.kind == HitKind::Item), "a roadmap item");
    assert!(person.finds("gdansk").await.iter().any(|hit| !hit.snippet.is_empty()), "diacritics hide nothing");
    assert!(!person.finds("latpop").await.is_empty(), "two letters changed places");
    assert!(person.finds("kind:step vpn").await.iter().all(|hit| hit.kind == HitKind::Step));
    for odd in ["", "   ", "\"", "a:b", "((", "\u{0}", "kind:", &"x".repeat(5_000)] {
        person.finds(odd).await;
    }
}

#[tokio::test]
async fn a_hit_jumps_to_its_heading() {
    let person = Person::new().await;
    person.adds(PAGES).await;
    let hits = person.finds("tunnel").await;
    assert_eq!(hits[0].route, "/docs/site/network.md#doc-the-tunnel");
    assert_eq!(shown(&hits[0].title), "Network › The [tunnel]");
    assert_eq!(hits[0].context, "Platform");
    assert_eq!(shown(&hits[0].snippet), "Run [tunnel_up] --dry-run first.");
    for query in ["tunnel_up", "--dry-run", "tunel", "network dry"] {
        assert_eq!(person.routes(query).await, ["/docs/site/network.md#doc-the-tunnel"], "{query}");
    }
    assert_eq!(person.routes("deployments ").await, ["/docs/site/deploy.md"], "by its stem");
}

#[tokio::test]
async fn the_end_of_a_long_page_is_found() {
    let person = Person::new().await;
    let releases: String =
        (0..500).rev().map(|n| format!("## 1.{n}\n\n{}\n", "Something was mended. ".repeat(20))).collect();
    person
        .adds(&[("index.md", "# Home\n"), ("notes.md", &format!("# Releases\n\n{releases}\nThe first walrus.\n"))])
        .await;
    let hits = person.finds("walrus").await;
    assert_eq!(hits.len(), 1, "{hits:?}");
    assert_eq!(
        (hits[0].route.as_str(), shown(&hits[0].title).as_str()),
        ("/docs/site/notes.md#doc-10", "Releases › 1.0")
    );
    person.app.keeper().changed();
    assert!(!person.is_indexed());
    assert_eq!(person.routes("walrus").await, ["/docs/site/notes.md"], "by its text");
}

#[tokio::test]
async fn titles_are_searched_until_the_index_is_there() {
    let person = Person::new().await;
    person.adds(PAGES).await;
    // A change that nobody has looked at yet.
    person.app.keeper().changed();
    assert!(!person.is_indexed());
    assert_eq!(person.routes("network").await, ["/docs/site/network.md"]);
    settled(&person.app).await;
    assert!(person.is_indexed());
    assert_eq!(person.routes("network").await, ["/docs/site/network.md"]);
}

#[tokio::test]
async fn a_refreshed_folder_changes_what_changed() {
    let person = Person::new().await;
    let (folder, pack) = person.adds(PAGES).await;
    let before = person.generation();
    fs::write(folder.join("docs/deploy.md"), "# Shipping\n\nA walrus ships it.\n").expect("the page can be written");
    sources::refresh_pack(&person.app, RefreshPack { pack }).await.expect("the folder can be read again");
    settled(&person.app).await;
    assert_eq!(person.routes("walrus").await, ["/docs/site/deploy.md"]);
    assert!(person.routes("deploying").await.is_empty());
    assert_eq!(person.routes("tunnel").await.len(), 1);
    assert_eq!(person.generation(), before, "one page is no reason to fill all of it again");

    sources::remove_pack(&person.app, RemovePack { pack }).await.expect("the pack can be removed");
    settled(&person.app).await;
    assert!(person.is_indexed());
    assert!(person.finds("tunnel").await.is_empty());
}

#[tokio::test]
async fn the_index_is_there_after_a_restart() {
    let person = Person::new().await;
    person.adds(PAGES).await;
    let before = person.generation();
    let person = person.restarts().await;
    settled(&person.app).await;
    assert!(person.is_indexed());
    assert_eq!(person.generation(), before);
    assert_eq!(person.routes("tunnel").await.len(), 1);
}

#[tokio::test]
async fn what_is_missing_damaged_or_of_another_version_is_filled_again() {
    let mut person = Person::new().await;
    person.adds(PAGES).await;
    for damage in ["missing", "damaged", "other version"] {
        settled(&person.app).await;
        let index = person.app.index_dir();
        match damage {
            "missing" => fs::remove_dir_all(&index).expect("it can be removed"),
            "damaged" => {
                let generation = person.generation().split_whitespace().last().expect("a name").to_owned();
                for entry in fs::read_dir(index.join(generation)).expect("it can be listed") {
                    let path = entry.expect("it can be listed").path();
                    let bytes = fs::read(&path).expect("it can be read");
                    fs::write(&path, &bytes[..bytes.len() / 2]).expect("it can be cut");
                }
            }
            _ => fs::write(index.join("CURRENT"), "waymark-search 9999 g1\n").expect("it can be written"),
        }
        person = person.restarts().await;
        assert_eq!(person.routes("network").await, ["/docs/site/network.md"], "{damage}: titles meanwhile");
        settled(&person.app).await;
        assert!(person.is_indexed(), "{damage}");
        assert_eq!(person.routes("network").await, ["/docs/site/network.md"], "{damage}");
    }
}

#[tokio::test]
async fn without_an_index_titles_are_searched() {
    let person = Person::new().await;
    settled(&person.app).await;
    person.app.keeper().delete(&person.app).await.expect("it can be deleted");
    fs::write(person.app.index_dir(), "in the way").expect("it can be written");
    person.adds(PAGES).await;
    assert!(!person.is_indexed());
    assert_eq!(person.routes("tunnel").await, ["/docs/site/network.md#doc-the-tunnel"]);
    assert_eq!(person.routes("network").await.len(), 1);
}

#[tokio::test]
async fn erasing_the_library_erases_the_index() {
    let person = Person::new().await;
    person.adds(PAGES).await;
    crate::privacy::erase(&person.app).await.expect("it can be erased");
    settled(&person.app).await;
    assert!(person.finds("tunnel").await.is_empty());
    assert!(person.app.keeper().index().is_some_and(|index| index.is_empty()));
}
