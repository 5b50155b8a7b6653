//! What never leaves the device: notes, reading places, preferences.

use jiff::{SignedDuration, Timestamp};
use waymark_core::id::{JourneyId, PackId, SiteId, StepId};
use waymark_store::{Bookmark, Note, PackContent, PackSource, Page, ReadingPlace, SiteContent, WriteError};

use crate::support::*;

#[tokio::test]
async fn notes_are_kept_changed_and_removed_by_emptying_them() {
    let library = Library::new().await;
    let (journey, step) = (JourneyId::new(fresh()), StepId::new("vpn"));
    for text in ["ask Grace", "asked Grace — done 🎉", "  "] {
        let note = Note { step: step.clone(), text: text.into(), changed_at: now() };
        library.db.write(async |tx| tx.notes().keep(journey, &note).await).await.unwrap();
        let expected = (!text.trim().is_empty()).then_some(note);
        assert_eq!(library.db.notes().get(journey, &step).await.unwrap(), expected);
    }
    assert_eq!(library.db.outbox().waiting_count().await.unwrap(), 0, "notes are queued for nobody");
}

#[tokio::test]
async fn preferences_are_typed_json() {
    let library = Library::new().await;
    library.db.write(async |tx| tx.preferences().set("theme", "dark").await).await.unwrap();
    library.db.write(async |tx| tx.preferences().set("theme", &vec![1, 2]).await).await.unwrap();
    assert_eq!(library.db.preferences().get::<Vec<u8>>("theme").await.unwrap(), Some(vec![1, 2]));
    let error = library.db.preferences().get::<bool>("theme").await.unwrap_err();
    assert!(error.to_string().contains("preferences"), "{error}");
    library.db.write(async |tx| tx.preferences().clear("theme").await).await.unwrap();
    assert_eq!(library.db.preferences().get::<Vec<u8>>("theme").await.unwrap(), None);
}

#[tokio::test]
async fn a_rest_waits_for_nobody_and_takes_nothing_away() {
    let library = Library::new().await;
    library.db.write(async |tx| tx.preferences().set("theme", "dark").await).await.unwrap();
    let mut busy = library.db.begin().await.unwrap();
    busy.preferences().set("theme", "light").await.unwrap();
    // The one writing connection is taken for as long as the transaction is open.
    tokio::time::timeout(std::time::Duration::from_secs(10), library.db.rest()).await.expect("it asks who is idle");
    busy.commit().await.unwrap();
    library.db.rest().await;
    assert_eq!(library.db.preferences().get::<String>("theme").await.unwrap().as_deref(), Some("light"));
}

#[tokio::test]
async fn recent_pages_are_newest_first_and_exist() {
    let library = Library::new().await;
    let site = SiteId::new("handbook");
    let place = |path: &str, opened_at: Timestamp, progress: f64| ReadingPlace {
        site: site.clone(),
        path: path.into(),
        opened_at,
        progress,
        heading: None,
        seen: None,
    };
    let later = now() + SignedDuration::from_millis(500);
    let pages = ["a.md", "b.md"].map(|path| Page {
        path: path.into(),
        title: path.into(),
        source: String::new(),
        hash: String::new(),
        outline: Vec::new(),
        words: 0,
        text: String::new(),
    });
    let content = PackContent {
        title: "Handbook".into(),
        revision: String::new(),
        templates: Vec::new(),
        roadmap: None,
        sites: vec![SiteContent {
            id: site.clone(),
            folder: "docs".to_owned(),
            title: "Handbook".into(),
            nav: Vec::new(),
            home: None,
            pages: pages.into(),
            assets: Vec::new(),
            context: None,
            about: None,
            links: Vec::new(),
        }],
        diagnostics: Vec::new(),
    };
    let write = async |tx: &mut waymark_store::Tx| {
        tx.packs().replace(PackId::new(fresh()), &PackSource::Sample, content, now()).await?;
        tx.reading().keep(&place("a.md", now(), 0.25)).await?;
        tx.reading().keep(&place("b.md", later, f64::NAN)).await?;
        tx.reading().keep(&place("vanished.md", later, 7.0)).await
    };
    library.db.write::<_, WriteError>(write).await.unwrap();
    let recent = library.db.reading().recent(9).await.unwrap();
    assert_eq!(recent, [place("b.md", later, 0.0), place("a.md", now(), 0.25)]);
    assert_eq!(library.db.reading().get(&site, "vanished.md").await.unwrap().unwrap().progress, 1.0);
    library.db.write(async |tx| tx.reading().forget_all().await).await.unwrap();
    assert_eq!(library.db.reading().recent(9).await.unwrap(), []);
}

#[tokio::test]
async fn bookmarks_are_set_once_and_taken_off() {
    let library = Library::new().await;
    let site = SiteId::new("handbook");
    let bookmark = |at: Timestamp| Bookmark { site: site.clone(), path: "a.md".into(), added_at: at };
    let later = now() + SignedDuration::from_hours(1);
    library.db.write(async |tx| tx.bookmarks().set(&bookmark(now())).await).await.unwrap();
    library.db.write(async |tx| tx.bookmarks().set(&bookmark(later)).await).await.unwrap();
    assert!(library.db.bookmarks().has(&site, "a.md").await.unwrap());
    assert!(!library.db.bookmarks().has(&site, "b.md").await.unwrap());
    assert_eq!(library.db.bookmarks().list().await.unwrap(), [], "its page is not here");
    library.db.write(async |tx| tx.bookmarks().remove(&site, "a.md").await).await.unwrap();
    library.db.write(async |tx| tx.bookmarks().remove(&site, "a.md").await).await.unwrap();
    assert!(!library.db.bookmarks().has(&site, "a.md").await.unwrap());
}
