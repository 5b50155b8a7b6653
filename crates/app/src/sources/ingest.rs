//! A folder's files in, content out: which files are journeys, checklists, sites and roadmaps.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use waymark_core::{
    content::{self, Kind, Surroundings},
    diagnostic::{Diagnostic, Position, Severity},
    journey::Template,
    roadmap::Roadmap,
};
use waymark_store::TemplateContent;
use waymark_sync::folder::{File, FileKind, FolderSnapshot, sites};

use super::{
    library::{FolderLibrary, Others},
    site::{self, Configured, ParsedSite},
};

/// What a folder holds, parsed. Broken parts are in `problems`, the rest is here.
pub(crate) struct Content {
    pub(crate) title: String,
    pub(crate) revision: String,
    pub(crate) files: u32,
    pub(crate) templates: Vec<TemplateContent>,
    pub(crate) roadmap: Option<Roadmap>,
    pub(crate) sites: Vec<ParsedSite>,
    pub(crate) problems: Vec<Diagnostic>,
    /// Where it came out of a bundle: which.
    pub(crate) bundle: Option<super::bundle::Carried>,
}

impl Content {
    /// Whether there is nothing for Waymark in the folder.
    pub(crate) fn is_empty(&self) -> bool {
        self.templates.is_empty() && self.sites.is_empty() && self.roadmap.is_none()
    }
}

/// What is known around a folder when it is parsed.
pub(crate) struct Around {
    /// The day on which somebody looks; `None` where the content tells of a fixed day in the past.
    pub(crate) today: Option<Date>,
    /// Where links may lead outside of the folder.
    pub(crate) others: Others,
}

/// Parses a folder. `name` is the folder's own name.
pub(crate) fn parse(name: &str, snapshot: FolderSnapshot, around: Around) -> Content {
    let mut problems = snapshot.problems;
    let paths: BTreeSet<String> = snapshot.files.iter().map(|file| file.path.clone()).collect();
    let files = snapshot.files.len() as u32;
    let found = sites(&snapshot.files);
    let mut rest: BTreeMap<String, File> = snapshot.files.into_iter().map(|file| (file.path.clone(), file)).collect();
    let folder = site::Folder { name, path: &snapshot.root };
    // All configurations first: a site may include what another one takes.
    let configured: Vec<Configured> =
        found.into_iter().map(|found| Configured::read(found, &rest, &mut problems)).collect();
    let mut parsed_sites: Vec<ParsedSite> =
        configured.into_iter().map(|site| folder.site(site, &mut rest, &mut problems)).collect();
    parsed_sites.retain(|site| !site.site.pages.is_empty());

    let mut texts = Texts::sort(&rest);
    // All pages first: the links of journeys and of the roadmap lead there.
    if let Some(site) = folder.loose_pages(std::mem::take(&mut texts.pages), &mut rest, &mut problems) {
        parsed_sites.push(site);
    }
    let mut library = FolderLibrary::new(&parsed_sites, paths, around.others);
    let today = around.today;
    let templates = parse_templates(name, &texts, Surroundings { today, library: Some(&library) }, &mut problems);
    library.add_steps(templates.iter().map(|row| &row.template));
    let roadmap = parse_roadmap(&texts.roadmap, Surroundings { today, library: Some(&library) }, &mut problems);
    problems.sort_by(|a, b| {
        let by_place = (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column));
        b.severity.cmp(&a.severity).then(by_place).then_with(|| a.cmp(b))
    });
    // A part of a site may be a site of its own as well, and then all about it was said twice.
    problems.dedup();
    let title = match parsed_sites.as_slice() {
        [only] if templates.is_empty() && roadmap.is_none() => only.site.title.clone(),
        _ => pretty(name),
    };
    Content {
        title,
        revision: snapshot.revision,
        files,
        templates,
        roadmap,
        sites: parsed_sites,
        problems,
        bundle: None,
    }
}

/// Markdown outside of sites, by what it is.
#[derive(Default)]
struct Texts {
    journeys: Vec<(String, String)>,
    /// By folder: numbered siblings become one journey.
    checklists: BTreeMap<String, Vec<(String, String)>>,
    roadmap: Vec<(String, String)>,
    pages: BTreeMap<String, String>,
}

impl Texts {
    fn sort(files: &BTreeMap<String, File>) -> Self {
        let mut texts = Self::default();
        for file in files.values() {
            let Some(text) = file.text().filter(|_| file.kind == FileKind::Markdown) else { continue };
            let text = text.to_owned();
            match content::classify(&file.path, &text) {
                Kind::Journey => texts.journeys.push((file.path.clone(), text)),
                Kind::Checklist => {
                    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                    texts.checklists.entry(folder.to_owned()).or_default().push((file.path.clone(), text));
                }
                Kind::RoadmapIndex | Kind::RoadmapItem | Kind::Persona | Kind::Job | Kind::RoadmapList => {
                    texts.roadmap.push((file.path.clone(), text));
                }
                Kind::Page => {
                    texts.pages.insert(file.path.clone(), text);
                }
            }
        }
        texts
    }
}

fn parse_templates(
    name: &str,
    texts: &Texts,
    around: Surroundings<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<TemplateContent> {
    let mut all: Vec<Template> = Vec::new();
    let translations = content::check_translations(&texts.journeys);
    problems.extend(translations.findings);
    for (path, text) in &texts.journeys {
        let (template, findings) = content::parse_journey_in(path, text, around);
        problems.extend(findings);
        // A translation is the same journey in other words, and not one more.
        all.extend(template.filter(|_| !translations.files.contains(path)));
    }
    for (folder, files) in &texts.checklists {
        let title = folder.rsplit('/').find(|part| !part.is_empty() && !is_plumbing(part)).unwrap_or(name);
        let (templates, _, findings) = content::import_checklists(&pretty(title), files);
        problems.extend(findings);
        all.extend(templates);
    }
    let mut seen = BTreeSet::new();
    all.retain(|template| {
        let new = seen.insert(template.id.clone());
        if !new {
            problems.push(Diagnostic {
                path: template.path.clone(),
                line: Position::START.line,
                column: Position::START.column,
                severity: Severity::Error,
                code: "J011".to_owned(),
                message: format!("another file in this folder already has the journey id `{}`", template.id),
                help: Some("give one of them another id".to_owned()),
            });
        }
        new
    });
    all.into_iter().map(|template| TemplateContent { hash: hash(&template), template }).collect()
}

/// Folders that forges prescribe; they name nothing.
fn is_plumbing(folder: &str) -> bool {
    folder.starts_with('.')
        || folder.eq_ignore_ascii_case("issue_template")
        || folder.eq_ignore_ascii_case("issue_templates")
}

/// BLAKE3 of the template as it is kept, so that the same content has the same hash everywhere.
fn hash(template: &Template) -> String {
    let bytes = serde_json::to_vec(template).unwrap_or_default();
    blake3::hash(&bytes).to_hex().to_string()
}

fn parse_roadmap(
    files: &[(String, String)],
    around: Surroundings<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Roadmap> {
    if files.is_empty() {
        return None;
    }
    let (roadmap, findings) = content::parse_roadmap_in(files, around);
    problems.extend(findings);
    (!roadmap.items.is_empty()).then_some(roadmap)
}

/// `platform-developer-docs` → `Platform developer docs`.
pub(crate) fn pretty(name: &str) -> String {
    let mut words = name.replace(['-', '_'], " ").trim().to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
