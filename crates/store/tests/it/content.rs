//! Packs: swapped as a whole, seen as a whole.

use waymark_core::{
    diagnostic::{Diagnostic, Severity},
    docs::{Heading, NavNode},
    id::{PackId, SiteId, StepId, TemplateId},
    roadmap::Roadmap,
};
use waymark_store::{
    Asset, Bookmark, Db, Note, PackContent, PackSource, Page, PageHtml, PageLink, PageStamp, ReadingPlace, SearchRow,
    SiteContent, TemplateContent, WriteError,
};

use crate::support::*;

fn page(path: &str, source: &str) -> Page {
    Page {
        path: path.into(),
        title: format!("Title of {path}"),
        source: source.into(),
        hash: format!("hash of {source}"),
        outline: vec![Heading { level: 2, id: "setup".into(), text: "Set up".into() }],
        words: 12,
        text: source.to_uppercase(),
    }
}

fn content(site: &str, pages: Vec<Page>) -> PackContent {
    PackContent {
        title: "Team handbook".into(),
        revision: pages.iter().map(|page| page.hash.as_str()).collect(),
        templates: vec![TemplateContent { template: template("first-week", &["vpn"]), hash: "t1".into() }],
        roadmap: Some(Roadmap { title: "Platform".into(), ..Roadmap::default() }),
        sites: vec![SiteContent {
            id: SiteId::new(site),
            folder: "docs".to_owned(),
            title: "Handbook".into(),
            nav: vec![NavNode { title: "Home".into(), page: Some("index.md".into()), ..NavNode::default() }],
            home: Some("index.md".into()),
            pages,
            assets: vec![Asset { path: "img/a.png".into(), mime: "image/png".into(), bytes: vec![0, 255, 1] }],
            context: Some("{}".into()),
            about: Some("{}".into()),
            links: Vec::new(),
        }],
        diagnostics: vec![Diagnostic {
            path: "journeys/first-week.md".into(),
            line: 3,
            column: 7,
            severity: Severity::Warning,
            code: "J011".into(),
            message: "odd".into(),
            help: Some("mend it".into()),
        }],
    }
}

fn folder() -> PackSource {
    PackSource::Folder { location: "/home/ada/handbook".into() }
}

async fn replace(library: &Library, id: PackId, content: PackContent) -> Result<(), WriteError> {
    library.db.write(async |tx| tx.packs().replace(id, &folder(), content, now()).await).await
}

#[tokio::test]
async fn everything_in_a_pack_comes_back_as_it_went_in() {
    let library = Library::alone().await;
    let (id, site) = (PackId::new(fresh()), SiteId::new("handbook"));
    let given = content("handbook", vec![page("index.md", "one"), page("about.md", "two")]);
    replace(&library, id, given.clone()).await.unwrap();

    let library = library.reopened().await;
    let db = &library.db;
    let packs = db.packs().list().await.unwrap();
    assert_eq!(packs.len(), 1);
    assert_eq!((&packs[0].source, packs[0].title.as_str()), (&folder(), "Team handbook"));
    assert_eq!((packs[0].added_at, packs[0].revision.as_str()), (now(), given.revision.as_str()));
    assert_eq!(packs[0].counts, given.counts());
    assert_eq!((packs[0].counts.pages, packs[0].counts.steps, packs[0].counts.warnings), (2, 1, 1));
    assert_eq!(db.packs().get(id).await.unwrap().as_ref(), packs.first());

    let stored = db.templates().get(id, &TemplateId::new("first-week")).await.unwrap().unwrap();
    assert_eq!((&stored.template, stored.hash.as_str()), (&given.templates[0].template, "t1"));
    assert_eq!(db.templates().list().await.unwrap(), [stored]);
    assert_eq!(db.roadmaps().get(id).await.unwrap(), given.roadmap);
    assert_eq!(db.roadmaps().list().await.unwrap().len(), 1);
    assert_eq!(db.diagnostics().for_pack(id).await.unwrap(), given.diagnostics);

    let sites = db.sites().list().await.unwrap();
    assert_eq!((sites.len(), &sites[0].nav, sites[0].pack), (1, &given.sites[0].nav, id));
    assert_eq!(db.sites().get(&site).await.unwrap().as_ref(), sites.first());
    assert_eq!(db.pages().all(&site).await.unwrap(), given.sites[0].pages, "in reading order");
    assert_eq!(db.pages().get(&site, "about.md").await.unwrap().as_ref(), given.sites[0].pages.get(1));
    assert_eq!(db.pages().get(&site, "missing.md").await.unwrap(), None);
    let titles: Vec<String> = db.pages().titles(&site).await.unwrap().into_iter().map(|title| title.path).collect();
    assert_eq!(titles, ["index.md", "about.md"]);
    let stamps = db.pages().stamps().await.unwrap();
    let rows = search_rows(db).await;
    let same = |(stamp, row): (&PageStamp, &SearchRow)| (&stamp.site, &stamp.path) == (&row.site, &row.path);
    assert!(stamps.len() == rows.len() && stamps.iter().zip(&rows).all(same), "the same pages in the same order");
    assert!(stamps.iter().all(|stamp| stamp.hash.starts_with("hash of ")));
    assert_eq!((rows[0].text.as_str(), &rows[0].site, rows[0].outline.len()), ("ONE", &site, 1));
    assert_eq!(db.assets().get(&site, "img/a.png").await.unwrap().as_ref(), given.sites[0].assets.first());
    assert_eq!(db.assets().paths(&site).await.unwrap(), ["img/a.png"]);
}

#[tokio::test]
async fn readers_see_the_old_version_until_the_commit_and_the_new_one_after_it() {
    let library = Library::alone().await;
    let (id, site) = (PackId::new(fresh()), SiteId::new("handbook"));
    replace(&library, id, content("handbook", vec![page("index.md", "old"), page("gone.md", "x")])).await.unwrap();

    let mut tx = library.db.begin().await.unwrap();
    let next = content("handbook", vec![page("index.md", "new")]);
    tx.packs().replace(id, &folder(), next.clone(), now()).await.unwrap();
    assert_eq!(library.db.pages().titles(&site).await.unwrap().len(), 2, "still the old version");
    tx.commit().await.unwrap();
    assert_eq!(library.db.pages().all(&site).await.unwrap(), next.sites[0].pages);
    assert_eq!(library.db.packs().list().await.unwrap().len(), 1, "replaced, not added");

    let mut tx = library.db.begin().await.unwrap();
    tx.packs().replace(id, &folder(), content("handbook", Vec::new()), now()).await.unwrap();
    drop(tx);
    assert_eq!(library.db.pages().all(&site).await.unwrap(), next.sites[0].pages, "taken back as a whole");
}

#[tokio::test]
async fn a_new_version_keeps_what_the_person_did_and_the_html_of_unchanged_pages() {
    let library = Library::alone().await;
    let (id, site) = (PackId::new(fresh()), SiteId::new("handbook"));
    let pages = vec![page("same.md", "same"), page("edited.md", "before"), page("gone.md", "gone")];
    replace(&library, id, content("handbook", pages.clone())).await.unwrap();
    let pinned = template("first-week", &["vpn"]);
    let journey = assign(&library.db, &pinned).await;
    let note = Note { step: StepId::new("vpn"), text: "ask Grace".into(), changed_at: now() };
    let place = ReadingPlace {
        site: site.clone(),
        path: "same.md".into(),
        opened_at: now(),
        progress: 0.5,
        heading: Some("setup".into()),
        seen: Some("[]".into()),
    };
    let bookmark = Bookmark { site: site.clone(), path: "same.md".into(), added_at: now() };
    let write = async |tx: &mut waymark_store::Tx| {
        for page in &pages {
            let html = PageHtml {
                hash: page.hash.clone(),
                engine: "e1".into(),
                html: format!("<p>{}</p>", page.source),
                diagnostics: Vec::new(),
            };
            tx.pages().keep_html(&site, &page.path, html).await?;
        }
        tx.notes().keep(journey, &note).await?;
        tx.bookmarks().set(&bookmark).await?;
        tx.reading().keep(&place).await
    };
    library.db.write::<_, WriteError>(write).await.unwrap();
    let html = async |path: &str, engine: &str| {
        library.db.pages().html(&site, path, engine).await.unwrap().map(|page| page.html)
    };
    assert_eq!(html("edited.md", "e1").await.as_deref(), Some("<p>before</p>"));
    assert_eq!(html("same.md", "e2").await, None, "another engine writes other HTML");

    let mut next = content("handbook", vec![page("same.md", "same"), page("edited.md", "after")]);
    next.templates = vec![TemplateContent { template: template("first-week", &["badge"]), hash: "t2".into() }];
    replace(&library, id, next).await.unwrap();
    assert_eq!(html("same.md", "e1").await.as_deref(), Some("<p>same</p>"));
    assert_eq!(html("edited.md", "e1").await, None, "its source changed");
    assert_eq!(library.db.journeys().get(journey).await.unwrap().unwrap().template, pinned);
    assert_eq!(library.db.notes().for_journey(journey).await.unwrap(), [note]);
    assert_eq!(library.db.reading().recent(9).await.unwrap(), [place]);
    assert_eq!(library.db.bookmarks().list().await.unwrap(), std::slice::from_ref(&bookmark));
    assert_eq!(library.db.sites().about(&site).await.unwrap().as_deref(), Some("{}"));

    library.db.write(async |tx| tx.packs().remove(id).await).await.unwrap();
    assert_eq!(library.db.sites().list().await.unwrap(), []);
    assert_eq!(search_rows(&library.db).await, []);
    assert_eq!(library.db.reading().get(&site, "same.md").await.unwrap(), None);
    assert_eq!(library.db.journeys().list().await.unwrap().len(), 1, "the journey stays");
    assert_eq!(library.db.bookmarks().list().await.unwrap(), [], "a page that is not here is not shown");
    replace(&library, id, content("handbook", vec![page("same.md", "same")])).await.unwrap();
    assert_eq!(library.db.bookmarks().list().await.unwrap(), [bookmark], "and comes back with its source");
    assert_eq!(library.db.notes().for_journey(journey).await.unwrap().len(), 1, "and the note on it");
}

#[tokio::test]
async fn two_packs_cannot_share_a_site() {
    let library = Library::alone().await;
    let (first, second) = (PackId::new(fresh()), PackId::new(fresh()));
    replace(&library, first, content("handbook", vec![page("index.md", "mine")])).await.unwrap();
    let error = replace(&library, second, content("handbook", Vec::new())).await.unwrap_err();
    assert!(matches!(&error, WriteError::SiteTaken { site } if site == "handbook"), "{error}");
    assert_eq!(library.db.packs().list().await.unwrap().len(), 1, "nothing of the second pack is there");
    assert_eq!(library.db.pages().titles(&SiteId::new("handbook")).await.unwrap().len(), 1);
    replace(&library, second, content("other", Vec::new())).await.unwrap();
    assert_eq!(library.db.sites().list().await.unwrap().len(), 2);
}

#[tokio::test]
async fn links_and_context_go_with_their_site() {
    let library = Library::alone().await;
    let (id, site) = (PackId::new(fresh()), SiteId::new("handbook"));
    let link = |from: &str, to_site: &str| PageLink {
        path: from.into(),
        to_site: SiteId::new(to_site),
        to_path: "index.md".into(),
    };
    let mut first = content("handbook", ["index.md", "z.md", "b.md"].map(|path| page(path, path)).into());
    first.sites[0].links = vec![link("b.md", "handbook"), link("z.md", "handbook"), link("z.md", "handbook")];
    first.sites[0].links.extend([link("index.md", "handbook"), link("gone.md", "handbook")]);
    replace(&library, id, first).await.unwrap();
    let other = PackId::new(fresh());
    let mut second = content("guide", vec![page("a.md", "a")]);
    second.sites[0].links = vec![link("a.md", "handbook"), link("a.md", "nowhere")];
    replace(&library, other, second).await.unwrap();

    let linking = async |limit| -> Vec<String> {
        let pages = library.db.pages().linking_to(&site, "index.md", limit).await.unwrap();
        pages.into_iter().map(|page| format!("{}/{}", page.site, page.path)).collect()
    };
    assert_eq!(linking(9).await, ["handbook/z.md", "handbook/b.md", "guide/a.md"], "in reading order, each once");
    assert_eq!(linking(1).await, ["handbook/z.md"]);
    assert_eq!(library.db.sites().context(&site).await.unwrap().as_deref(), Some("{}"));
    let hash = library.db.sites().context_hash(&site).await.unwrap();
    assert_eq!(hash, Some(blake3::hash(b"{}").to_hex().to_string()));

    let mut third = content("handbook", vec![page("index.md", "one")]);
    third.sites[0].context = None;
    replace(&library, id, third).await.unwrap();
    assert_eq!(linking(9).await, ["guide/a.md"], "links of other packs stay");
    assert_eq!(library.db.sites().context_hash(&site).await.unwrap(), None);
    library.db.write::<_, WriteError>(async |tx| tx.packs().remove(other).await).await.unwrap();
    assert_eq!(linking(9).await, [""; 0]);
}

async fn search_rows(db: &Db) -> Vec<SearchRow> {
    let mut rows = Vec::new();
    db.pages().search_rows(|row| rows.push(row)).await.unwrap();
    rows
}
