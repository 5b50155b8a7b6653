//! Where the links of a journey lead (`J060` to `J064`).

use std::collections::BTreeMap;

use super::{graph::Graph, step::Note};
use crate::{
    content::surroundings::{KnownPage, Library, nearest_heading, nearest_page},
    diagnostic::{Findings, Position},
    id::StepId,
    journey::DocRef,
};

/// A file with more missing pages than this has another trouble than typing errors.
const MAX_PROPOSALS: u32 = 50;

/// Pages and headings that steps name and that are not among the known ones.
pub(super) fn pages(path: &str, notes: &BTreeMap<StepId, Note>, library: &dyn Library, findings: &mut Findings) {
    let mut proposals = MAX_PROPOSALS;
    for (address, at) in notes.values().flat_map(|note| &note.text.inside) {
        let page = address.split(['#', '?']).next().unwrap_or(address);
        if library.page(path, page).is_none() && !library.file(path, page) {
            let near = if proposals > 0 { nearest_page(library, page) } else { None };
            proposals = proposals.saturating_sub(1);
            let shown: String = address.chars().take(80).collect();
            let finding =
                findings.warning("J064", *at, format!("a link leads to `{shown}`, which is not in the content"));
            finding.help(match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Name a page or a file by its path, as seen from this file.".to_owned(),
            });
        }
    }
    for (doc, at) in notes.values().flat_map(|note| note.docs.iter().chain(&note.verify.docs)) {
        // A page whose name is filled in later cannot be looked up now.
        if doc.page.contains("{{") {
            continue;
        }
        match library.page(path, &doc.page) {
            Some(page) => heading(doc, page, *at, findings),
            None => {
                let near = if proposals > 0 { nearest_page(library, &doc.page) } else { None };
                proposals = proposals.saturating_sub(1);
                missing(doc, near, *at, findings);
            }
        }
    }
}

fn missing(doc: &DocRef, near: Option<String>, at: Position, findings: &mut Findings) {
    let finding = findings.error("J060", at, format!("there is no page `{}` in the content", doc.page));
    let outside = doc.page.contains("://");
    finding.help(match near.filter(|_| !outside) {
        Some(near) => format!("Did you mean `{near}`?"),
        None if outside => "`docs` names pages of the content; put addresses of the web into the text.".to_owned(),
        None => "Name the page by its path, as a link in this file would.".to_owned(),
    });
}

fn heading(doc: &DocRef, page: KnownPage, at: Position, findings: &mut Findings) {
    let Some((heading, known)) = doc.heading.as_ref().zip(page.headings) else { return };
    if !heading.contains("{{") && !known.contains(heading) {
        let message = format!("the page `{}` has no heading `{heading}`", doc.page);
        let finding = findings.error("J061", at, message);
        finding.help(match nearest_heading(heading, &known) {
            Some(near) => format!("Did you mean `#{near}`?"),
            None if known.is_empty() => "The page has no headings; name the page alone.".to_owned(),
            None => {
                format!("It has {}.", known.iter().take(8).map(|id| format!("#{id}")).collect::<Vec<_>>().join(", "))
            }
        });
    }
}

/// Steps that should work offline and link to the web. A copy in the content is as good as offline.
pub(super) fn offline(
    path: &str,
    graph: &Graph<'_>,
    notes: &BTreeMap<StepId, Note>,
    library: Option<&dyn Library>,
    findings: &mut Findings,
) {
    for step in &graph.steps {
        let Some(note) = notes.get(&step.id) else { continue };
        let needs_network = |note: &Note| note.offline == Some(false) || note.verify.network;
        let above = || graph.above(&step.id).filter_map(|parent| notes.get(&parent.id));
        if note.text.outside.is_empty()
            || note.offline != Some(true) && (needs_network(note) || above().any(needs_network))
        {
            continue;
        }
        let here = |address: &str| {
            let page = address.split('#').next().unwrap_or(address);
            library.is_some_and(|library| library.page(path, page).is_some())
        };
        let Some((address, at)) = note.text.outside.iter().find(|(address, _)| !here(address)) else { continue };
        let shown: String = address.chars().take(80).collect();
        findings
            .warning("J062", *at, format!("`{}` should work offline and links to {shown}", step.id))
            .help("Add `offline: false` to its step block, or bring what it needs into the content.");
    }
}
