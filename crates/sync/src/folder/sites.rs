//! Which documentation sites a folder holds.

use std::collections::{BTreeMap, BTreeSet};

use waymark_core::{
    docs::{SITE_CONFIGS, site_config},
    path::{below, folder_of, join, name_of},
};

use super::{
    File, FileKind,
    catalog::{self, Documented},
};

/// A documentation site in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSite {
    /// Its configuration, relative to the opened folder; `None` where a folder of Markdown speaks for itself.
    pub config_path: Option<String>,
    /// Folder of the configuration, relative to the opened folder; empty for the folder itself.
    pub root: String,
    /// Folder of the pages, relative to the opened folder; empty for the folder itself.
    pub docs_dir: String,
    /// What a catalog file calls it.
    pub name_hint: Option<String>,
    /// Who owns it, as a catalog file writes it.
    pub owner: Option<String>,
}

/// Pages with which a folder of Markdown is a site.
const HOMES: [&str; 2] = ["index.md", "readme.md"];

/// The sites in `files`, by folder. A configuration inside the pages of another site is part of those.
pub fn sites(files: &[File]) -> Vec<FoundSite> {
    let named = catalog_names(files);
    let mut sites = configured(files);
    let implicit = implicit(files, &sites);
    sites.extend(implicit);
    for site in &mut sites {
        // Some catalogs name the folder of the pages instead of the configuration's.
        let entity = named.get(&site.root).or_else(|| named.get(&site.docs_dir));
        site.name_hint = entity.and_then(|entity| entity.name.clone());
        site.owner = entity.and_then(|entity| entity.owner.clone());
    }
    sites.sort_by(|a, b| (&a.root, &a.docs_dir).cmp(&(&b.root, &b.docs_dir)));
    sites
}

/// Sites with a configuration, outermost first.
fn configured(files: &[File]) -> Vec<FoundSite> {
    let mut by_folder: BTreeMap<&str, BTreeMap<&str, &File>> = BTreeMap::new();
    for file in files {
        let name = name_of(&file.path);
        if SITE_CONFIGS.contains(&name) {
            by_folder.entry(folder_of(&file.path)).or_default().insert(name, file);
        }
    }
    let mut found: Vec<FoundSite> = by_folder
        .into_iter()
        .filter_map(|(root, configs)| {
            let config = configs.get(site_config(|name| configs.contains_key(name))?)?;
            let named = config.text().and_then(|text| catalog::docs_dir(&config.path, text));
            let docs_dir =
                named.and_then(|named| place(root, &named)).or_else(|| join(root, "docs")).unwrap_or_default();
            let config_path = Some(config.path.clone());
            Some(FoundSite { config_path, root: root.to_owned(), docs_dir, name_hint: None, owner: None })
        })
        .collect();
    found.sort_by_key(|site| depth(&site.root));
    let mut kept: Vec<FoundSite> = Vec::new();
    for site in found {
        if !kept.iter().any(|outer| outer.root != site.root && is_below(&site.root, &outer.docs_dir)) {
            kept.push(site);
        }
    }
    kept
}

/// Folders called `docs` that hold a first page and belong to no other site; where nothing else is
/// found, the opened folder itself.
fn implicit(files: &[File], configured: &[FoundSite]) -> Vec<FoundSite> {
    let homes: BTreeSet<&str> = files
        .iter()
        .filter(|file| file.kind == FileKind::Markdown)
        .map(|file| (folder_of(&file.path), name_of(&file.path)))
        .filter(|(_, name)| HOMES.contains(&name.to_ascii_lowercase().as_str()))
        .map(|(folder, _)| folder)
        .collect();
    let belongs =
        |folder: &str| configured.iter().any(|site| is_below(folder, &site.docs_dir) || is_below(&site.root, folder));
    let mut folders: Vec<&str> =
        homes.into_iter().filter(|folder| name_of(folder) == "docs" && !belongs(folder)).collect();
    folders.sort_by_key(|folder| depth(folder));
    let mut found: Vec<FoundSite> = Vec::new();
    for folder in folders {
        if !found.iter().any(|outer| is_below(folder, &outer.docs_dir)) {
            found.push(FoundSite {
                config_path: None,
                root: folder_of(folder).to_owned(),
                docs_dir: folder.to_owned(),
                name_hint: None,
                owner: None,
            });
        }
    }
    if found.is_empty() && configured.is_empty() && files.iter().any(|file| file.path == "index.md") {
        found.push(FoundSite {
            config_path: None,
            root: String::new(),
            docs_dir: String::new(),
            name_hint: None,
            owner: None,
        });
    }
    found
}

/// What catalog files say about the sites, by the sites' folders.
fn catalog_names(files: &[File]) -> BTreeMap<String, Documented> {
    let mut names = BTreeMap::new();
    for file in files {
        let (folder, name) = (folder_of(&file.path), name_of(&file.path));
        if !matches!(name, "catalog-info.yaml" | "catalog-info.yml") {
            continue;
        }
        for documented in file.text().map(catalog::documented).unwrap_or_default() {
            if let Some(root) = place(folder, &documented.folder) {
                names.entry(root).or_insert(documented);
            }
        }
    }
    names
}

fn depth(folder: &str) -> usize {
    if folder.is_empty() { 0 } else { folder.split('/').count() }
}

/// Whether `folder` is `outer` or lies in it.
fn is_below(folder: &str, outer: &str) -> bool {
    folder == outer || below(folder, outer).is_some()
}

/// `to` as seen from `folder`; `None` where it leaves the opened folder or is a path of Windows.
fn place(folder: &str, to: &str) -> Option<String> {
    if to.contains(['\\', ':']) { None } else { join(folder, to.trim()) }
}

#[cfg(test)]
mod tests;
