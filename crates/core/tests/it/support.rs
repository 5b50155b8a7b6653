//! Files, and findings as the lines that people read.

use std::path::{Path, PathBuf};

use waymark_core::{
    diagnostic::Diagnostic,
    journey::{Offset, Step, Template},
};

/// The workspace's root.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file below `tests/fixtures`.
pub(crate) fn fixture(path: &str) -> String {
    let path = workspace().join("tests/fixtures").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files of a folder below `tests/fixtures`, by name.
pub(crate) fn fixtures(folder: &str) -> Vec<(String, String)> {
    markdown_files(&workspace().join("tests/fixtures").join(folder))
}

/// Every Markdown file below `root` with its path relative to it, sorted.
pub(crate) fn markdown_files(root: &Path) -> Vec<(String, String)> {
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
pub(crate) fn corpus(part: &str) -> Option<PathBuf> {
    let root = std::env::var_os("WAYMARK_SHARED").map_or_else(|| workspace().join("../shared"), PathBuf::from);
    let folder = root.join("corpus").join(part);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no corpus at {}; set WAYMARK_SHARED to run this test", folder.display());
    None
}

/// Findings as `path:line:col code severity message`.
pub(crate) fn lines(findings: &[Diagnostic]) -> String {
    let line = |one: &Diagnostic| {
        let help = one.help.as_ref().map_or(String::new(), |help| format!("\n    {help}"));
        format!("{}:{}:{} {} {:?}: {}{help}\n", one.path, one.line, one.column, one.code, one.severity, one.message)
    };
    findings.iter().map(line).collect()
}

/// Compares what people read with `tests/golden/<name>.snap`.
#[macro_export]
macro_rules! golden {
    ($name:expr, $text:expr) => {
        insta::with_settings!({
            snapshot_path => "../golden",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!($name, $text);
        })
    };
}

/// A journey as indented lines.
pub(crate) fn outline(template: &Template) -> String {
    let mut text = format!(
        "{} #{} {:?} {:?}\n{}",
        template.title,
        template.id,
        template.kind,
        template.origin,
        quote(1, &template.intro)
    );
    for phase in &template.phases {
        let day = |offset: &Option<Offset>| offset.as_ref().map_or("…".to_owned(), ToString::to_string);
        text.push_str(&format!("\n## {} #{} {} to {}\n", phase.title, phase.id, day(&phase.from), day(&phase.to)));
        text.push_str(&quote(1, &phase.intro));
        phase.steps.iter().for_each(|step| outline_step(step, 1, &mut text));
    }
    text
}

fn outline_step(step: &Step, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    let mut words = vec![format!("{indent}- {} #{} {:?} line {}", step.title, step.id, step.role, step.line)];
    words.extend((!step.required).then(|| "optional".to_owned()));
    words.extend(step.group.as_ref().map(|group| format!("group: {group}")));
    words.extend(step.when.as_ref().map(|when| format!("when: {}", when.in_words())));
    words.extend(step.due.as_ref().map(|due| format!("due: {due}")));
    text.push_str(&words.join(", "));
    text.push('\n');
    text.push_str(&quote(depth + 1, &step.body));
    step.children.iter().for_each(|child| outline_step(child, depth + 1, text));
}

fn quote(depth: usize, body: &str) -> String {
    body.lines().map(|line| format!("{}| {line}", "  ".repeat(depth)).trim_end().to_owned() + "\n").collect()
}
