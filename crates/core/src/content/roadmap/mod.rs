//! Roadmap folders, and plain pages with lists below Now, Next and Later (`roadmap.md`).

mod age;
mod dates;
mod figures;
mod index;
mod item;
mod links;
mod lint;
mod list;
mod metric;
mod outcome;
mod people;
mod percentage;
mod quantity;

pub(super) use list::looks_like_list;

use self::{index::Index, item::ReadItem};
use super::{
    classify::{Kind, classify},
    fields::Fields,
    front_matter::front_matter,
    ids::Ids,
    journey::too_large,
    markdown::Document,
    surroundings::Surroundings,
    yaml::{self, Place},
};
use crate::{
    diagnostic::{Diagnostic, Findings, Position},
    roadmap::Roadmap,
};

/// Reads all roadmap files of a folder: `roadmap/index.md`, `items/`, `personas/` and `jobs/`, or
/// plain Markdown lists below headings such as Now, Next and Later. Other files are passed over.
///
/// Items are sorted by horizon, then by the index file's `order`, then by file name.
///
/// Checks that need more than the files are left out; [`parse_roadmap_in`] has them.
pub fn parse_roadmap(files: &[(String, String)]) -> (Roadmap, Vec<Diagnostic>) {
    parse_roadmap_in(files, Surroundings::UNKNOWN)
}

/// Reads a roadmap among everything that `around` knows: the day, and where links can lead.
pub fn parse_roadmap_in(files: &[(String, String)], around: Surroundings<'_>) -> (Roadmap, Vec<Diagnostic>) {
    let mut files: Vec<&(String, String)> = files.iter().collect();
    files.sort();
    let mut roadmap = Roadmap::default();
    let mut index: Option<Index> = None;
    let mut items: Vec<ReadItem> = Vec::new();
    let mut all = Vec::new();
    let mut ids = Ids::default();
    for (path, source) in files {
        let mut findings = Findings::new(path.as_str());
        if too_large(source, &mut findings) {
            all.extend(findings.into_list());
            continue;
        }
        match classify(path, source) {
            Kind::RoadmapIndex if index.is_none() => index = Some(index::read(source, &mut findings)),
            Kind::RoadmapItem => items.push(item::read(path, source, &mut findings)),
            Kind::Persona => people::persona(path, source, &mut roadmap, &mut findings),
            Kind::Job => people::job(path, source, &mut roadmap, &mut findings),
            Kind::RoadmapList => {
                let list = list::read(path, source, &mut ids, &mut findings);
                roadmap.title = if roadmap.title.is_empty() { list.title } else { roadmap.title };
                items.extend(list.items.into_iter().map(ReadItem::imported));
            }
            Kind::RoadmapIndex | Kind::Journey | Kind::Checklist | Kind::Page => {}
        }
        all.extend(findings.into_list());
    }
    let whole = index.as_ref().map(|index| index.path().to_owned());
    let order = index.map(|index| index.into_roadmap(&mut roadmap)).unwrap_or_default();
    all.extend(lint::check(&items, &roadmap, whole.as_deref(), around));
    items.sort_by_key(|read| {
        let listed = order.iter().position(|id| *id == read.item.id.as_str()).unwrap_or(usize::MAX);
        (read.item.horizon, listed)
    });
    roadmap.items = items.into_iter().map(|read| read.item).collect();
    all.sort_by(|a, b| (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column)));
    (roadmap, all)
}

/// A file's front matter as a map, and its text.
struct Parts<'a> {
    node: Option<yaml::Node>,
    document: Document<'a>,
}

impl<'a> Parts<'a> {
    fn read(source: &'a str, findings: &mut Findings) -> Self {
        let split = front_matter(source);
        let document = Document::parse(source, split.body_start);
        let node = match split.yaml {
            Some(text) => {
                let place = Place::whole(&document.lines, split.yaml_start);
                yaml::parse(text, &place, "R001", findings)
            }
            None => {
                let what = if split.unclosed { "is not closed" } else { "is missing" };
                findings
                    .error("R001", Position::START, format!("the front matter {what}"))
                    .help("A roadmap file begins with a line `---`, its keys, and another line `---`.");
                None
            }
        };
        Self { node, document }
    }

    fn fields(&self, schema: &str, known: &[&str], findings: &mut Findings) -> Fields<'_> {
        let fields = self.node.as_ref().and_then(|node| Fields::of(node, "R001", "the front matter", findings));
        let Some(fields) = fields else { return Fields::empty("R001") };
        if let Some(given) = fields.text("schema", findings)
            && given != schema
        {
            let message = format!("`{given}` is not a schema that this Waymark reads");
            findings.error("R001", fields.place("schema"), message).help(format!("Write `schema: {schema}`."));
        }
        fields.only(known, "R001", findings);
        fields
    }

    /// Everything behind the front matter.
    fn body(&self) -> String {
        self.document.source[self.document.start..].trim().replace("\r\n", "\n")
    }
}
