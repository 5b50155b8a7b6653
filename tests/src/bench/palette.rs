//! From a key in the palette to the painted results.

use std::{path::Path, time::Duration};

use anyhow::Context as _;
use serde::Serialize;
use serde_json::{Value, json};
use waymark_api::ipc::{
    docs::ListSites,
    search::Search,
    sources::{AddFolder, AddSample},
};

use super::{Pair, bare};
use crate::{Home, Launch, Window};

/// What is typed, letter by letter.
const QUERIES: &[&str] = &[
    "rollout strategy",
    "configure single sign on",
    "config.yaml",
    "batch job memory",
    "kubernets clustr",
    "security policy",
    "install",
    "vpn access",
    "path parameters",
];
/// A misspelt word of the sample. Titles are searched for words as they are typed, the index for others as
/// well: once it is found, the index stands for all of the library.
const MISSPELT: &str = "onbaording";
/// The results are complete once nothing has changed for so many milliseconds.
const QUIET: u32 = 200;
/// How long the index may take to fill.
const FILLED_WITHIN: Duration = Duration::from_secs(120);

/// Milliseconds for each key.
#[derive(Clone, Debug, Serialize)]
pub struct Keys {
    /// Key to the frame that shows the last change of what was found; the same lists in the bare engine.
    pub painted: Pair,
    /// Keys after which the same was found as before, so that nothing was painted.
    pub unchanged: u32,
    /// Pages in the library.
    pub pages: u32,
}

/// Types queries into the palette, over a library with a folder of documentation and the sample.
///
/// # Errors
///
/// Where the folder cannot be added or the palette does not answer.
pub async fn keys(app: &Path, docs: &Path) -> anyhow::Result<Keys> {
    let window = Launch::of(app.to_path_buf()).open_in(Home::fresh()?).await?;
    window.call(AddSample {}).await?;
    window.call(AddFolder { path: docs.to_string_lossy().into_owned(), start: Vec::new(), unsigned: false }).await?;
    filled(&window).await?;
    let pages = window.call(ListSites {}).await?.iter().map(|site| site.pages).sum();
    window.load("/today").await?;
    window.press("Control+k").await?;
    window.css("[role=combobox]").await?;
    window.script::<Value>(include_str!("palette.js"), vec![]).await?;
    let (mut times, mut lists, mut unchanged) = (Vec::new(), Vec::new(), 0);
    for round in 0..2 {
        for query in QUERIES {
            for key in query.chars() {
                window.types(&key.to_string()).await?;
                match rest(&window).await? {
                    // The first round warms up.
                    Some(took) if round > 0 => times.push(took),
                    None if round > 0 => unchanged += 1,
                    Some(_) | None => {}
                }
                if round > 0 {
                    let list = "return document.querySelector('.wm-palette__list')?.outerHTML ?? ''";
                    lists.push(window.script::<String>(list, vec![]).await?);
                }
            }
            window.press("Escape").await?;
            rest(&window).await?;
        }
    }
    window.close().await?;
    let floor = bare::paint(&lists).await?;
    Ok(Keys { painted: Pair { app: times, floor }, unchanged, pages })
}

/// Waits until the index stands for all of the library.
async fn filled(window: &Window) -> anyhow::Result<()> {
    let begin = std::time::Instant::now();
    loop {
        let request = Search { query: MISSPELT.to_owned(), limit: 5 };
        let found = window.call(request).await?;
        if !found.hits.is_empty() || found.did_you_mean.is_some() {
            return Ok(());
        }
        anyhow::ensure!(begin.elapsed() < FILLED_WITHIN, "the index was not filled within {FILLED_WITHIN:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn rest(window: &Window) -> anyhow::Result<Option<f64>> {
    let answer = window.client().execute_async(include_str!("rest.js"), vec![json!(QUIET)]).await;
    Ok(answer.context("the palette never came to rest")?.as_f64())
}
