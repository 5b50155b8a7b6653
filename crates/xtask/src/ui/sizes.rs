//! What the interface weighs, and whether that is within its budget.

use std::{fs, path::Path};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::files;
use crate::report::{kilobytes, table};

/// The largest wasm module that is accepted, in bytes.
pub(crate) const WASM_BUDGET: u64 = 900_000;
/// The most JavaScript that is accepted, in bytes.
const JS_BUDGET: u64 = 80_000;

/// Bytes of one build of the interface.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Sizes {
    /// The module as bindgen left it.
    pub(crate) wasm_before: u64,
    /// The module as it is embedded.
    pub(crate) wasm: u64,
    /// All JavaScript together.
    pub(crate) javascript: u64,
    /// The one style sheet.
    pub(crate) css: u64,
    /// Whether `wasm-opt` ran; without it nothing is judged.
    pub(crate) optimised: bool,
}

impl Sizes {
    /// Weighs a finished `dist`.
    pub(super) fn measure(dist: &Path, wasm_before: u64, optimised: bool) -> anyhow::Result<Self> {
        let files = files::list(dist)?;
        let sum = |extension: &str| -> u64 {
            let matching = files.iter().filter(|file| file.extension().is_some_and(|found| found == extension));
            matching.filter_map(|file| fs::metadata(dist.join(file)).ok()).map(|data| data.len()).sum()
        };
        Ok(Self { wasm_before, wasm: sum("wasm"), javascript: sum("js"), css: sum("css"), optimised })
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
        let wasm = if self.optimised { "wasm after wasm-opt" } else { "wasm, not optimised" };
        let rows = vec![
            vec!["interface".to_owned(), "size".to_owned(), "budget".to_owned()],
            row("wasm after bindgen", self.wasm_before, ""),
            row(wasm, self.wasm, &if self.optimised { kilobytes(WASM_BUDGET) } else { "not judged".to_owned() }),
            row("JavaScript", self.javascript, &kilobytes(JS_BUDGET)),
            row("CSS", self.css, ""),
        ];
        print!("{}", table(&rows));
    }

    /// Refuses a build that is over its budget.
    pub(crate) fn judge(&self) -> anyhow::Result<()> {
        if !self.optimised {
            return Ok(());
        }
        for (what, size, budget) in [("wasm", self.wasm, WASM_BUDGET), ("JavaScript", self.javascript, JS_BUDGET)] {
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
