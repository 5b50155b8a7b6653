//! Several checklists of a folder: numbered siblings are the phases of one journey.

use std::collections::BTreeMap;

use super::{ImportReport, due, file::File};
use crate::{
    content::{ids::Ids, journey::too_large, words::file_stem},
    diagnostic::{Diagnostic, Findings},
    id::{PhaseId, TemplateId, slugify},
    journey::{Phase, Template},
    path::folder_of,
};

/// Reads the checklists among `files` (path and text). Numbered siblings (`01_first.md`,
/// `02-second.md`, at least two in one folder) become the phases of one journey, which is named after
/// its folder or `folder_title`; others stay alone. Files without boxes are left out with a note.
pub fn import_checklists(
    folder_title: &str,
    files: &[(String, String)],
) -> (Vec<Template>, ImportReport, Vec<Diagnostic>) {
    let mut groups: BTreeMap<(&str, bool), Vec<&(String, String)>> = BTreeMap::new();
    for file in files {
        groups.entry((folder_of(&file.0), number(&file.0).is_some())).or_default().push(file);
    }
    let mut import = Import { ids: Ids::default(), ..Import::default() };
    for ((folder, numbered), mut files) in groups {
        files.sort_by(|a, b| number(&a.0).cmp(&number(&b.0)).then_with(|| a.0.cmp(&b.0)));
        if numbered && files.len() > 1 {
            let says_nothing = folder.is_empty() || is_tool_folder(folder);
            let title = if says_nothing { folder_title.to_owned() } else { folder_words(folder) };
            import.series(&title, &files);
        } else {
            files.iter().for_each(|file| import.single(file));
        }
    }
    (import.templates, import.report, import.diagnostics)
}

#[derive(Default)]
struct Import {
    templates: Vec<Template>,
    report: ImportReport,
    diagnostics: Vec<Diagnostic>,
    /// Ids of the templates.
    ids: Ids,
}

impl Import {
    fn read(&mut self, (path, source): &(String, String), ids: &mut Ids) -> Option<File> {
        let mut findings = Findings::new(path.as_str());
        let file = if too_large(source, &mut findings) { None } else { File::read(path, source, ids, &mut findings) };
        self.diagnostics.extend(findings.into_list());
        if let Some(File { report, .. }) = &file {
            self.report.boxes += report.boxes;
            self.report.steps += report.steps;
            self.report.guesses += report.guesses;
        }
        file
    }

    fn single(&mut self, file: &(String, String)) {
        if let Some(mut file) = self.read(file, &mut Ids::default()) {
            file.template.id = TemplateId::new(self.ids.unique(file.template.id.as_str()));
            self.templates.push(file.template);
        }
    }

    fn series(&mut self, title: &str, files: &[&(String, String)]) {
        // Steps of one journey need ids that differ over all its files.
        let mut ids = Ids::default();
        let mut phase_ids = Ids::default();
        let parts: Vec<Template> =
            files.iter().filter_map(|file| self.read(file, &mut ids)).map(|file| file.template).collect();
        let Some(first) = parts.first() else { return };
        let mut whole = Template {
            id: TemplateId::new(self.ids.unique(&slugify(title, "checklist"))),
            title: title.to_owned(),
            intro: String::new(),
            phases: Vec::new(),
            ..first.clone()
        };
        whole.phases = parts.into_iter().map(|part| one_phase(part, &mut phase_ids)).collect();
        self.templates.push(whole);
    }
}

/// A whole file as one phase; its own headings become groups.
fn one_phase(part: Template, ids: &mut Ids) -> Phase {
    let (from, to) = due::window(&part.title).unwrap_or_default();
    let several = part.phases.len() > 1;
    let mut phase = Phase {
        id: PhaseId::new(ids.unique(&slugify(&part.title, "phase"))),
        title: part.title,
        from,
        to,
        goal: None,
        intro: part.intro,
        steps: Vec::new(),
    };
    for inner in part.phases {
        if !inner.intro.is_empty() {
            let heading = if several { format!("## {}\n\n", inner.title) } else { String::new() };
            phase.intro.push_str(if phase.intro.is_empty() { "" } else { "\n\n" });
            phase.intro.push_str(&format!("{heading}{}", inner.intro));
        }
        let named = inner.title != phase.title;
        phase.steps.extend(inner.steps.into_iter().map(|mut step| {
            step.group = match step.group.take() {
                Some(group) if named => Some(format!("{} › {group}", inner.title)),
                None if named => Some(inner.title.clone()),
                group => group,
            };
            step
        }));
    }
    phase
}

/// The number in front of a file's name: `01_first.md`, `2-second.md`, `03. third.md`.
fn number(path: &str) -> Option<u32> {
    let stem = file_stem(path);
    let digits = stem.find(|c: char| !c.is_ascii_digit())?;
    let behind = stem[digits..].starts_with(['_', '-', '.', ' ']);
    // `2024-01-05-notes.md` is a date.
    (behind && digits <= 3).then(|| stem[..digits].parse().ok()).flatten()
}

/// The name of a folder as words: `first-weeks` is "First weeks".
fn folder_words(folder: &str) -> String {
    let words = file_stem(folder).replace(['_', '-'], " ");
    let mut chars = words.trim().chars();
    chars.next().map_or_else(|| "Checklist".to_owned(), |first| first.to_uppercase().chain(chars).collect())
}

/// Folders that belong to a forge say nothing about what is in them.
fn is_tool_folder(folder: &str) -> bool {
    let name = file_stem(folder).to_lowercase();
    folder.starts_with('.') || matches!(name.as_str(), "issue_template" | "issue_templates" | "docs" | "checklists")
}
