//! One roadmap item.

use super::{Parts, dates, people::id};
use crate::{
    content::{
        fields::Fields,
        markdown::{Block, BlockKind, Document},
        words::file_stem,
    },
    diagnostic::{Findings, Position},
    id::{ItemId, JobId, PersonaId},
    roadmap::{Confidence, Effort, HistoryEntry, Horizon, Impact, Item, ItemLink, Measured, Outcome, Status, Target},
};

const KEYS: [&str; 20] = [
    "schema",
    "id",
    "title",
    "horizon",
    "status",
    "persona",
    "job",
    "impact",
    "effort",
    "outcome",
    "owner",
    "audience",
    "area",
    "constraints",
    "trial",
    "links",
    "history",
    "debt",
    "reason",
    "tags",
];

/// An item with what the checks need to know about its file.
pub(super) struct ReadItem {
    pub item: Item,
    /// Whether it came from a file of its own, for which the rules of items hold.
    pub own_file: bool,
    pub id_at: Position,
    pub personas: Vec<(PersonaId, Position)>,
    pub job_at: Position,
    pub status_at: Position,
    pub impact_at: Position,
    pub outcome_at: Position,
    /// Why the item was declined or moved, where `reason` says so.
    pub reason: bool,
    /// Moves without a reason.
    pub silent_moves: Vec<Position>,
    /// Dates in title, target and text.
    pub dates: Vec<(Position, dates::Found)>,
    /// Words of mandate in the text.
    pub mandates: Vec<(Position, &'static str)>,
}

impl ReadItem {
    /// An item of a plain list; nothing about it can be expected to be complete.
    pub(super) fn imported(item: Item) -> Self {
        let start = Position::START;
        Self {
            item,
            own_file: false,
            id_at: start,
            personas: Vec::new(),
            job_at: start,
            status_at: start,
            impact_at: start,
            outcome_at: start,
            reason: false,
            silent_moves: Vec::new(),
            dates: Vec::new(),
            mandates: Vec::new(),
        }
    }
}

const HORIZONS: [(&str, Horizon); 3] = [("now", Horizon::Now), ("next", Horizon::Next), ("later", Horizon::Later)];
const STATUSES: [(&str, Status); 9] = [
    ("draft", Status::Draft),
    ("open", Status::Open),
    ("validating", Status::Validating),
    ("building", Status::Building),
    ("trial", Status::Trial),
    ("shipped", Status::Shipped),
    ("reviewed", Status::Reviewed),
    ("declined", Status::Declined),
    ("merged", Status::Merged),
];
const CONFIDENCES: [(&str, Confidence); 3] =
    [("low", Confidence::Low), ("medium", Confidence::Medium), ("high", Confidence::High)];

pub(super) fn read(path: &str, source: &str, findings: &mut Findings) -> ReadItem {
    let parts = Parts::read(source, findings);
    let fields = parts.fields("waymark.roadmap/1", &KEYS, findings);
    let readable = !fields.entries().is_empty();
    if readable && fields.get("schema").is_none() {
        findings.error("R001", fields.at, "the front matter lacks `schema`").help("Add `schema: waymark.roadmap/1`.");
    }
    let mut required = |key: &str| {
        if readable && fields.get(key).is_none() {
            findings.error("R001", fields.at, format!("the front matter lacks `{key}`"));
        }
    };
    required("title");
    required("horizon");
    let heading = parts.document.blocks.iter().find(|block| block.kind == BlockKind::Heading(1));
    let title = fields.text("title", findings).or_else(|| heading.map(Block::plain));
    let title = title.unwrap_or_else(|| file_stem(path).to_owned());
    let (history, silent_moves) = history(&fields, findings);
    let personas: Vec<(PersonaId, Position)> =
        fields.texts("persona", findings).into_iter().map(|(id, at)| (PersonaId::new(id), at)).collect();
    let outcome = outcome(&fields, findings);
    let mut read = ReadItem {
        own_file: true,
        id_at: fields.place("id"),
        job_at: fields.place("job"),
        status_at: fields.place("status"),
        impact_at: fields.place("impact"),
        outcome_at: fields.place("outcome"),
        reason: fields.text("reason", findings).is_some_and(|reason| !reason.trim().is_empty()),
        silent_moves,
        dates: Vec::new(),
        mandates: Vec::new(),
        item: Item {
            id: ItemId::new(id(&fields, path, findings)),
            title,
            horizon: fields.choice("horizon", &HORIZONS, findings).unwrap_or(Horizon::Later),
            status: fields.choice("status", &STATUSES, findings).unwrap_or(Status::Draft),
            personas: personas.iter().map(|(id, _)| id.clone()).collect(),
            job: fields.text("job", findings).map(JobId::new),
            impact: impact(&fields, findings),
            effort: effort(&fields, findings),
            outcome,
            owner: fields.text("owner", findings),
            area: fields.text("area", findings),
            history,
            links: links(&fields, findings),
            body: parts.body(),
            path: path.to_owned(),
        },
        personas,
    };
    read.find_words(&fields, &parts.document);
    read
}

impl ReadItem {
    /// Notes dates and words of mandate for the checks.
    fn find_words(&mut self, fields: &Fields<'_>, document: &Document<'_>) {
        self.dates.extend(dates::find(&self.item.title).into_iter().map(|found| (fields.place("title"), found)));
        let by = self.item.outcome.as_ref().and_then(|outcome| outcome.target.as_ref()?.by.clone());
        if let Some(by) = by {
            let found = dates::find(&by).into_iter().next();
            // Whatever stands there is meant as a date.
            self.dates.push((self.outcome_at, found.unwrap_or(dates::Found::whole(&by))));
        }
        self.text_of(&document.blocks, document);
    }

    fn text_of(&mut self, blocks: &[Block<'_>], document: &Document<'_>) {
        for block in blocks {
            if matches!(block.kind, BlockKind::Code { .. } | BlockKind::Html) {
                continue;
            }
            for (event, range) in &block.inline {
                let pulldown_cmark::Event::Text(text) = event else { continue };
                let place = |at: usize| document.lines.position(range.start + at);
                self.dates.extend(dates::find(text).into_iter().map(|found| (place(found.at), found)));
                self.mandates.extend(dates::mandates(text).into_iter().map(|(at, words)| (place(at), words)));
            }
            self.text_of(&block.children, document);
        }
    }
}

fn impact(fields: &Fields<'_>, findings: &mut Findings) -> Option<Impact> {
    let impact = fields.map("impact", findings)?;
    impact.only(&["value", "unit", "reach", "confidence", "basis"], "R001", findings);
    let reach = impact.map("reach", findings);
    if let Some(reach) = &reach {
        reach.only(&["people", "per"], "R001", findings);
    }
    Some(Impact {
        value: number(&impact, "value", findings)?,
        unit: impact.text("unit", findings).unwrap_or_default(),
        people: reach.and_then(|reach| reach.number("people", findings)),
        per: reach.and_then(|reach| reach.text("per", findings)),
        confidence: impact.choice("confidence", &CONFIDENCES, findings),
    })
}

fn effort(fields: &Fields<'_>, findings: &mut Findings) -> Option<Effort> {
    let effort = fields.map("effort", findings)?;
    effort.only(&["value", "unit", "confidence"], "R001", findings);
    Some(Effort {
        value: number(&effort, "value", findings)?,
        unit: effort.text("unit", findings).unwrap_or_else(|| "person-weeks".to_owned()),
        confidence: effort.choice("confidence", &CONFIDENCES, findings),
    })
}

fn outcome(fields: &Fields<'_>, findings: &mut Findings) -> Option<Outcome> {
    let outcome = fields.map("outcome", findings)?;
    outcome.only(&["objective", "metric", "baseline", "target", "parent"], "R001", findings);
    let baseline = outcome.map("baseline", findings).and_then(|baseline| {
        baseline.only(&["value", "at", "n", "unit", "source"], "R001", findings);
        Some(Measured {
            value: number(&baseline, "value", findings)?,
            at: baseline.date("at", findings),
            n: baseline.number("n", findings),
        })
    });
    let target = outcome.map("target", findings).and_then(|target| {
        target.only(&["value", "by", "unit"], "R001", findings);
        Some(Target { value: number(&target, "value", findings)?, by: target.text("by", findings) })
    });
    Some(Outcome {
        objective: outcome.text("objective", findings).unwrap_or_default(),
        metric: outcome.text("metric", findings),
        baseline,
        target,
    })
}

/// A figure that must be there and must be finite.
fn number(fields: &Fields<'_>, key: &str, findings: &mut Findings) -> Option<f64> {
    if fields.get(key).is_none() {
        findings.error("R001", fields.at, format!("`{key}` is missing"));
        return None;
    }
    let number: f64 = fields.number(key, findings)?;
    if !number.is_finite() {
        findings.error("R001", fields.place(key), format!("`{key}` must be a finite number"));
    }
    number.is_finite().then_some(number)
}

fn history(fields: &Fields<'_>, findings: &mut Findings) -> (Vec<HistoryEntry>, Vec<Position>) {
    let mut entries = Vec::new();
    let mut silent = Vec::new();
    for entry in fields.maps("history", findings) {
        entry.only(&["at", "to", "reason", "by"], "R001", findings);
        let reason = entry.text("reason", findings).unwrap_or_default();
        if reason.trim().is_empty() {
            silent.push(entry.at);
        }
        let to = entry.text("to", findings);
        let at = entry.date("at", findings);
        if entry.get("to").is_none() || entry.get("at").is_none() {
            findings.error("R001", entry.at, "an entry of `history` needs `at` and `to`");
        }
        if let (Some(at), Some(to)) = (at, to) {
            entries.push(HistoryEntry { at, to, reason });
        }
    }
    (entries, silent)
}

fn links(fields: &Fields<'_>, findings: &mut Findings) -> Vec<ItemLink> {
    let mut links = Vec::new();
    for entry in fields.maps("links", findings) {
        entry.only(&["kind", "to", "path", "cause", "step", "title"], "R001", findings);
        let kind = entry.text("kind", findings).unwrap_or_else(|| "link".to_owned());
        let to = ["to", "path", "step"].into_iter().find_map(|key| entry.text(key, findings));
        match to {
            Some(to) => links.push(ItemLink { kind, to }),
            None => {
                findings.error("R001", entry.at, "an entry of `links` needs `to`");
            }
        }
    }
    links
}
