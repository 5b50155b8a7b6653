//! What bad input costs: every case in a process of its own, so that none pays for another.

mod bundles;
mod child;
mod pages;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

pub use bundles::bundle;
pub use child::{attacks, folder};

use crate::content::shared;

/// How often each case is measured. The first round also fills the system's caches.
const ROUNDS: usize = 3;

/// What one case cost in one process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cost {
    /// Milliseconds until all of it was refused, or read and shown.
    pub took: f64,
    /// Bytes of memory at the highest moment, above those of the idle app.
    pub over: u64,
    /// What is said about it: codes of findings, or the refusal.
    pub said: String,
}

/// What one case cost in all rounds.
#[derive(Clone, Debug, Serialize)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Milliseconds, one for each round.
    pub took: Vec<f64>,
    /// The highest of all rounds, in bytes.
    pub over: u64,
    /// What is said about it.
    pub said: String,
}

/// Everything hostile that is at hand.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Hostile {
    /// Folders with one bad page or a bad configuration.
    pub pages: Vec<Case>,
    /// All documents of the corpus of attacks, one after the other in one process; `None` without it.
    pub attacks: Option<Case>,
    /// Hostile bundles; empty without the corpus.
    pub bundles: Vec<Case>,
}

/// Measures everything, each in a process that this program starts of itself.
///
/// # Errors
///
/// Where a case ends its process, which is worse than any figure.
pub fn hostile() -> anyhow::Result<Hostile> {
    let mut all = Hostile::default();
    for (name, make) in pages::CASES {
        let around = TempDir::with_prefix("harm-")?;
        let folder = around.path().join("site");
        fs::create_dir_all(&folder)?;
        make(&folder).with_context(|| format!("could not make {name}"))?;
        all.pages.push(case(name, "folder", &folder)?);
    }
    if let Some(corpus) = shared("xss") {
        all.attacks = Some(case("the corpus of attacks", "attacks", &corpus.join("xss.jsonl"))?);
    }
    for file in shared("archives").map(|folder| archives(&folder)).transpose()?.unwrap_or_default() {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        all.bundles.push(case(&name, "bundle", &file)?);
    }
    Ok(all)
}

fn archives(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "gz" || ending == "zip"));
    files.sort();
    Ok(files)
}

fn case(name: &str, kind: &str, path: &Path) -> anyhow::Result<Case> {
    let mut case = Case { name: name.to_owned(), took: Vec::new(), over: 0, said: String::new() };
    for _ in 0..ROUNDS {
        let cost = in_a_child(kind, path).with_context(|| name.to_string())?;
        case.took.push(cost.took);
        case.over = case.over.max(cost.over);
        case.said = cost.said;
    }
    Ok(case)
}

fn in_a_child(kind: &str, path: &Path) -> anyhow::Result<Cost> {
    let program = env::current_exe().context("this program does not know where it lies")?;
    let output = Command::new(program)
        .args(["one", kind])
        .arg(path)
        .stderr(Stdio::inherit())
        .output()
        .context("could not start this program once more")?;
    anyhow::ensure!(output.status.success(), "its process ended with {}", output.status);
    serde_json::from_slice(&output.stdout).context("its process gave no figures")
}
