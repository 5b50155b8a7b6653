//! A pack of the size of a large documentation site.

use std::{io::Write, time::Instant};

use waymark_core::id::{PackId, SiteId};
use waymark_store::{Asset, PackContent, PackSource, Page, SiteContent};

use crate::support::*;

/// 460 pages and 60 images, about 16 MB together. The figure is printed; benches judge it.
fn large() -> PackContent {
    let pages = (0..460)
        .map(|n| {
            let source = format!("# Page {n}\n\n{}", "All work and no play makes a dull page. ".repeat(300 + n));
            Page {
                path: format!("section-{}/page-{n}.md", n / 20),
                title: format!("Page {n}"),
                hash: format!("{n}"),
                outline: Vec::new(),
                words: 900,
                text: source.clone(),
                source,
            }
        })
        .collect();
    let assets = (0..60)
        .map(|n| Asset { path: format!("img/{n}.png"), mime: "image/png".into(), bytes: vec![n as u8; 100_000] })
        .collect();
    PackContent {
        title: "Large".into(),
        revision: "1".into(),
        templates: Vec::new(),
        roadmap: None,
        sites: vec![SiteContent {
            id: SiteId::new("large"),
            folder: "docs".to_owned(),
            title: "Large".into(),
            nav: Vec::new(),
            home: None,
            pages,
            assets,
            context: None,
            about: None,
            links: Vec::new(),
        }],
        diagnostics: Vec::new(),
    }
}

#[tokio::test]
async fn a_large_pack_is_replaced_as_a_whole() {
    let library = Library::new().await;
    let (id, content) = (PackId::new(fresh()), large());
    for round in ["first", "again"] {
        let next = content.clone();
        let start = Instant::now();
        library.db.write(async |tx| tx.packs().replace(id, &PackSource::Sample, next, now()).await).await.unwrap();
        let _ = writeln!(std::io::stderr(), "large pack, {round}: {} ms", start.elapsed().as_millis());
        assert_eq!(library.db.pages().all(&SiteId::new("large")).await.unwrap(), content.sites[0].pages);
        assert_eq!(library.db.assets().paths(&SiteId::new("large")).await.unwrap().len(), 60);
    }
    assert_eq!(library.db.check().await.unwrap(), None);
}
