//! A documentation site as it lies in a folder on this machine.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::{monorepo, snippets};
use anyhow::{Context, bail};
use waymark_core::{diagnostic::Diagnostic, id::SiteId};
use waymark_docs::{SiteConfig, SiteTree, read_config};

/// Names of a configuration, in the order in which they are looked for.
const CONFIGS: [&str; 5] = ["mkdocs.yaml", "mkdocs.yml", "properdocs.yml", "properdocs.yaml", "zensical.toml"];
/// Files in one site; more is not documentation.
const MAX_FILES: usize = 100_000;
/// Folders inside folders.
const MAX_DEPTH: usize = 32;

/// A site as it was read.
pub(super) struct Found {
    /// Its name in addresses: the folder's.
    pub(super) id: SiteId,
    /// Configuration, pages and files.
    pub(super) tree: SiteTree,
    /// Texts that snippets name, by path relative to the configuration.
    pub(super) files: BTreeMap<String, String>,
    /// What is wrong with the configuration.
    pub(super) findings: Vec<Diagnostic>,
}

/// Reads the site in `folder`; a folder without a configuration is read with the defaults.
pub(super) fn read(folder: &Path) -> anyhow::Result<Found> {
    let root = folder.canonicalize().with_context(|| format!("could not open {}", folder.display()))?;
    let name = root.file_name().map_or_else(|| "site".to_owned(), |name| name.to_string_lossy().into_owned());
    let root = with_config(&root).unwrap_or(root);
    let config = CONFIGS.into_iter().find(|name| root.join(name).is_file());
    let (config, mut findings) = match config {
        Some(name) => {
            let path = root.join(name);
            let bytes = fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
            read_config(name, &String::from_utf8_lossy(&bytes))
        }
        None => (SiteConfig::default(), Vec::new()),
    };
    let docs = root.join(&config.docs_dir);
    if !docs.is_dir() {
        bail!("{} has no folder `{}` with pages", root.display(), config.docs_dir);
    }
    let prefix = config.docs_dir.clone();
    let mut tree = SiteTree { folder_name: name.clone(), config, prefix, ..SiteTree::default() };
    walk(&root, &docs, "", 0, &mut tree)?;
    findings.extend(monorepo::expand(&root, &mut tree)?);
    resolve_text_links(&mut tree.pages);
    let files = snippets::read(&root, &tree);
    Ok(Found { id: SiteId::from(name.as_str()), tree, files, findings })
}

/// The folder that holds the site's configuration: this one, or the only one below it that has one where
/// this one has neither configuration nor pages.
fn with_config(root: &Path) -> Option<PathBuf> {
    let has_config = |folder: &Path| CONFIGS.iter().any(|name| folder.join(name).is_file());
    let has_pages = || {
        let entries = fs::read_dir(root.join("docs")).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).any(|path| path.extension().is_some_and(|ending| ending == "md"))
    };
    if has_config(root) || has_pages() {
        return None;
    }
    let folders = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
    };
    let first = folders(root);
    let second: Vec<PathBuf> = first.iter().take(MAX_DEPTH).flat_map(|folder| folders(folder)).collect();
    let mut found = first.into_iter().chain(second).filter(|folder| has_config(folder));
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

/// Reads `folder`, whose path below the docs folder is `below`. A link that leaves the site is not followed.
pub(super) fn walk(root: &Path, folder: &Path, below: &str, depth: usize, tree: &mut SiteTree) -> anyhow::Result<()> {
    if depth > MAX_DEPTH {
        return Ok(());
    }
    let list = fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    for entry in list {
        let path = entry.with_context(|| format!("could not read {}", folder.display()))?.path();
        let Ok(real) = path.canonicalize() else { continue };
        if !real.starts_with(root) {
            continue;
        }
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let name = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
        if real.is_dir() {
            walk(root, &path, &name, depth + 1, tree)?;
        } else if tree.pages.len() + tree.assets.len() >= MAX_FILES {
            bail!("{} holds more than {MAX_FILES} files", root.display());
        } else if name.ends_with(".md") {
            let bytes = fs::read(&real).with_context(|| format!("could not read {}", path.display()))?;
            tree.pages.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        } else {
            tree.assets.insert(name);
        }
    }
    Ok(())
}

/// Git writes a symbolic link as a file that holds the target's path where links are not available. Such a
/// page, of one line that names another page, is read as that page.
fn resolve_text_links(pages: &mut BTreeMap<String, String>) {
    let target = |path: &str, text: &str| {
        let named = !text.contains(['\n', ' ']) && text.ends_with(".md");
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if named { snippets::relative(&Path::new(folder).join(text)) } else { None }
    };
    let links: Vec<(String, String)> = (pages.iter())
        .filter_map(|(path, text)| Some((path.clone(), target(path, text)?)))
        .filter_map(|(path, target)| Some((path, pages.get(&target)?.clone())))
        .collect();
    pages.extend(links);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_written_as_text_is_followed() {
        let pages = [("a/x.md", "../y.md"), ("y.md", "# Y\n"), ("z.md", "no.md"), ("w.md", "y.md\n")];
        let mut pages = pages.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        resolve_text_links(&mut pages);
        assert_eq!(pages["a/x.md"], "# Y\n");
        assert_eq!(pages["z.md"], "no.md");
        assert_eq!(pages["w.md"], "y.md\n", "git writes no line break behind the path");
    }
}
