//! What the links of a folder's journeys and roadmap can lead to.

use std::collections::BTreeSet;

use waymark_core::{
    content::{FolderLibrary, steps_of},
    docs::{Pages, SiteMap},
    id::{PackId, SiteId},
};
use waymark_store::Db;

use super::site::ParsedSite;
use crate::AppError;

/// Pages of the folder and of the other packs, the folder's files and its journeys. `files` are the folder's paths.
pub(crate) fn folder_library(sites: &[ParsedSite], files: BTreeSet<String>, others: Others) -> FolderLibrary {
    let own = sites.iter().map(|parsed| SiteMap {
        id: SiteId::new(parsed.site.title.clone()),
        docs: parsed.folder.clone(),
        pages: parsed.site.pages.iter().map(|(path, meta)| (path.clone(), meta.ids())).collect(),
    });
    let other_sites = others.sites.into_iter().map(|site| SiteMap {
        id: site.id,
        docs: site.docs,
        // Their headings were checked where they came from.
        pages: site.pages.into_keys().map(|path| (path, None)).collect(),
    });
    FolderLibrary::new(Pages { sites: own.chain(other_sites).collect() }, files, others.steps)
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
            others.steps.extend(steps_of(&row.template));
        }
        Ok(others)
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use jiff::civil::date;
    use waymark_core::{
        diagnostic::{Diagnostic, Severity},
        docs::SiteMap,
    };
    use waymark_sync::folder::{self, Limits};

    use super::{
        super::ingest::{Around, Content, parse},
        Others,
    };

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
