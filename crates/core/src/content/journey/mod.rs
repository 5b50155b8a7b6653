//! Journey files: `schema: waymark.journey/1`, phases as headings, steps as task-list items.

mod age;
mod attributes;
mod body;
mod condition;
mod duration;
mod front;
mod graph;
mod links;
mod lint;
mod logic;
mod own_text;
mod probes;
mod recurrence;
mod sense;
mod step;
mod translations;
mod verify;
mod window;
mod workload;

use super::{front_matter::front_matter, markdown::Document, surroundings::Surroundings};
use crate::{
    diagnostic::{Diagnostic, Findings, Position},
    journey::{Origin, Template},
};
pub(super) use lint::{placeholders, secrets, unclosed_links};
pub use translations::{Translations, check_translations};

/// Larger files are not read (`journeys.md`, section 4).
const MAX_BYTES: usize = 2 * 1024 * 1024;
/// More steps than this stop publishing.
const MAX_STEPS: usize = 10_000;

/// Reads a journey file with all its findings. `None` only where nothing can be shown at all: the
/// file is too large. A broken front matter or step block costs what it says and nothing else.
///
/// Checks that need more than the file are left out; [`parse_journey_in`] has them.
pub fn parse_journey(path: &str, source: &str) -> (Option<Template>, Vec<Diagnostic>) {
    parse_journey_in(path, source, Surroundings::UNKNOWN)
}

/// Reads a journey file among everything that `around` knows: the day, and where links can lead.
pub fn parse_journey_in(path: &str, source: &str, around: Surroundings<'_>) -> (Option<Template>, Vec<Diagnostic>) {
    let mut findings = Findings::new(path);
    if too_large(source, &mut findings) {
        return (None, findings.into_list());
    }
    let split = front_matter(source);
    let document = Document::parse(source, split.body_start);
    let front = front::read(path, &split, &document, &mut findings);
    let body = body::read(&document, &front, &mut findings);
    let template = Template {
        id: front.id,
        title: front.title,
        version: front.version,
        kind: front.kind,
        owner: front.owner,
        clock: front.clock,
        intro: body.intro,
        phases: body.phases,
        milestones: front.milestones.into_iter().map(|(milestone, _)| milestone).collect(),
        variables: front.variables,
        origin: Origin::JourneyFile,
        path: path.to_owned(),
    };
    let steps = template.steps().count();
    if steps > MAX_STEPS {
        findings
            .error("J091", Position::START, format!("the journey has {steps} steps; {MAX_STEPS} is the limit"))
            .help("Split it into several journeys.");
    }
    let checked =
        lint::Checked { template: &template, notes: &body.notes, document: &document, review: front.review, around };
    lint::check(&checked, &mut findings);
    (Some(template), findings.into_list())
}

/// Refuses a file over the limit, with a finding.
pub(super) fn too_large(source: &str, findings: &mut Findings) -> bool {
    if source.len() > MAX_BYTES {
        let message = format!("the file has {} bytes; {MAX_BYTES} is the limit, so it was not read", source.len());
        findings.error("J091", Position::START, message).help("Split it into several files.");
    }
    source.len() > MAX_BYTES
}
