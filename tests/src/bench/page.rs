//! From the click on a link to the painted page.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use serde::Serialize;
use serde_json::json;
use tempfile::TempDir;
use waymark_api::ipc::{
    docs::{ListSites, OpenPage, OpenSite},
    sources::AddFolder,
};
use waymark_core::id::SiteId;

use super::{Pair, bare, start};
use crate::{Launch, Window, content};

/// Pages that are opened, spread over the site.
const PAGES: usize = 60;
/// The first openings only warm up.
const WARM_UP: usize = 5;
/// Between two openings. WebKit takes 100 changes of the address in 30 seconds and refuses more; an opening
/// makes two of them.
const PAUSE: Duration = Duration::from_millis(700);
/// How often the long page is opened.
const LONG: usize = 9;
/// The longest page of the shared sites: 700 KB of Markdown.
const LONG_SITE: &str = "docs/fastapi-en";
const LONG_PAGE: &str = "release-notes.md";

/// Milliseconds for each opening, and for the same HTML in the bare engine.
#[derive(Clone, Debug, Serialize)]
pub struct Pages {
    /// Pages that were rendered before.
    pub rendered: Pair,
    /// The long page, rendered before.
    pub long: Pair,
    /// The long page, opened for the first time: it is rendered now.
    pub long_first: Vec<f64>,
    /// Bytes of the long page's Markdown.
    pub long_bytes: u64,
    /// Where the long page is from.
    pub long_from: String,
}

/// Opens pages of a site one after the other, by links as a person follows them.
///
/// # Errors
///
/// Where the folder holds no site, or a page does not appear.
pub async fn pages(app: &Path, docs: &Path) -> anyhow::Result<Pages> {
    let home = start::with_sample(app).await?;
    let window = Launch::of(app.to_path_buf()).open_in(home).await?;
    let site = add(&window, docs).await?;
    let all = pages_of(&window, &site).await?;
    let some: Vec<&String> = all.iter().step_by(all.len().div_ceil(PAGES).max(1)).collect();
    anyhow::ensure!(some.len() > WARM_UP, "the site has too few pages to measure");
    let mut html = Vec::new();
    for page in &some {
        let view = window.call(OpenPage { site: site.clone(), page: (*page).clone() }).await?;
        html.push(view.html);
    }
    window.load(&route(&site, some[0])).await?;
    let mut rendered = Vec::new();
    // The page that is shown already would have nothing to paint.
    for (turn, page) in some.iter().chain(&some[..WARM_UP]).skip(1).enumerate() {
        let took = open(&window, &route(&site, page)).await?;
        if turn >= WARM_UP {
            rendered.push(took);
        }
    }
    let long = long_page()?;
    let site = add(&window, &long.folder).await?;
    let mut times = Vec::new();
    let short = pages_of(&window, &site).await?.into_iter().find(|page| *page != long.page);
    let between = short.map_or_else(|| "/today".to_owned(), |page| route(&site, &page));
    let mut long_first = Vec::new();
    for turn in 0..=LONG {
        window.follow(&between).await?;
        window.until("the page between is shown", async || Ok(window.count("main").await? > 0)).await?;
        let took = open(&window, &route(&site, &long.page)).await?;
        if turn == 0 { long_first.push(took) } else { times.push(took) }
    }
    let long_html = window.call(OpenPage { site, page: long.page.clone() }).await?.html;
    window.close().await?;
    let floor = bare::paint(&html).await?;
    let long_floor = bare::paint(&vec![long_html; LONG]).await?;
    Ok(Pages {
        rendered: Pair { app: rendered, floor },
        long: Pair { app: times, floor: long_floor },
        long_first,
        long_bytes: long.bytes,
        long_from: long.from,
    })
}

async fn open(window: &Window, route: &str) -> anyhow::Result<f64> {
    tokio::time::sleep(PAUSE).await;
    let answer = window.client().execute_async(include_str!("page.js"), vec![json!(route)]).await;
    let answer = answer.with_context(|| format!("{route} does not open"))?;
    let took = answer.as_f64().with_context(|| format!("{route}: {answer}"))?;
    // The address follows a moment later; a person would not click before.
    let arrived = async || Ok(window.route().await? == route);
    window.until(&format!("the address is {route}"), arrived).await?;
    Ok(took)
}

/// Adds a folder; answers with its largest site.
async fn add(window: &Window, folder: &Path) -> anyhow::Result<SiteId> {
    let known: Vec<SiteId> = window.call(ListSites {}).await?.into_iter().map(|site| site.id).collect();
    window.call(AddFolder { path: folder.to_string_lossy().into_owned(), start: Vec::new(), unsigned: false }).await?;
    let sites = window.call(ListSites {}).await?.into_iter().filter(|site| !known.contains(&site.id));
    Ok(sites.max_by_key(|site| site.pages).context("the folder brought no site")?.id)
}

async fn pages_of(window: &Window, site: &SiteId) -> anyhow::Result<Vec<String>> {
    let mut pages = Vec::new();
    for node in window.call(OpenSite { site: site.clone() }).await?.nav {
        node.walk(&mut Vec::new(), &mut |node, _| pages.extend(node.page.clone()));
    }
    let mut seen = BTreeSet::new();
    pages.retain(|page| seen.insert(page.clone()));
    Ok(pages)
}

fn route(site: &SiteId, page: &str) -> String {
    let page = page.replace('%', "%25").replace(' ', "%20").replace('#', "%23").replace('?', "%3F");
    format!("/docs/{site}/{page}")
}

struct Long {
    folder: PathBuf,
    page: String,
    bytes: u64,
    from: String,
    _made: Option<TempDir>,
}

/// The longest page of the shared sites, or one as long where they are absent.
fn long_page() -> anyhow::Result<Long> {
    if let Some(folder) = content::shared(LONG_SITE) {
        let bytes =
            fs::metadata(folder.join("docs/en/docs").join(LONG_PAGE)).context("the long page is not there")?.len();
        return Ok(Long { folder, page: LONG_PAGE.to_owned(), bytes, from: "fastapi-en".to_owned(), _made: None });
    }
    let made = TempDir::with_prefix("long-")?;
    let mut text = "# Notes\n".to_owned();
    let mut number = 0;
    while text.len() < 700_000 {
        number += 1;
        text.push_str(&format!(
            "\n## {number}.0\n\n* ✨ Add support for `part_{number}`. PR [#{number}](https://example.com/{number}) by [@someone](https://example.com).\n"
        ));
    }
    content::write(made.path(), "mkdocs.yml", "site_name: Long\n")?;
    content::write(made.path(), "docs/index.md", "# Home\n\nWords.\n")?;
    content::write(made.path(), &format!("docs/{LONG_PAGE}"), &text)?;
    let (folder, bytes) = (made.path().to_owned(), text.len() as u64);
    Ok(Long { folder, page: LONG_PAGE.to_owned(), bytes, from: "made up".to_owned(), _made: Some(made) })
}
