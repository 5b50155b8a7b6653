//! The navigation of a site, read out of the sidebar of one of its pages.

use waymark_core::docs::NavNode;

use super::{
    address::{Origin, kept},
    tree::{Node, attribute, elements, find, has_class, name, words},
};
use crate::links::path::percent_decode;

/// Sections inside sections; Material itself goes less deep.
const MAX_DEPTH: usize = 32;

/// The name of the site, in the sidebar's head.
pub(super) fn site_name(document: &Node) -> Option<String> {
    let nav = primary(document)?;
    let label = elements(&nav).into_iter().find(|one| has_class(one, "md-nav__title"))?;
    Some(words(&label)).filter(|name| !name.is_empty())
}

/// The tree as the page at `path` shows it; empty where the theme is not Material, which TechDocs always has.
pub(super) fn read(document: &Node, path: &str, origin: Origin<'_>) -> Vec<NavNode> {
    let list = primary(document).and_then(|nav| list_of(&nav));
    list.map(|list| items(&list, path, origin, 0)).unwrap_or_default()
}

fn primary(document: &Node) -> Option<Node> {
    find(document, &|node| name(node) == Some("nav") && has_class(node, "md-nav--primary"))
}

fn list_of(nav: &Node) -> Option<Node> {
    elements(nav).into_iter().find(|one| name(one) == Some("ul"))
}

fn items(list: &Node, path: &str, origin: Origin<'_>, depth: usize) -> Vec<NavNode> {
    let entries = elements(list).into_iter().filter(|one| name(one) == Some("li"));
    entries.filter_map(|entry| item(&entry, path, origin, depth)).collect()
}

fn item(entry: &Node, path: &str, origin: Origin<'_>, depth: usize) -> Option<NavNode> {
    let direct = elements(entry);
    let nested = direct.iter().find(|one| name(one) == Some("nav") && !has_class(one, "md-nav--secondary"));
    let is_link = |node: &Node| has_class(node, "md-nav__link");
    // A section with a page of its own has its link inside a container, beside the arrow.
    let heads: Vec<Node> = (direct.iter().filter(|one| name(one) != Some("nav")))
        .flat_map(
            |one| if is_link(one) { vec![one.clone()] } else { elements(one).into_iter().filter(is_link).collect() },
        )
        .collect();
    let anchor = heads.iter().find(|one| name(one) == Some("a"));
    let title_of = |node: &Node| {
        let label = find(node, &|one| has_class(one, "md-ellipsis")).unwrap_or_else(|| node.clone());
        Some(words(&label)).filter(|title| !title.is_empty())
    };
    let title = anchor.and_then(title_of).or_else(|| heads.iter().find_map(title_of))?;
    let children = match nested.and_then(list_of) {
        Some(list) if depth < MAX_DEPTH => items(&list, path, origin, depth + 1),
        _ => Vec::new(),
    };
    let address = anchor.and_then(|one| attribute(one, "href")).map(|href| kept(path, &href, origin));
    let mut node = NavNode { title, children, ..NavNode::default() };
    match address {
        // The page that is open links to itself.
        Some(address) if address.starts_with('#') => node.page = Some(path.to_owned()),
        Some(address) => match address.strip_prefix('/') {
            Some(inside) => node.page = Some(percent_decode(inside.split('#').next().unwrap_or(inside))),
            None => node.link = Some(address),
        },
        None => {}
    }
    Some(node)
}
