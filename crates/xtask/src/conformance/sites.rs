//! Real sites: what `waymark-server` makes of them, beside what MkDocs made of them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde_json::Value;

use super::{Score, output, shared};
use crate::paths;

/// Differences that were looked at and are meant, each with its reason.
const REVIEWED: &str = "crates/docs/examples/conformance/reviewed.jsonl";
/// The facts that every page is judged by.
const FACTS: [&str; 9] =
    ["headings", "ids", "code", "list_items", "table_rows", "images", "links", "admonitions", "words"];

/// How one site compares.
#[derive(Default)]
pub(super) struct Compared {
    /// Pages on which no fact is open.
    pub(super) score: Score,
    /// Pages on which every fact is the same, without any difference that is meant.
    same: u64,
    /// Pages whose words differ by less than one in a hundred.
    words: u64,
    /// Open facts, by fact.
    open: [u64; FACTS.len()],
}

/// Compares every site that has facts, and prints a table.
pub(super) fn all(corpus: &Path) -> anyhow::Result<Score> {
    let oracles = corpus.join("oracle");
    let entries = fs::read_dir(&oracles).with_context(|| format!("could not read {}", oracles.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    println!("\n{:32} {:>6} {:>9} {:>9} {:>9}  open facts", "site", "pages", "accepted", "all same", "words 1 %");
    let mut total = Score::default();
    let mut sum = Compared::default();
    for oracle in files {
        let name = oracle.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let compared = compare(&root_of(&corpus.join("docs").join(&name)), &oracle)?;
        println!("{name:32} {compared}");
        total.add(compared.score);
        sum.score.add(compared.score);
        sum.same += compared.same;
        sum.words += compared.words;
        sum.open.iter_mut().zip(compared.open).for_each(|(sum, open)| *sum += open);
    }
    println!("{:32} {sum}", "all");
    Ok(total)
}

/// The folder with the configuration: some repositories hold it one or two folders down.
fn root_of(site: &Path) -> PathBuf {
    let is_root = |folder: &Path| {
        ["mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "zensical.toml"].iter().any(|name| folder.join(name).is_file())
    };
    let below = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
        folders.sort();
        folders
    };
    if is_root(site) {
        return site.to_path_buf();
    }
    let deeper: Vec<PathBuf> = below(site).iter().flat_map(|folder| below(folder)).collect();
    below(site).into_iter().chain(deeper).find(|folder| is_root(folder)).unwrap_or_else(|| site.to_path_buf())
}

/// Renders the site and compares it with its facts.
pub(super) fn compare(site: &Path, oracle: &Path) -> anyhow::Result<Compared> {
    let name = oracle.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let out = paths::target().join("conformance").join(name);
    if out.is_dir() {
        fs::remove_dir_all(&out).with_context(|| format!("could not empty {}", out.display()))?;
    }
    let server = paths::built("debug", "waymark-server");
    output(&server, &["docs".as_ref(), "render".as_ref(), site, "--out".as_ref(), &out])?;
    let tool = shared().join("tools/compare_docs.py");
    let result = out.join("compared.json");
    let arguments = [
        &*tool,
        &*out,
        oracle,
        "--json".as_ref(),
        &*result,
        "--reviewed".as_ref(),
        REVIEWED.as_ref(),
        "--worst".as_ref(),
        "0".as_ref(),
    ];
    let python = paths::program("python3").context("python3 is not installed; it runs the comparer")?;
    let said = output(&python, &arguments)?;
    let text = fs::read_to_string(&result).with_context(|| format!("the comparer wrote no result: {said}"))?;
    Ok(count(&serde_json::from_str(&text).context("the comparer's result is no JSON")?))
}

/// Counts the comparer's result, in which each fact of a page is a state with a detail.
fn count(result: &Value) -> Compared {
    let mut compared = Compared::default();
    compared.score.failed = result["missing"].as_array().map_or(0, |missing| missing.len() as u64);
    for page in result["pages"].as_object().into_iter().flat_map(|pages| pages.values()) {
        let state = |fact: &str| page[fact][0].as_str().unwrap_or("open");
        for (count, fact) in compared.open.iter_mut().zip(FACTS) {
            *count += u64::from(state(fact) == "open");
        }
        let open = FACTS.iter().any(|fact| state(fact) == "open");
        compared.score.passed += u64::from(!open);
        compared.score.failed += u64::from(open);
        compared.same += u64::from(FACTS.iter().all(|fact| state(fact) == "same"));
        compared.words += u64::from(page["word_diff"].as_f64().is_some_and(|share| share < 0.01));
    }
    compared
}

impl std::fmt::Display for Compared {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pages = self.score.passed + self.score.failed;
        let share = |count: u64| 100.0 * count as f64 / pages.max(1) as f64;
        let open = FACTS.iter().zip(self.open).filter(|(_, count)| *count > 0);
        let open: Vec<String> = open.map(|(fact, count)| format!("{fact} {count}")).collect();
        write!(
            out,
            "{pages:6} {:7.1} % {:7.1} % {:7.1} %  {}",
            share(self.score.passed),
            share(self.same),
            share(self.words),
            open.join(", ")
        )
    }
}
