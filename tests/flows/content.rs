//! Folders of all kinds: what is found, what is wrong, what is read.

use std::fs;

use tempfile::TempDir;
use waymark_api::ipc::{
    docs::{ListSites, OpenPage, OpenSite},
    roadmap::OpenBoard,
    sources::FoundKind,
};
use waymark_core::diagnostic::Severity;

use waymark_tests::content::{repository, shared, write};

use crate::driver::NewHire;

#[tokio::test]
async fn the_bundled_sample_is_without_findings_and_every_page_opens() {
    let ada = NewHire::arrives().await;
    let report = ada.opens(&repository().join("docs-content")).await;
    let bad: Vec<_> = report.problems.iter().filter(|problem| problem.severity != Severity::Note).collect();
    assert!(bad.is_empty(), "{bad:#?}");
    for (kind, at_least) in [(FoundKind::Journey, 2), (FoundKind::Site, 2), (FoundKind::Roadmap, 1)] {
        assert!(report.found.iter().filter(|found| found.kind == kind).count() >= at_least, "{:?}", report.found);
    }
    let sites = report.found.iter().filter(|found| found.kind == FoundKind::Site).count();
    assert_eq!(sites, 2, "the company's docs and the handbook, none of our own notes: {:?}", report.found);
    let mut pages = 0;
    for site in waymark_app::docs::list_sites(&ada.app, ListSites {}).await.expect("sites") {
        let view = waymark_app::docs::open_site(&ada.app, OpenSite { site: site.id.clone() }).await.expect("a site");
        let mut paths = Vec::new();
        for node in &view.nav {
            node.walk(&mut Vec::new(), &mut |node, _| paths.extend(node.page.clone()));
        }
        for page in paths {
            let view = waymark_app::docs::open_page(&ada.app, OpenPage { site: site.id.clone(), page: page.clone() })
                .await
                .expect("a page of the navigation opens");
            assert!(view.problems.is_empty(), "{page}: {:#?}", view.problems);
            assert!(!view.html.is_empty(), "{page} has a body");
            pages += 1;
        }
    }
    assert!(pages >= 40, "{pages} pages");
    let board = waymark_app::roadmap::open_board(&ada.app, OpenBoard { pack: None }).await.expect("a board");
    let board = board.expect("the sample has a roadmap");
    assert!(board.columns.iter().all(|column| !column.cards.is_empty()));
    assert!(
        board
            .columns
            .iter()
            .flat_map(|column| &column.cards)
            .all(|card| card.missing.is_empty() && !card.summary.is_empty())
    );
}

#[tokio::test]
async fn broken_files_are_listed_all_at_once_and_the_rest_loads() {
    let folder = TempDir::new().expect("a folder");
    let write = |path: &str, text: &str| write(folder.path(), path, text).expect("a file");
    write(
        "journeys/broken.md",
        "---\nschema: waymark.journey/1\nid: broken\ntitle: Broken\nversion: 1.0.0\nowner: team:x\ncolour: red\nphases:\n  - {id: day1, title: First day, from: 1wd, to: soon}\n---\n\n## First day {#day1}\n\n- [ ] **One** {#one}\n\n  ```yaml step\n  due: whenever\n  needs: [nowhere]\n  ```\n\n- [ ] **Two** {#one}\n",
    );
    write("site/mkdocs.yml", "site_name: Broken site\nnav:\n  - Home: index.md\n  - Gone: gone.md\n");
    write("site/docs/index.md", "---\ntitle: [unclosed\n---\n\n# Home\n\nSee [nothing](missing.md).\n");
    write("site/docs/good.md", "# Good\n\nText.\n");
    let ada = NewHire::arrives().await;
    let report = ada.opens(folder.path()).await;
    let codes = |path: &str| -> Vec<&str> {
        report.problems.iter().filter(|problem| problem.path == path).map(|problem| problem.code.as_str()).collect()
    };
    for code in ["J003", "J011", "J020", "J030"] {
        assert!(codes("journeys/broken.md").contains(&code), "{code} is missing in {:#?}", report.problems);
    }
    assert!(
        report.problems.iter().any(|problem| problem.path == "site/mkdocs.yml" && problem.line == 4),
        "{:#?}",
        report.problems
    );
    assert!(report.problems.iter().any(|problem| problem.path == "site/docs/index.md"), "{:#?}", report.problems);
    assert!(report.problems.iter().all(|problem| problem.line >= 1 && problem.column >= 1));

    let journey = ada.journey().await;
    assert!(!journey.phases[0].steps.is_empty(), "what can be read is shown");
    let site = waymark_app::docs::list_sites(&ada.app, ListSites {}).await.expect("sites").remove(0);
    for page in ["index.md", "good.md"] {
        waymark_app::docs::open_page(&ada.app, OpenPage { site: site.id.clone(), page: page.to_owned() })
            .await
            .expect("the rest can be read");
    }
}

#[tokio::test]
async fn a_folder_without_content_says_what_is_looked_for() {
    let ada = NewHire::arrives().await;
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("photo.bin"), [0_u8, 159, 146, 150]).expect("a file");
    let error = ada.scans(folder.path()).await.expect_err("there is nothing in it").to_string();
    assert!(error.contains("mkdocs.yml") && error.contains("checklists"), "{error}");
    let error = ada.scans(&folder.path().join("gone")).await.expect_err("it is not there").to_string();
    assert!(error.contains("gone"), "{error}");
    let error = ada.scans(&folder.path().join("photo.bin")).await.expect_err("it is a file").to_string();
    assert!(!error.is_empty(), "{error}");
}

#[tokio::test]
async fn an_image_is_served_from_the_library_and_an_authors_svg_is_not() {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir_all(folder.path().join("docs/img")).expect("a folder");
    fs::write(folder.path().join("mkdocs.yml"), "site_name: Pictures\n").expect("a file");
    fs::write(folder.path().join("docs/index.md"), "# Home\n\n![A dot](img/dot.png) ![Lines](img/lines.svg)\n")
        .expect("a file");
    let png = [
        0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
        6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89,
    ];
    fs::write(folder.path().join("docs/img/dot.png"), png).expect("a file");
    fs::write(folder.path().join("docs/img/lines.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>").expect("a file");
    let ada = NewHire::arrives().await;
    ada.opens(folder.path()).await;
    let site = waymark_app::docs::list_sites(&ada.app, ListSites {}).await.expect("sites").remove(0);
    let view = waymark_app::docs::open_page(&ada.app, OpenPage { site: site.id.clone(), page: "index.md".to_owned() })
        .await
        .expect("the page opens");
    assert!(view.html.contains(&format!("waymark-doc://localhost/{}/img/dot.png", site.id)), "{}", view.html);
    drop(folder);
    let (mime, bytes) =
        waymark_app::docs::image(&ada.app, site.id.as_str(), "img/dot.png").await.expect("it is in the library");
    assert_eq!((mime.as_str(), bytes.as_slice()), ("image/png", png.as_slice()));
    assert!(waymark_app::docs::image(&ada.app, site.id.as_str(), "img/lines.svg").await.is_none());
    assert!(waymark_app::docs::image(&ada.app, site.id.as_str(), "../img/dot.png").await.is_none());
}

/// Real sites: everything in them opens, and what is wrong is a finding.
#[tokio::test]
async fn real_sites_open_page_by_page() {
    for (corpus, at_least) in [("docs/bcgov-platform-developer-docs", 60), ("docs/argo-rollouts", 100)] {
        let Some(folder) = shared(corpus) else { return };
        let ada = NewHire::arrives().await;
        let report = ada.opens(&folder).await;
        assert!(report.found.iter().any(|found| found.kind == FoundKind::Site), "{corpus}: {:?}", report.found);
        let mut opened = 0;
        for site in waymark_app::docs::list_sites(&ada.app, ListSites {}).await.expect("sites") {
            let view =
                waymark_app::docs::open_site(&ada.app, OpenSite { site: site.id.clone() }).await.expect("a site");
            let mut pages = Vec::new();
            for node in &view.nav {
                node.walk(&mut Vec::new(), &mut |node, _| pages.extend(node.page.clone()));
            }
            for page in pages {
                let request = OpenPage { site: site.id.clone(), page };
                waymark_app::docs::open_page(&ada.app, request).await.expect("a page of the navigation opens");
                opened += 1;
            }
        }
        assert!(opened >= at_least, "{corpus}: {opened} pages");
    }
}
