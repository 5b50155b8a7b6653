//! A documentation site as it lies in a folder on this machine.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use waymark_core::{
    diagnostic::Diagnostic,
    docs::site_config,
    id::SiteId,
    path::{below, name_of},
};
use waymark_docs::{
    Included, Site, SiteConfig, SiteTree, expand_includes, fill_dates, follow_text_links, is_page, load_with,
    read_config, shows_dates, snippet_files,
};

use super::{disk::Disk, history};

/// Folders in which the only configuration is looked for.
const MAX_FOLDERS: usize = 32;

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
    included: Included,
}

impl Found {
    /// Titles, navigation, headings, and what is wrong with the pages.
    pub(super) fn load(&self) -> (Site, Vec<Diagnostic>) {
        let (site, mut findings) = load_with(&self.tree, Some(&self.files));
        self.included.locate(&self.tree.prefix, &mut findings);
        (site, findings)
    }
}

/// Reads the site in `folder`; a folder without a configuration is read with the defaults.
pub(super) fn read(folder: &Path) -> anyhow::Result<Found> {
    let root = folder.canonicalize().with_context(|| format!("could not open {}", folder.display()))?;
    let name = root.file_name().map_or_else(|| "site".to_owned(), |name| name.to_string_lossy().into_owned());
    let disk = Disk::new(with_config(&root).unwrap_or(root));
    let (mut config, mut findings) = match config_of(disk.root()) {
        Some(name) => read_config(name, &disk.page(name)?),
        None => (SiteConfig::default(), Vec::new()),
    };
    if !disk.root().join(&config.docs_dir).is_dir() {
        bail!("{} has no folder `{}` with pages", disk.root().display(), config.docs_dir);
    }
    let mut included = expand_includes(&mut config, "", &disk);
    findings.append(&mut included.findings);
    let prefix = config.docs_dir.clone();
    let mut tree = SiteTree { folder_name: name.clone(), config, prefix, ..SiteTree::default() };
    let own = disk.walk(&tree.prefix)?;
    let own = own.iter().filter_map(|source| Some((below(source, &tree.prefix)?, source)));
    let own = own.map(|(path, source)| (path.to_owned(), source.clone()));
    let all: BTreeMap<String, String> = own.chain(included.files.clone()).collect();
    for (path, source) in all {
        if is_page(&path) {
            tree.pages.insert(path, disk.page(&source)?);
        } else {
            tree.assets.insert(path);
        }
    }
    follow_text_links(&mut tree.pages);
    if tree.pages.values().any(|source| shows_dates(source)) {
        let days = history::days(&disk.root().join(&tree.prefix));
        findings.extend(fill_dates(&mut tree.pages, &days, tree.config.dates, &tree.prefix));
    }
    let mut files = snippet_files(&tree, |path| disk.named_text(path));
    files.extend(orders(&tree, &disk));
    Ok(Found { id: SiteId::from(name.as_str()), tree, files, findings, included })
}

/// The texts about the order of folders, by path relative to the configuration.
fn orders(tree: &SiteTree, disk: &Disk) -> BTreeMap<String, String> {
    let is_order = |path: &&String| matches!(name_of(path), ".pages" | ".nav.yml" | ".nav.yaml");
    let places = tree.assets.iter().filter(is_order).map(|path| match tree.prefix.as_str() {
        "" => path.clone(),
        folder => format!("{folder}/{path}"),
    });
    places.filter_map(|path| Some((path.clone(), disk.named_text(&path)?))).collect()
}

fn config_of(folder: &Path) -> Option<&'static str> {
    site_config(|name| folder.join(name).is_file())
}

/// The folder that holds the site's configuration: this one, or the only one below it that has one where
/// this one has neither configuration nor pages.
fn with_config(root: &Path) -> Option<PathBuf> {
    let has_pages = || {
        let entries = fs::read_dir(root.join("docs")).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).any(|path| path.to_str().is_some_and(is_page))
    };
    if config_of(root).is_some() || has_pages() {
        return None;
    }
    let folders = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
    };
    let first = folders(root);
    let second: Vec<PathBuf> = first.iter().take(MAX_FOLDERS).flat_map(|folder| folders(folder)).collect();
    let mut found = first.into_iter().chain(second).filter(|folder| config_of(folder).is_some());
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder can be made");
            fs::write(path, text).expect("the file can be written");
        }
        folder
    }

    #[test]
    fn sites_are_put_together_and_trouble_is_named() {
        let nav = "- index.md\n- One: '!include ./one/mkdocs.yml'\n- More: '*include ./more/*/mkdocs.yml'\n\
                   - Bad: '!include ../x/mkdocs.yml'\n";
        let folder = folder(&[
            ("mkdocs.yml", &format!("site_name: All\nnav:\n{nav}")),
            ("docs/index.md", "# All\n\n[one](One/a.md)\n"),
            ("one/mkdocs.yml", "site_name: One\nnav:\n- A: a.md\n"),
            ("one/docs/a.md", "# A\n\n[gone](gone.md)\n"),
            ("one/docs/a.png", ""),
            ("more/b/mkdocs.yml", "site_name: The B & co\n"),
            ("more/b/docs/index.md", "# B\n"),
            ("more/c/mkdocs.yml", "site_name: One\n"),
            ("more/c/docs/index.md", "# C\n"),
        ]);
        let found = read(folder.path()).expect("the site can be read");
        let pages: Vec<&str> = found.tree.pages.keys().map(String::as_str).collect();
        assert_eq!(pages, ["One/a.md", "index.md", "the-b-co/index.md"]);
        assert!(found.tree.assets.contains("One/a.png"), "{:?}", found.tree.assets);
        let messages: Vec<&str> = found.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages.len(), 2, "{messages:?}");
        let (site, findings) = found.load();
        let places: Vec<(&str, u32)> = findings.iter().map(|finding| (finding.path.as_str(), finding.line)).collect();
        assert_eq!(places, [("one/docs/a.md", 3)], "links into the parts resolve: {findings:#?}");
        let mut titles = Vec::new();
        for node in &site.nav {
            node.walk(&mut Vec::new(), &mut |node, _| titles.push(node.title.clone()));
        }
        assert_eq!(titles, ["All", "One", "A", "More", "The B & co"], "an index is its section's own page");
    }

    #[test]
    fn snippets_may_lie_in_a_folder_or_be_a_file() {
        let config =
            "site_name: S\nmarkdown_extensions:\n- pymdownx.snippets:\n    base_path: [parts, terms/words.md]\n";
        let page = "# S\n\n--8<-- \"a.md\"\n\n--8<-- \"words.md\"\n\n--8<-- \"../../secret.md\"\n";
        let folder = folder(&[
            ("site/mkdocs.yml", config),
            ("site/docs/index.md", page),
            ("site/docs/.pages", "nav: [index.md]\n"),
            ("site/parts/a.md", "From a folder.\n"),
            ("site/terms/words.md", "From a file.\n"),
            ("secret.md", "No.\n"),
        ]);
        let found = read(&folder.path().join("site")).expect("the site can be read");
        let names: Vec<&str> = found.files.keys().map(String::as_str).collect();
        assert_eq!(names, ["docs/.pages", "parts/a.md", "terms/words.md"]);
        let (site, _) = found.load();
        let text = &site.pages["index.md"].text;
        assert!(text.contains("From a folder.") && text.contains("From a file.") && !text.contains("No."), "{text}");
    }

    #[test]
    fn of_two_configurations_the_one_counts_that_mkdocs_takes() {
        let both =
            [("mkdocs.yaml", "site_name: Second\n"), ("mkdocs.yml", "site_name: First\n"), ("docs/index.md", "")];
        let found = read(folder(&both).path()).expect("the site can be read");
        assert_eq!(found.tree.config.site_name.as_deref(), Some("First"));
    }
}
