//! Files, and findings as the lines that people read.

use std::path::{Path, PathBuf};

use waymark_core::diagnostic::Diagnostic;

/// The workspace's root.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file below `tests/fixtures`.
pub fn fixture(path: &str) -> String {
    let path = workspace().join("tests/fixtures").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files of a folder below `tests/fixtures`, by name.
pub fn fixtures(folder: &str) -> Vec<(String, String)> {
    markdown_files(&workspace().join("tests/fixtures").join(folder))
}

/// Every Markdown file below `root` with its path relative to it, sorted.
pub fn markdown_files(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let relative = path.strip_prefix(root).expect("a path below the root");
                let text = std::fs::read_to_string(&path).expect("a text file");
                found.push((relative.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    found.sort();
    found
}

/// The shared corpus, where this machine has it. Its absence is said aloud.
pub fn corpus(part: &str) -> Option<PathBuf> {
    let root = std::env::var_os("WAYMARK_SHARED").map_or_else(|| workspace().join("../shared"), PathBuf::from);
    let folder = root.join("corpus").join(part);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no corpus at {}; set WAYMARK_SHARED to run this test", folder.display());
    None
}

/// Findings as `path:line:col code severity message`.
pub fn lines(findings: &[Diagnostic]) -> String {
    let line = |one: &Diagnostic| {
        let help = one.help.as_ref().map_or(String::new(), |help| format!("\n    {help}"));
        format!("{}:{}:{} {} {:?}: {}{help}\n", one.path, one.line, one.column, one.code, one.severity, one.message)
    };
    findings.iter().map(line).collect()
}
