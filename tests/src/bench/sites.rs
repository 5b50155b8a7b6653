//! Taking in whole sites, and a change of one page, in the app without its window.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::Context as _;
use serde::Serialize;
use tempfile::TempDir;

use super::device::{Device, milliseconds};

/// Changes that are measured, after one that only warms up.
const CHANGES: usize = 20;

/// Milliseconds from the start to each moment.
#[derive(Clone, Debug, Serialize)]
pub struct TakenIn {
    /// Pages of all sites.
    pub pages: u32,
    /// Everything is read, parsed and on disk.
    pub added: f64,
    /// Everything can be searched.
    pub searchable: f64,
}

/// Adds a folder with sites to an empty library and waits until all of it can be searched.
///
/// # Errors
///
/// Where the folder holds no site.
pub async fn take_in(folder: &Path) -> anyhow::Result<TakenIn> {
    let device = Device::fresh().await?;
    let begin = Instant::now();
    device.add(folder).await.context("the folder could not be added")?;
    let added = milliseconds(begin);
    device.searchable().await;
    let searchable = milliseconds(begin);
    Ok(TakenIn { pages: device.count().await?, added, searchable })
}

/// Milliseconds for each change of one page in a folder that is there already.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Changed {
    /// Pages of the site.
    pub pages: u32,
    /// Until the folder was read again and what changed is on disk.
    pub read: Vec<f64>,
    /// From then, until the page's new text was rendered.
    pub rendered: Vec<f64>,
    /// From the beginning, until the new text can be searched.
    pub searchable: Vec<f64>,
}

/// Changes one page of a copy of a site, again and again, and reads the folder each time. How long the
/// watch waits for a change to rest is no part of it.
///
/// # Errors
///
/// Where the folder holds no site, or the new text does not arrive.
pub async fn change_one_page(folder: &Path) -> anyhow::Result<Changed> {
    let copy = TempDir::with_prefix("site-")?;
    copy_folder(folder, copy.path())?;
    let device = Device::fresh().await?;
    let pack = device.add(copy.path()).await.context("the folder could not be added")?.pack.id;
    device.searchable().await;
    let (site, page) = {
        let pages = device.pages().await?;
        // Not the first one, which is often special.
        pages.into_iter().nth(3).context("the site has pages")?
    };
    let (file, text) = file_of(copy.path(), &page)?;
    let mut changed = Changed { pages: device.count().await?, ..Changed::default() };
    for turn in 0..=CHANGES {
        let word = format!("zephyr{turn}x");
        fs::write(&file, format!("{text}\n\nAnd {word}.\n"))?;
        let begin = Instant::now();
        device.refresh(pack).await?;
        let read = milliseconds(begin);
        let (view, rendered) = device.open(&site, &page).await?;
        device.searchable().await;
        let searchable = milliseconds(begin);
        anyhow::ensure!(view.html.contains(&word), "{page} does not show its new text");
        anyhow::ensure!(device.finds(&word).await? > 0, "the new text of {page} cannot be found");
        if turn > 0 {
            changed.read.push(read);
            changed.rendered.push(rendered.as_secs_f64() * 1000.0);
            changed.searchable.push(searchable);
        }
    }
    Ok(changed)
}

/// The file of a page below a folder, and its text.
fn file_of(folder: &Path, page: &str) -> anyhow::Result<(PathBuf, String)> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let file = folder.join(page);
        if let Ok(text) = fs::read_to_string(&file) {
            return Ok((file, text));
        }
        folders.extend(fs::read_dir(&folder)?.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()));
    }
    anyhow::bail!("{page} lies nowhere below {}", folder.display())
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("could not list {}", from.display()))? {
        let (path, target) = {
            let entry = entry?;
            (entry.path(), to.join(entry.file_name()))
        };
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            // By bytes: a copied mode could forbid writing.
            fs::write(&target, fs::read(&path)?)?;
        }
    }
    Ok(())
}
