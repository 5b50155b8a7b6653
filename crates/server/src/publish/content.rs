//! What a bundle's files are, judged by the code that a device reads them with.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use waymark_core::{
    content::{Surroundings, Texts, pretty, template_hash},
    diagnostic::{Diagnostic, Severity},
    docs::{SITE_CONFIGS, site_config},
    journey::Template,
    path::{below, folder_of, join, name_of},
};
use waymark_docs::{
    Files, SiteConfig, SiteTree, expand_includes, follow_text_links, is_page, load_with, read_config, snippet_files,
};

/// The files of a bundle, by path.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// What a bundle's files are.
#[derive(Debug)]
pub(crate) struct Content {
    /// What people see.
    pub title: String,
    /// Journeys with their hashes.
    pub templates: Vec<(Template, String)>,
    /// Whether there is a roadmap.
    pub roadmap: bool,
    /// Titles of the documentation sites.
    pub sites: Vec<String>,
    /// How many pages there are, those of no site included.
    pub pages: usize,
    /// What is wrong, errors first.
    pub problems: Vec<Diagnostic>,
}

impl Content {
    /// Whether there is nothing for Waymark in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.templates.is_empty() && !self.roadmap && self.pages == 0
    }

    /// Findings with which nothing may be published.
    pub(crate) fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error)
    }
}

/// Reads a bundle's files. `name` is the bundle's, and what checklists without a title are called.
pub(crate) fn read(name: &str, tree: &Tree, today: Date) -> Content {
    let mut problems = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut sites = Vec::new();
    let texts = Text(tree);
    for site in roots(tree) {
        let (title, docs) = read_site(&site, &texts, &mut problems);
        taken.extend(texts.below(&docs));
        sites.push(title);
    }
    let loose = tree.keys().filter(|path| is_page(path) && !taken.contains(*path));
    let loose = loose.filter_map(|path| Some((path.as_str(), std::str::from_utf8(tree.get(path)?).ok()?)));
    let texts = Texts::sort(loose);
    let around = Surroundings { today: Some(today), library: None };
    let templates = texts.templates(name, around, &mut problems);
    let roadmap = texts.roadmap(around, &mut problems).is_some();
    problems.sort_by(|a, b| {
        let by_place = (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column));
        b.severity.cmp(&a.severity).then(by_place).then_with(|| a.cmp(b))
    });
    problems.dedup();
    let title = match sites.as_slice() {
        [only] if templates.is_empty() && !roadmap => only.clone(),
        _ => pretty(name),
    };
    let templates = templates.into_iter().map(|template| (template_hash(&template), template));
    let templates = templates.map(|(hash, template)| (template, hash)).collect();
    let pages = tree.keys().filter(|path| is_page(path)).count();
    Content { title, templates, roadmap, sites, pages, problems }
}

/// Folders with a site's configuration, outermost first; one inside another's pages is part of those.
fn roots(tree: &Tree) -> Vec<String> {
    let mut folders: Vec<&str> =
        tree.keys().filter(|path| SITE_CONFIGS.contains(&name_of(path))).map(|path| folder_of(path)).collect();
    folders.sort_by_key(|folder| (folder.matches('/').count(), *folder));
    folders.dedup();
    let mut kept: Vec<String> = Vec::new();
    for folder in folders {
        let docs = |outer: &String| join(outer, "docs").unwrap_or_default();
        if !kept.iter().any(|outer| outer != folder && below(folder, &docs(outer)).is_some()) {
            kept.push(folder.to_owned());
        }
    }
    kept
}

/// Reads the site whose configuration lies in `root`: its title and the folder of its pages.
fn read_site(root: &str, texts: &Text<'_>, problems: &mut Vec<Diagnostic>) -> (String, String) {
    let inside = |name: &str| join(root, name);
    let is_there = |name: &str| inside(name).is_some_and(|path| texts.0.contains_key(&path));
    let mut config = SiteConfig::default();
    if let Some(path) = site_config(is_there).and_then(inside)
        && let Some(text) = texts.text(&path)
    {
        let (read, findings) = read_config(&path, &text);
        config = read;
        problems.extend(findings);
    }
    let mut included = expand_includes(&mut config, root, texts);
    problems.append(&mut included.findings);
    let prefix = inside(&config.docs_dir).unwrap_or_default();
    let mut site = SiteTree { folder_name: name_of(root).to_owned(), config, prefix, ..SiteTree::default() };
    let own: Vec<String> = texts.below(&site.prefix);
    let own = own.iter().filter_map(|path| Some((below(path, &site.prefix)?.to_owned(), path.clone())));
    let all: BTreeMap<String, String> = own.chain(included.files.clone()).collect();
    for (path, source) in all {
        if is_page(&path) {
            site.pages.insert(path, texts.text(&source).unwrap_or_default());
        } else {
            site.assets.insert(path);
        }
    }
    follow_text_links(&mut site.pages);
    let named = snippet_files(&site, |path| texts.text(&inside(path)?));
    let (loaded, mut findings) = load_with(&site, Some(&named));
    included.locate(&site.prefix, &mut findings);
    problems.extend(findings);
    (loaded.title, site.prefix)
}

/// Files as texts.
struct Text<'a>(&'a Tree);

impl Files for Text<'_> {
    fn text(&self, path: &str) -> Option<String> {
        self.0.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    fn below(&self, folder: &str) -> Vec<String> {
        self.0.keys().filter(|path| below(path, folder).is_some()).cloned().collect()
    }

    fn folders(&self, folder: &str) -> BTreeSet<String> {
        let inside = self.0.keys().filter_map(|path| below(path, folder)?.split_once('/'));
        inside.map(|(first, _)| first.to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn journeys_sites_and_roadmaps_are_told_apart() {
        let journey = "---\nschema: waymark.journey/1\nid: t\ntitle: T\nversion: 1.0.0\nowner: team:t\n---\n\n## P {#p}\n\n- [ ] A {#a}\n";
        let files = tree(&[
            ("journeys/t.md", journey),
            ("site/mkdocs.yml", "site_name: Site\n"),
            ("site/docs/index.md", "# Home\n\n[gone](gone.md)\n"),
            ("site/docs/list.md", "- [ ] a box in a page is no journey\n"),
        ]);
        let content = read("corvane", &files, jiff::civil::date(2026, 11, 20));
        let ids: Vec<&str> = content.templates.iter().map(|(template, _)| template.id.as_str()).collect();
        assert_eq!((ids, content.sites.as_slice()), (vec!["t"], &["Site".to_owned()][..]));
        assert_eq!(content.title, "Corvane");
        assert!(content.problems.iter().any(|one| (one.path.as_str(), one.line) == ("site/docs/index.md", 3)));
        let twice = tree(&[("a.md", journey), ("b.md", journey)]);
        let codes: Vec<String> =
            read("x", &twice, jiff::civil::date(2026, 11, 20)).errors().map(|error| error.code.clone()).collect();
        assert_eq!(codes, ["J011"]);
    }
}
