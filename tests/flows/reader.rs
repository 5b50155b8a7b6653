//! What the reader keeps: bookmarks, the place on a page, what changed since, who keeps a page, files to save.

use std::{fs, path::Path};

use tempfile::TempDir;
use waymark_api::ipc::{
    docs::{LibraryView, OpenLibrary, SaveReading, SetBookmark},
    privacy::OpenPrivacy,
    sources::{ListPacks, RefreshPack, RemovePack},
};
use waymark_core::id::{PackId, SiteId};

use crate::driver::NewHire;

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

const RULES: &str = "---\nowner: team:pay\nupdated: 2026-01-05\n---\n# Rules\n\nHello.\n\n## Retry\n\nThree times.\n\n## Limits\n\nNone.\n";

fn guide() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path();
    write(root, "mkdocs.yml", "site_name: Guide\nrepo_url: https://github.com/acme/guide\nedit_uri: edit/main/docs/\n");
    write(
        root,
        "catalog-info.yaml",
        "kind: Component\nmetadata:\n  name: guide\n  annotations:\n    backstage.io/techdocs-ref: dir:.\nspec:\n  owner: group:default/lantern\n",
    );
    write(
        root,
        "docs/index.md",
        "# Home\n\n[prices](files/prices.pdf), [all](all.zip), [values](values.yaml), [gone](gone.pdf), [rules](rules.md).\n",
    );
    write(root, "docs/rules.md", RULES);
    write(root, "docs/files/prices.pdf", "%PDF-1.4 prices");
    write(root, "docs/all.zip", "PK");
    write(root, "docs/values.yaml", "a: 1\n");
    write(root, "docs/unlinked.pdf", "%PDF-1.4 nobody links here");
    folder
}

async fn site_of(ada: &NewHire) -> SiteId {
    let sites = waymark_app::docs::list_sites(&ada.app, waymark_api::ipc::docs::ListSites {}).await.expect("sites");
    sites.into_iter().find(|site| site.title == "Guide").expect("the guide").id
}

async fn library(ada: &NewHire) -> LibraryView {
    waymark_app::docs::open_library(&ada.app, OpenLibrary {}).await.expect("the library opens")
}

async fn bookmark(ada: &NewHire, page: &str, on: bool) {
    let request = SetBookmark { site: site_of(ada).await, page: page.to_owned(), on };
    waymark_app::docs::set_bookmark(&ada.app, request).await.expect("the bookmark is kept");
}

async fn reads_to(ada: &NewHire, page: &str, progress: f64) {
    let request = SaveReading { site: site_of(ada).await, page: page.to_owned(), progress, heading: None };
    waymark_app::docs::save_reading(&ada.app, request).await.expect("the place is kept");
}

async fn pack(ada: &NewHire) -> PackId {
    waymark_app::sources::list_packs(&ada.app, ListPacks {}).await.expect("packs").remove(0).summary.id
}

async fn opens(ada: &NewHire, page: &str) -> waymark_api::ipc::docs::PageView {
    ada.reads(&format!("/docs/{}/{page}", site_of(ada).await)).await
}

#[tokio::test]
async fn bookmarks_stay_over_restarts_refreshes_and_a_source_that_was_away() {
    let folder = guide();
    let ada = NewHire::arrives().await;
    ada.opens(folder.path()).await;
    bookmark(&ada, "rules.md", true).await;
    assert!(opens(&ada, "rules.md").await.bookmarked);
    let missing = SetBookmark { site: site_of(&ada).await, page: "nowhere.md".to_owned(), on: true };
    assert!(waymark_app::docs::set_bookmark(&ada.app, missing).await.is_err());

    let ada = ada.restarts().await;
    let id = pack(&ada).await;
    waymark_app::sources::refresh_pack(&ada.app, RefreshPack { pack: id }).await.expect("it is read again");
    let marked = library(&ada).await.bookmarks;
    assert_eq!(marked.iter().map(|row| row.page.title.as_str()).collect::<Vec<_>>(), ["Rules"]);
    assert_eq!(marked[0].site_title, "Guide");
    let kept = waymark_app::privacy::open(&ada.app, OpenPrivacy {}).await.expect("the page opens");
    assert_eq!((kept.bookmarks, kept.facts), (1, 0), "a bookmark is no fact: nobody else will ever see it");

    waymark_app::sources::remove_pack(&ada.app, RemovePack { pack: id }).await.expect("it goes");
    assert_eq!(library(&ada).await.bookmarks, []);
    ada.opens(folder.path()).await;
    assert_eq!(library(&ada).await.bookmarks, marked, "it came back with its source");
    bookmark(&ada, "rules.md", false).await;
    assert_eq!(library(&ada).await.bookmarks, []);
}

#[tokio::test]
async fn what_changed_since_it_was_read_is_named_once() {
    let folder = guide();
    let ada = NewHire::arrives().await;
    ada.opens(folder.path()).await;
    assert_eq!(opens(&ada, "rules.md").await.changed, None);
    reads_to(&ada, "rules.md", 0.6).await;
    assert_eq!(opens(&ada, "rules.md").await.changed, None, "it is as it was read");

    let newer = RULES.replace("Three times.", "Five times.") + "\n## Alarms\n\nLoud.\n";
    write(folder.path(), "docs/rules.md", &newer);
    let id = pack(&ada).await;
    waymark_app::sources::refresh_pack(&ada.app, RefreshPack { pack: id }).await.expect("it is read again");
    let page = opens(&ada, "rules.md").await;
    let change = page.changed.expect("something changed");
    let named: Vec<(&str, bool)> = change.sections.iter().map(|one| (one.title.as_str(), one.new)).collect();
    assert_eq!(named, [("Retry", false), ("Alarms", true)]);
    assert_eq!(change.gone, 0);
    assert_eq!(page.progress, 0.6, "the place stays");
    let listed = library(&ada).await.changed;
    assert_eq!(listed.iter().map(|row| row.page.title.as_str()).collect::<Vec<_>>(), ["Rules"]);

    reads_to(&ada, "rules.md", 0.7).await;
    assert_eq!(opens(&ada, "rules.md").await.changed, None, "it was read");
    assert_eq!(library(&ada).await.changed, []);
}

#[tokio::test]
async fn a_page_says_who_keeps_it_and_where_it_is_mended() {
    let folder = guide();
    let ada = NewHire::arrives().await;
    ada.opens(folder.path()).await;
    let rules = opens(&ada, "rules.md").await.about;
    assert_eq!(rules.owner.as_deref(), Some("pay"), "the page's own word counts");
    assert_eq!(rules.updated.map(|at| at.date().to_string()).as_deref(), Some("2026-01-05"));
    assert_eq!(rules.edit.as_deref(), Some("https://github.com/acme/guide/edit/main/docs/rules.md"));
    assert!(
        rules
            .report
            .is_some_and(|url| url.starts_with("https://github.com/acme/guide/issues/new?title=Docs%3A%20Rules"))
    );
    assert!(rules.in_folder);
    let home = opens(&ada, "index.md").await.about;
    assert_eq!(home.owner.as_deref(), Some("lantern"), "the catalog's word is next");
    assert!(home.updated.is_some(), "the file says when it was changed");
    let file = waymark_app::docs::page_file(&ada.app, &site_of(&ada).await, "rules.md").await.expect("the file");
    assert!(file.ends_with("docs/rules.md"));
    let outside = waymark_app::docs::page_file(&ada.app, &site_of(&ada).await, "../../../../../etc/passwd").await;
    assert!(outside.is_err(), "nothing outside of the folder is shown");
    fs::create_dir_all(folder.path().join(".git")).expect("a folder");
    let id = pack(&ada).await;
    waymark_app::sources::refresh_pack(&ada.app, RefreshPack { pack: id }).await.expect("it is read again");
    assert_eq!(opens(&ada, "index.md").await.about.updated, None, "a checkout's file times say nothing");
}

#[tokio::test]
async fn files_that_pages_link_to_can_be_saved() {
    let folder = guide();
    let ada = NewHire::arrives().await;
    let report = ada.opens(folder.path()).await;
    let dead: Vec<&str> = report.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(dead.len(), 1, "{dead:?}");
    assert!(dead[0].contains("gone.pdf"), "{dead:?}");
    let home = opens(&ada, "index.md").await;
    assert_eq!(home.html.matches("doc-file").count(), 3, "{}", home.html);
    fs::remove_dir_all(folder.path()).expect("the folder goes");
    let site = site_of(&ada).await;
    let save = async |path: &str| waymark_app::docs::file(&ada.app, &site, path).await;
    let (name, bytes) = save("files/prices.pdf").await.expect("it is in the library");
    assert_eq!((name.as_str(), bytes.as_slice()), ("prices.pdf", b"%PDF-1.4 prices".as_slice()));
    assert!(save("values.yaml").await.is_ok() && save("all.zip").await.is_ok());
    assert!(save("unlinked.pdf").await.is_err(), "what nobody links to is not kept");
    assert!(
        waymark_app::docs::image(&ada.app, site.as_str(), "files/prices.pdf").await.is_none(),
        "never shown in the page"
    );
}
