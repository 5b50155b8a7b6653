//! The front matter of a journey file.

use std::collections::BTreeMap;

use super::{age::Review, recurrence::period};
use crate::{
    content::{
        fields::Fields,
        front_matter::FrontMatter,
        markdown::{BlockKind, Document},
        words::file_stem,
        yaml::{self, Node, Place},
    },
    diagnostic::{Findings, Position},
    id::{MilestoneId, PhaseId, TemplateId, is_slug, slugify},
    journey::{Clock, JourneyKind, Milestone, Offset, Variable},
};

pub(super) const SCHEMA: &str = "waymark.journey/1";
const KEYS: [&str; 18] = [
    "schema",
    "id",
    "title",
    "version",
    "kind",
    "owner",
    "language",
    "translations",
    "reviewed",
    "stale_after",
    "clock",
    "calendar",
    "assign",
    "variables",
    "phases",
    "milestones",
    "surveys",
    "escalation",
];
const MORE_KEYS: [&str; 2] = ["off_ramps", "tags"];

/// What the front matter says, with the defaults for what it does not.
pub(super) struct Front {
    pub id: TemplateId,
    pub title: String,
    pub version: String,
    pub kind: JourneyKind,
    pub owner: Option<String>,
    pub clock: Clock,
    pub phases: Vec<PhaseEntry>,
    pub milestones: Vec<(Milestone, Position)>,
    pub variables: BTreeMap<String, Variable>,
    /// Whether the list of phases can be relied on; otherwise the headings make the phases.
    pub has_phases: bool,
    pub review: Review,
}

/// An entry of `phases`.
pub(super) struct PhaseEntry {
    pub id: PhaseId,
    pub title: Option<String>,
    pub from: Option<Offset>,
    pub to: Option<Offset>,
    pub goal: Option<String>,
    pub at: Position,
}

pub(super) fn read(path: &str, split: &FrontMatter<'_>, document: &Document<'_>, findings: &mut Findings) -> Front {
    let node = parse(split, document, findings);
    let fields = node.as_ref().and_then(|node| Fields::of(node, "J001", "the front matter", findings));
    let fields = fields.map(|fields| fields.with_code("J002"));
    let readable = fields.is_some();
    let fields = fields.unwrap_or(Fields::empty("J002"));
    let known: Vec<&str> = KEYS.into_iter().chain(MORE_KEYS).collect();
    fields.only(&known, "J003", findings);
    if readable {
        check_schema(&fields, findings);
    }
    let required = |key: &str, findings: &mut Findings| {
        let text = fields.text(key, findings).filter(|text| !text.trim().is_empty());
        if text.is_none() && readable && fields.get(key).is_none() {
            findings.error("J002", fields.at, format!("the front matter lacks `{key}`"));
        }
        text
    };
    let id = required("id", findings);
    if let Some(id) = id.as_ref().filter(|id| !is_slug(id)) {
        bad_id(id, fields.place("id"), "J002", findings);
    }
    let stem = file_stem(path);
    let title = required("title", findings);
    let version = required("version", findings).unwrap_or_default();
    let kinds = [
        ("company", JourneyKind::Company),
        ("team", JourneyKind::Team),
        ("service", JourneyKind::Service),
        ("role-change", JourneyKind::RoleChange),
        ("offboarding", JourneyKind::Offboarding),
    ];
    let owner = fields.text("owner", findings);
    if owner.is_none() && readable {
        findings
            .warning("J081", fields.at, "nobody owns this journey, so nobody hears what is wrong with it")
            .help("Add `owner:` with a team or person.");
    }
    Front {
        id: TemplateId::new(id.filter(|id| is_slug(id)).unwrap_or_else(|| slugify(stem, "journey"))),
        title: title.or_else(|| first_heading(document)).unwrap_or_else(|| stem.to_owned()),
        version,
        kind: fields.choice("kind", &kinds, findings).unwrap_or_default(),
        owner,
        clock: clock(&fields, findings),
        phases: phases(&fields, findings),
        milestones: milestones(&fields, findings),
        variables: variables(&fields, findings),
        has_phases: fields.get("phases").is_some(),
        review: Review {
            reviewed: fields.date("reviewed", findings).map(|date| (date, fields.place("reviewed"))),
            holds: period(&fields, "stale_after", findings),
        },
    }
}

fn parse(split: &FrontMatter<'_>, document: &Document<'_>, findings: &mut Findings) -> Option<Node> {
    let Some(text) = split.yaml else {
        let message = if split.unclosed { "the front matter is not closed" } else { "the file has no front matter" };
        findings.error("J001", Position::START, message).help(
            "A journey begins with a line `---`, keys such as `schema: waymark.journey/1`, and another line `---`.",
        );
        return None;
    };
    let place = Place::whole(&document.lines, split.yaml_start);
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        findings.error("J001", place.start(), "the front matter is empty");
        return None;
    }
    yaml::parse(text, &place, "J001", findings)
}

fn check_schema(fields: &Fields<'_>, findings: &mut Findings) {
    match fields.text("schema", findings) {
        Some(schema) if schema == SCHEMA => {}
        Some(schema) => {
            let message = format!("`{schema}` is not a schema that this Waymark reads");
            findings.error("J002", fields.place("schema"), message).help(format!("Write `schema: {SCHEMA}`."));
        }
        None if fields.get("schema").is_none() => {
            findings
                .error("J002", fields.at, "the front matter lacks `schema`")
                .help(format!("Add `schema: {SCHEMA}`."));
        }
        None => {}
    }
}

/// Reports an id that authors may not write, with one they may.
pub(super) fn bad_id(id: &str, at: Position, code: &str, findings: &mut Findings) {
    findings
        .error(code, at, format!("`{id}` is not an id: small letters, digits and `-`, at most 64"))
        .help(format!("Write for instance `{}`.", slugify(id, "step")));
}

fn first_heading(document: &Document<'_>) -> Option<String> {
    document.blocks.iter().find(|block| block.kind == BlockKind::Heading(1)).map(|block| block.plain())
}

fn clock(fields: &Fields<'_>, findings: &mut Findings) -> Clock {
    match fields.text("clock", findings).as_deref() {
        None | Some("start_date") => Clock::StartDate,
        Some("assigned") => Clock::Assigned,
        Some(text) => match text.strip_prefix("event:").map(str::trim).filter(|kind| !kind.is_empty()) {
            Some(kind) => Clock::Event(kind.to_owned()),
            None => {
                let message = format!("`{text}` is not a clock; it is start_date, assigned or event:<type>");
                findings.error("J002", fields.place("clock"), message);
                Clock::StartDate
            }
        },
    }
}

/// An offset under `key`, or a finding.
pub(super) fn offset(fields: &Fields<'_>, key: &str, findings: &mut Findings) -> Option<Offset> {
    let text = fields.text(key, findings)?;
    match text.parse::<Offset>() {
        Ok(offset) => Some(offset),
        Err(error) => {
            findings.error("J030", fields.place(key), error.to_string());
            None
        }
    }
}

fn phases(fields: &Fields<'_>, findings: &mut Findings) -> Vec<PhaseEntry> {
    let mut phases: Vec<PhaseEntry> = Vec::new();
    for entry in fields.maps("phases", findings) {
        entry.only(&["id", "title", "from", "to", "goal"], "J003", findings);
        let Some(id) = entry.text("id", findings) else {
            findings.error("J002", entry.at, "a phase needs an `id`");
            continue;
        };
        let at = entry.place("id");
        if !is_slug(&id) {
            bad_id(&id, at, "J002", findings);
        }
        if let Some(first) = phases.iter().find(|phase| phase.id.as_str() == id) {
            let message = format!("phase `{id}` is listed twice, first on line {}", first.at.line);
            findings.error("J011", at, message);
            continue;
        }
        phases.push(PhaseEntry {
            id: PhaseId::new(id),
            title: entry.text("title", findings),
            from: offset(&entry, "from", findings),
            to: offset(&entry, "to", findings),
            goal: entry.text("goal", findings),
            at,
        });
    }
    phases
}

fn milestones(fields: &Fields<'_>, findings: &mut Findings) -> Vec<(Milestone, Position)> {
    let mut milestones: Vec<(Milestone, Position)> = Vec::new();
    for entry in fields.maps("milestones", findings) {
        entry.only(&["id", "title", "kind", "scope", "target", "visible_to"], "J003", findings);
        let Some(id) = entry.text("id", findings) else {
            findings.error("J002", entry.at, "a milestone needs an `id`");
            continue;
        };
        let at = entry.place("id");
        if milestones.iter().any(|(milestone, _)| milestone.id.as_str() == id) {
            findings.error("J011", at, format!("milestone `{id}` is listed twice"));
            continue;
        }
        let milestone = Milestone {
            title: entry.text("title", findings).unwrap_or_else(|| id.clone()),
            kind: entry.text("kind", findings).unwrap_or_else(|| "manual".to_owned()),
            target: offset(&entry, "target", findings),
            id: MilestoneId::new(id),
        };
        milestones.push((milestone, at));
    }
    milestones
}

fn variables(fields: &Fields<'_>, findings: &mut Findings) -> BTreeMap<String, Variable> {
    let mut variables = BTreeMap::new();
    let Some(map) = fields.map("variables", findings) else { return variables };
    for entry in map.entries() {
        let Some(variable) = Fields::of(&entry.value, "J002", "a variable", findings) else { continue };
        variable.only(&["kind", "ask", "label", "default", "pattern", "options"], "J003", findings);
        let kinds = ["text", "choice", "number", "date", "url"].map(|kind| (kind, kind));
        let kind = match variable.get("kind").and_then(Node::text) {
            Some("secret") => {
                findings
                    .error("J052", variable.place("kind"), "a journey never holds a secret")
                    .help("Ask for the place where the secret is kept.");
                "text"
            }
            _ => variable.choice("kind", &kinds, findings).unwrap_or("text"),
        };
        let variable = Variable {
            kind: kind.to_owned(),
            label: variable.text("label", findings),
            default: variable.text("default", findings),
            options: variable.texts("options", findings).into_iter().map(|(option, _)| option).collect(),
        };
        variables.insert(entry.key.clone(), variable);
    }
    variables
}
