//! Sites that are put together from others: `!include ./sub/mkdocs.yml` and `*include ./*/mkdocs.yml` in
//! the navigation, as the monorepo plugin reads them. The pages of a part appear below its name.
//!
//! A part that includes others, leaves the site's folder, has no name, or has a name that is taken is left
//! out, and a finding says so (`D006`).

use std::collections::BTreeMap;

use waymark_core::diagnostic::{Diagnostic, Findings};
use waymark_docs::{NavEntry, SiteConfig, read_config};
use waymark_store::Asset;
use waymark_sync::folder::{File, FileKind};

use crate::pages::{folder_of, join};

/// Parts of one site.
const MAX_PARTS: usize = 500;

/// What the navigation of a site brings in.
#[derive(Debug, Default)]
pub(super) struct Included {
    /// Sources by the path that they get in the site.
    pub(super) pages: BTreeMap<String, String>,
    /// Images, likewise.
    pub(super) assets: Vec<Asset>,
    /// Where each part lies: its name, and the folder of its pages relative to the opened folder.
    pub(super) parts: BTreeMap<String, String>,
    /// What is wrong with the includes and with the parts' configurations.
    pub(super) findings: Vec<Diagnostic>,
}

impl Included {
    /// The file behind a path of the site, relative to the opened folder, if it is a part's.
    pub(super) fn source(&self, path: &str) -> Option<String> {
        self.parts.iter().find_map(|(name, docs)| {
            let inside = path.strip_prefix(name.as_str())?.strip_prefix('/')?;
            join(docs, inside)
        })
    }
}

/// Reads what `config` includes and puts it in its place there. `root` is the folder of the configuration,
/// relative to the opened folder, whose files are `files`.
pub(super) fn expand(config: &mut SiteConfig, root: &str, files: &BTreeMap<String, File>) -> Included {
    if !config.nav.iter().flatten().any(includes) {
        return Included::default();
    }
    let findings = Findings::new(config.path.clone());
    let mut expander = Expander { root, files, findings, out: Included::default() };
    let entries = config.nav.take().unwrap_or_default();
    config.nav = Some(expander.entries(entries));
    let Expander { findings, mut out, .. } = expander;
    out.findings.splice(0..0, findings.into_list());
    out
}

struct Expander<'a> {
    root: &'a str,
    files: &'a BTreeMap<String, File>,
    findings: Findings,
    out: Included,
}

impl Expander<'_> {
    fn entries(&mut self, entries: Vec<NavEntry>) -> Vec<NavEntry> {
        let mut out = Vec::with_capacity(entries.len());
        for mut entry in entries {
            let target = entry.target.clone().unwrap_or_default();
            if let Some(path) = target.strip_prefix("!include ") {
                out.extend(self.part(&entry, path.trim()));
            } else if let Some(pattern) = target.strip_prefix("*include ") {
                let untitled = NavEntry { title: None, ..entry.clone() };
                let children = self.matching(pattern.trim());
                let children = children.iter().filter_map(|path| self.part(&untitled, path)).collect();
                out.push(NavEntry { target: None, children, ..entry });
            } else {
                entry.children = self.entries(entry.children);
                out.push(entry);
            }
        }
        out
    }

    /// The section of one part, or none and a finding.
    fn part(&mut self, entry: &NavEntry, path: &str) -> Option<NavEntry> {
        match self.read(entry, path) {
            Ok(section) => Some(section),
            Err(why) => {
                self.findings.error("D006", entry.at, format!("the site `{path}` is not included: {why}"));
                None
            }
        }
    }

    fn read(&mut self, entry: &NavEntry, path: &str) -> Result<NavEntry, String> {
        let inside = join("", path).ok_or("it lies outside this folder")?;
        let key = join(self.root, &inside).ok_or("it lies outside this folder")?;
        let text = self.files.get(&key).and_then(File::text).ok_or("there is no such file")?;
        let (config, findings) = read_config(&key, text);
        let name = config.site_name.as_deref().map(folder_name).filter(|name| !name.is_empty());
        let name = name.ok_or("it has no `site_name`")?;
        if config.nav.iter().flatten().any(includes) {
            return Err("it includes further sites".to_owned());
        }
        if self.out.parts.len() >= MAX_PARTS || self.out.parts.contains_key(&name) {
            return Err(format!("the name `{name}` is taken"));
        }
        let docs = join(folder_of(&key), &config.docs_dir).unwrap_or_default();
        let pages = self.take(&name, &docs);
        if pages.is_empty() {
            return Err(format!("it has no pages in `{}`", config.docs_dir));
        }
        self.out.findings.extend(findings);
        let title = entry.title.clone().or_else(|| config.site_name.clone());
        self.out.parts.insert(name.clone(), docs);
        Ok(NavEntry { title, target: None, children: children(config.nav, &name, pages, entry), at: entry.at })
    }

    /// Copies the files below `docs`; answers with the paths that its pages get.
    fn take(&mut self, name: &str, docs: &str) -> Vec<String> {
        let below = if docs.is_empty() { String::new() } else { format!("{docs}/") };
        let files = self.files.range(below.clone()..).take_while(|(path, _)| path.starts_with(&below));
        let mut pages = Vec::new();
        for (path, file) in files {
            let path = format!("{name}/{}", &path[below.len()..]);
            match file.kind {
                FileKind::Markdown => {
                    pages.push(path.clone());
                    self.out.pages.insert(path, file.text().unwrap_or_default().to_owned());
                }
                FileKind::Image(mime) => {
                    self.out.assets.push(Asset { path, mime: mime.to_owned(), bytes: file.bytes.clone() });
                }
                FileKind::Yaml | FileKind::Toml | FileKind::Other => {}
            }
        }
        pages
    }

    /// The files that a pattern with `*` for the names of folders means, relative to the configuration.
    fn matching(&self, pattern: &str) -> Vec<String> {
        let Some(pattern) = join("", pattern) else { return Vec::new() };
        let wanted: Vec<&str> = pattern.split('/').collect();
        let matches = |path: &&str| {
            let parts: Vec<&str> = path.split('/').collect();
            parts.len() == wanted.len()
                && parts.iter().zip(&wanted).all(|(part, wanted)| *wanted == "*" || part == wanted)
        };
        let inside = |path: &'_ str| match self.root {
            "" => Some(path.to_owned()),
            root => Some(path.strip_prefix(root)?.strip_prefix('/')?.to_owned()),
        };
        let paths = self.files.keys().filter_map(|path| inside(path));
        paths.filter(|path| matches(&path.as_str())).take(MAX_PARTS).collect()
    }
}

/// A part's navigation below its name; without one, its pages as they lie.
fn children(nav: Option<Vec<NavEntry>>, name: &str, mut pages: Vec<String>, entry: &NavEntry) -> Vec<NavEntry> {
    if let Some(nav) = nav {
        return nav.into_iter().map(|entry| below(entry, name)).collect();
    }
    let is_index = |page: &str| page.ends_with("/index.md") || page.ends_with("/README.md");
    pages.sort_by_key(|page| (page.matches('/').count(), !is_index(page), page.clone()));
    let leaf = |page| NavEntry { title: None, target: Some(page), children: Vec::new(), at: entry.at };
    pages.into_iter().map(leaf).collect()
}

fn includes(entry: &NavEntry) -> bool {
    let target = entry.target.as_deref().unwrap_or_default();
    target.starts_with("!include") || target.starts_with("*include") || entry.children.iter().any(includes)
}

/// The entry with its pages below `name`; addresses stay.
fn below(mut entry: NavEntry, name: &str) -> NavEntry {
    entry.target = entry.target.map(|target| match target.contains("://") || target.starts_with("mailto:") {
        true => target,
        false => format!("{name}/{}", target.trim_start_matches("./")),
    });
    entry.children = entry.children.into_iter().map(|child| below(child, name)).collect();
    entry
}

/// A site's name as a folder: letters, digits, `_`, `.`, `-` and `/` stay; everything else divides words.
fn folder_name(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '/');
    if name.chars().all(plain) {
        let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
        return parts.collect::<Vec<_>>().join("/");
    }
    let words = name.to_lowercase();
    let words = words.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, File> {
        let file = |(path, text): &(&str, &str)| {
            let kind = if path.ends_with(".md") { FileKind::Markdown } else { FileKind::Yaml };
            let bytes = text.as_bytes().to_vec();
            ((*path).to_owned(), File { path: (*path).to_owned(), kind, bytes, hash: String::new(), modified: None })
        };
        list.iter().map(file).collect()
    }

    #[test]
    fn parts_are_brought_in_below_their_names_and_trouble_is_named() {
        let files = files(&[
            ("all/one/mkdocs.yml", "site_name: One\nnav:\n- A: a.md\n- Web: https://example.com\n"),
            ("all/one/docs/a.md", "# A"),
            ("all/more/b/mkdocs.yml", "site_name: The B & co\n"),
            ("all/more/b/docs/z.md", "# Z"),
            ("all/more/b/docs/index.md", "# B"),
            ("all/more/c/mkdocs.yml", "site_name: One\n"),
            ("all/more/c/docs/index.md", "# C"),
            ("x/mkdocs.yml", "site_name: X\n"),
        ]);
        let nav = "site_name: All\nnav:\n- index.md\n- First: '!include ./one/mkdocs.yml'\n\
                   - More:\n  - Parts: '*include ./more/*/mkdocs.yml'\n- Bad: '!include ../x/mkdocs.yml'\n\
                   - Gone: '!include ./gone/mkdocs.yml'\n";
        let (mut config, _) = read_config("all/mkdocs.yml", nav);
        let included = expand(&mut config, "all", &files);
        let pages: Vec<&str> = included.pages.keys().map(String::as_str).collect();
        assert_eq!(pages, ["One/a.md", "the-b-co/index.md", "the-b-co/z.md"]);
        assert_eq!(included.source("the-b-co/z.md").as_deref(), Some("all/more/b/docs/z.md"));
        assert_eq!(included.source("index.md"), None);
        let told: Vec<(&str, u32)> =
            included.findings.iter().map(|finding| (finding.code.as_str(), finding.line)).collect();
        assert_eq!(told, [("D006", 6), ("D006", 7), ("D006", 8)], "{:#?}", included.findings);
        let nav = config.nav.expect("there is a navigation");
        let titles: Vec<&str> = nav.iter().filter_map(|entry| entry.title.as_deref()).collect();
        assert_eq!(titles, ["First", "More"]);
        assert_eq!(nav[1].children[1].target.as_deref(), Some("https://example.com"));
        let parts = &nav[2].children[0].children;
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].title.as_deref(), Some("The B & co"));
        assert_eq!(parts[0].children[0].target.as_deref(), Some("the-b-co/index.md"));
    }
}
