//! What a bundle's files are, judged by the code that a device reads them with.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use waymark_core::{
    content::{FolderLibrary, Surroundings, Texts, pretty, steps_of, template_hash},
    diagnostic::{Diagnostic, Severity},
    docs::{Pages, SITE_CONFIGS, SiteMap, site_config},
    id::SiteId,
    journey::Template,
    path::{below, folder_of, join, name_of},
};
use waymark_docs::{
    Files, Site, SiteConfig, SiteTree, expand_includes, follow_text_links, is_page, load_with, read_config,
    snippet_files,
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

/// Links of journeys and of the roadmap that lead nowhere.
const DEAD_LINKS: [&str; 4] = ["J060", "J061", "J064", "R070"];

/// What links that lead nowhere are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Links {
    /// Warnings: the page may come later.
    Lenient,
    /// Errors, with which nothing is published.
    Strict,
}

/// What lies in other bundles, where links may lead as well.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    sites: Vec<SiteMap<Option<Vec<String>>>>,
    steps: BTreeSet<String>,
}

impl Beside {
    /// Adds what another bundle has. What is wrong in it was told when it was published.
    pub(crate) fn add(&mut self, name: &str, tree: &Tree) {
        let (mut told, mut taken) = (Vec::new(), BTreeSet::new());
        let texts = Text(tree);
        for site in roots(tree) {
            let (loaded, docs) = read_site(&site, &texts, &mut told);
            taken.extend(texts.below(&docs));
            self.sites.push(map(&loaded, docs));
        }
        let mut texts = Texts::sort(loose(tree, &taken));
        self.sites.push(map(&loose_pages(&mut texts), String::new()));
        self.steps.extend(texts.templates(name, Surroundings::UNKNOWN, &mut told).iter().flat_map(steps_of));
    }
}

/// Markdown outside of sites, by path.
fn loose<'t>(tree: &'t Tree, taken: &BTreeSet<String>) -> impl Iterator<Item = (&'t str, &'t str)> {
    let loose = tree.iter().filter(|(path, _)| is_page(path) && !taken.contains(*path));
    loose.filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)))
}

/// Pages of no site, as a site of their own.
fn loose_pages(texts: &mut Texts) -> Site {
    let config = SiteConfig { docs_dir: String::new(), ..SiteConfig::default() };
    let pages = std::mem::take(&mut texts.pages);
    load_with(&SiteTree { config, pages, ..SiteTree::default() }, None).0
}

/// Reads a bundle's files. `name` is the bundle's, and what checklists without a title are called.
pub(crate) fn read(name: &str, tree: &Tree, today: Date, links: Links, beside: Beside) -> Content {
    let mut problems = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let (mut sites, mut maps) = (Vec::new(), Vec::new());
    let texts = Text(tree);
    for site in roots(tree) {
        let (loaded, docs) = read_site(&site, &texts, &mut problems);
        taken.extend(texts.below(&docs));
        maps.push(map(&loaded, docs));
        sites.push(loaded.title);
    }
    let mut texts = Texts::sort(loose(tree, &taken));
    // All pages first, as on a device: the links of journeys and of the roadmap lead there.
    maps.push(map(&loose_pages(&mut texts), String::new()));
    maps.extend(beside.sites);
    let files = tree.keys().cloned().collect();
    let mut library = FolderLibrary::new(Pages { sites: maps }, files, beside.steps);
    let around = Surroundings { today: Some(today), library: Some(&library) };
    let templates = texts.templates(name, around, &mut problems);
    library.add_steps(templates.iter());
    let around = Surroundings { today: Some(today), library: Some(&library) };
    let roadmap = texts.roadmap(around, &mut problems).is_some();
    for problem in problems.iter_mut().filter(|problem| DEAD_LINKS.contains(&problem.code.as_str())) {
        problem.severity = match links {
            Links::Lenient => Severity::Warning,
            Links::Strict => Severity::Error,
        };
    }
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

/// The pages of a site with the ids that links may name; `docs` is their folder.
fn map(site: &Site, docs: String) -> SiteMap<Option<Vec<String>>> {
    let pages = site.pages.iter().map(|(path, meta)| (path.clone(), meta.ids())).collect();
    SiteMap { id: SiteId::new(site.title.clone()), docs, pages }
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

/// Reads the site whose configuration lies in `root`: the site and the folder of its pages.
fn read_site(root: &str, texts: &Text<'_>, problems: &mut Vec<Diagnostic>) -> (Site, String) {
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
    (loaded, site.prefix)
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
        let content = read("corvane", &files, jiff::civil::date(2026, 11, 20), Links::Lenient, Beside::default());
        let ids: Vec<&str> = content.templates.iter().map(|(template, _)| template.id.as_str()).collect();
        assert_eq!((ids, content.sites.as_slice()), (vec!["t"], &["Site".to_owned()][..]));
        assert_eq!(content.title, "Corvane");
        assert!(content.problems.iter().any(|one| (one.path.as_str(), one.line) == ("site/docs/index.md", 3)));
        let twice = tree(&[("a.md", journey), ("b.md", journey)]);
        let codes: Vec<String> = read("x", &twice, jiff::civil::date(2026, 11, 20), Links::Lenient, Beside::default())
            .errors()
            .map(|error| error.code.clone())
            .collect();
        assert_eq!(codes, ["J011"]);
    }

    #[test]
    fn links_that_lead_nowhere_are_told_with_their_line_and_stop_a_strict_publication() {
        let journey = "---\nschema: waymark.journey/1\nid: t\ntitle: T\nversion: 1.0.0\nowner: team:t\n---\n\n## P {#p}\n\n\
                       - [ ] A {#a}\n\n  Read [this](../site/docs/index.md#tools), [that](../site/docs/gone.md),\n  \
                       [the picture](a.png) and [the page](loose.md).\n\n  \
                       ```yaml step\n  docs: [site/index.md#tools, site/indx.md, site/index.md#tols]\n  ```\n";
        let files = tree(&[
            ("journeys/t.md", journey),
            ("journeys/a.png", ""),
            ("journeys/loose.md", "# Loose\n"),
            ("site/mkdocs.yml", "site_name: Site\n"),
            ("site/docs/index.md", "# Home\n\n## Tools\n\nWords.\n"),
        ]);
        let today = jiff::civil::date(2026, 11, 20);
        let dead = |links| {
            let content = read("corvane", &files, today, links, Beside::default());
            let dead = content.problems.into_iter().filter(|one| DEAD_LINKS.contains(&one.code.as_str()));
            let mut dead: Vec<String> =
                dead.map(|one| format!("{}:{} {} {:?}", one.path, one.line, one.code, one.severity)).collect();
            dead.sort();
            dead
        };
        assert_eq!(
            dead(Links::Lenient),
            ["journeys/t.md:13 J064 Warning", "journeys/t.md:17 J060 Warning", "journeys/t.md:17 J061 Warning"]
        );
        assert!(dead(Links::Strict).iter().all(|one| one.ends_with("Error")) && dead(Links::Strict).len() == 3);
        assert_eq!(read("corvane", &files, today, Links::Lenient, Beside::default()).errors().count(), 0);
    }

    #[test]
    fn pages_and_steps_of_other_bundles_count() {
        let journey = "---\nschema: waymark.journey/1\nid: t\ntitle: T\nversion: 1.0.0\nowner: team:t\n---\n\n## P {#p}\n\n\
                       - [ ] A {#a}\n\n  ```yaml step\n  docs: [handbook/start.md#tools, handbook/gone.md]\n  ```\n";
        let handbook = tree(&[
            ("handbook/mkdocs.yml", "site_name: Handbook\n"),
            ("handbook/docs/start.md", "# Start\n\n## Tools\n\nWords.\n"),
        ]);
        let mut beside = Beside::default();
        beside.add("handbook", &handbook);
        let files = tree(&[("journeys/t.md", journey)]);
        let content = read("x", &files, jiff::civil::date(2026, 11, 20), Links::Strict, beside);
        let errors: Vec<&str> = content.errors().map(|error| error.message.as_str()).collect();
        assert_eq!(errors, ["there is no page `handbook/gone.md` in the content"]);
    }
}
