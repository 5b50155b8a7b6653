//! One case, in this process.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    time::Instant,
};

use anyhow::Context as _;
use serde::Deserialize;
use waymark_core::id::SiteId;
use waymark_docs::SiteLinks;

use super::{Cost, pages::SECRET};
use crate::{
    bench::device::{Device, milliseconds},
    process::Peak,
};

/// Adds a folder to an app that is used already, and opens every page of it.
///
/// # Errors
///
/// Where something from outside of the folder came in, or the app does not work any more.
pub async fn folder(path: &Path) -> anyhow::Result<Cost> {
    let device = Device::fresh().await?;
    device.add_sample().await?;
    let before = open_all(&device, &[]).await?;
    device.searchable().await;
    let known: Vec<(SiteId, String)> = before.pages;
    let peak = Peak::begin()?;
    let begin = Instant::now();
    let (took, mut said) = match device.add(path).await {
        Ok(_) => {
            let opened = open_all(&device, &known).await?;
            anyhow::ensure!(!opened.shows_secret, "a page shows a file from outside of the folder");
            (milliseconds(begin), opened.codes.into_iter().collect::<Vec<_>>().join(" "))
        }
        Err(error) => (milliseconds(begin), format!("refused: {error}")),
    };
    device.searchable().await;
    let over = peak.over()?;
    anyhow::ensure!(device.finds(SECRET).await? == 0, "a file from outside of the folder can be found");
    // It goes on working.
    let (site, page) = known.first().context("the sample has pages")?;
    device.open(site, page).await?;
    if said.is_empty() {
        "shown".clone_into(&mut said);
    }
    Ok(Cost { took, over, said })
}

struct Opened {
    pages: Vec<(SiteId, String)>,
    codes: BTreeSet<String>,
    shows_secret: bool,
}

/// Opens every page but those that are `known`.
async fn open_all(device: &Device, known: &[(SiteId, String)]) -> anyhow::Result<Opened> {
    let mut pages = device.pages().await?;
    pages.retain(|page| !known.contains(page));
    let (mut codes, mut shows_secret) = (BTreeSet::new(), false);
    for (site, page) in &pages {
        let (view, _) = device.open(site, page).await?;
        codes.extend(view.problems.into_iter().map(|problem| problem.code.to_string()));
        shows_secret |= view.html.contains(SECRET);
    }
    Ok(Opened { pages, codes, shows_secret })
}

#[derive(Deserialize)]
struct Attack {
    html: String,
}

/// Renders every document of a corpus of attacks as a page; the time is that of the slowest.
///
/// # Errors
///
/// Where the corpus cannot be read.
pub fn attacks(file: &Path) -> anyhow::Result<Cost> {
    let text = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    let attacks: Vec<Attack> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>().context("no corpus")?;
    let (site, pages, assets, redirects) = (SiteId::new("harm"), BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
    let links = SiteLinks {
        site: &site,
        pages: &pages,
        assets: &assets,
        redirects: &redirects,
        headings: None,
        asset_base: "waymark-doc://localhost",
    };
    let render = |html: &str| waymark_docs::render_page("page.md", html, &links);
    render("# Warm\n\n```rust\nlet a = 1;\n```\n");
    let peak = Peak::begin()?;
    let mut slowest: f64 = 0.0;
    for attack in &attacks {
        let begin = Instant::now();
        std::hint::black_box(render(&attack.html));
        slowest = slowest.max(milliseconds(begin));
    }
    Ok(Cost { took: slowest, over: peak.over()?, said: format!("{} documents", attacks.len()) })
}
