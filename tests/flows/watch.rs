//! A folder changes while Waymark is open.

use std::{fs, path::Path, sync::Arc};

use sqlx::{ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use waymark_api::{ipc::docs::ListSites, topic::Topic};
use waymark_app::ports::Topics;

use crate::driver::NewHire;

struct Heard(UnboundedSender<Topic>);

impl Topics for Heard {
    fn publish(&self, topic: Topic) {
        // Whoever listened may be gone before the app is.
        let _ = self.0.send(topic);
    }
}

const MARK: &str = "kept as it was";

/// Writes behind all HTML that is kept.
async fn mark(data: &Path) {
    let file = SqliteConnectOptions::new().filename(data.join("waymark.db"));
    let mut library = file.connect().await.expect("the library");
    let update = sqlx::query("UPDATE page_html SET html = html || ?").bind(MARK);
    assert_eq!(update.execute(&mut library).await.expect("it is written").rows_affected(), 2);
    library.close().await.expect("it is closed");
}

/// Waits until a pack changed.
async fn pack(heard: &mut UnboundedReceiver<Topic>) {
    while !matches!(heard.recv().await.expect("the app lives"), Topic::Pack(_)) {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_saved_page_is_shown_and_the_others_are_not_rendered_again() {
    let site = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| fs::write(site.path().join(path), text).expect("a file");
    fs::create_dir(site.path().join("docs")).expect("a folder");
    write("mkdocs.yml", "site_name: Piers\n");
    write("docs/index.md", "# Piers\n\nThree berths.\n");
    write("docs/other.md", "# Other\n\nStays.\n");
    let (tell, mut heard) = unbounded_channel();
    let ada = NewHire::arrives_heard_by(Arc::new(Heard(tell))).await;
    ada.opens(site.path()).await;
    pack(&mut heard).await;
    waymark_app::sources::watched(&ada.app).await;
    let sites = waymark_app::docs::list_sites(&ada.app, ListSites {}).await.expect("sites are listed");
    let route = format!("/docs/{}", sites[0].id);
    ada.reads(&format!("{route}/index.md")).await;
    ada.reads(&format!("{route}/other.md")).await;
    // Both are kept as HTML now. Whatever is rendered again loses this mark.
    mark(ada.folder.path()).await;

    write("docs/index.md", "# Piers\n\nFour berths.\n");
    pack(&mut heard).await;
    let page = ada.reads(&format!("{route}/index.md")).await;
    assert!(page.html.contains("Four berths.") && !page.html.contains(MARK), "{}", page.html);
    let other = ada.reads(&format!("{route}/other.md")).await;
    assert!(other.html.contains("Stays.") && other.html.contains(MARK), "{}", other.html);
}
