//! Everything that is named exists. The shell answers a missing file with the start page and status
//! 200, so a broken picture or font would otherwise be silent.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::Value;

use super::{Findings, files, read};

const PAGE: &str = "src-ui";
/// What the build adds to the page.
const BUILT: [&str; 4] = ["/app.css", "/parts.js", "/waymark.js", "/waymark_bg.wasm"];

pub(super) fn check(findings: &mut Findings) -> anyhow::Result<()> {
    for name in ["index.html", "boot.js"] {
        let file = Path::new(PAGE).join(name);
        for reference in quoted(&read(&file)?).filter(|text| text.starts_with('/')) {
            check_page_reference(&file, reference, findings);
        }
    }
    for file in files::with_extension("src-ui/src", "rs")? {
        for reference in quoted(&read(&file)?).filter(|text| text.starts_with("/assets/") && !text.contains('{')) {
            check_page_reference(&file, reference, findings);
        }
    }
    check_styles(findings)?;
    check_configuration(findings)
}

fn check_page_reference(file: &Path, reference: &str, findings: &mut Findings) {
    let name = reference.split(['?', '#']).next().unwrap_or(reference);
    let exists = BUILT.contains(&name) || Path::new(PAGE).join(name.trim_start_matches('/')).is_file();
    if !exists {
        findings.error(
            file,
            "assets",
            &format!("{reference} does not exist below {PAGE}; add the file or mend the name"),
        );
    }
}

/// Every style sheet is imported by another, every import and every `url()` leads somewhere.
fn check_styles(findings: &mut Findings) -> anyhow::Result<()> {
    let sheets = files::with_extension("src-ui/styles", "css")?;
    let mut imported = vec![PathBuf::from("src-ui/styles/app.css")];
    for sheet in &sheets {
        let source = read(sheet)?;
        let folder = sheet.parent().unwrap_or(Path::new(""));
        for line in source.lines().filter(|line| line.trim_start().starts_with("@import")) {
            let Some(name) = quoted(line).next() else { continue };
            let path = normal(&folder.join(name));
            if !path.is_file() {
                findings.error(sheet, "assets", &format!("the imported {name} does not exist"));
            }
            imported.push(path);
        }
        for (at, _) in source.match_indices("url(") {
            let Some((inside, _)) = source[at + 4..].split_once(')') else { continue };
            let reference = inside.trim().trim_matches(['"', '\'']);
            if reference.starts_with('/') {
                check_page_reference(sheet, reference, findings);
            } else if !reference.ends_with(".css") {
                findings.error(
                    sheet,
                    "assets",
                    &format!("{reference} is not absolute; the sheets are joined into one, so begin with /assets/"),
                );
            }
        }
    }
    for sheet in sheets.iter().filter(|sheet| !imported.contains(sheet)) {
        findings.error(sheet, "assets", "no style sheet imports it; add it to its folder's list, or remove it");
    }
    Ok(())
}

/// Files that `tauri.conf.json` names.
fn check_configuration(findings: &mut Findings) -> anyhow::Result<()> {
    const FILE: &str = "tauri.conf.json";
    let configuration: Value = serde_json::from_str(&read(FILE)?).context("tauri.conf.json is no JSON")?;
    let bundle = &configuration["bundle"];
    let icons = bundle["icon"].as_array().into_iter().flatten();
    let linux = ["deb", "rpm"].into_iter().map(|kind| &bundle["linux"][kind]["desktopTemplate"]);
    let macos = ["infoPlist", "entitlements"].into_iter().map(|key| &bundle["macOS"][key]);
    for path in icons.chain(linux).chain(macos).filter_map(Value::as_str) {
        if !Path::new(path).is_file() {
            findings.error(FILE, "assets", &format!("{path} does not exist"));
        }
    }
    Ok(())
}

/// Texts in double or single quotes.
fn quoted(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = source;
    std::iter::from_fn(move || {
        let start = rest.find(['"', '\''])?;
        let quote = rest[start..].chars().next()?;
        let inside = &rest[start + 1..];
        // A quote that is not closed on its line is an apostrophe.
        let end = inside.find([quote, '\n'])?;
        let text = &inside[..end];
        rest = &inside[if inside[end..].starts_with(quote) { end + 1 } else { 0 }..];
        Some(text)
    })
}

/// The path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut out, part| {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => drop(out.pop()),
            other => out.push(other),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_texts_are_found_and_apostrophes_passed_over() {
        let found: Vec<&str> = quoted("import a from \"/a.js\"; // the page's own\nb('/b.png')")
            .filter(|text| text.starts_with('/'))
            .collect();
        assert_eq!(found, ["/a.js", "/b.png"]);
    }

    #[test]
    fn paths_lose_their_detours() {
        assert_eq!(normal(Path::new("src-ui/styles/kit/../tokens.css")), Path::new("src-ui/styles/tokens.css"));
    }
}
