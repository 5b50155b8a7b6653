//! The suites' files as cases.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Context;
use serde_json::Value;
use waymark_docs::{ReferenceOptions, render_reference};

/// One case of a suite.
pub(crate) struct Case {
    /// Its name, stable across runs.
    pub(crate) id: String,
    /// The extensions that it turns on, or its section.
    pub(crate) groups: Vec<String>,
    pub(crate) source: String,
    pub(crate) expected: String,
    /// Settings by extension.
    pub(crate) configs: Value,
    options: ReferenceOptions,
}

impl Case {
    /// What the engine makes of it.
    pub(crate) fn render(&self) -> String {
        render_reference(&self.source, &self.options)
    }

    /// Whether an extension with this name is on.
    pub(crate) fn has(&self, group: &str) -> bool {
        self.groups.iter().any(|name| name == group)
    }
}

/// Reads a suite; cases that the reference itself does not pass are left out.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Case>> {
    let text = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    let list: Vec<Value> = serde_json::from_str(&text).with_context(|| format!("{} is no suite", path.display()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let passes = |value: &&Value| value["reference_passes"].as_bool().unwrap_or(true);
    list.iter().filter(passes).map(|value| case(value, folder)).collect()
}

fn case(value: &Value, folder: &Path) -> anyhow::Result<Case> {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    let source = text("source").or_else(|| text("markdown")).context("a case has no source")?;
    let expected = text("expected").or_else(|| text("html")).context("a case has no expected HTML")?;
    let (id, groups) = match (text("id"), value["example"].as_u64()) {
        (Some(id), _) => {
            let number = value["n"].as_u64().map(|number| format!(" #{number}")).unwrap_or_default();
            (format!("{id}{number}"), extensions(&value["extensions"]))
        }
        (None, Some(number)) => {
            let group = text("section").or_else(|| text("ext")).filter(|name| !name.is_empty());
            (format!("example {number}"), vec![group.unwrap_or_else(|| "core".to_owned())])
        }
        (None, None) => anyhow::bail!("a case has neither `id` nor `example`"),
    };
    let configs = value["configs"].clone();
    let heading_ids = groups.iter().any(|group| group == "toc");
    let options = ReferenceOptions { heading_ids, files: snippets(&configs, folder) };
    Ok(Case { id, groups, source, expected, configs, options })
}

/// Short names: `pymdownx.details` and `markdown.extensions.toc` and `<py:…TocExtension>` lose what is
/// in front; no extension is `core`.
fn extensions(list: &Value) -> Vec<String> {
    let names: Vec<String> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|name| {
            let name = name.strip_prefix("markdown.extensions.").unwrap_or(name);
            match name.strip_prefix("<py:markdown.extensions.").and_then(|name| name.split_once('.')) {
                Some((module, _)) => module.to_owned(),
                None => name.strip_prefix("pymdownx.").unwrap_or(name).to_owned(),
            }
        })
        .collect();
    if names.is_empty() { vec!["core".to_owned()] } else { names }
}

/// The files below the folders that the case gives its snippets.
fn snippets(configs: &Value, folder: &Path) -> BTreeMap<String, String> {
    let base = &configs["pymdownx.snippets"]["base_path"];
    let bases = base.as_array().cloned().unwrap_or_else(|| vec![base.clone()]);
    let mut files = BTreeMap::new();
    for base in bases.iter().filter_map(Value::as_str) {
        collect(&folder.join(base), "", &mut files);
    }
    files
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.path().is_dir() {
            collect(&entry.path(), &name, files);
        } else if let Ok(bytes) = fs::read(entry.path()) {
            files.entry(name).or_insert_with(|| String::from_utf8_lossy(&bytes).into_owned());
        }
    }
}
