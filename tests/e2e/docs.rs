//! Reading: finding a page, finding in it, tabs, links, images, files, a narrow window.

use std::{fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;
use waymark_api::ipc::{docs::ListSites, sources::AddFolder};
use waymark_core::docs::ID_PREFIX;
use waymark_tests::{Launch, Window};

/// A page that is longer than any window, with a word that stands far down.
fn long_page() -> String {
    let mut page =
        "# Rules\n\n![the mark](mark.png)\n\nSee [prices](prices.pdf) and [home](index.md#second-part).\n".to_owned();
    for number in 1..=30 {
        page.push_str(&format!("\n## Part {number}\n\nWords of part {number}, and more of them.\n\n- one\n- two\n"));
    }
    page.push_str("\n## The end\n\nHere stands marmalade.\n");
    page
}

const TABS: &str = "=== \"Linux\"\n\n    Use apt.\n\n=== \"macOS\"\n\n    Use brew.\n";

/// A folder with a small site that has everything.
pub(crate) fn guide() -> anyhow::Result<TempDir> {
    let folder = TempDir::with_prefix("guide-")?;
    let docs = folder.path().join("docs");
    fs::create_dir_all(&docs)?;
    let config = "site_name: Guide\nnav:\n- Home: index.md\n- Rules: rules.md\n- Setup: setup.md\nmarkdown_extensions:\n- pymdownx.tabbed: {alternate_style: true}\n";
    fs::write(folder.path().join("mkdocs.yml"), config)?;
    let home = format!("# Home\n\nTo the [rules](rules.md).\n\n{TABS}\n## Second part\n\nDone.\n");
    fs::write(docs.join("index.md"), home)?;
    fs::write(docs.join("rules.md"), long_page())?;
    fs::write(docs.join("setup.md"), format!("# Setup\n\n{TABS}"))?;
    fs::write(docs.join("prices.pdf"), "%PDF-1.4 prices")?;
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/icons/128x128@2x.png");
    fs::copy(&picture, docs.join("mark.png"))?;
    fs::copy(&picture, docs.join("other.png"))?;
    Ok(folder)
}

/// Adds the folder; answers with what its site's addresses begin with.
pub(crate) async fn add(window: &Window, folder: &Path) -> anyhow::Result<String> {
    window.call(AddFolder { path: folder.to_string_lossy().into_owned(), start: Vec::new(), unsigned: false }).await?;
    let sites = window.call(ListSites {}).await?;
    let site = sites.first().ok_or_else(|| anyhow::anyhow!("the folder has no site"))?;
    Ok(format!("/docs/{}", site.id))
}

/// How far the page is scrolled, in px.
pub(crate) async fn scrolled(window: &Window) -> anyhow::Result<i64> {
    window.script("return Math.round(document.querySelector('#main').scrollTop)", vec![]).await
}

#[tokio::test]
async fn a_page_is_found_and_a_word_in_it() -> anyhow::Result<()> {
    let folder = guide()?;
    let window = Launch::new()?.open().await?;
    let site = add(&window, folder.path()).await?;
    window.load(&format!("{site}/index.md")).await?;
    window.press("Control+k").await?;
    window.css("[role=combobox]").await?;
    window.types("marmalade").await?;
    window.click_css(".wm-palette [role=option]:has(mark)").await?;
    window.until("the page with the word opens", async || Ok(window.route().await?.ends_with("/rules.md"))).await?;
    window.until("it opens where the word is", async || Ok(scrolled(&window).await? > 600)).await?;
    window.load(&format!("{site}/rules.md")).await?;
    window.press("Control+f").await?;
    window.css(".wm-find input").await?;
    window.types("marmalade").await?;
    window.sees("1 of 1").await?;
    window.until("the hit is in sight", async || Ok(scrolled(&window).await? > 600)).await?;
    window.types("x").await?;
    window.sees("No matches").await?;
    window.until("without a hit the reader is back", async || Ok(scrolled(&window).await? == 0)).await?;
    window.press("Escape").await?;
    window.until("the bar is closed", async || Ok(window.count(".wm-find").await? == 0)).await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn a_tab_is_chosen_once_for_all_pages() -> anyhow::Result<()> {
    let folder = guide()?;
    let window = Launch::new()?.open().await?;
    let site = add(&window, folder.path()).await?;
    window.load(&format!("{site}/index.md")).await?;
    window.click("tab", "macOS").await?;
    window.sees("Use brew.").await?;
    window.follow(&format!("{site}/setup.md")).await?;
    window.sees("Use brew.").await?;
    let window = window.restart().await?;
    window.load(&format!("{site}/index.md")).await?;
    window.sees("Use brew.").await?;
    window.no_longer_sees("Use apt.").await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn links_lead_across_pages_and_back_to_where_one_was() -> anyhow::Result<()> {
    let folder = guide()?;
    let window = Launch::new()?.open().await?;
    let site = add(&window, folder.path()).await?;
    window.load(&format!("{site}/index.md")).await?;
    window.click("link", "rules").await?;
    window.until("the page is open", async || Ok(window.route().await?.ends_with("/rules.md"))).await?;
    window.click("link", "Part 20").await?;
    window.until("the outline leads there", async || Ok(scrolled(&window).await? > 600)).await?;
    let there = scrolled(&window).await?;
    window.follow(&format!("{site}/setup.md")).await?;
    window.script::<Value>("history.back(); return null", vec![]).await?;
    window.until("back leads to the place", async || Ok((scrolled(&window).await? - there).abs() < 3)).await?;
    let crumbs = window.texts(".wm-docpage .wm-crumbs__item").await?;
    anyhow::ensure!(crumbs == ["Docs", "Guide"], "{crumbs:?}");
    window.close().await.map(drop)
}

#[tokio::test]
async fn a_very_long_page_comes_in_parts_and_is_whole_wherever_one_goes() -> anyhow::Result<()> {
    let folder = guide()?;
    let notes: String = (0..3000)
        .map(|number| format!("\n## Note {number}\n\n- Words of note {number}.\n- And *more* of them.\n"))
        .collect();
    let long = format!("# Notes\n{notes}\n## The end\n\n{TABS}\nHere stands marmalade.\n");
    fs::write(folder.path().join("docs/notes.md"), long)?;
    let window = Launch::new()?.open().await?;
    let site = add(&window, folder.path()).await?;
    window.load(&format!("{site}/setup.md")).await?;
    window.click("tab", "macOS").await?;
    window.follow(&format!("{site}/notes.md")).await?;
    window.until("the first part is there", async || Ok(window.count("article h2").await? > 0)).await?;
    window.until("and the last", async || Ok(window.count("article h2").await? == 3001)).await?;
    window
        .until("with the tab that was chosen", async || {
            Ok(window.texts("article [aria-selected=true]").await? == ["macOS"])
        })
        .await?;
    anyhow::ensure!(scrolled(&window).await? == 0, "what comes in moves nobody");
    window.follow(&format!("{site}/setup.md")).await?;
    window.follow(&format!("{site}/notes.md#{ID_PREFIX}note-2900")).await?;
    window.until("a heading far down is gone to", async || Ok(scrolled(&window).await? > 100_000)).await?;
    let there = scrolled(&window).await?;
    window.follow(&format!("{site}/setup.md")).await?;
    window.script::<Value>("history.back(); return null", vec![]).await?;
    window.until("back leads to the place", async || Ok((scrolled(&window).await? - there).abs() < 3)).await?;
    window.follow(&format!("{site}/setup.md")).await?;
    window.follow(&format!("{site}/notes.md")).await?;
    window.press("Control+f").await?;
    window.css(".wm-find input").await?;
    window.types("marmalade").await?;
    window.sees("1 of 1").await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn an_image_opens_large_and_a_file_is_saved() -> anyhow::Result<()> {
    let folder = guide()?;
    let downloads = TempDir::new()?;
    let window = Launch::new()?.picking(downloads.path()).open().await?;
    let site = add(&window, folder.path()).await?;
    window.load(&format!("{site}/rules.md")).await?;
    window.click("button", "Enlarge: the mark").await?;
    window.css("dialog[open] .wm-viewer__image").await?;
    let fits: bool = window
        .script(
            "const i = document.querySelector('.wm-viewer__image').getBoundingClientRect(); \
             return i.left >= 0 && i.top >= 0 && i.right <= innerWidth && i.bottom <= innerHeight && i.width > 0",
            vec![],
        )
        .await?;
    anyhow::ensure!(fits, "the image fits the window");
    window.press("Escape").await?;
    window.until("the viewer is closed", async || Ok(window.count("dialog[open]").await? == 0)).await?;
    window.until("the focus is back", async || Ok(window.focused().await?.contains("the mark"))).await?;
    window.click("link", "prices").await?;
    window.sees("Saved as").await?;
    anyhow::ensure!(fs::read(downloads.path().join("prices.pdf"))? == b"%PDF-1.4 prices", "the file is there");
    anyhow::ensure!(window.route().await?.ends_with("/rules.md"), "the page stays");
    window.close().await.map(drop)
}

#[tokio::test]
async fn a_narrow_window_has_its_panes_in_drawers() -> anyhow::Result<()> {
    let folder = guide()?;
    let window = Launch { size: (640, 480), ..Launch::new()? }.open().await?;
    let site = add(&window, folder.path()).await?;
    window.load(&format!("{site}/rules.md")).await?;
    let width: f64 = window
        .script("return document.querySelector('.wm-docpage').getBoundingClientRect().width / innerWidth", vec![])
        .await?;
    anyhow::ensure!(width > 0.8, "the page has the window: {width}");
    window.click("button", "Pages").await?;
    window.until("the list has the focus", async || Ok(window.focused().await?.starts_with("input"))).await?;
    window.click("treeitem", "Setup").await?;
    window.until("the page is open", async || Ok(window.route().await?.ends_with("/setup.md"))).await?;
    window.until("the drawer is closed", async || Ok(window.count(".wm-docs--pages").await? == 0)).await?;
    window.load(&format!("{site}/rules.md")).await?;
    window.click("button", "On this page").await?;
    window.click("link", "Part 20").await?;
    window.until("the outline leads there", async || Ok(scrolled(&window).await? > 600)).await?;
    window.until("the drawer is closed", async || Ok(window.count(".wm-docs--about").await? == 0)).await?;
    window.click("button", "Pages").await?;
    window.press("Escape").await?;
    window.until("Escape closes it", async || Ok(window.count(".wm-docs--pages").await? == 0)).await?;
    window.close().await.map(drop)
}
