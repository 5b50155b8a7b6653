//! A folder's files in, content out: which files are journeys, checklists, sites and roadmaps.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use waymark_core::{
    content::{Surroundings, Texts, pretty, template_hash},
    diagnostic::Diagnostic,
    roadmap::Roadmap,
};
use waymark_store::TemplateContent;
use waymark_sync::folder::{File, FileKind, FolderSnapshot, sites};

use super::{
    configured::Configured,
    library::{Others, folder_library},
    memory::FolderMemory,
    site::{self, ParsedSite},
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
    parse_again(name, snapshot, around, &mut FolderMemory::default())
}

/// Parses a folder as [`parse`] does, with what is remembered of its last reading.
pub(super) fn parse_again(name: &str, snapshot: FolderSnapshot, around: Around, memory: &mut FolderMemory) -> Content {
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
        configured.into_iter().map(|site| folder.site(site, &mut rest, memory, &mut problems)).collect();
    parsed_sites.retain(|site| !site.site.pages.is_empty());

    let markdown = rest.values().filter(|file| file.kind == FileKind::Markdown);
    let mut texts = Texts::sort(markdown.filter_map(|file| Some((file.path.as_str(), file.text()?))));
    // All pages first: the links of journeys and of the roadmap lead there.
    if let Some(site) = folder.loose_pages(std::mem::take(&mut texts.pages), &mut rest, memory, &mut problems) {
        parsed_sites.push(site);
    }
    let mut library = folder_library(&parsed_sites, paths, around.others);
    let today = around.today;
    let templates = texts.templates(name, Surroundings { today, library: Some(&library) }, &mut problems);
    library.add_steps(templates.iter());
    let roadmap = texts.roadmap(Surroundings { today, library: Some(&library) }, &mut problems);
    let templates: Vec<TemplateContent> =
        templates.into_iter().map(|template| TemplateContent { hash: template_hash(&template), template }).collect();
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
