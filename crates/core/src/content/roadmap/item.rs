//! One roadmap item.

use jiff::civil::Date;
use pulldown_cmark::{Event, Tag};

use super::{
    Parts, dates,
    figures::{FigurePlaces, effort, impact, outcome},
    people::id,
};
use crate::{
    content::{
        fields::Fields,
        markdown::{Block, BlockKind, Document},
        words::file_stem,
    },
    diagnostic::{Findings, Position},
    id::{ItemId, JobId, PersonaId},
    roadmap::{Confidence, HistoryEntry, Horizon, Item, ItemLink, Status},
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
    pub title_at: Position,
    pub figures: FigurePlaces,
    /// Why the item was declined or moved, where `reason` says so.
    pub reason: bool,
    /// Moves without a reason.
    pub silent_moves: Vec<Position>,
    /// Dates in title, target and text.
    pub dates: Vec<(Position, dates::Found)>,
    /// Words of mandate in the text.
    pub mandates: Vec<(Position, &'static str)>,
    /// Where each entry of the history stands.
    pub moves: Vec<Position>,
    /// Days of its updates.
    pub updates: Vec<Date>,
    /// Where each of the item's links stands.
    pub links: Vec<Position>,
    /// Addresses of links and pictures in the text.
    pub addresses: Vec<(String, Position)>,
    /// Sentences that state a percentage.
    pub shares: Vec<(String, Position)>,
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
            title_at: start,
            figures: FigurePlaces::NONE,
            reason: false,
            silent_moves: Vec::new(),
            dates: Vec::new(),
            mandates: Vec::new(),
            moves: Vec::new(),
            updates: Vec::new(),
            links: Vec::new(),
            addresses: Vec::new(),
            shares: Vec::new(),
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
pub(super) const CONFIDENCES: [(&str, Confidence); 3] =
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
    let links = links(&fields, findings);
    let mut read = ReadItem {
        own_file: true,
        id_at: fields.place("id"),
        job_at: fields.place("job"),
        status_at: fields.place("status"),
        title_at: fields.place("title"),
        figures: FigurePlaces::of(&fields),
        reason: fields.text("reason", findings).is_some_and(|reason| !reason.trim().is_empty()),
        silent_moves,
        dates: Vec::new(),
        mandates: Vec::new(),
        moves: history.iter().map(|(_, at)| *at).collect(),
        updates: Vec::new(),
        links: links.iter().map(|(_, at)| *at).collect(),
        addresses: Vec::new(),
        shares: Vec::new(),
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
            history: history.into_iter().map(|(entry, _)| entry).collect(),
            links: links.into_iter().map(|(link, _)| link).collect(),
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
            self.dates.push((self.figures.outcome, found.unwrap_or(dates::Found::whole(&by))));
        }
        self.text_of(&document.blocks, document);
        self.updates_of(document);
    }

    /// Notes the days of the updates. They tell what was, so they promise nothing.
    fn updates_of(&mut self, document: &Document<'_>) {
        let mut inside = false;
        for block in &document.blocks {
            let BlockKind::Heading(level) = block.kind else { continue };
            let words = block.plain();
            inside = if level <= 2 { words.eq_ignore_ascii_case("updates") } else { inside };
            let first = words.split_whitespace().next();
            let day: Option<Date> = first.and_then(|word| word.trim_end_matches(':').parse().ok());
            let (Some(day), Some((_, range)), true) = (day, block.inline.first(), inside) else { continue };
            self.updates.push(day);
            let place = document.lines.position(range.start);
            self.dates.retain(|(at, _)| *at != place);
        }
    }

    fn text_of(&mut self, blocks: &[Block<'_>], document: &Document<'_>) {
        for block in blocks {
            if matches!(block.kind, BlockKind::Code { .. } | BlockKind::Html) {
                continue;
            }
            let words = block.plain();
            let text = &document.source[block.range.clone()];
            if let Some(at) = text.find('%').filter(|_| words.contains('%')) {
                let number = text[..at].trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
                self.shares.push((words, document.lines.position(block.range.start + number)));
            }
            for (event, range) in &block.inline {
                let place = |at: usize| document.lines.position(range.start + at);
                if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
                    self.addresses.push((dest_url.to_string(), place(0)));
                }
                let Event::Text(text) = event else { continue };
                self.dates.extend(dates::find(text).into_iter().map(|found| (place(found.at), found)));
                self.mandates.extend(dates::mandates(text).into_iter().map(|(at, words)| (place(at), words)));
            }
            self.text_of(&block.children, document);
        }
    }
}

fn history(fields: &Fields<'_>, findings: &mut Findings) -> (Vec<(HistoryEntry, Position)>, Vec<Position>) {
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
            entries.push((HistoryEntry { at, to, reason }, entry.at));
        }
    }
    (entries, silent)
}

fn links(fields: &Fields<'_>, findings: &mut Findings) -> Vec<(ItemLink, Position)> {
    let mut links = Vec::new();
    for entry in fields.maps("links", findings) {
        entry.only(&["kind", "to", "path", "cause", "step", "title"], "R001", findings);
        let kind = entry.text("kind", findings).unwrap_or_else(|| "link".to_owned());
        let to =
            ["to", "path", "step"].into_iter().find_map(|key| Some((entry.text(key, findings)?, entry.place(key))));
        match to {
            Some((to, at)) => links.push((ItemLink { kind, to }, at)),
            None => {
                findings.error("R001", entry.at, "an entry of `links` needs `to`");
            }
        }
    }
    links
}
