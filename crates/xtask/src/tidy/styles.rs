//! Classes and colours: what the interface names is styled, what is styled is named, and colours
//! live in one file.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use super::{Findings, files, read};

const PREFIX: &str = "wm-";
/// Where markup comes from: the interface, and the docs engine with its callouts and code.
const MARKUP: [&str; 2] = ["src-ui/src", "crates/docs/src"];

pub(super) fn check(findings: &mut Findings) -> anyhow::Result<()> {
    let mut styled: BTreeMap<String, PathBuf> = BTreeMap::new();
    for sheet in files::with_extension("src-ui/styles", "css")? {
        let source = without_comments(&read(&sheet)?);
        for name in names(&source, '.') {
            styled.entry(name).or_insert_with(|| sheet.clone());
        }
        if !sheet.ends_with("tokens.css") {
            for (line, value) in colours(&source) {
                findings.report(
                    &sheet,
                    "colours",
                    &format!("`{value}` in `{line}` is no token; name it in tokens.css for light and dark"),
                );
            }
        }
    }
    let mut named: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut begun: BTreeSet<String> = BTreeSet::new();
    let mut sources = vec![PathBuf::from("src-ui/index.html")];
    for folder in MARKUP {
        let is_test = |path: &PathBuf| path.iter().any(|part| part == "tests") || path.ends_with("tests.rs");
        sources.extend(files::with_extension(folder, "rs")?.into_iter().filter(|path| !is_test(path)));
    }
    for file in sources {
        let source = read(&file)?;
        let markup = source.split("#[cfg(test)]").next().unwrap_or_default();
        for name in names(markup, ' ') {
            // A name that goes on with a value is the beginning of several.
            if name.ends_with('-') || name.ends_with('_') {
                begun.insert(name);
            } else {
                named.entry(name).or_insert_with(|| file.clone());
            }
        }
    }
    let unstyled = named.iter().filter(|(name, _)| !styled.contains_key(*name));
    for (file, names) in by_file(unstyled) {
        findings.report(file, "styles", &format!("no style sheet knows {names}; style or remove them"));
    }
    let is_begun = |name: &str| begun.iter().any(|beginning| name.starts_with(beginning));
    let unused = styled.iter().filter(|(name, _)| !named.contains_key(*name) && !is_begun(name));
    for (sheet, names) in by_file(unused) {
        findings.report(sheet, "styles", &format!("nothing has the class {names}; remove the rules"));
    }
    Ok(())
}

/// Class names by the file that they stand in, joined as a person would list them.
fn by_file<'a>(names: impl Iterator<Item = (&'a String, &'a PathBuf)>) -> BTreeMap<&'a PathBuf, String> {
    let mut lists: BTreeMap<&PathBuf, String> = BTreeMap::new();
    for (name, file) in names {
        let list = lists.entry(file).or_default();
        list.push_str(if list.is_empty() { "." } else { ", ." });
        list.push_str(name);
    }
    lists
}

/// Names with our prefix: after a dot in style sheets, anywhere but in custom properties in markup.
fn names(source: &str, before: char) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in source.match_indices(PREFIX) {
        let previous = source[..at].chars().next_back();
        let fits = if before == '.' {
            // Highlights over text have names of their own.
            previous == Some('.') || source[..at].ends_with("::highlight(")
        } else {
            previous.is_some_and(|c| matches!(c, '"' | ' ' | ':' | '\'' | '.'))
        };
        if fits {
            let name: String =
                source[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            found.insert(name);
        }
    }
    found
}

/// Declarations that spell out a colour, with that colour.
fn colours(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for declaration in source.split([';', '{', '}']) {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let words =
            value.split(|c: char| c.is_whitespace() || matches!(c, '(' | ',' | ')')).filter(|word| !word.is_empty());
        let spelt = words.filter(|word| is_colour(word)).map(str::to_owned).next();
        if let Some(spelt) = spelt.filter(|_| !property.trim().starts_with("--wm-icon")) {
            found.push((declaration.split_whitespace().collect::<Vec<_>>().join(" "), spelt));
        }
    }
    found
}

/// `#1c5bd0`, or the name of a colour function. Keywords such as `currentcolor` and those of forced
/// colours are no colours of ours.
fn is_colour(word: &str) -> bool {
    let hex = word
        .strip_prefix('#')
        .is_some_and(|digits| matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|c| c.is_ascii_hexdigit()));
    hex || matches!(word, "rgb" | "rgba" | "hsl" | "hsla" | "oklch" | "oklab" | "white" | "black")
}

fn without_comments(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_told_from_custom_properties() {
        assert_eq!(names(".wm-step--done { color: var(--wm-text) }", '.'), ["wm-step--done".to_owned()].into());
        assert_eq!(names("::highlight(wm-find) { color: var(--wm-text) }", '.'), ["wm-find".to_owned()].into());
        let markup = "class=\"wm-step wm-row\" style:--wm-progress=x class:wm-open=y format!(\"wm-badge--{kind}\")";
        assert_eq!(names(markup, ' '), ["wm-badge--", "wm-open", "wm-row", "wm-step"].map(str::to_owned).into());
    }

    #[test]
    fn a_spelt_colour_is_found() {
        assert_eq!(colours(".a { color: #1c5bd0; background: var(--wm-bg) }").len(), 1);
        assert_eq!(colours(".a { border: 1px solid rgb(0 0 0 / 10%) }").len(), 1);
        assert!(colours(".a:hover { color: currentcolor; width: 3px }").is_empty());
    }
}
