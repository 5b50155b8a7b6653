//! Real sites and real attacks, from `../shared` where that is present.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use waymark_core::id::SiteId;

use super::{Fixture, audit::audit};
use crate::{SiteLinks, SiteTree, load, read_config, render_fragment, render_page};

/// The folder with test data that is no part of the repository.
fn shared(part: &str) -> Option<PathBuf> {
    let root = std::env::var_os("WAYMARK_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = root.join(part);
    if path.exists() {
        return Some(path);
    }
    say(&format!("SKIPPED: {} is not present; set WAYMARK_SHARED to the folder that holds it", path.display()));
    None
}

/// Prints past the test harness's capture, so that a skipped test is seen.
pub(super) fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn read_tree(folder: &Path) -> SiteTree {
    let source = fs::read_to_string(folder.join("mkdocs.yml")).expect("the site has a configuration");
    let (config, problems) = read_config("mkdocs.yml", &source);
    assert!(problems.iter().all(|problem| problem.code != "D001"), "{problems:?}");
    let docs = folder.join(&config.docs_dir);
    let mut tree =
        SiteTree { folder_name: "site".to_owned(), prefix: config.docs_dir.clone(), config, ..SiteTree::default() };
    let mut folders = vec![docs.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&docs).expect("it is below").to_string_lossy().replace('\\', "/");
            if name.ends_with(".md") {
                let bytes = fs::read(&path).expect("the page can be read");
                tree.pages.insert(name, String::from_utf8_lossy(&bytes).into_owned());
            } else {
                tree.assets.insert(name);
            }
        }
    }
    tree
}

/// What must be true of a real site, as counted by reading it in another way.
struct Expected {
    pages: usize,
    /// At most this many of its internal links may be reported as dead.
    dead: usize,
}

fn check(name: &str, expected: &Expected) {
    let Some(folder) = shared(&format!("corpus/docs/{name}")) else { return };
    let tree = read_tree(&folder);
    let bytes: usize = tree.pages.values().map(String::len).sum();
    let start = Instant::now();
    let (site, findings) = load(&tree);
    let loaded = start.elapsed();
    assert!(site.pages.len() >= expected.pages, "{name}: {} pages", site.pages.len());
    assert!(site.home.is_some() && !site.nav.is_empty(), "{name} has a home and a navigation");
    let count = |code: &str| findings.iter().filter(|finding| finding.code == code).count();
    let titles: BTreeMap<String, String> =
        site.pages.iter().map(|(path, meta)| (path.clone(), meta.title.clone())).collect();
    let id = SiteId::from("s");
    let known = |page: &str, id: &str| {
        site.pages
            .get(page)
            .is_some_and(|meta| meta.outline.iter().any(|heading| heading.id == id) || meta.anchors.contains(id))
    };
    let links = SiteLinks {
        site: &id,
        pages: &titles,
        assets: &tree.assets,
        redirects: &tree.config.redirects,
        headings: Some(&known),
        asset_base: "waymark-doc://localhost",
    };
    let start = Instant::now();
    let mut slowest = (0, "");
    let mut shown_as_text = BTreeSet::new();
    for (path, source) in tree.pages.iter().filter(|(path, _)| site.pages.contains_key(*path)) {
        let page_start = Instant::now();
        let page = render_page(path, source, &links);
        slowest = slowest.max((page_start.elapsed().as_millis(), path.as_str()));
        audit(&page.html).unwrap_or_else(|fault| panic!("{name}/{path}: {fault}"));
        if page.diagnostics.iter().any(|finding| ["D020", "D021"].contains(&finding.code.as_str())) {
            shown_as_text.insert(path.as_str());
        }
    }
    let rendered = start.elapsed();
    if std::env::var_os("WAYMARK_SHOW").is_some() {
        for finding in &findings {
            say(&format!(
                "  {}:{}:{} {} {} {:?}",
                finding.path, finding.line, finding.column, finding.code, finding.message, finding.help
            ));
        }
    }
    say(&format!(
        "{name}: {} pages, {} KiB; load {loaded:.0?}, render all {rendered:.0?}, slowest {} ms ({}); dead links {}, missing images {}, dead anchors {}, nav {}, shown as text {shown_as_text:?}",
        site.pages.len(),
        bytes / 1024,
        slowest.0,
        slowest.1,
        count("D010"),
        count("D011"),
        count("D012"),
        count("D003"),
    ));
    assert!(count("D010") <= expected.dead, "{name}: {} dead links", count("D010"));
    assert!(shown_as_text.is_empty(), "{name}: real pages are rendered: {shown_as_text:?}");
}

#[test]
fn bcgov_platform_developer_docs() {
    check("bcgov-platform-developer-docs", &Expected { pages: 60, dead: 40 });
}

#[test]
fn argo_rollouts() {
    check("argo-rollouts", &Expected { pages: 100, dead: 40 });
}

#[test]
fn argo_cd() {
    check("argo-cd", &Expected { pages: 400, dead: 100 });
}

#[test]
fn every_hostile_input_comes_out_clean() {
    let Some(path) = shared("corpus/xss/xss.jsonl") else { return };
    let text = fs::read_to_string(path).expect("the file can be read");
    let fixture = Fixture::new();
    let mut count = 0;
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("each line is an object");
        let (Some(id), Some(html)) = (value["id"].as_str(), value["html"].as_str()) else { panic!("{line}") };
        let sources =
            [html.to_owned(), format!("> - x <b>{html}</b>"), format!("[a]({html}) ![b](<{html}>)\n\n[c]: {html}")];
        for source in sources {
            let page = render_page("page.md", &source, &fixture.links());
            audit(&page.html).unwrap_or_else(|fault| panic!("{id}: {fault}\n{}", page.html));
        }
        let fragment = render_fragment(html, &|_| Some("/app/x".to_owned()));
        audit(&fragment).unwrap_or_else(|fault| panic!("{id} as a fragment: {fault}\n{fragment}"));
        count += 1;
    }
    say(&format!("xss: {count} inputs, each as page, in Markdown, as addresses and as fragment: nothing found"));
    assert!(count > 6000, "the corpus is whole");
}
