//! A whole site: its navigation, the titles of its pages, and what is wrong with it.

mod dates;
mod exclude;
mod files;
mod include;
mod memory;
mod nav;
mod outgoing;
mod pages_file;
mod text_links;

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

pub use dates::{DateStyle, PageDates, fill_dates, shows_dates};
pub use files::snippet_files;
pub use include::{Files, Included, expand_includes};
pub use memory::SiteMemory;
use memory::{PageRead, read_pages};
use outgoing::Outgoing;
pub use text_links::follow_text_links;
use waymark_core::{
    diagnostic::Diagnostic,
    docs::{Heading, NavNode},
    id::slugify,
};

use crate::{
    blocks::Surroundings,
    config::SiteConfig,
    links::{Map, path},
    markdown::Scan,
    page,
};

/// A site's files as a source hands them over. Paths are relative to the docs folder, with `/`.
#[derive(Clone, Debug, Default)]
pub struct SiteTree {
    /// Name of the folder, for a site that has no name of its own.
    pub folder_name: String,
    /// What `mkdocs.yml` says.
    pub config: SiteConfig,
    /// Sources of all Markdown files.
    pub pages: BTreeMap<String, String>,
    /// Paths of all other files.
    pub assets: BTreeSet<String>,
    /// The docs folder relative to the opened folder, put before the paths in findings about pages.
    pub prefix: String,
}

/// A site after the quick reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The site's name.
    pub title: String,
    /// The navigation tree.
    pub nav: Vec<NavNode>,
    /// All pages by source path, also those that the navigation leaves out.
    pub pages: BTreeMap<String, PageMeta>,
    /// The page to open first.
    pub home: Option<String>,
}

/// What is known about a page without rendering it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageMeta {
    /// The title in the navigation and in search: from the navigation, the front matter, the first
    /// heading or the file's name, in this order.
    pub title: String,
    /// The front matter's `description`.
    pub description: Option<String>,
    /// All headings but the title.
    pub outline: Vec<Heading>,
    /// Further ids that links may lead to.
    pub anchors: BTreeSet<String>,
    /// Other pages of the site that this one links to, by source path.
    pub links: BTreeSet<String>,
    /// Files of the site that are no pages and that this one links to, by path.
    pub files: BTreeSet<String>,
    /// Addresses of links that lead to no page or file of the site, decoded and without `?` and `#`:
    /// they may lead to a page of another one.
    pub elsewhere: BTreeSet<String>,
    /// Words of prose, code blocks left out.
    pub words: u32,
    /// Plain text for search, code included, at most 2 MiB; of a page that is shown as text, its source.
    pub text: String,
}

impl PageMeta {
    /// Ids that links to the page may name: of headings and anchors, the title's own among them. `None` for a page
    /// that is too large: it is shown as text, and nobody looked for its headings.
    pub fn ids(&self) -> Option<Vec<String>> {
        if self.words == 0 && self.outline.is_empty() && self.anchors.is_empty() {
            return None;
        }
        let headings = self.outline.iter().map(|heading| heading.id.clone());
        Some(
            headings
                .chain(self.anchors.iter().cloned())
                .chain([slugify(&self.title, "top"), "top".to_owned()])
                .collect(),
        )
    }
}

/// Reads a whole site: titles, headings, words, navigation, and every dead link.
///
/// Nothing is highlighted or sanitised here. Codes beside those of [`crate::render_page`]: `D003` the
/// navigation names a page that does not exist, `D005` it brings in another site, which whoever reads the
/// tree must have put in its place before. Figures are drawn once, to see whether they can be.
pub fn load(tree: &SiteTree) -> (Site, Vec<Diagnostic>) {
    load_with(tree, None)
}

/// Reads as [`load`], with the texts that snippets may name at hand: by path relative to the
/// configuration. Further code: `D015` a snippet that is no file of the site.
pub fn load_with(tree: &SiteTree, files: Option<&BTreeMap<String, String>>) -> (Site, Vec<Diagnostic>) {
    read_site(tree, files, None)
}

/// Reads as [`load_with`], and says the same, but does again only what the last reading with this `memory`
/// did not do.
pub fn load_again(
    tree: &SiteTree,
    files: Option<&BTreeMap<String, String>>,
    memory: &mut SiteMemory,
) -> (Site, Vec<Diagnostic>) {
    read_site(tree, files, Some(memory))
}

fn read_site(
    tree: &SiteTree,
    files: Option<&BTreeMap<String, String>>,
    memory: Option<&mut SiteMemory>,
) -> (Site, Vec<Diagnostic>) {
    let around = Surroundings { dialect: &tree.config.dialect, files };
    let excluded = exclude::Patterns::new(&tree.config.exclude_docs);
    let included = || tree.pages.iter().filter(|(path, _)| !excluded.matches(path));
    // Links need the paths only.
    let pages: BTreeMap<String, String> = included().map(|(path, _)| (path.clone(), String::new())).collect();
    let map = Map { pages: &pages, assets: &tree.assets, redirects: &tree.config.redirects };
    let read = read_pages(included(), around, memory);
    let mut diagnostics = Vec::new();
    let known = |page: &str, id: &str| read.get(page).is_none_or(|page| page.read.knows(id));
    for (path, page) in &read {
        let shown = if tree.prefix.is_empty() { (*path).to_owned() } else { format!("{}/{path}", tree.prefix) };
        let mut findings = page::findings(path, &page.source, &page.read, &map, Some(&known));
        page::note_not_drawn(page.not_drawn.clone(), &mut findings);
        let findings = findings.into_list();
        diagnostics.extend(findings.into_iter().map(|finding| Diagnostic { path: shown.clone(), ..finding }));
    }
    let mut metas: BTreeMap<String, PageMeta> =
        read.into_iter().map(|(path, page)| (path.to_owned(), meta(path, page, &map))).collect();
    let (nav, titles, findings) = {
        let arranged = files.map(|files| pages_file::read(files, &tree.config.docs_dir)).unwrap_or_default();
        nav::build(&tree.config, &metas, &arranged)
    };
    for (path, title) in titles {
        if let Some(meta) = metas.get_mut(&path) {
            meta.title = title;
        }
    }
    diagnostics.splice(0..0, findings);
    let title = tree.config.site_name.clone().unwrap_or_else(|| humanise(&tree.folder_name));
    let home = home(&nav, &metas);
    (Site { title, nav, pages: metas, home }, diagnostics)
}

/// Whether a file is a page, by its name.
pub fn is_page(path: &str) -> bool {
    let ending = path::name_of(path).rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("md" | "markdown"))
}

fn meta(path: &str, page: Arc<PageRead>, map: &Map<'_>) -> PageMeta {
    // Copied only where it is remembered.
    let PageRead { source, read: page, .. } = Arc::unwrap_or_clone(page);
    let title = source.meta.title.or(page.headline).unwrap_or_else(|| title_from_path(path));
    let scan = page.scan.unwrap_or_else(|| Scan { text: source.body, ..Scan::default() });
    let Outgoing { links, files, elsewhere } = outgoing::of(path, &scan.links, map);
    PageMeta {
        title,
        description: source.meta.description,
        outline: page.outline,
        anchors: scan.anchors,
        links,
        files,
        elsewhere,
        words: scan.words,
        text: scan.text,
    }
}

fn home(nav: &[NavNode], pages: &BTreeMap<String, PageMeta>) -> Option<String> {
    let index = ["index.md", "README.md"].into_iter().find(|path| pages.contains_key(*path)).map(str::to_owned);
    index
        .or_else(|| {
            let mut first = None;
            for node in nav {
                node.walk(&mut Vec::new(), &mut |node, _| {
                    if first.is_none() {
                        first.clone_from(&node.page);
                    }
                });
            }
            first
        })
        .or_else(|| pages.keys().next().cloned())
}

/// The title that a page has when nothing in it says one.
pub(crate) fn title_from_path(path: &str) -> String {
    if path::is_index(path) {
        let folder = path::name_of(path::folder_of(path));
        return if folder.is_empty() { "Home".to_owned() } else { humanise(folder) };
    }
    let name = path::name_of(path);
    humanise(name.strip_suffix(".md").unwrap_or(name))
}

/// `getting-started` as `Getting started`; a name with capitals keeps them.
pub(crate) fn humanise(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    if words.chars().any(char::is_uppercase) {
        return words;
    }
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Pages whose built address another page takes: `README.md` beside `index.md`.
fn shadowed(pages: &BTreeMap<String, PageMeta>) -> HashSet<&str> {
    let beside_index = |path: &&String| {
        path.strip_suffix("README.md").is_some_and(|folder| {
            (folder.is_empty() || folder.ends_with('/')) && pages.contains_key(&format!("{folder}index.md"))
        })
    };
    pages.keys().filter(beside_index).map(String::as_str).collect()
}
