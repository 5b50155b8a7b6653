//! What others need for the same sections and the same keys, in the same run.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::{Value, json};
use waymark_search::Document;

/// lunr, which built MkDocs sites are searched with. Fetched from npm, by exact version, when it is measured.
const LUNR: &str = "lunr@2.3.9";

/// What a peer took.
pub(crate) struct Row(Value);

impl Row {
    /// The cells of its row of the table, from the number of sections on.
    pub(crate) fn in_a_table(&self) -> String {
        let number = |path: &str| self.0.pointer(path).and_then(Value::as_f64).unwrap_or(f64::NAN);
        let mega = |path: &str| format!("{:.1} MB", number(path) / 1e6);
        let millis = |path: &str| format!("{:.2} ms", number(path));
        let busy = ["p50", "p95", "p99", "worst"].map(|part| millis(&format!("/busy/{part}")));
        format!(
            "{} | {} | {} | {:.1} s | {} | {} | {} |",
            number("/sections"),
            mega("/markdown"),
            mega("/index"),
            number("/filled"),
            millis("/opened"),
            busy.join(" | "),
            millis("/wall/p95")
        )
    }

    /// All of it.
    pub(crate) fn to_json(&self) -> Value {
        self.0.clone()
    }
}

/// Measures lunr over `documents` in Node; the error says why that cannot be.
pub(crate) fn lunr(documents: &[Document], queries: &[&str]) -> Result<Row, String> {
    let said = measured(documents, queries)?;
    serde_json::from_str(&said).map(Row).map_err(|error| format!("its figures cannot be read: {error}"))
}

fn measured(documents: &[Document], queries: &[&str]) -> Result<String, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    run(Command::new("npm")
        .args(["install", "--silent", "--no-save", "--ignore-scripts", "--prefix"])
        .arg(&folder)
        .arg(LUNR))?;
    let section = |document: &Document| -> Vec<_> {
        let sections = document.sections.iter().map(|section| {
            let title = section.headings.last().unwrap_or(&document.title);
            json!({ "title": title, "text": format!("{}\n{}", section.body, section.code) })
        });
        sections.collect()
    };
    let sections: Vec<_> = documents.iter().flat_map(section).collect();
    let given = json!({ "sections": sections, "queries": queries });
    let file = folder.join("given.json");
    fs::write(&file, given.to_string()).map_err(|error| error.to_string())?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/keystrokes/lunr.js");
    let node = Command::new("node")
        .arg("--max-old-space-size=6144")
        .arg(script)
        .arg(folder.join("node_modules/lunr"))
        .arg(&file)
        .output();
    let _ = fs::remove_file(file);
    said(node)
}

fn run(command: &mut Command) -> Result<String, String> {
    said(command.output())
}

fn said(output: std::io::Result<Output>) -> Result<String, String> {
    let output = output.map_err(|error| format!("{error}; is Node there?"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).lines().take(5).collect::<Vec<_>>().join("; "))
    }
}
