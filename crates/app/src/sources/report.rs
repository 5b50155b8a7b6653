//! What is in a folder, in words.

use waymark_api::ipc::sources::{Found, FoundKind};
use waymark_core::journey::{JourneyKind, Origin, Template};
use waymark_store::PackCounts;

use super::ingest::Content;

/// Lists what was found: journeys and checklists, sites, roadmap.
pub(crate) fn found(content: &Content) -> Vec<Found> {
    let suggested = suggested(content);
    let journeys = content.templates.iter().map(|row| {
        let template = &row.template;
        let steps = template.steps().count() as u32;
        let phases = template.phases.len() as u32;
        Found {
            kind: match template.origin {
                Origin::JourneyFile => FoundKind::Journey,
                Origin::Checklist => FoundKind::Checklist,
            },
            title: template.title.clone(),
            path: template.path.clone(),
            detail: format!("{} in {}", count(steps, "step"), count(phases, "phase")),
            template: Some(template.id.clone()),
            suggested: suggested.is_some_and(|suggested| suggested.id == template.id),
        }
    });
    let sites = content.sites.iter().map(|site| Found {
        kind: FoundKind::Site,
        title: site.site.title.clone(),
        path: if site.folder.is_empty() { ".".to_owned() } else { site.folder.clone() },
        detail: count(site.site.pages.len() as u32, "page"),
        template: None,
        suggested: false,
    });
    let roadmap = content.roadmap.iter().map(|roadmap| Found {
        kind: FoundKind::Roadmap,
        title: if roadmap.title.is_empty() { "Roadmap".to_owned() } else { roadmap.title.clone() },
        path: roadmap.items.first().map_or_else(String::new, |item| item.path.clone()),
        detail: count(roadmap.items.len() as u32, "item"),
        template: None,
        suggested: false,
    });
    let mut list: Vec<Found> = journeys.chain(sites).chain(roadmap).collect();
    list.sort_by_key(|found| found.kind);
    list
}

/// The journey that a new person most likely wants: the first for everybody, or the only one there is.
pub(crate) fn suggested(content: &Content) -> Option<&Template> {
    let templates = || content.templates.iter().map(|row| &row.template);
    let general = templates().filter(|template| {
        template.origin == Origin::JourneyFile && matches!(template.kind, JourneyKind::Company | JourneyKind::Team)
    });
    let longest = |template: &&Template| template.steps().count();
    // Company before team; among checklists the longest is the main one.
    general
        .min_by_key(|template| template.kind != JourneyKind::Company)
        .or_else(|| templates().filter(|template| template.kind != JourneyKind::Offboarding).max_by_key(longest))
}

/// A pack's content in words: "72 pages, 2 journeys with 51 steps, 15 roadmap items".
pub(crate) fn in_words(counts: &PackCounts) -> String {
    let mut parts = Vec::new();
    if counts.pages > 0 {
        parts.push(count(counts.pages, "page"));
    }
    if counts.templates > 0 {
        parts.push(format!("{} with {}", count(counts.templates, "journey"), count(counts.steps, "step")));
    }
    if counts.roadmap_items > 0 {
        parts.push(count(counts.roadmap_items, "roadmap item"));
    }
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}

/// "1 page", "2 pages".
pub(crate) fn count(n: u32, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
