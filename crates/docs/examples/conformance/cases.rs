//! The suites' files as cases.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Context;
use serde_json::Value;
use waymark_docs::{Dialect, ReferenceOptions, ReferenceSite, render_reference};

use crate::unrecorded;

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
    /// Whether the case is about bare addresses, signs or marks in text.
    pub(crate) knows_text: bool,
    options: ReferenceOptions,
    /// Where a setting was an object that the suite does not hold: what it may have been.
    alternatives: Vec<ReferenceOptions>,
}

impl Case {
    /// What the engine makes of it; what it says about links comes before the HTML, as in `expected`.
    pub(crate) fn render(&self, plain_text: bool) -> String {
        render(&self.source, &self.options, plain_text)
    }

    /// What the engine makes of it with each of the settings that the suite may have had.
    pub(crate) fn alternatives(&self) -> impl Iterator<Item = String> {
        self.alternatives.iter().map(|options| render(&self.source, options, false))
    }

    /// Whether an extension with this name is on.
    pub(crate) fn has(&self, group: &str) -> bool {
        self.groups.iter().any(|name| name == group)
    }
}

fn render(source: &str, options: &ReferenceOptions, plain_text: bool) -> String {
    let plain_text = plain_text || options.plain_text;
    let options = ReferenceOptions { plain_text, ..options.clone() };
    let (html, complaints) = render_reference(source, &options);
    complaints.join("\n") + &html
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
    if value["files"].is_array() {
        return link(value);
    }
    if value["toc"].is_array() {
        return Ok(outline(value));
    }
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
    let options = ReferenceOptions {
        heading_ids,
        files: snippets(&configs, folder),
        dialect: dialect(&value["extensions"], &configs),
        ..ReferenceOptions::default()
    };
    let knows_text = groups.iter().any(|group| {
        matches!(group.as_str(), "autolink" | "magiclink" | "smartsymbols" | "caret" | "tilde" | "mark" | "keys")
    });
    let alternatives = unrecorded::settings(value, folder)
        .into_iter()
        .map(|configs| ReferenceOptions {
            files: snippets(&configs, folder),
            dialect: dialect(&value["extensions"], &configs),
            ..options.clone()
        })
        .collect();
    Ok(Case { id, groups, source, expected, configs, knows_text, options, alternatives })
}

/// A case of the MkDocs link suite: a page with one link, and the files beside it.
fn link(value: &Value) -> anyhow::Result<Case> {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let files: Vec<String> =
        value["files"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    let page = files.first().cloned().context("a case has no files")?;
    let config = if value["config"].is_object() { value["config"].to_string() } else { "{}".to_owned() };
    let dialect = waymark_docs::read_config("mkdocs.yml", &config).0.dialect;
    let site = Some(ReferenceSite { page, files: files.into_iter().collect() });
    let options = ReferenceOptions { dialect, site, ..ReferenceOptions::default() };
    // The suite records what is inside the paragraph, and what is said about it beside it.
    let expected = format!("{}<p>{}</p>", text("logs"), text("expected"));
    let (id, source, configs) = (text("id"), text("content"), Value::Null);
    Ok(Case {
        id,
        groups: vec!["links".to_owned()],
        source,
        expected,
        configs,
        knows_text: true,
        options,
        alternatives: Vec::new(),
    })
}

/// A case of the MkDocs outline suite: the headings with their ids, as HTML.
fn outline(value: &Value) -> Case {
    let source = value["markdown"].as_str().unwrap_or_default().to_owned();
    let mut expected = String::new();
    headings(&value["toc"], &mut expected);
    let options = ReferenceOptions { heading_ids: true, plain_text: true, ..ReferenceOptions::default() };
    let (id, configs) = (format!("outline of {source:?}"), Value::Null);
    Case {
        id,
        groups: vec!["outline".to_owned()],
        source,
        expected,
        configs,
        knows_text: true,
        options,
        alternatives: Vec::new(),
    }
}

fn headings(list: &Value, out: &mut String) {
    for heading in list.as_array().into_iter().flatten() {
        let text = |key: &str| heading[key].as_str().unwrap_or_default();
        let level = &heading["level"];
        out.push_str(&format!("<h{level} id=\"{}\">{}</h{level}>", text("id"), text("html")));
        headings(&heading["children"], out);
    }
}

/// Short names, also of `pymdownx.details`; no extension is `core`.
fn extensions(list: &Value) -> Vec<String> {
    let names: Vec<String> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|name| {
            let name = short(name);
            name.strip_prefix("pymdownx.").unwrap_or(name).to_owned()
        })
        .collect();
    if names.is_empty() { vec!["core".to_owned()] } else { names }
}

/// `markdown.extensions.toc` and `<py:markdown.extensions.toc.TocExtension>` as `toc`.
fn short(name: &str) -> &str {
    let inner = name.strip_prefix("<py:").unwrap_or(name);
    match inner.strip_prefix("markdown.extensions.") {
        Some(module) => module.split('.').next().unwrap_or(module),
        None => name,
    }
}

/// The settings of a case, read as those of a site: JSON is YAML.
fn dialect(extensions: &Value, configs: &Value) -> Dialect {
    // What is on without settings stands among them all the same.
    let mut all = configs.as_object().cloned().unwrap_or_default();
    for name in extensions.as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !all.contains_key(name) {
            all.entry(short(name)).or_insert(Value::Null);
        }
    }
    let config = serde_json::json!({ "markdown_extensions": all });
    // A function of Python is named by a tag in YAML.
    let text = config.to_string();
    let text = text.replace("\"<yaml:", "").replace(":yaml>\"", "");
    let mut parts = text.split("\"<py:");
    let mut yaml = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(">\"") {
            Some((name, rest)) => yaml.push_str(&format!("!!python/name:{name} \"\"{rest}")),
            None => yaml.push_str(part),
        }
    }
    let mut dialect = waymark_docs::read_config("mkdocs.yml", &yaml).0.dialect;
    // Files are handed over by their paths below these folders.
    dialect.snippet_folders.clear();
    dialect
}

/// The files below the folders that the case gives its snippets.
fn snippets(configs: &Value, folder: &Path) -> BTreeMap<String, String> {
    let base = &configs["pymdownx.snippets"]["base_path"];
    let bases = base.as_array().cloned().unwrap_or_else(|| vec![base.clone()]);
    let mut files = BTreeMap::new();
    for base in bases.iter().filter_map(Value::as_str) {
        let base = folder.join(base);
        if let (Some(name), Ok(text)) = (base.file_name(), fs::read_to_string(&base)) {
            files.insert(name.to_string_lossy().into_owned(), text);
        }
        collect(&base, "", &mut files);
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
