//! What the links of a folder's journeys and roadmap can lead to.

use std::collections::BTreeSet;

use waymark_core::{
    content::{KnownPage, Library},
    id::{PackId, SiteId, slugify},
    journey::Template,
    path::{folder_of, join},
};
use waymark_docs::PageMeta;
use waymark_store::Db;

use super::site::ParsedSite;
use crate::{
    AppError,
    pages::{Pages, SiteMap},
};

/// Ids that links to a page may name; `None` where nobody knows them.
type Ids = Option<Vec<String>>;

/// Pages of the folder and of the other packs, the folder's files and its journeys.
pub(crate) struct FolderLibrary {
    pages: Pages<Ids>,
    files: BTreeSet<String>,
    steps: BTreeSet<String>,
}

impl FolderLibrary {
    /// `files` are the paths of the folder.
    pub(crate) fn new(sites: &[ParsedSite], files: BTreeSet<String>, others: Others) -> Self {
        let own = sites.iter().map(|parsed| SiteMap {
            id: SiteId::new(parsed.site.title.clone()),
            docs: parsed.folder.clone(),
            pages: parsed.site.pages.iter().map(|(path, meta)| (path.clone(), ids(meta))).collect(),
        });
        let other_sites = others.sites.into_iter().map(|site| SiteMap {
            id: site.id,
            docs: site.docs,
            // Their headings were checked where they came from.
            pages: site.pages.into_keys().map(|path| (path, None)).collect(),
        });
        Self { pages: Pages { sites: own.chain(other_sites).collect() }, files, steps: others.steps }
    }

    /// Makes journeys and their steps known to the links that follow.
    pub(crate) fn add_steps<'t>(&mut self, templates: impl Iterator<Item = &'t Template>) {
        templates.for_each(|template| add_steps(template, &mut self.steps));
    }
}

fn add_steps(template: &Template, steps: &mut BTreeSet<String>) {
    steps.insert(template.id.to_string());
    steps.extend(template.steps().map(|step| format!("{}/{}", template.id, step.id)));
}

/// What the other packs on this device have that links may lead to.
#[derive(Default)]
pub(crate) struct Others {
    sites: Vec<SiteMap<()>>,
    steps: BTreeSet<String>,
}

impl Others {
    /// Everything but the content of `pack`, which is about to be replaced.
    ///
    /// # Errors
    ///
    /// Where the library cannot be read.
    pub(crate) async fn than(pack: Option<PackId>, db: &Db) -> Result<Self, AppError> {
        let mut others = Self::default();
        for site in db.sites().list().await?.into_iter().filter(|site| Some(site.pack) != pack) {
            let pages = db.pages().titles(&site.id).await?.into_iter().map(|page| (page.path, ())).collect();
            others.sites.push(SiteMap { id: site.id, docs: site.folder, pages });
        }
        for row in db.templates().list().await?.into_iter().filter(|row| Some(row.pack) != pack) {
            add_steps(&row.template, &mut others.steps);
        }
        Ok(others)
    }
}

/// Ids of headings and anchors, the title's own among them.
fn ids(meta: &PageMeta) -> Ids {
    // A page that is too large is shown as text, and nobody looked for its headings.
    if meta.words == 0 && meta.outline.is_empty() && meta.anchors.is_empty() {
        return None;
    }
    let headings = meta.outline.iter().map(|heading| heading.id.clone());
    Some(headings.chain(meta.anchors.iter().cloned()).chain([slugify(&meta.title, "top"), "top".to_owned()]).collect())
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

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use jiff::civil::date;
    use waymark_core::diagnostic::{Diagnostic, Severity};
    use waymark_sync::folder::{self, Limits};

    use super::{
        super::ingest::{Around, Content, parse},
        Others,
    };
    use crate::pages::SiteMap;

    fn read(folder: &Path, others: Others) -> Content {
        let snapshot = folder::read(folder, &Limits::default(), &mut |_| {}).expect("a folder");
        parse("folder", snapshot, Around { today: Some(date(2026, 10, 10)), others })
    }

    fn lines(problems: &[Diagnostic]) -> Vec<String> {
        problems.iter().map(|one| format!("{}:{} {}", one.path, one.line, one.code)).collect()
    }

    const JOURNEY: &str =
        "---\nschema: waymark.journey/1\nid: t\ntitle: T\nversion: 1.0.0\nowner: team:t\n---\n\n## P {#p}\n";

    /// A folder with a site, a loose page, a journey that names pages and an item that names both.
    fn folder(docs: &str, links: &str) -> tempfile::TempDir {
        let folder = tempfile::TempDir::new().expect("a folder");
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        write("site/mkdocs.yml", "site_name: Site\n");
        write("site/docs/index.md", "# Home page\n\nWords.\n\n## Get the tools\n\nMore words.\n");
        write("notes/loose.md", "# Loose\n\nWords.\n");
        write("LICENSE.txt", "All of it.\n");
        write(
            "journeys/t.md",
            &format!("{JOURNEY}\n- [ ] A {{#a}}\n\n  ```yaml step\n  role: it\n  docs: [{docs}]\n  ```\n"),
        );
        write(
            "roadmap/items/x.md",
            &format!(
                "---\nschema: waymark.roadmap/1\nid: x\ntitle: X\nhorizon: later\nstatus: draft\nlinks: [{links}]\n---\n\n[the licence](../../LICENSE.txt)\n"
            ),
        );
        folder
    }

    #[test]
    fn links_lead_to_pages_headings_steps_and_files_of_the_folder() {
        let good = folder(
            "site/index.md#get-the-tools, site/docs/index.md#home-page, notes/loose.md, ../site/docs/index",
            "{kind: docs, to: site/index.md#get-the-tools}, {kind: step, to: t/a}, {kind: step, to: t}",
        );
        let content = read(good.path(), Others::default());
        assert_eq!(lines(&content.problems), Vec::<String>::new());
        let bad =
            folder("site/gone.md, site/index.md#get-tools", "{kind: step, to: t/b}, {kind: docs, to: site/indx.md}");
        let content = read(bad.path(), Others::default());
        assert_eq!(
            lines(&content.problems),
            [
                "journeys/t.md:15 J060",
                "journeys/t.md:15 J061",
                "roadmap/items/x.md:7 R070",
                "roadmap/items/x.md:7 R070"
            ]
        );
        let helps: Vec<&str> = content.problems.iter().filter_map(|one| one.help.as_deref()).collect();
        assert_eq!(helps[1], "Did you mean `#get-the-tools`?");
        assert_eq!(helps[3], "Did you mean `site/index.md`?");
    }

    #[test]
    fn pages_of_other_packs_count() {
        let folder = folder("elsewhere/setup.md#run", "{kind: step, to: other/step}");
        let site = SiteMap {
            id: waymark_core::id::SiteId::new("elsewhere"),
            docs: "elsewhere/docs".to_owned(),
            pages: [("setup.md".to_owned(), ())].into(),
        };
        let others = Others { sites: vec![site], steps: ["other/step".to_owned()].into() };
        assert_eq!(lines(&read(folder.path(), others).problems), Vec::<String>::new());
        assert_eq!(
            lines(&read(folder.path(), Others::default()).problems),
            ["journeys/t.md:15 J060", "roadmap/items/x.md:7 R070"]
        );
    }

    #[test]
    fn a_translation_is_not_a_second_journey() {
        let folder = folder("site/index.md", "");
        let original = format!("{JOURNEY}\n- [ ] A {{#a}}\n\n  ```yaml step\n  role: it\n  ```\n");
        let original = original.replace("owner:", "translations: {de: a-de.md}\nowner:");
        fs::write(folder.path().join("journeys/t.md"), &original).expect("a file");
        let behind = original.replace("translations: {de: a-de.md}\n", "").replace("1.0.0", "0.9.0");
        fs::write(folder.path().join("journeys/a-de.md"), behind).expect("a file");
        let content = read(folder.path(), Others::default());
        assert_eq!(lines(&content.problems), ["journeys/a-de.md:5 J092"]);
        let paths: Vec<&str> = content.templates.iter().map(|row| row.template.path.as_str()).collect();
        assert_eq!(paths, ["journeys/t.md"]);
    }

    #[test]
    fn the_sample_links_to_itself_without_a_gap() {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs-content");
        let problems = read(&sample, Others::default()).problems;
        let bad: Vec<_> = problems.into_iter().filter(|one| one.severity != Severity::Note).collect();
        assert!(bad.is_empty(), "{bad:#?}");
    }
}
