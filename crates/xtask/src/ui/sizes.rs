//! What the interface weighs, and whether that is within its budget.

use std::{collections::BTreeMap, ffi::OsStr, fs, path::Path};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::files;
use crate::report::{kilobytes, table};

/// The largest module that the start may load, in bytes.
pub(crate) const WASM_BUDGET: u64 = 900_000;
/// The most JavaScript that is accepted, in bytes.
const JS_BUDGET: u64 = 80_000;

/// Bytes of one build of the interface.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Sizes {
    /// The start's module as bindgen left it.
    pub(crate) wasm_before: u64,
    /// The start's module as it is embedded.
    pub(crate) wasm: u64,
    /// All modules that are fetched later, by name.
    pub(crate) later: BTreeMap<String, u64>,
    /// Which of them each part of the interface consists of.
    pub(crate) parts: BTreeMap<String, Vec<String>>,
    /// All JavaScript together.
    pub(crate) javascript: u64,
    /// The one style sheet.
    pub(crate) css: u64,
    /// Whether `wasm-opt` ran; without it nothing is judged.
    pub(crate) optimised: bool,
}

impl Sizes {
    /// Weighs a finished `dist`, whose start loads the module `main`.
    pub(super) fn measure(
        dist: &Path,
        main: &str,
        wasm_before: u64,
        parts: BTreeMap<String, Vec<String>>,
        optimised: bool,
    ) -> anyhow::Result<Self> {
        let mut sizes = Self { wasm_before, wasm: 0, later: BTreeMap::new(), parts, javascript: 0, css: 0, optimised };
        for file in files::list(dist)? {
            let size = fs::metadata(dist.join(&file))?.len();
            match file.extension().and_then(OsStr::to_str) {
                Some("wasm") if file == Path::new(main) => sizes.wasm = size,
                Some("wasm") => {
                    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                    sizes.later.insert(name, size);
                }
                Some("js") => sizes.javascript += size,
                Some("css") => sizes.css += size,
                _ => {}
            }
        }
        Ok(sizes)
    }

    /// What the last build of the interface weighed.
    pub(super) fn recorded(work: &Path) -> anyhow::Result<Self> {
        let text = fs::read(work.join("sizes.json"))
            .context("the last build left no sizes; delete target/xtask and build again")?;
        serde_json::from_slice(&text)
            .context("the sizes of the last build cannot be read; delete target/xtask and build again")
    }

    /// Keeps the sizes for later.
    pub(super) fn record(&self, work: &Path) -> anyhow::Result<()> {
        fs::write(work.join("sizes.json"), serde_json::to_vec_pretty(self)?).context("could not write the sizes")
    }

    /// Prints the table.
    pub(super) fn print(&self) {
        let row = |name: &str, size: u64, budget: &str| vec![name.to_owned(), kilobytes(size), budget.to_owned()];
        let wasm =
            if self.optimised { "wasm of the start, after wasm-opt" } else { "wasm of the start, not optimised" };
        let mut rows = vec![
            vec!["interface".to_owned(), "size".to_owned(), "budget".to_owned()],
            row("wasm of the start, after bindgen", self.wasm_before, ""),
            row(wasm, self.wasm, &if self.optimised { kilobytes(WASM_BUDGET) } else { "not judged".to_owned() }),
        ];
        for (part, modules) in &self.parts {
            let weight = |name: &String| self.later.get(name).copied().unwrap_or(0);
            let shared = modules.iter().filter(|name| self.users(name) > 1).map(weight).sum();
            let all: u64 = modules.iter().map(weight).sum();
            rows.push(row(&format!("  {part}, with {} of shared chunks", kilobytes(shared)), all, ""));
        }
        if !self.later.is_empty() {
            let name = format!("all {} modules that are fetched later", self.later.len());
            rows.push(row(&name, self.later.values().sum(), ""));
        }
        rows.push(row("JavaScript", self.javascript, &kilobytes(JS_BUDGET)));
        rows.push(row("CSS", self.css, ""));
        print!("{}", table(&rows));
    }

    /// How many parts need a module.
    fn users(&self, module: &str) -> usize {
        self.parts.values().filter(|modules| modules.iter().any(|name| name == module)).count()
    }

    /// Refuses a build that is over its budget.
    pub(crate) fn judge(&self) -> anyhow::Result<()> {
        if !self.optimised {
            return Ok(());
        }
        for (what, size, budget) in
            [("wasm of the start", self.wasm, WASM_BUDGET), ("JavaScript", self.javascript, JS_BUDGET)]
        {
            anyhow::ensure!(
                size <= budget,
                "the interface's {what} is {}, over its budget of {}\n  next: find what came in with `cargo tree -p waymark-ui --target wasm32-unknown-unknown`",
                kilobytes(size),
                kilobytes(budget)
            );
        }
        Ok(())
    }
}
