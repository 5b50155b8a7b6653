//! Sites as their authors set them up: snippets, the order of folders, redirects, and who links to whom.

use std::{fs, path::Path};

use tempfile::TempDir;
use waymark_api::ipc::{
    docs::{ListSites, OpenSite, PageView},
    search::Search,
    sources::{ListPacks, RefreshPack},
};
use waymark_tests::content;

use crate::driver::NewHire;

fn write(folder: &Path, path: &str, text: &str) {
    content::write(folder, path, text).expect("a file can be written");
}

const CONFIG: &str = "site_name: Guide\nrepo_url: https://forge.example/team/guide\n\
    markdown_extensions:\n- pymdownx.snippets:\n    base_path: [parts]\n    auto_append: [terms.md]\n\
    - pymdownx.blocks.admonition: {types: [{name: remember, title: Remember}]}\n\
    plugins:\n- redirects:\n    redirect_maps: {old.md: setup/vpn.md}\n";

/// A folder with two sites, one of which has everything.
fn guide() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path();
    write(root, "guide/mkdocs.yml", CONFIG);
    write(
        root,
        "guide/docs/index.md",
        "# Home\n\n--8<-- \"greeting.md\"\n\n/// remember\nDrink water.\n///\n\nThe [old page](old.md) moved. HTTP is spoken.\n",
    );
    write(root, "guide/docs/.pages", "nav:\n  - index.md\n  - Later: zebra.md\n  - setup\n");
    write(root, "guide/docs/setup/.pages", "title: Set things up\n");
    write(root, "guide/docs/setup/vpn.md", "# VPN\n\nSee [home](../index.md), and [this](#vpn).\n");
    write(root, "guide/docs/zebra.md", "# Zebra\n\nTo [the VPN](setup/vpn.md), again [the VPN](setup/vpn.md#vpn).\n");
    write(root, "guide/parts/greeting.md", "Welcome, **traveller**.\n");
    write(root, "guide/parts/terms.md", "*[HTTP]: Hypertext Transfer Protocol\n");
    write(root, "other/mkdocs.yml", "site_name: Other\n");
    write(root, "other/docs/index.md", "# Other\n\n[VPN](../../guide/docs/setup/vpn.md)\n");
    write(
        root,
        "other/docs/web.md",
        "# Web\n\n[VPN](https://forge.example/team/guide/blob/main/guide/docs/setup/vpn.md#vpn)\n",
    );
    folder
}

async fn reads(ada: &NewHire, page: &str) -> PageView {
    ada.reads(&format!("/docs/guide/{page}")).await
}

#[tokio::test]
async fn snippets_settings_and_redirects_reach_the_page() {
    let folder = guide();
    let ada = NewHire::arrives().await;
    let report = ada.opens(folder.path()).await;
    let about_guide: Vec<_> = report.problems.iter().filter(|problem| problem.path.starts_with("guide/")).collect();
    assert!(about_guide.is_empty(), "{about_guide:#?}");
    let ada = ada.restarts().await;
    let home = reads(&ada, "index.md").await;
    assert!(home.html.contains("<strong>traveller</strong>"), "the snippet is in its place: {}", home.html);
    assert!(home.html.contains("Remember"), "the site's own type of block is known: {}", home.html);
    assert!(home.html.contains("Hypertext Transfer Protocol"), "the appended file counts: {}", home.html);
    assert!(home.html.contains("/docs/guide/setup/vpn.md"), "the redirect is followed: {}", home.html);
    assert!(home.problems.is_empty(), "{:#?}", home.problems);
    waymark_app::search::settled(&ada.app).await;
    let request = Search { query: "traveller".to_owned(), limit: 5 };
    let found = waymark_app::search::search(&ada.app, request).await.expect("search answers");
    let found: Vec<String> = found.hits.into_iter().map(|hit| hit.route).collect();
    assert!(found.iter().any(|route| route.starts_with("/docs/guide/index.md")), "it can be found: {found:?}");
}

#[tokio::test]
async fn a_changed_snippet_or_redirect_changes_the_page_after_a_refresh() {
    let folder = guide();
    let ada = NewHire::arrives().await;
    ada.opens(folder.path()).await;
    let before = reads(&ada, "index.md").await;
    assert!(before.html.contains("traveller"));
    write(folder.path(), "guide/parts/greeting.md", "Welcome, *stranger*.\n");
    write(folder.path(), "guide/mkdocs.yml", &CONFIG.replace("setup/vpn.md", "zebra.md"));
    let pack = waymark_app::sources::list_packs(&ada.app, ListPacks {}).await.expect("packs").remove(0).summary.id;
    waymark_app::sources::refresh_pack(&ada.app, RefreshPack { pack }).await.expect("it is read again");
    let after = reads(&ada, "index.md").await;
    assert!(after.html.contains("<em>stranger</em>") && !after.html.contains("traveller"), "{}", after.html);
    assert!(after.html.contains("/docs/guide/zebra.md"), "{}", after.html);
    let linked = reads(&ada, "zebra.md").await.linked_from;
    assert_eq!(linked.iter().map(|link| link.title.as_str()).collect::<Vec<_>>(), ["Home"], "links follow redirects");
}

#[tokio::test]
async fn folders_arrange_themselves() {
    let folder = guide();
    let ada = NewHire::arrives().await;
    ada.opens(folder.path()).await;
    let mut sites = waymark_app::docs::list_sites(&ada.app, ListSites {}).await.expect("sites");
    let names: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
    assert_eq!(names, ["guide", "other"], "snippets are no pages of their own");
    let site = sites.remove(0).id;
    let view = waymark_app::docs::open_site(&ada.app, OpenSite { site }).await.expect("the site opens");
    let titles: Vec<&str> = view.nav.iter().map(|node| node.title.as_str()).collect();
    assert_eq!(titles, ["Home", "Later", "Set things up"]);
}

#[tokio::test]
async fn a_page_names_the_pages_that_link_to_it() {
    let folder = guide();
    let ada = NewHire::arrives().await;
    ada.opens(folder.path()).await;
    let linked: Vec<(String, String)> =
        reads(&ada, "setup/vpn.md").await.linked_from.into_iter().map(|link| (link.title, link.route)).collect();
    let expected = [
        ("Home", "/docs/guide/index.md"),
        ("Zebra", "/docs/guide/zebra.md"),
        ("Other", "/docs/other/index.md"),
        ("Web", "/docs/other/web.md"),
    ];
    assert_eq!(linked, expected.map(|(title, route)| (title.to_owned(), route.to_owned())));
    let home = reads(&ada, "index.md").await.linked_from;
    assert_eq!(home.iter().map(|link| link.route.as_str()).collect::<Vec<_>>(), ["/docs/guide/setup/vpn.md"]);
    assert!(reads(&ada, "zebra.md").await.linked_from.is_empty());
    fs::remove_dir_all(folder.path()).expect("the folder goes");
    assert_eq!(reads(&ada, "setup/vpn.md").await.linked_from.len(), 4, "all of it is in the library");
}

#[tokio::test]
async fn a_site_is_put_together_from_others() {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path();
    write(
        root,
        "mkdocs.yml",
        "site_name: All\nnav:\n- Home: index.md\n- Billing: '!include ./billing/mkdocs.yml'\n- X: '!include ./gone/mkdocs.yml'\n",
    );
    write(root, "docs/index.md", "# All\n\nTo [billing](billing/a.md).\n");
    write(root, "billing/mkdocs.yml", "site_name: billing\nnav:\n- First: a.md\n");
    write(root, "billing/docs/a.md", "# A\n\nBack [home](../index.md), or [nowhere](nowhere.md).\n");
    let ada = NewHire::arrives().await;
    let report = ada.opens(root).await;
    let told = |code: &str| -> Vec<(&str, u32)> {
        let of = report.problems.iter().filter(|problem| problem.code == code);
        of.map(|problem| (problem.path.as_str(), problem.line)).collect()
    };
    assert_eq!(told("D006"), [("mkdocs.yml", 5)], "{:#?}", report.problems);
    assert!(told("D005").is_empty(), "{:#?}", report.problems);
    let dead = |problem: &&waymark_core::diagnostic::Diagnostic| problem.message.contains("nowhere.md");
    let dead: Vec<&str> = report.problems.iter().filter(dead).map(|problem| problem.path.as_str()).collect();
    assert_eq!(dead, ["billing/docs/a.md"], "named where it stands, and once: {:#?}", report.problems);
    let sites = waymark_app::docs::list_sites(&ada.app, ListSites {}).await.expect("sites");
    let all = sites.into_iter().find(|site| site.title == "All").expect("the whole").id;
    let page = ada.reads(&format!("/docs/{all}/billing/a.md")).await;
    assert_eq!(page.crumbs, ["Billing"]);
    assert!(page.html.contains(&format!("/docs/{all}/index.md")), "{}", page.html);
    assert_eq!(page.linked_from.first().map(|link| link.title.as_str()), Some("Home"));
}
