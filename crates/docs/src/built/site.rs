//! A site of articles: its navigation, the titles of its pages, and who links to whom.

use std::collections::{BTreeMap, BTreeSet};

use waymark_core::docs::NavNode;

use super::{
    address::{Meant, meant, title_of},
    read::{self, Reading},
};
use crate::{
    links::Place,
    site::{PageMeta, Site, humanise},
};

/// A built site as a source hands it over. Paths are relative to the site's root, with `/`.
#[derive(Clone, Debug, Default)]
pub struct BuiltTree {
    /// What people see.
    pub title: String,
    /// Articles of all pages in their plain form.
    pub articles: BTreeMap<String, String>,
    /// Paths of all other files that are kept.
    pub assets: BTreeSet<String>,
    /// The navigation, as one of the pages shows it; pages that do not exist are left out.
    pub nav: Vec<NavNode>,
}

/// Pages that themes write by themselves.
const NO_PAGES: [&str; 2] = ["404.html", "search.html"];

/// Reads a whole site.
pub fn load_built(tree: &BuiltTree) -> Site {
    let present = || tree.articles.iter().filter(|(path, _)| !NO_PAGES.contains(&path.as_str()));
    let paths: BTreeMap<String, String> = present().map(|(path, _)| (path.clone(), String::new())).collect();
    let pages: BTreeMap<String, PageMeta> = present()
        .map(|(path, article)| (path.clone(), meta(path, read::read(article), &paths, &tree.assets)))
        .collect();
    let mut nav = existing(&tree.nav, &pages);
    let mut pages = pages;
    for (path, title) in titles(&nav) {
        if let Some(meta) = pages.get_mut(&path) {
            meta.title = title;
        }
    }
    if nav.is_empty() {
        nav = by_folder(&pages);
    }
    let home = if pages.contains_key("index.html") {
        Some("index.html".to_owned())
    } else {
        titles(&nav).into_iter().map(|(path, _)| path).next().or_else(|| pages.keys().next().cloned())
    };
    Site { title: tree.title.clone(), nav, pages, home }
}

fn meta(path: &str, reading: Reading, pages: &BTreeMap<String, String>, assets: &BTreeSet<String>) -> PageMeta {
    let (mut links, mut files, mut elsewhere) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for href in &reading.hrefs {
        match meant(href, pages, assets) {
            Meant::Page(page, _) if page != path => drop(links.insert(page)),
            Meant::File(file) => drop(files.insert(file)),
            Meant::Other(Place::External(url)) => {
                elsewhere.insert(url.split(['#', '?']).next().unwrap_or_default().to_owned());
            }
            _ => {}
        }
    }
    PageMeta {
        title: reading.title.unwrap_or_else(|| title_of(path)),
        description: None,
        outline: reading.outline,
        anchors: reading.anchors,
        links,
        files,
        elsewhere,
        words: reading.words,
        text: reading.text,
    }
}

/// The navigation without what is not there.
fn existing(nav: &[NavNode], pages: &BTreeMap<String, PageMeta>) -> Vec<NavNode> {
    let node = |node: &NavNode| {
        let page = node.page.clone().filter(|page| pages.contains_key(page));
        let node = NavNode { page, children: existing(&node.children, pages), ..node.clone() };
        (node.page.is_some() || node.link.is_some() || !node.children.is_empty()).then_some(node)
    };
    nav.iter().filter_map(node).collect()
}

/// Pages of the navigation with their titles there, each once, in reading order.
fn titles(nav: &[NavNode]) -> Vec<(String, String)> {
    let (mut list, mut seen) = (Vec::new(), BTreeSet::new());
    for node in nav {
        node.walk(&mut Vec::new(), &mut |node, _| {
            if let Some(page) = node.page.as_ref().filter(|page| seen.insert((*page).clone())) {
                list.push((page.clone(), node.title.clone()));
            }
        });
    }
    list
}

/// A navigation for a theme that shows none: the pages of each top folder below its name.
fn by_folder(pages: &BTreeMap<String, PageMeta>) -> Vec<NavNode> {
    let mut nav: Vec<NavNode> = Vec::new();
    for (path, meta) in pages {
        let leaf = NavNode { title: meta.title.clone(), page: Some(path.clone()), ..NavNode::default() };
        let folder = path.split_once('/').filter(|(_, rest)| *rest != "index.html").map(|(folder, _)| humanise(folder));
        match (folder, nav.last_mut()) {
            (Some(folder), Some(last)) if last.page.is_none() && last.title == folder => last.children.push(leaf),
            (Some(folder), _) => nav.push(NavNode { title: folder, children: vec![leaf], ..NavNode::default() }),
            (None, _) => nav.push(leaf),
        }
    }
    // The first page first.
    nav.sort_by_key(|node| node.page.as_deref() != Some("index.html"));
    nav
}
