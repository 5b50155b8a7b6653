//! The navigation tree: as the author wrote it, or as the folders lie.

use std::collections::BTreeMap;

use waymark_core::{
    diagnostic::{Diagnostic, Findings},
    docs::NavNode,
};

use super::{PageMeta, humanise, pages_file::Arrangement, shadowed};
use crate::{
    config::{NavEntry, SiteConfig},
    links::path,
    page::walk::decode,
};

/// The tree, the titles that it gives to pages, and what is wrong with it.
pub(super) fn build(
    config: &SiteConfig,
    pages: &BTreeMap<String, PageMeta>,
    arranged: &BTreeMap<String, Arrangement>,
) -> (Vec<NavNode>, Vec<(String, String)>, Vec<Diagnostic>) {
    let mut explicit = Explicit { pages, titles: Vec::new(), findings: Findings::new(config.path.clone()) };
    let nav = config.nav.as_ref().map(|entries| explicit.nodes(entries));
    let findings = explicit.findings.into_list();
    match nav {
        // A navigation of which nothing is left would hide every page.
        Some(nav) if !nav.is_empty() => (nav, explicit.titles, findings),
        _ => (implicit(pages, arranged), Vec::new(), findings),
    }
}

/// The title as text: themes print it as it stands, so that authors write HTML in it.
fn title_of(entry: &NavEntry) -> Option<String> {
    let title = entry.title.as_ref()?;
    if !title.contains(['<', '&']) {
        return Some(title.clone());
    }
    let text = decode(&ammonia::Builder::empty().clean(title).to_string());
    // Zero-width spaces say where a line may break, and are nothing to read or search for.
    Some(text.replace('\u{200b}', "").trim().to_owned()).filter(|text| !text.is_empty()).or_else(|| Some(title.clone()))
}

struct Explicit<'a> {
    pages: &'a BTreeMap<String, PageMeta>,
    titles: Vec<(String, String)>,
    findings: Findings,
}

impl Explicit<'_> {
    fn nodes(&mut self, entries: &[NavEntry]) -> Vec<NavNode> {
        entries.iter().filter_map(|entry| self.node(entry)).collect()
    }

    fn node(&mut self, entry: &NavEntry) -> Option<NavNode> {
        let Some(target) = &entry.target else {
            let mut children = self.nodes(&entry.children);
            let page = index_of_section(&entry.children, &mut children);
            if children.is_empty() && page.is_none() {
                return None;
            }
            return Some(NavNode { title: title_of(entry).unwrap_or_default(), page, link: None, children });
        };
        if target.starts_with("!include") || target.starts_with("*include") {
            self.findings
                .warning("D005", entry.at, format!("`{target}` brings in another site, which is not read yet"))
                .help("Open that site's own folder as well.");
            return None;
        }
        if target.contains("://") || target.starts_with("mailto:") {
            let title = title_of(entry).unwrap_or_else(|| target.clone());
            let url =
                ammonia::Url::parse(target).ok().filter(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
            if url.is_none() {
                self.findings.warning(
                    "D014",
                    entry.at,
                    format!("the address `{target}` in the navigation is not one that is opened"),
                );
            }
            return Some(NavNode { title, page: None, link: Some(url?.into()), children: Vec::new() });
        }
        let found = path::normalise("", target.trim_start_matches('/'));
        let Some((path, meta)) = found.and_then(|path| self.pages.get_key_value(&path)) else {
            self.missing(entry, target);
            return None;
        };
        let title = title_of(entry);
        if let Some(title) = &title {
            self.titles.push((path.clone(), title.clone()));
        }
        let title = title.unwrap_or_else(|| meta.title.clone());
        Some(NavNode { title, page: Some(path.clone()), link: None, children: Vec::new() })
    }

    fn missing(&mut self, entry: &NavEntry, target: &str) {
        let name = path::name_of(target);
        let mut same = self.pages.keys().filter(|path| path::name_of(path) == name && !path::is_index(path));
        let hint = same.next().filter(|_| same.next().is_none()).map(|path| format!("Did you mean `{path}`?"));
        let finding = self.findings.warning(
            "D003",
            entry.at,
            format!("the navigation names `{target}`, which is no page of this site"),
        );
        finding.help = hint;
    }
}

/// A section's own page: the untitled index that stands first in it, taken out of its children.
fn index_of_section(entries: &[NavEntry], children: &mut Vec<NavNode>) -> Option<String> {
    let first = entries.first()?;
    let is_index = first.title.is_none() && first.target.as_deref().is_some_and(path::is_index);
    let same = children.first().and_then(|child| child.page.as_deref()) == first.target.as_deref();
    if is_index && same { children.remove(0).page } else { None }
}

/// A folder on the way to a tree.
#[derive(Default)]
struct Folder<'a> {
    index: Option<&'a str>,
    pages: Vec<&'a str>,
    folders: BTreeMap<&'a str, Folder<'a>>,
}

/// How deep folders may lie for the tree; files further down belong to the last folder.
const MAX_DEPTH: usize = 16;

/// The folders as sections, each with its index first, then its pages, then its folders.
fn implicit(pages: &BTreeMap<String, PageMeta>, arranged: &BTreeMap<String, Arrangement>) -> Vec<NavNode> {
    let shadowed = shadowed(pages);
    let mut root = Folder::default();
    for path in pages.keys().map(String::as_str).filter(|path| !shadowed.contains(path)) {
        let mut folder = &mut root;
        for segment in path::folder_of(path).split('/').filter(|segment| !segment.is_empty()).take(MAX_DEPTH) {
            folder = folder.folders.entry(segment).or_default();
        }
        if path::is_index(path) && folder.index.is_none() { folder.index = Some(path) } else { folder.pages.push(path) }
    }
    let mut nav: Vec<NavNode> = root.index.iter().map(|path| leaf(path, pages)).collect();
    nav.extend(Inside { pages, arranged }.nodes(&root, ""));
    nav
}

/// Turns folders into sections.
struct Inside<'a> {
    pages: &'a BTreeMap<String, PageMeta>,
    arranged: &'a BTreeMap<String, Arrangement>,
}

impl Inside<'_> {
    /// What a folder holds: its pages and then its folders, unless its own file says otherwise.
    fn nodes(&self, folder: &Folder<'_>, path: &str) -> Vec<NavNode> {
        let leaves = folder.pages.iter().map(|page| (path::name_of(page), leaf(page, self.pages)));
        let sections = folder.folders.iter().filter_map(|(name, inner)| {
            let path = if path.is_empty() { (*name).to_owned() } else { format!("{path}/{name}") };
            let arranged = self.arranged.get(&path);
            let title = arranged.and_then(|arranged| arranged.title.clone()).unwrap_or_else(|| humanise(name));
            let hidden = arranged.is_some_and(|arranged| arranged.hidden);
            let children = self.nodes(inner, &path);
            let node = NavNode { title, page: inner.index.map(str::to_owned), link: None, children };
            (!hidden).then_some((*name, node))
        });
        let mut nodes: Vec<(&str, NavNode)> = leaves.chain(sections).collect();
        let order = self.arranged.get(path).map_or(&[][..], |arranged| &arranged.order);
        if order.is_empty() {
            return nodes.into_iter().map(|(_, node)| node).collect();
        }
        let mut out = Vec::with_capacity(nodes.len());
        let mut others_at = None;
        for (name, title) in order {
            if name == "..." {
                others_at = Some(out.len());
            } else if let Some(index) = nodes.iter().position(|(known, _)| known == name) {
                let (_, mut node) = nodes.remove(index);
                node.title = title.clone().unwrap_or(node.title);
                out.push(node);
            }
        }
        // What is not named comes where the dots stand, and at the end where there are none: hiding a page
        // is for the site's own settings.
        let at = others_at.unwrap_or(out.len());
        out.splice(at..at, nodes.into_iter().map(|(_, node)| node));
        out
    }
}

fn leaf(path: &str, pages: &BTreeMap<String, PageMeta>) -> NavNode {
    let title = pages.get(path).map_or_else(String::new, |meta| meta.title.clone());
    NavNode { title, page: Some(path.to_owned()), link: None, children: Vec::new() }
}
