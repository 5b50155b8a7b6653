//! What the links of a folder's journeys and roadmap can lead to, on a device and where they are published alike.

use std::collections::BTreeSet;

use super::{KnownPage, Library};
use crate::{
    docs::Pages,
    journey::Template,
    path::{folder_of, join},
};

/// Ids that links to a page may name; `None` where nobody knows them.
type Ids = Option<Vec<String>>;

/// Pages of a folder and of what lies beside it, the folder's files and its journeys.
#[derive(Clone, Debug)]
pub struct FolderLibrary {
    pages: Pages<Ids>,
    files: BTreeSet<String>,
    steps: BTreeSet<String>,
}

impl FolderLibrary {
    /// `pages` are those of the folder first, each with the ids that links may name, where they are known; `files`
    /// are the paths of the folder, and `steps` the journeys and steps that lie elsewhere.
    pub fn new(pages: Pages<Ids>, files: BTreeSet<String>, steps: BTreeSet<String>) -> Self {
        Self { pages, files, steps }
    }

    /// Makes journeys and their steps known to the links that follow.
    pub fn add_steps<'t>(&mut self, templates: impl Iterator<Item = &'t Template>) {
        self.steps.extend(templates.flat_map(steps_of));
    }
}

/// A journey and its steps as links name them: `journey` and `journey/step`.
pub fn steps_of(template: &Template) -> impl Iterator<Item = String> {
    let steps = template.steps().map(|step| format!("{}/{}", template.id, step.id));
    std::iter::once(template.id.to_string()).chain(steps)
}

impl Library for FolderLibrary {
    fn page(&self, from: &str, address: &str) -> Option<KnownPage> {
        if address.trim().is_empty() {
            return None;
        }
        let found = match address.starts_with("http://") || address.starts_with("https://") {
            true => self.pages.on_forge(address),
            false => self.pages.find(folder_of(from), address),
        };
        let (site, path) = found?;
        Some(KnownPage { headings: site.pages.get(&path).cloned().flatten() })
    }

    fn file(&self, from: &str, address: &str) -> bool {
        let known = |path: String| {
            let folder = format!("{path}/");
            self.files.contains(&path)
                || self.files.range(folder.clone()..).next().is_some_and(|file| file.starts_with(&folder))
        };
        let beside = if address.starts_with('/') { None } else { join(folder_of(from), address) };
        beside.is_some_and(known) || join("", address.trim_start_matches('/')).is_some_and(known)
    }

    fn step(&self, id: &str) -> bool {
        self.steps.contains(id)
    }

    fn pages(&self) -> Vec<String> {
        let address = |docs: &str, path: &str| {
            // As journeys write it: the site's folder without its docs folder.
            let root = folder_of(docs);
            if root.is_empty() { path.to_owned() } else { format!("{root}/{path}") }
        };
        self.pages.sites.iter().flat_map(|site| site.pages.keys().map(|path| address(&site.docs, path))).collect()
    }
}
