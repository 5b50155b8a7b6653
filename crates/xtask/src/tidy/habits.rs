//! What a person should look at: long files, the clock read outside its port, kit components without
//! a style sheet, decision records that nothing links.

use std::path::Path;

use super::{Findings, files, read};

/// A file longer than this is thought about again; tests are not counted.
const LONG: usize = 400;
/// Calls that read the clock. Only the shell's port does; everything else is handed the time.
const CLOCK: [&str; 4] = ["SystemTime::now(", "Timestamp::now(", "Zoned::now(", "Date::today("];
/// Where the clock may be read: the port, and tools that measure.
const CLOCK_PORTS: [&str; 3] = ["src-tauri/src/ports.rs", "crates/xtask", "tests/"];
const KIT: &str = "src-ui/src/kit";
const RECORDS: &str = "docs-content/engineering/adr";

pub(super) fn check(findings: &mut Findings) -> anyhow::Result<()> {
    for file in files::with_extension(".", "rs")? {
        let source = read(&file)?;
        let code = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let lines = code.lines().count();
        let is_test = file.iter().any(|part| part == "tests") || file.ends_with("tests.rs");
        if lines > LONG && !is_test {
            findings.report(
                &file,
                "length",
                &format!("{lines} lines without tests; one noun a file reads in one sitting"),
            );
        }
        let may_read_clock = is_test || CLOCK_PORTS.iter().any(|port| file.starts_with(port));
        for call in CLOCK.iter().filter(|call| !may_read_clock && code.contains(**call)) {
            findings.report(&file, "clock", &format!("`{call}…)` outside the port; take the time as an argument"));
        }
    }
    check_kit(findings)?;
    check_records(findings)
}

fn check_kit(findings: &mut Findings) -> anyhow::Result<()> {
    let mut sheets = String::new();
    for sheet in files::with_extension("src-ui/styles", "css")? {
        sheets.push_str(&read(sheet)?);
    }
    for file in files::with_extension(KIT, "rs")? {
        let source = read(&file)?;
        let mut classes = source
            .match_indices("class=\"wm-")
            .filter_map(|(at, _)| source[at + 7..].split(['"', ' ']).next())
            .peekable();
        if classes.peek().is_some() && !classes.any(|class| sheets.contains(&format!(".{class}"))) {
            findings.report(&file, "kit", "no style sheet knows any of its classes; add one under src-ui/styles/kit");
        }
    }
    Ok(())
}

fn check_records(findings: &mut Findings) -> anyhow::Result<()> {
    let records = files::with_extension(RECORDS, "md")?;
    if records.is_empty() {
        return Ok(());
    }
    let pages = files::with_extension(".", "md")?;
    for record in &records {
        let name = record.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let links = |page: &&std::path::PathBuf| {
            *page != record && read(page.as_path() as &Path).is_ok_and(|text| text.contains(&name))
        };
        if !pages.iter().any(|page| links(&page)) {
            findings.report(record, "records", "nothing links this decision; link it from the page that it explains");
        }
    }
    Ok(())
}
