//! What reading leaves behind: bookmarks, the place on a page, what changed since; and ways in from outside.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::Context as _;
use serde_json::json;
use waymark_api::ipc::{
    docs::{ListSites, OpenLibrary, OpenPage, OpenSite},
    journey::{ListJourneys, OpenJourney, OpenStep},
    sources::{AddFolder, ListPacks, RefreshPack},
};
use waymark_core::id::SiteId;
use waymark_tests::{Home, Launch, Window, screens};

use crate::docs::{add, guide, scrolled};

/// A real site of some hundred pages; `None`, said loudly, where the corpora are absent.
fn real_site() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let shared = std::env::var_os("WAYMARK_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let folder = shared.join("corpus/docs/code-with-engineering-playbook");
    if !folder.is_dir() {
        eprintln!(
            "SKIPPED: {} is absent; set WAYMARK_SHARED. The small site of the tests is read instead",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

#[tokio::test]
async fn a_bookmark_is_set_listed_and_taken_back() -> anyhow::Result<()> {
    let folder = guide()?;
    let window = Launch::new()?.open().await?;
    let site = add(&window, folder.path()).await?;
    window.load(&format!("{site}/rules.md")).await?;
    window.press("Control+d").await?;
    window.css(".wm-star[aria-pressed=true]").await?;
    window.sees("Bookmarked “Rules”").await?;
    let window = window.restart().await?;
    window.load(&format!("{site}/rules.md")).await?;
    window.css(".wm-star[aria-pressed=true]").await?;
    window.press("Control+k").await?;
    window.css("[role=combobox]").await?;
    let groups = window.texts(".wm-palette__label").await?;
    anyhow::ensure!(groups.first().is_some_and(|label| label.eq_ignore_ascii_case("bookmarks")), "{groups:?}");
    window.press("Escape").await?;
    window.until("the palette is closed", async || Ok(window.count("dialog[open]").await? == 0)).await?;
    window.press("Control+3").await?;
    window.until("the first screen is shown", async || Ok(window.route().await? == "/docs")).await?;
    window.click("button", "Take the bookmark of Rules off").await?;
    window.sees("taken off").await?;
    window.until("it is gone", async || Ok(window.count("#shelf-bookmarks").await? == 0)).await?;
    window.click("button", "Undo").await?;
    window.css("#shelf-bookmarks").await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn reading_goes_on_at_the_same_place_after_a_restart() -> anyhow::Result<()> {
    let small = guide()?;
    let folder = real_site().unwrap_or_else(|| small.path().to_owned());
    let window = Launch::new()?.open().await?;
    window.call(AddFolder { path: folder.to_string_lossy().into_owned(), start: Vec::new(), unsigned: false }).await?;
    let site = window.call(ListSites {}).await?.first().context("a site")?.id.clone();
    let page = long_page_of(&window, &site).await?;
    window.load(&format!("/docs/{site}/{page}")).await?;
    // Again until it is kept: a page that is shown is still brought to its place for a frame or two.
    const SCROLL: &str =
        "const m = document.querySelector('#main'); m.scrollTop = (m.scrollHeight - m.clientHeight) * 0.6; return null";
    let kept = async || {
        window.script::<serde_json::Value>(SCROLL, vec![]).await?;
        let progress = window.call(OpenPage { site: site.clone(), page: page.clone() }).await?.progress;
        anyhow::Ok(progress > 0.5 && progress < 0.7)
    };
    window.until("the place is kept", kept).await?;
    let before = scrolled(&window).await?;
    anyhow::ensure!(before > 400, "the page is long enough: {before}");
    let window = window.restart().await?;
    window.until("the page is open", async || Ok(window.route().await?.ends_with(&page))).await?;
    window
        .until("it is at the same place", async || {
            let now = scrolled(&window).await?;
            anyhow::ensure!((now - before).abs() < 40, "{now} px instead of {before} px");
            Ok(true)
        })
        .await?;
    window.press("Control+3").await?;
    window.sees("Continue reading").await?;
    window.close().await.map(drop)
}

/// A page that is longer than a window.
async fn long_page_of(window: &Window, site: &SiteId) -> anyhow::Result<String> {
    let nav = window.call(OpenSite { site: site.clone() }).await?.nav;
    let mut pages = Vec::new();
    for node in &nav {
        node.walk(&mut Vec::new(), &mut |node, _| pages.extend(node.page.clone()));
    }
    for page in pages {
        if window.call(OpenPage { site: site.clone(), page: page.clone() }).await?.outline.len() > 6 {
            return Ok(page);
        }
    }
    anyhow::bail!("no page has more than six headings")
}

#[tokio::test]
async fn what_changed_since_it_was_read_is_marked() -> anyhow::Result<()> {
    let folder = guide()?;
    let window = Launch::new()?.open().await?;
    let site = add(&window, folder.path()).await?;
    window.load(&format!("{site}/index.md")).await?;
    let id = SiteId::new(site.trim_start_matches("/docs/"));
    let read = async || {
        Ok(window.call(OpenSite { site: id.clone() }).await.is_ok()
            && window.call(OpenLibrary {}).await?.recent.len() == 1)
    };
    window.until("the page was read", read).await?;
    window.follow("/roadmap").await?;
    let path = folder.path().join("docs/index.md");
    fs::write(&path, fs::read_to_string(&path)?.replace("Done.", "Done, and more."))?;
    let pack = window.call(ListPacks {}).await?[0].summary.id;
    window.call(RefreshPack { pack }).await?;
    window.follow("/docs").await?;
    window.css("#shelf-changed").await?;
    window.follow(&format!("{site}/index.md")).await?;
    window.sees("Changed since you read it").await?;
    window.css("h2[data-changed=Changed]").await?;
    window.css(".wm-outline__mark").await?;
    window.close().await.map(drop)
}

/// The route of a step of the sample that names a page.
async fn step_with_a_page(window: &Window) -> anyhow::Result<String> {
    let journey = window.call(ListJourneys {}).await?.journeys.first().context("a journey")?.id;
    for step in window.call(OpenJourney { journey }).await?.phases.into_iter().flat_map(|phase| phase.steps) {
        let view = window.call(OpenStep { journey, step: step.id.clone() }).await?;
        if step.children.is_empty() && view.docs.iter().any(|doc| doc.route.is_some()) {
            return Ok(format!("/checklist/{journey}/{}", step.id));
        }
    }
    anyhow::bail!("no step of the sample names a page")
}

#[tokio::test]
async fn a_page_opens_beside_its_step() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    screens::live_in_the_sample(&window).await?;
    let step = step_with_a_page(&window).await?;
    window.load(&step).await?;
    window.css("[data-beside]").await?;
    window.click_css("[data-beside] button").await?;
    window.css(".wm-beside .wm-prose").await?;
    let halves: Vec<f64> = window
        .script(
            "return ['.wm-detail', '.wm-beside'].map((s) => document.querySelector(s).getBoundingClientRect().width)",
            vec![],
        )
        .await?;
    anyhow::ensure!(halves.iter().all(|width| *width > 300.0), "{halves:?}");
    anyhow::ensure!(window.route().await? == step, "the step stays");
    window.click("button", "Close the page").await?;
    window.until("it is closed", async || Ok(window.count(".wm-beside").await? == 0)).await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn an_address_of_waymark_opens_its_page() -> anyhow::Result<()> {
    let folder = guide()?;
    let launch = Launch::new()?;
    let window = launch.open().await?;
    let site = add(&window, folder.path()).await?;
    window.load("/today").await?;
    // The app runs: the second start hands the address over.
    let mut again = tokio::process::Command::new(&launch.app)
        .args(["--e2e", "--data-dir"])
        .arg(window.home().library())
        .arg(format!("waymark:/{site}/rules.md#part-20"))
        .env("HOME", window.home().path())
        .stdin(Stdio::null())
        .spawn()
        .context("could not start the app again")?;
    tokio::time::timeout(Duration::from_secs(10), again.wait()).await.context("the second start did not end")??;
    window.until("the page is open", async || Ok(window.route().await?.ends_with("/rules.md"))).await?;
    window.until("at its heading", async || Ok(scrolled(&window).await? > 600)).await?;
    window.load("/today").await?;
    let home: Home = window.close().await?;
    // It does not run: the start itself has the address.
    let launch = Launch { more_arguments: vec![format!("waymark:/{site}/setup.md")], ..launch };
    let window = launch.open_in(home).await?;
    window.until("the page is open", async || Ok(window.route().await?.ends_with("/setup.md"))).await?;
    let hash: String = window.script("return location.hash", vec![json!(null)]).await?;
    anyhow::ensure!(hash.is_empty(), "{hash}");
    window.close().await.map(drop)
}

#[tokio::test]
async fn somebody_impatient_stops_nothing() -> anyhow::Result<()> {
    let folder = guide()?;
    let window = Launch::new()?.open().await?;
    let site = add(&window, folder.path()).await?;
    // Frames and timers of a page come after it was left. Entries to go back to come first: whoever is faster
    // than the router would leave the document, and the script with it.
    let script = "const done = arguments[arguments.length - 1]; (async () => { \
         for (let entry = 0; entry < 30; entry += 1) history.pushState(history.state, '', location.href); \
         const wait = (time) => new Promise((then) => setTimeout(then, time)); \
         for (let turn = 0; turn < 8; turn += 1) { \
           for (let click = 0; click < 25; click += 1) document.querySelector('.wm-star')?.click(); \
           await wait(turn * 37); const a = document.createElement('a'); a.href = '/docs'; \
           document.body.append(a); a.click(); a.remove(); await wait(turn * 5); \
           history.back(); await wait(20); history.forward(); await wait(100); history.back(); await wait(300); } \
         done(true); })();";
    window.load(&format!("{site}/rules.md")).await?;
    window.client().execute_async(script, vec![]).await?;
    window.still_runs().await?;
    window.close().await.map(drop)
}
