//! Where the links of a journey lead (`J060` to `J062`).

use std::collections::BTreeMap;

use super::{graph::Graph, step::Note};
use crate::{
    content::surroundings::{Library, nearest_heading, nearest_page},
    diagnostic::{Findings, Position},
    id::StepId,
    journey::DocRef,
};

/// Pages and headings that steps name and that are not among the known ones.
pub(super) fn pages(path: &str, notes: &BTreeMap<StepId, Note>, library: &dyn Library, findings: &mut Findings) {
    for (doc, at) in notes.values().flat_map(|note| note.docs.iter().chain(&note.verify.docs)) {
        // A page whose name is filled in later cannot be looked up now.
        if !doc.page.contains("{{") {
            page(path, doc, *at, library, findings);
        }
    }
}

fn page(path: &str, doc: &DocRef, at: Position, library: &dyn Library, findings: &mut Findings) {
    let Some(page) = library.page(path, &doc.page) else {
        let finding = findings.error("J060", at, format!("there is no page `{}` in the content", doc.page));
        let outside = doc.page.contains("://");
        finding.help(match nearest_page(library, &doc.page).filter(|_| !outside) {
            Some(near) => format!("Did you mean `{near}`?"),
            None if outside => "`docs` names pages of the content; put addresses of the web into the text.".to_owned(),
            None => "Name the page by its path, as a link in this file would.".to_owned(),
        });
        return;
    };
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
