//! Links of items that lead nowhere inside the content (`R070`).

use std::collections::BTreeSet;

use super::item::ReadItem;
use crate::{
    content::surroundings::{Library, nearest_heading, nearest_page},
    diagnostic::{Findings, Position},
    journey::DocRef,
    path::folder_of,
};

/// What a roadmap's links can lead to.
pub(super) struct Known<'k> {
    pub library: &'k dyn Library,
    /// Ids of all items.
    pub ids: &'k BTreeSet<&'k str>,
    /// Files of all items.
    pub paths: &'k BTreeSet<&'k str>,
}

pub(super) fn check(read: &ReadItem, known: &Known<'_>, findings: &mut Findings) {
    for (link, at) in read.item.links.iter().zip(&read.links) {
        let to = link.to.trim();
        if is_outside(to) {
            continue;
        }
        match link.kind.as_str() {
            "step" | "journey" if !known.library.step(to) => {
                nowhere(*at, format!("there is no step `{to}` in the content"), findings)
                    .push_str("Write `journey/step`, with the ids of both.");
            }
            "item" if !known.ids.contains(to) => {
                nowhere(*at, format!("there is no roadmap item `{to}`"), findings).push_str("Name an item by its id.");
            }
            "step" | "journey" | "item" => {}
            "docs" | "page" => page(read, to, *at, known, findings),
            // Issues, deviations and kinds of the author's own are known elsewhere.
            _ if to.contains(".md") => page(read, to, *at, known, findings),
            _ => {}
        }
    }
    for (address, at) in &read.addresses {
        if !is_outside(address) && !address.starts_with('#') && !address.is_empty() {
            page(read, address, *at, known, findings);
        }
    }
}

/// An address with a scheme, or without a host's name.
fn is_outside(address: &str) -> bool {
    let scheme = address.split(['/', '#', '?']).next().is_some_and(|start| start.contains(':'));
    scheme || address.starts_with("//")
}

fn page(read: &ReadItem, address: &str, at: Position, known: &Known<'_>, findings: &mut Findings) {
    let DocRef { page, heading } = DocRef::parse(address);
    let page = page.split('?').next().unwrap_or_default();
    let from = read.item.path.as_str();
    let Some(found) = known.library.page(from, page) else {
        if !is_item(from, page, known) && !known.library.file(from, page) {
            let help = nowhere(at, format!("`{page}` is nowhere in the content"), findings);
            help.push_str(&match nearest_page(known.library, page) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Correct the path, or remove the link.".to_owned(),
            });
        }
        return;
    };
    let Some((heading, ids)) = heading.zip(found.headings) else { return };
    if !ids.contains(&heading) {
        let help = nowhere(at, format!("the page `{page}` has no heading `{heading}`"), findings);
        help.push_str(&match nearest_heading(&heading, &ids) {
            Some(near) => format!("Did you mean `#{near}`?"),
            None => "Name a heading that the page has, or the page alone.".to_owned(),
        });
    }
}

/// Whether a link leads to another item's file.
fn is_item(from: &str, address: &str, known: &Known<'_>) -> bool {
    let beside = folder_of(from);
    let path = address.trim_start_matches("./");
    let full = if beside.is_empty() { path.to_owned() } else { format!("{beside}/{path}") };
    known.paths.contains(full.as_str()) || known.paths.contains(path)
}

/// Adds the finding and gives its help to fill in.
fn nowhere(at: Position, message: String, findings: &mut Findings) -> &mut String {
    findings.error("R070", at, message).help.get_or_insert_default()
}
