//! Packs of a server: changed site by site.

use std::collections::BTreeMap;

use waymark_core::id::{PackId, SiteId};
use waymark_store::{Asset, PackSource, PackUpdate, Page, RemoteSite, SiteContent};

use crate::support::*;

fn site(id: &str, title: &str, source: &str) -> SiteContent {
    let page = Page {
        path: "index.html".into(),
        title: title.into(),
        source: source.into(),
        hash: source.into(),
        outline: Vec::new(),
        words: 1,
        text: source.into(),
    };
    SiteContent {
        id: SiteId::new(id),
        folder: format!("default/component/{id}"),
        title: title.into(),
        nav: Vec::new(),
        home: Some("index.html".into()),
        pages: vec![page],
        assets: vec![Asset { path: "a.png".into(), mime: "image/png".into(), bytes: vec![1] }],
        context: None,
        about: None,
        links: Vec::new(),
    }
}

fn update(kept: &[&str], sites: Vec<SiteContent>) -> PackUpdate {
    PackUpdate {
        title: "Backstage".into(),
        revision: "r".into(),
        kept: kept.iter().map(|id| SiteId::new(*id)).collect(),
        sites,
        diagnostics: Vec::new(),
    }
}

#[tokio::test]
async fn one_site_is_swapped_while_the_others_stay() {
    let library = Library::new().await;
    let (id, source) = (PackId::new(fresh()), PackSource::Backstage { location: "https://b.example".into() });
    let remote = RemoteSite { version: "1".into(), etags: BTreeMap::from([("index.html".into(), "e".into())]) };
    let write = async |update: PackUpdate| {
        library
            .db
            .write(async |tx| {
                let new: Vec<SiteId> = update.sites.iter().map(|site| site.id.clone()).collect();
                tx.packs().update(id, &source, update, now()).await?;
                for site in &new {
                    tx.remotes().keep(site, &remote).await?;
                }
                tx.remotes().choose(id, "chosen".into()).await
            })
            .await
            .unwrap();
    };
    write(update(&[], vec![site("pier", "Pier", "one"), site("lantern", "Lantern", "two")])).await;
    let db = &library.db;
    let titles = async || db.sites().list().await.unwrap().into_iter().map(|site| site.title).collect::<Vec<_>>();
    assert_eq!(titles().await, ["Lantern", "Pier"], "by title");
    let pack = db.packs().get(id).await.unwrap().unwrap();
    assert_eq!((&pack.source, pack.counts.sites, pack.counts.pages, pack.counts.assets), (&source, 2, 2, 2));

    write(update(&["lantern"], vec![site("pier", "Pier", "three")])).await;
    let page = async |id: &str| db.pages().get(&id.into(), "index.html").await.unwrap().map(|page| page.source);
    assert_eq!((page("pier").await.as_deref(), page("lantern").await.as_deref()), (Some("three"), Some("two")));
    assert_eq!(db.remotes().site(&"lantern".into()).await.unwrap().as_ref(), Some(&remote));
    assert_eq!(db.remotes().choice(id).await.unwrap().as_deref(), Some("chosen"));

    write(update(&["pier"], Vec::new())).await;
    assert_eq!(titles().await, ["Pier"]);
    assert_eq!(db.remotes().site(&"lantern".into()).await.unwrap(), None, "a version goes with its site");
    db.write(async |tx| tx.packs().remove(id).await).await.unwrap();
    assert_eq!(db.remotes().choice(id).await.unwrap(), None);
}
