//! The Markdown files of a folder, by what they are. A device and a server that read the same folder find the
//! same journeys under the same hashes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, Surroundings, check_translations, classify, import_checklists, parse_journey_in, parse_roadmap_in};
use crate::{
    diagnostic::{Diagnostic, Position, Severity},
    journey::Template,
    path::folder_of,
    roadmap::Roadmap,
};

/// Markdown outside of sites, by what it is.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    journeys: Vec<(String, String)>,
    /// By folder: numbered siblings become one journey.
    checklists: BTreeMap<String, Vec<(String, String)>>,
    roadmap: Vec<(String, String)>,
    /// What is nothing else, by path.
    pub pages: BTreeMap<String, String>,
}

impl Texts {
    /// Sorts Markdown files, each with its path and text, in the order of their paths.
    pub fn sort<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut texts = Self::default();
        for (path, text) in files {
            let file = (path.to_owned(), text.to_owned());
            match classify(path, text) {
                Kind::Journey => texts.journeys.push(file),
                Kind::Checklist => texts.checklists.entry(folder_of(path).to_owned()).or_default().push(file),
                Kind::RoadmapIndex | Kind::RoadmapItem | Kind::Persona | Kind::Job | Kind::RoadmapList => {
                    texts.roadmap.push(file);
                }
                Kind::Page => {
                    texts.pages.insert(file.0, file.1);
                }
            }
        }
        texts
    }

    /// The journeys, each once. `name` is what the folder is called where its checklists say nothing better.
    pub fn templates(&self, name: &str, around: Surroundings<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Template> {
        let mut all: Vec<Template> = Vec::new();
        let translations = check_translations(&self.journeys);
        problems.extend(translations.findings);
        for (path, text) in &self.journeys {
            let (template, findings) = parse_journey_in(path, text, around);
            problems.extend(findings);
            // A translation is the same journey in other words, and not one more.
            all.extend(template.filter(|_| !translations.files.contains(path)));
        }
        for (folder, files) in &self.checklists {
            let title = folder.rsplit('/').find(|part| !part.is_empty() && !is_plumbing(part)).unwrap_or(name);
            let (templates, _, findings) = import_checklists(&pretty(title), files);
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
        all
    }

    /// The roadmap, where there is one.
    pub fn roadmap(&self, around: Surroundings<'_>, problems: &mut Vec<Diagnostic>) -> Option<Roadmap> {
        if self.roadmap.is_empty() {
            return None;
        }
        let (roadmap, findings) = parse_roadmap_in(&self.roadmap, around);
        problems.extend(findings);
        (!roadmap.items.is_empty()).then_some(roadmap)
    }
}

/// Folders that forges prescribe; they name nothing.
fn is_plumbing(folder: &str) -> bool {
    folder.starts_with('.')
        || folder.eq_ignore_ascii_case("issue_template")
        || folder.eq_ignore_ascii_case("issue_templates")
}

/// BLAKE3 of the template as it is kept, hex, so that the same content has the same hash everywhere.
pub fn template_hash(template: &Template) -> String {
    let bytes = serde_json::to_vec(template).unwrap_or_default();
    blake3::hash(&bytes).to_hex().to_string()
}

/// `platform-developer-docs` → `Platform developer docs`.
pub fn pretty(name: &str) -> String {
    let mut words = name.replace(['-', '_'], " ").trim().to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
