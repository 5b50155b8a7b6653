//! Sites that are put together from others: `!include ./sub/mkdocs.yml` and `*include ./*/mkdocs.yml` in
//! the navigation, as the monorepo plugin reads them.
//!
//! The pages of a sub-site appear below its name. A sub-site that includes others, leaves the folder, has
//! no name, or has a name that is taken already is left out, and a finding says so.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use waymark_core::diagnostic::{Diagnostic, Findings};
use waymark_docs::{NavEntry, SiteConfig, SiteTree, read_config};

use super::{read, snippets};

/// Sub-sites of one site.
const MAX_SITES: usize = 500;

/// Brings in what the navigation includes; findings name the configuration that they are about.
pub(super) fn expand(root: &Path, tree: &mut SiteTree) -> anyhow::Result<Vec<Diagnostic>> {
    let Some(entries) = tree.config.nav.take() else { return Ok(Vec::new()) };
    let mut expander = Expander {
        root,
        findings: Findings::new(tree.config.path.clone()),
        names: BTreeSet::new(),
        more: Vec::new(),
        tree,
    };
    let nav = expander.entries(entries)?;
    let Expander { findings, more, .. } = expander;
    tree.config.nav = Some(nav);
    Ok(findings.into_list().into_iter().chain(more).collect())
}

struct Expander<'a> {
    root: &'a Path,
    tree: &'a mut SiteTree,
    findings: Findings,
    /// Names of sub-sites that are taken.
    names: BTreeSet<String>,
    /// Findings of the sub-sites' own configurations.
    more: Vec<Diagnostic>,
}

impl Expander<'_> {
    fn entries(&mut self, entries: Vec<NavEntry>) -> anyhow::Result<Vec<NavEntry>> {
        let mut out = Vec::with_capacity(entries.len());
        for mut entry in entries {
            let target = entry.target.clone().unwrap_or_default();
            if let Some(path) = target.strip_prefix("!include ") {
                out.extend(self.site(&entry, path.trim())?);
            } else if let Some(pattern) = target.strip_prefix("*include ") {
                let mut children = Vec::new();
                for path in self.matching(pattern.trim()) {
                    let untitled = NavEntry { title: None, ..entry.clone() };
                    children.extend(self.site(&untitled, &path)?);
                }
                out.push(NavEntry { target: None, children, ..entry });
            } else {
                entry.children = self.entries(entry.children)?;
                out.push(entry);
            }
        }
        Ok(out)
    }

    /// The section of one sub-site.
    fn site(&mut self, entry: &NavEntry, path: &str) -> anyhow::Result<Option<NavEntry>> {
        let refuse = |findings: &mut Findings, why: &str| {
            findings.error("D006", entry.at, format!("the site `{path}` is not included: {why}"));
            Ok(None)
        };
        let Some(key) = snippets::relative(Path::new(path)) else {
            return refuse(&mut self.findings, "it lies outside this folder");
        };
        let file = self.root.join(&key);
        let inside = file.canonicalize().is_ok_and(|file| file.starts_with(self.root) && file.is_file());
        let Some(text) = fs::read(&file).ok().filter(|_| inside) else {
            return refuse(&mut self.findings, "there is no such file");
        };
        let (config, findings) = read_config(&key, &String::from_utf8_lossy(&text));
        self.more.extend(findings);
        let Some(name) = config.site_name.as_deref().map(slug).filter(|name| !name.is_empty()) else {
            return refuse(&mut self.findings, "it has no `site_name`");
        };
        if self.names.len() >= MAX_SITES || !self.names.insert(name.clone()) {
            return refuse(&mut self.findings, &format!("the name `{name}` is taken"));
        }
        if config.nav.iter().flatten().any(includes) {
            return refuse(&mut self.findings, "it includes further sites");
        }
        let docs = file.parent().unwrap_or(self.root).join(&config.docs_dir);
        if !docs.is_dir() {
            return refuse(&mut self.findings, &format!("it has no folder `{}`", config.docs_dir));
        }
        let before: BTreeSet<String> = self.tree.pages.keys().cloned().collect();
        read::walk(self.root, &docs, &name, 0, self.tree)?;
        let title = entry.title.clone().or_else(|| config.site_name.clone());
        let children = self.children(config, &name, &before, entry);
        Ok(Some(NavEntry { title, target: None, children, at: entry.at }))
    }

    /// The sub-site's navigation below its name; without one, its pages as they lie.
    fn children(&self, config: SiteConfig, name: &str, before: &BTreeSet<String>, entry: &NavEntry) -> Vec<NavEntry> {
        if let Some(nav) = config.nav {
            return nav.into_iter().map(|entry| below(entry, name)).collect();
        }
        let mut pages: Vec<&String> = self.tree.pages.keys().filter(|page| !before.contains(*page)).collect();
        let is_index = |page: &str| page.ends_with("/index.md") || page.ends_with("/README.md");
        pages.sort_by_key(|page| (page.matches('/').count(), !is_index(page), (*page).clone()));
        let leaf =
            |page: &String| NavEntry { title: None, target: Some(page.clone()), children: Vec::new(), at: entry.at };
        pages.into_iter().map(leaf).collect()
    }

    /// The files that a pattern with `*` for the names of folders means, in order.
    fn matching(&self, pattern: &str) -> Vec<String> {
        let mut found = vec![PathBuf::new()];
        for part in pattern.split('/').filter(|part| !matches!(*part, "" | ".")) {
            let mut next = Vec::new();
            for folder in &found {
                if part == "*" {
                    let entries = fs::read_dir(self.root.join(folder)).into_iter().flatten().flatten();
                    let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
                    names.sort();
                    next.extend(names.iter().map(|name| folder.join(name)));
                } else {
                    next.push(folder.join(part));
                }
            }
            found = next;
            found.truncate(MAX_SITES * 4);
        }
        let files = found.into_iter().filter(|path| self.root.join(path).is_file());
        files.filter_map(|path| path.to_str().map(str::to_owned)).collect()
    }
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
fn slug(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '/');
    if name.chars().all(plain) {
        return name
            .trim_matches('/')
            .split('/')
            .filter(|part| !matches!(*part, "" | "." | ".."))
            .collect::<Vec<_>>()
            .join("/");
    }
    let words = name.to_lowercase();
    let words = words.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_are_put_together_and_trouble_is_named() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder can be made");
            fs::write(path, text).expect("the file can be written");
        };
        write(
            "mkdocs.yml",
            "site_name: All\nnav:\n- index.md\n- One: '!include ./one/mkdocs.yml'\n- More: '*include ./more/*/mkdocs.yml'\n- Bad: '!include ../x/mkdocs.yml'\n",
        );
        write("docs/index.md", "# All\n\n[one](One/a.md)\n");
        write("one/mkdocs.yml", "site_name: One\nnav:\n- A: a.md\n");
        write("one/docs/a.md", "# A\n");
        write("more/b/mkdocs.yml", "site_name: The B & co\n");
        write("more/b/docs/index.md", "# B\n");
        write("more/c/mkdocs.yml", "site_name: One\n");
        write("more/c/docs/index.md", "# C\n");
        let found = read::read(folder.path()).expect("the site can be read");
        let pages: Vec<&str> = found.tree.pages.keys().map(String::as_str).collect();
        assert_eq!(pages, ["One/a.md", "index.md", "the-b-co/index.md"]);
        let messages: Vec<&str> = found.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages.len(), 2, "{messages:?}");
        let (site, findings) = waymark_docs::load(&found.tree);
        assert_eq!(findings, [], "links into the parts resolve");
        let mut titles = Vec::new();
        for node in &site.nav {
            node.walk(&mut Vec::new(), &mut |node, _| titles.push(node.title.clone()));
        }
        assert_eq!(titles, ["All", "One", "A", "More", "The B & co"], "an index is its section's own page");
    }
}
