//! The documentation sites of a folder: from files to what the library keeps.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use jiff::Timestamp;
use waymark_core::{
    content::{self, Kind, pretty},
    diagnostic::Diagnostic,
    id::slugify,
    path::{below, join, name_of},
};
use waymark_docs::{Included, SiteConfig, SiteTree, follow_text_links};
use waymark_store::Asset;
use waymark_sync::folder::{File, FileKind, named_text};

use super::{configured::Configured, memory::FolderMemory};
use crate::docs::{About, Context};

/// Bytes of all texts that the snippets of one site bring in.
const MAX_SNIPPETS: usize = 16 * 1024 * 1024;

/// A site that has no id yet.
pub(crate) struct ParsedSite {
    /// Docs folder, relative to the opened folder; possibly empty.
    pub(crate) folder: String,
    /// What its id is made from.
    pub(super) name: String,
    pub(crate) site: waymark_docs::Site,
    pub(super) sources: BTreeMap<String, String>,
    pub(super) assets: Vec<Asset>,
    pub(super) context: Context,
    /// Owner, repository and dates of its pages.
    pub(super) about: About,
}

/// The opened folder.
pub(crate) struct Folder<'a> {
    pub(crate) name: &'a str,
    pub(crate) path: &'a Path,
}

/// A site's files, sorted.
struct Parts {
    /// What its id is made from.
    name: String,
    /// Folder of the configuration, relative to the opened folder.
    root: String,
    folder: String,
    config: SiteConfig,
    pages: BTreeMap<String, String>,
    assets: Vec<Asset>,
    /// Files that a page may link to.
    files: Vec<Asset>,
    /// When the pages' files were changed.
    modified: BTreeMap<String, Timestamp>,
    /// Who keeps the site.
    owner: Option<String>,
    /// Texts about the order of folders, by path relative to the configuration.
    orders: BTreeMap<String, String>,
    included: Included,
}

impl Folder<'_> {
    /// Takes a site's files out of `rest` and parses them.
    pub(crate) fn site(
        &self,
        configured: Configured,
        rest: &mut BTreeMap<String, File>,
        memory: &mut FolderMemory,
        problems: &mut Vec<Diagnostic>,
    ) -> ParsedSite {
        let Configured { found, config, included, pages: included_pages, assets: included_assets } = configured;
        if let Some(path) = &found.config_path {
            rest.remove(path);
        }
        let folder = found.docs_dir.clone();
        let (mut pages, mut assets, mut orders) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        let (mut linkable, mut modified) = (Vec::new(), BTreeMap::new());
        let place = |path: &String| Some((path.clone(), below(path, &folder)?.to_owned()));
        let inside: Vec<(String, String)> = rest.keys().filter_map(place).collect();
        for (path, relative) in inside {
            let Some(file) = rest.get(&path) else { continue };
            match &file.kind {
                FileKind::Markdown => {
                    let at = file.modified.and_then(|at| Timestamp::try_from(at).ok());
                    modified.extend(at.map(|at| (relative.clone(), at)));
                    pages.insert(relative, file.text().unwrap_or_default().to_owned());
                    rest.remove(&path);
                }
                FileKind::Image(mime) => {
                    let mime = (*mime).to_owned();
                    if let Some(file) = rest.remove(&path) {
                        assets.push(Asset { path: relative, mime, bytes: file.bytes });
                    }
                }
                FileKind::Yaml if is_order(&path) => {
                    let key = join(&config.docs_dir, &relative);
                    orders.extend(key.zip(file.text().map(str::to_owned)));
                }
                // They stay where they are: other parts of Waymark may want to read them too.
                FileKind::Yaml | FileKind::Toml | FileKind::Other => {
                    let mime = "application/octet-stream".to_owned();
                    linkable.push(Asset { path: relative, mime, bytes: file.bytes.clone() });
                }
            }
        }
        pages.extend(included_pages);
        let present: BTreeSet<String> = assets.iter().map(|asset: &Asset| asset.path.clone()).collect();
        assets.extend(included_assets.into_iter().filter(|asset| !present.contains(&asset.path)));
        let name = Some(name_of(&found.root)).filter(|name| !name.is_empty()).unwrap_or(self.name).to_owned();
        let root = found.root.clone();
        let (files, owner) = (linkable, found.owner.clone());
        let parts =
            Parts { name, root: root.clone(), folder, config, pages, assets, files, modified, owner, orders, included };
        let site = self.build(parts, memory, problems);
        // What stands in its pages needs no page of its own.
        for path in site.context.snippets.keys().filter_map(|path| join(&root, path)) {
            let text = rest.get(&path).filter(|file| file.kind == FileKind::Markdown).and_then(File::text);
            if text.is_some_and(|text| content::classify(&path, text) == Kind::Page) {
                rest.remove(&path);
            }
        }
        site
    }

    /// Whether the folder lies in a git checkout.
    fn is_checkout(&self) -> bool {
        self.path.ancestors().any(|folder| folder.join(".git").exists())
    }

    /// Markdown that is nothing else is still worth reading: it becomes a site of its own.
    pub(crate) fn loose_pages(
        &self,
        pages: BTreeMap<String, String>,
        rest: &mut BTreeMap<String, File>,
        memory: &mut FolderMemory,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<ParsedSite> {
        if pages.is_empty() {
            return None;
        }
        let assets = std::mem::take(rest)
            .into_values()
            .filter_map(|file| match file.kind {
                FileKind::Image(mime) => Some(Asset { path: file.path, mime: mime.to_owned(), bytes: file.bytes }),
                _ => None,
            })
            .collect();
        let config = SiteConfig { docs_dir: String::new(), ..SiteConfig::default() };
        let (name, root, folder) = (self.name.to_owned(), String::new(), String::new());
        let (orders, included) = (BTreeMap::new(), Included::default());
        let (files, modified, owner) = (Vec::new(), BTreeMap::new(), None);
        let parts = Parts { name, root, folder, config, pages, assets, files, modified, owner, orders, included };
        Some(self.build(parts, memory, problems))
    }

    fn build(&self, parts: Parts, memory: &mut FolderMemory, problems: &mut Vec<Diagnostic>) -> ParsedSite {
        let Parts { name, root, folder, config, mut pages, mut assets, files, modified, owner, orders, included } =
            parts;
        follow_text_links(&mut pages);
        let tree = SiteTree {
            folder_name: pretty(&name),
            config,
            assets: assets.iter().chain(&files).map(|asset| asset.path.clone()).collect(),
            pages,
            prefix: folder.clone(),
        };
        let mut left = MAX_SNIPPETS;
        let snippets = waymark_docs::snippet_files(&tree, |path| {
            let text = named_text(self.path, &join(&root, path)?).filter(|text| text.len() <= left)?;
            left -= text.len();
            Some(text)
        });
        // The order of folders matters now, and the snippets also later.
        let mut texts = orders;
        texts.extend(snippets.iter().map(|(path, text)| (path.clone(), text.clone())));
        let (site, mut findings) = waymark_docs::load_again(&tree, Some(&texts), memory.site(&folder));
        let linked: BTreeSet<&String> = site.pages.values().flat_map(|page| &page.files).collect();
        assets.extend(files.into_iter().filter(|file| linked.contains(&file.path)));
        included.locate(&tree.prefix, &mut findings);
        problems.append(&mut findings);
        let SiteTree { config, pages, .. } = tree;
        let about = About {
            owner,
            // A checkout gives every file the time at which it was made.
            modified: if self.is_checkout() { BTreeMap::new() } else { modified },
            foreign: pages.keys().filter(|path| included.files.contains_key(*path)).cloned().collect(),
            ..About::of(&config)
        };
        let context = Context { dialect: config.dialect, redirects: config.redirects, snippets };
        let name = slugify(&name, "docs");
        ParsedSite { folder, name, site, sources: pages, assets, context, about }
    }
}

/// Whether a file says in which order its folder is read.
fn is_order(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some(".pages" | ".nav.yml" | ".nav.yaml"))
}
