//! Settings that a suite does not hold, because the test gave them as objects of Python.
//!
//! Such a case passes when some setting of that extension, of those that the engine knows, gives what is
//! expected. What no setting can give is a failure like any other.

use std::{fs, path::Path};

use serde_json::{Value, json};

/// The settings by extension that a case may have had; none where all of them are recorded.
pub(crate) fn settings(case: &Value, folder: &Path) -> Vec<Value> {
    let names = case["extensions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let source = case["source"].as_str().unwrap_or_default();
    let expected = case["expected"].as_str().unwrap_or_default();
    let is_object = |module: &str| {
        names
            .iter()
            .filter_map(Value::as_str)
            .any(|name| name.starts_with(&format!("<py:markdown.extensions.{module}.")))
    };
    let mut out = Vec::new();
    if is_object("toc") {
        out.extend(contents(source, expected).into_iter().map(|toc| json!({ "toc": toc })));
    }
    if is_object("abbr") {
        out.push(json!({ "abbr": { "glossary": glossary(expected) } }));
    }
    let text = case["configs"].to_string();
    if text.contains("\"<py:functools.partial>\"") {
        out.extend(slugs().iter().map(|call| replaced(&text, "<py:functools.partial>", call)));
    }
    if text.contains("_PathLikeExampleObject>") {
        let object = "<py:tests.test_extensions.test_snippets._PathLikeExampleObject>";
        out.extend(folders(folder).iter().map(|path| replaced(&text, object, path)));
    }
    out
}

fn replaced(configs: &str, object: &str, by: &str) -> Value {
    serde_json::from_str(&configs.replace(object, by)).unwrap_or(Value::Null)
}

/// Settings of `toc`, each by itself; a title is the one that is expected.
fn contents(source: &str, expected: &str) -> Vec<Value> {
    let marker = source.trim().lines().next().unwrap_or_default();
    let title = between(expected, "<span", "</span>").and_then(|span| span.split_once('>')).map(|(_, title)| title);
    let unicode = "<yaml:!!python/name:markdown.extensions.toc.slugify_unicode '':yaml>";
    let mut out = vec![json!({ "marker": marker }), json!({ "title": title }), json!({ "slugify": unicode })];
    out.extend((1..=6).map(|level| json!({ "baselevel": level })));
    out.extend(
        (1..=6).flat_map(|first| (first..=6).map(move |last| json!({ "toc_depth": format!("{first}-{last}") }))),
    );
    out
}

/// The words that are expected to be explained.
fn glossary(expected: &str) -> Value {
    let mut words = serde_json::Map::new();
    for part in expected.split("<abbr title=\"").skip(1) {
        if let Some((meaning, rest)) = part.split_once("\">")
            && let Some((word, _)) = rest.split_once("</abbr>")
        {
            words.insert(word.to_owned(), json!(meaning));
        }
    }
    Value::Object(words)
}

/// Calls of `pymdownx.slugs.slugify`, as YAML writes them.
fn slugs() -> Vec<String> {
    let mut out = Vec::new();
    for case in ["none", "lower", "lower-ascii", "fold"] {
        for encode in [false, true] {
            for normal in ["NFC", "NFD"] {
                let words = format!("{{case: {case}, percent_encode: {encode}, normalize: {normal}}}");
                out.push(format!("<yaml:!!python/object/apply:pymdownx.slugs.slugify {{kwds: {words}}}:yaml>"));
            }
        }
    }
    out
}

/// The folders of fixtures.
fn folders(folder: &Path) -> Vec<String> {
    let mut out = Vec::new();
    let mut open = vec![("fixtures".to_owned(), folder.join("fixtures"))];
    while let Some((name, path)) = open.pop() {
        for entry in fs::read_dir(&path).into_iter().flatten().flatten().filter(|entry| entry.path().is_dir()) {
            open.push((format!("{name}/{}", entry.file_name().to_string_lossy()), entry.path()));
        }
        out.push(name);
    }
    out
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inside, _)| inside)
}
