//! Sites that are put together from others: `!include ./sub/mkdocs.yml` and `*include ./*/mkdocs.yml` in
//! the navigation, as the monorepo plugin of MkDocs reads them. The pages of a part appear below its name.

use std::collections::{BTreeMap, BTreeSet};

use globset::GlobBuilder;
use waymark_core::{
    diagnostic::{Diagnostic, Findings},
    path::{below, folder_of, join},
};

use super::is_page;
use crate::config::{NavEntry, SiteConfig, read_config};

/// Parts of one site.
const MAX_PARTS: usize = 500;

/// The files around a site, wherever they lie. Paths are relative to the opened folder.
pub trait Files {
    /// A file's text; `None` where there is no such file.
    fn text(&self, path: &str) -> Option<String>;
    /// Paths of all files in a folder and in the folders below it.
    fn below(&self, folder: &str) -> Vec<String>;
    /// Names of the folders that lie in a folder.
    fn folders(&self, folder: &str) -> BTreeSet<String>;
}

/// What the navigation of a site brings in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Included {
    /// Files by the path that they get in the site (as in [`SiteTree`](crate::SiteTree)), with the path where each lies.
    pub files: BTreeMap<String, String>,
    /// What is wrong with the includes and with the parts' configurations.
    pub findings: Vec<Diagnostic>,
}

impl Included {
    /// Lets findings about pages of parts name the files where those lie. `prefix` is that of the [`SiteTree`](crate::SiteTree).
    pub fn locate(&self, prefix: &str, findings: &mut [Diagnostic]) {
        for finding in findings {
            if let Some(source) = below(&finding.path, prefix).and_then(|path| self.files.get(path)) {
                finding.path.clone_from(source);
            }
        }
    }
}

/// Reads what the navigation of `config` includes and puts it in its place there. `root` is the folder of
/// the configuration, relative to the opened folder.
///
/// A part that includes others, leaves the site's folder, has no name, or has a name that is taken is left
/// out, and a finding says so (`D006`).
pub fn expand_includes(config: &mut SiteConfig, root: &str, files: &impl Files) -> Included {
    if !config.nav.iter().flatten().any(includes) {
        return Included::default();
    }
    let findings = Findings::new(config.path.clone());
    let mut expander = Expander { root, files, findings, names: BTreeSet::new(), out: Included::default() };
    let entries = config.nav.take().unwrap_or_default();
    config.nav = Some(expander.entries(entries));
    let Expander { findings, mut out, .. } = expander;
    out.findings.splice(0..0, findings.into_list());
    out
}

struct Expander<'a, F> {
    root: &'a str,
    files: &'a F,
    findings: Findings,
    /// Names of parts that are taken.
    names: BTreeSet<String>,
    out: Included,
}

impl<F: Files> Expander<'_, F> {
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
        let text = self.files.text(&key).ok_or("there is no such file")?;
        let (config, findings) = read_config(&key, &text);
        // Also where the part is refused: they may say why.
        self.out.findings.extend(findings);
        let name = config.site_name.as_deref().map(folder_name).filter(|name| !name.is_empty());
        let name = name.ok_or("it has no `site_name`")?;
        if config.nav.iter().flatten().any(includes) {
            return Err("it includes further sites".to_owned());
        }
        if self.names.len() >= MAX_PARTS {
            return Err(format!("a site may have {MAX_PARTS} parts"));
        }
        if self.names.contains(&name) {
            return Err(format!("the name `{name}` is taken"));
        }
        let docs = join(folder_of(&key), &config.docs_dir).unwrap_or_default();
        let pages = self.take(&name, &docs);
        if pages.is_empty() {
            return Err(format!("it has no pages in `{}`", config.docs_dir));
        }
        let title = entry.title.clone().or_else(|| config.site_name.clone());
        let children = children(config.nav, &name, pages, entry);
        self.names.insert(name);
        Ok(NavEntry { title, target: None, children, at: entry.at })
    }

    /// Notes the files below `docs`, if there is a page among them; answers with the paths that pages get.
    fn take(&mut self, name: &str, docs: &str) -> Vec<String> {
        let sources = self.files.below(docs);
        let files: BTreeMap<String, String> = sources
            .into_iter()
            .filter_map(|source| Some((format!("{name}/{}", below(&source, docs)?), source)))
            .collect();
        let pages: Vec<String> = files.keys().filter(|path| is_page(path)).cloned().collect();
        if !pages.is_empty() {
            self.out.files.extend(files);
        }
        pages
    }

    /// The files that a pattern with `*` in the names of folders means, relative to the configuration.
    fn matching(&self, pattern: &str) -> Vec<String> {
        let Some(pattern) = join("", pattern) else { return Vec::new() };
        let (folders, name) = pattern.rsplit_once('/').unwrap_or(("", &pattern));
        let mut found = vec![String::new()];
        for part in folders.split('/').filter(|part| !part.is_empty()) {
            let below = |folder: &String, name: &str| join(folder, name);
            found = match part.contains(['*', '?', '[']).then(|| GlobBuilder::new(part).build()) {
                Some(Ok(glob)) => {
                    let glob = glob.compile_matcher();
                    let names = |folder: &String| join(self.root, folder).map(|path| self.files.folders(&path));
                    let inside = found.iter().flat_map(|folder| {
                        let names = names(folder).unwrap_or_default().into_iter();
                        names.filter(|name| glob.is_match(name)).filter_map(|name| below(folder, &name))
                    });
                    inside.take(MAX_PARTS).collect()
                }
                // Also what is no pattern after all.
                Some(Err(_)) | None => found.iter().filter_map(|folder| below(folder, part)).collect(),
            };
        }
        let files = found.into_iter().filter_map(|folder| join(&folder, name));
        files.filter(|path| join(self.root, path).is_some_and(|path| self.files.text(&path).is_some())).collect()
    }
}

/// A part's navigation below its name; without one, its pages as they lie.
fn children(nav: Option<Vec<NavEntry>>, name: &str, mut pages: Vec<String>, entry: &NavEntry) -> Vec<NavEntry> {
    if let Some(nav) = nav {
        return nav.into_iter().map(|entry| moved(entry, name)).collect();
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
fn moved(mut entry: NavEntry, name: &str) -> NavEntry {
    entry.target = entry.target.map(|target| match target.contains("://") || target.starts_with("mailto:") {
        true => target,
        false => format!("{name}/{}", target.trim_start_matches("./")),
    });
    entry.children = entry.children.into_iter().map(|child| moved(child, name)).collect();
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
mod tests;
