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
mod tests {
    use super::*;

    /// Files in memory.
    struct Memory(BTreeMap<String, String>);

    impl Files for Memory {
        fn text(&self, path: &str) -> Option<String> {
            self.0.get(path).cloned()
        }

        fn below(&self, folder: &str) -> Vec<String> {
            self.0.keys().filter(|path| below(path, folder).is_some()).cloned().collect()
        }

        fn folders(&self, folder: &str) -> BTreeSet<String> {
            let inside = self.0.keys().filter_map(|path| below(path, folder));
            inside.filter_map(|path| Some(path.split_once('/')?.0.to_owned())).collect()
        }
    }

    fn files(list: &[(&str, &str)]) -> Memory {
        Memory(list.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    fn expanded(nav: &str, files: &Memory) -> (SiteConfig, Included) {
        let (mut config, _) = read_config("all/mkdocs.yml", &format!("site_name: All\nnav:\n{nav}"));
        let included = expand_includes(&mut config, "all", files);
        (config, included)
    }

    #[test]
    fn parts_are_brought_in_below_their_names_and_trouble_is_named() {
        let files = files(&[
            ("all/one/mkdocs.yml", "site_name: One\nnav:\n- A: a.md\n- Web: https://example.com\n"),
            ("all/one/docs/a.md", "# A"),
            ("all/one/docs/a.png", ""),
            ("all/more/b/mkdocs.yml", "site_name: The B & co\n"),
            ("all/more/b/docs/z.md", "# Z"),
            ("all/more/b/docs/index.md", "# B"),
            ("all/more/c/mkdocs.yml", "site_name: One\n"),
            ("all/more/c/docs/index.md", "# C"),
            ("x/mkdocs.yml", "site_name: X\n"),
        ]);
        let (config, included) = expanded(
            "- index.md\n- First: '!include ./one/mkdocs.yml'\n- More:\n  - Parts: '*include ./more/*/mkdocs.yml'\n\
             - Bad: '!include ../x/mkdocs.yml'\n- Gone: '!include ./gone/mkdocs.yml'\n",
            &files,
        );
        let paths: Vec<&str> = included.files.keys().map(String::as_str).collect();
        assert_eq!(paths, ["One/a.md", "One/a.png", "the-b-co/index.md", "the-b-co/z.md"]);
        assert_eq!(included.files["the-b-co/z.md"], "all/more/b/docs/z.md");
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

    #[test]
    fn a_pattern_may_name_a_part_of_a_folder() {
        let part = |name: &str| format!("site_name: {name}\n");
        let (a, b, c) = (part("a"), part("b"), part("c"));
        let files = files(&[
            ("all/svc-a/mkdocs.yml", &a),
            ("all/svc-a/docs/index.md", ""),
            ("all/svc-b/mkdocs.yml", &b),
            ("all/svc-b/docs/index.md", ""),
            ("all/lib-c/mkdocs.yml", &c),
            ("all/lib-c/docs/index.md", ""),
            ("all/svc-none/docs/index.md", ""),
        ]);
        let (_, included) = expanded("- Services: '*include ./svc-*/mkdocs.yml'\n", &files);
        assert_eq!(included.findings, []);
        assert_eq!(included.files.keys().collect::<Vec<_>>(), ["a/index.md", "b/index.md"]);
    }

    #[test]
    fn a_part_that_cannot_be_read_says_why() {
        let files = files(&[
            ("all/broken/mkdocs.yml", "site_name: [\n"),
            ("all/deep/mkdocs.yml", "site_name: Deep\nnav:\n- X: '!include ./x/mkdocs.yml'\n"),
            ("all/empty/mkdocs.yml", "site_name: Empty\n"),
            ("all/empty/docs/a.png", ""),
        ]);
        let (config, included) = expanded(
            "- A: '!include ./broken/mkdocs.yml'\n- B: '!include ./deep/mkdocs.yml'\n- C: '!include ./empty/mkdocs.yml'\n",
            &files,
        );
        let codes: Vec<&str> = included.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, ["D006", "D006", "D006", "D001"], "{:#?}", included.findings);
        assert_eq!((included.files.len(), config.nav), (0, Some(Vec::new())));
    }

    #[test]
    fn findings_name_the_files_where_they_lie() {
        let included =
            Included { files: [("One/a.md".to_owned(), "one/docs/a.md".to_owned())].into(), findings: Vec::new() };
        let mut findings = Findings::new("docs/One/a.md");
        findings.note("D000", waymark_core::diagnostic::Position::START, "x");
        let mut findings = findings.into_list();
        included.locate("docs", &mut findings);
        assert_eq!(findings[0].path, "one/docs/a.md");
        included.locate("docs", &mut findings);
        assert_eq!(findings[0].path, "one/docs/a.md", "what is no page of the site stays");
    }
}
