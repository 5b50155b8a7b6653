//! `mkdocs.yml`, or `zensical.toml`: what the engine needs of it.

mod captions;
mod code;
mod dialect;
mod fancy_lists;
mod link_rules;
mod magic;
mod math;
mod nav;
mod smarty;
mod toc;
mod toml;
pub(crate) mod yaml;

use std::collections::BTreeMap;

pub use captions::{CaptionType, Captions};
pub use code::CodeSettings;
pub use dialect::{BlockType, Critic, Dialect};
pub use fancy_lists::FancyLists;
pub use link_rules::{Absolute, Level, LinkRules};
pub use magic::{Forge, GitHost, MagicLinks};
pub use math::MathSyntax;
pub use nav::NavEntry;
pub use smarty::Smarty;
pub use toc::{Case, Headings, Slug};
use waymark_core::diagnostic::{Diagnostic, Findings, Position};
use yaml::{Broken, Node, Value};

use crate::site::DateStyle;

/// What `mkdocs.yml` says. Everything is optional; the defaults are those of MkDocs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteConfig {
    /// Path of the file it was read from, empty when there is none.
    pub path: String,
    /// The site's name.
    pub site_name: Option<String>,
    /// Folder of the pages, relative to the configuration, inside its folder.
    pub docs_dir: String,
    /// The navigation, when the author wrote one.
    pub nav: Option<Vec<NavEntry>>,
    /// Address of the repository.
    pub repo_url: Option<String>,
    /// What stands between the repository's address and a page's path in an edit link.
    pub edit_uri: Option<String>,
    /// Patterns of files that are no part of the site, as in `.gitignore`.
    pub exclude_docs: Vec<String>,
    /// Former page paths and the page path (with `#id`) or address that replaces each.
    pub redirects: BTreeMap<String, String>,
    /// Settings of the Markdown extensions.
    pub dialect: Dialect,
    /// How days are written.
    pub dates: DateStyle,
}

impl Default for SiteConfig {
    fn default() -> Self {
        Self {
            path: String::new(),
            site_name: None,
            docs_dir: "docs".to_owned(),
            nav: None,
            repo_url: None,
            edit_uri: None,
            exclude_docs: Vec::new(),
            redirects: BTreeMap::new(),
            dialect: Dialect::default(),
            dates: DateStyle::default(),
        }
    }
}

/// Reads a configuration; `path` is named in the findings.
///
/// Nothing is fatal: what cannot be read has its default and an error with line and column. Codes:
/// `D001` the file is no YAML, `D004` a value has the wrong form.
pub fn read_config(path: &str, source: &str) -> (SiteConfig, Vec<Diagnostic>) {
    let mut config = SiteConfig { path: path.to_owned(), ..SiteConfig::default() };
    let mut findings = Findings::new(path);
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let parsed = if path.ends_with(".toml") { toml::parse(source) } else { yaml::parse(source) };
    match parsed {
        Err(Broken { at, message }) => {
            findings
                .error("D001", at, format!("the configuration cannot be read: {message}"))
                .help("Until it is mended, the navigation follows the folders.");
        }
        Ok(Node { value: Value::Null, .. }) => {}
        Ok(root) if matches!(root.value, Value::Map(_)) => read_root(&root, &mut config, &mut findings),
        Ok(root) => {
            findings.error("D004", root.at, "the configuration must be a list of `key: value` lines");
        }
    }
    (config, findings.into_list())
}

fn read_root(root: &Node, config: &mut SiteConfig, findings: &mut Findings) {
    config.site_name = text(root, "site_name", findings);
    config.repo_url = text(root, "repo_url", findings);
    config.edit_uri = text(root, "edit_uri", findings);
    if let Some(folder) = text(root, "docs_dir", findings) {
        let at = root.get("docs_dir").map_or(Position::START, |node| node.at);
        match crate::links::path::normalise("", &folder) {
            Some(folder) => config.docs_dir = folder,
            None => {
                findings
                    .error("D004", at, "`docs_dir` must be a folder beside or below the configuration")
                    .help("`docs` is used instead.");
            }
        }
    }
    if let Some(node) = root.get("nav") {
        config.nav = nav::read(node, findings);
    }
    if let Some(patterns) = text(root, "exclude_docs", findings) {
        let lines = patterns.lines().map(str::trim);
        config.exclude_docs =
            lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect();
    }
    config.redirects = redirects(root);
    config.dialect = dialect::read(root);
    config.dates = date_style(root);
}

/// `plugins: - git-revision-date-localized`: days in English are written out, all others as numbers.
fn date_style(root: &Node) -> DateStyle {
    let plugins = root.get("plugins");
    let items = plugins.map_or(&[][..], Node::items).iter().flat_map(Node::entries);
    let mut all = items.chain(plugins.map_or(&[][..], Node::entries));
    let options = all.find(|(name, _)| name == "git-revision-date-localized").map(|(_, options)| options);
    let option = |key: &str| options.and_then(|options| options.get(key)).and_then(Node::text).unwrap_or_default();
    let english = option("locale").is_empty() || option("locale").starts_with("en");
    if english && !option("type").starts_with("iso") { DateStyle::Long } else { DateStyle::Iso }
}

/// The text of `key`; another kind of value is reported.
fn text(root: &Node, key: &str, findings: &mut Findings) -> Option<String> {
    let node = root.get(key)?;
    match &node.value {
        Value::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Null => None,
        // `!ENV [NAME, default]`: the last item is the default.
        Value::List(items) if items.len() > 1 => items.last().and_then(Node::text).map(str::to_owned),
        Value::List(_) | Value::Map(_) => {
            findings.error("D004", node.at, format!("`{key}` must be a text"));
            None
        }
    }
}

/// `plugins: - redirects: redirect_maps:`, in either of the forms that `plugins` may have.
fn redirects(root: &Node) -> BTreeMap<String, String> {
    let Some(plugins) = root.get("plugins") else { return BTreeMap::new() };
    let in_list = plugins.items().iter().filter_map(|plugin| plugin.get("redirects"));
    let maps = in_list.chain(plugins.get("redirects")).filter_map(|plugin| plugin.get("redirect_maps"));
    maps.flat_map(Node::entries).filter_map(|(from, to)| Some((from.clone(), to.text()?.to_owned()))).collect()
}
