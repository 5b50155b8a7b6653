//! A Backstage that answers as recorded, and that misbehaves as servers and networks do.

use std::{path::Path, sync::Mutex, time::Duration};

use waymark_sync::backstage::{
    Address, Body, Build, Client, EntityRef, FetchError, Fetched, FileKind, Known, Limits, Partial, Token,
};

use crate::replay::{Fault, Replay, TOKEN};

const PIER: &str = "component:default/pier-api";
const LANTERN: &str = "component:default/Lantern";
const METADATA: &str = "/api/techdocs/metadata/techdocs/default/component/pier-api";
const STATIC: &str = "/api/techdocs/static/docs/default/component/pier-api";

fn limits() -> Limits {
    Limits { pause: Duration::ZERO, longest_pause: Duration::ZERO, ..Limits::default() }
}

fn client_with(server: &Replay, token: &str, limits: Limits) -> Client {
    let address = Address::parse(server.address()).expect("an address");
    Client::new(address, Token::new(token), limits).expect("a client")
}

fn client(server: &Replay) -> Client {
    client_with(server, TOKEN, limits())
}

fn entity(name: &str) -> EntityRef {
    name.parse().expect("a name")
}

/// Fetches as the app does: how new it is, then what changed.
async fn fetch(client: &Client, name: &str, known: &Known, root: &Path) -> Result<(Fetched, Partial), FetchError> {
    let site = entity(name);
    let build = client.build(&site).await?;
    let place = |build: &Build| Partial::open(root, &site, build);
    client.fetch(&site, build, known, &place, &|_| {}).await
}

fn known(fetched: &Fetched) -> Known {
    let etags = fetched.files.iter().filter_map(|file| Some((file.path.clone(), file.etag.clone()?)));
    Known { version: fetched.build.version(), etags: etags.collect() }
}

#[tokio::test]
async fn the_catalog_lists_who_has_documentation_page_by_page() {
    let server = Replay::start().await;
    let entities = client(&server).entities().await.expect("a list");
    let shown: Vec<_> = entities.iter().map(|one| (one.id.key(), one.title.as_str(), one.owners.join(" "))).collect();
    assert_eq!(
        shown,
        [
            ("system:default/harbour".to_owned(), "Harbour", "group:default/fleet".to_owned()),
            ("component:default/lantern".to_owned(), "Lantern", "group:default/lamps".to_owned()),
            ("component:default/pier-api".to_owned(), "Pier API", "group:default/tides".to_owned()),
        ]
    );
    assert_eq!(server.asked().len(), 2, "the list has two pages");
    assert_eq!(entities[2].description.as_deref(), Some("Berths, arrivals and departures of all piers."));
}

#[tokio::test]
async fn a_persons_groups_are_theirs_and_those_above() {
    let server = Replay::start().await;
    let groups = client(&server).own_groups(&entity("user:default/ines")).await.expect("groups");
    assert_eq!(
        groups.into_iter().collect::<Vec<_>>(),
        ["group:default/fleet", "group:default/tides", "user:default/ines"]
    );
    let nobody = client(&server).own_groups(&entity("user:default/nobody")).await;
    assert!(matches!(nobody, Err(FetchError::Missing { .. })), "{nobody:?}");
}

#[tokio::test]
async fn a_site_comes_whole_and_theme_files_stay_where_they_are() {
    let (server, root) = (Replay::start().await, tempfile::tempdir().expect("a folder"));
    let (fetched, _) = fetch(&client(&server), PIER, &Known::default(), root.path()).await.expect("a site");
    let files: Vec<_> = fetched.files.iter().map(|file| (file.path.as_str(), file.kind)).collect();
    assert_eq!(
        files,
        [
            ("guide/berths/index.html", FileKind::Page),
            ("guide/setup/index.html", FileKind::Page),
            ("img/pier.png", FileKind::Image("image/png")),
            ("index.html", FileKind::Page),
            ("reference/index.html", FileKind::Page),
        ]
    );
    assert_eq!((fetched.build.name.as_deref(), fetched.missing.len()), (Some("Pier API"), 0));
    assert!(fetched.files.iter().all(|file| file.etag.is_some()));
    assert_eq!(server.asked().len(), 7, "two times the metadata, five files");
}

#[tokio::test]
async fn a_redirect_to_the_lower_case_name_is_followed_once() {
    let (server, root) = (Replay::start().await, tempfile::tempdir().expect("a folder"));
    let (fetched, _) = fetch(&client(&server), LANTERN, &Known::default(), root.path()).await.expect("a site");
    assert_eq!(fetched.files.len(), 2);
    let redirected = server.asked().into_iter().filter(|path| path.contains("static") && path.contains("/Lantern/"));
    assert_eq!(redirected.count(), 1, "the second file is asked for where the first was found");
}

#[tokio::test]
async fn a_token_goes_nowhere_but_home_and_into_no_message() {
    let (server, other) = (Replay::start().await, Replay::start().await);
    let refused = client_with(&server, "secret-of-mine", limits()).entities().await.expect_err("another token");
    assert!(matches!(refused, FetchError::Refused { .. }), "{refused:?}");
    assert!(!format!("{refused} {refused:?}").contains("secret-of-mine"));
    assert!(!format!("{:?}", client_with(&server, "secret-of-mine", limits())).contains("secret-of-mine"));

    let elsewhere = format!("{}/api/catalog/entities/by-query", other.address());
    server.misbehaves("by-query", 1, Fault::Status(302, vec![("location".into(), elsewhere)]));
    let sent_away = client(&server).entities().await.expect_err("another server");
    assert!(matches!(sent_away, FetchError::Odd { .. }), "{sent_away:?}");
    assert_eq!(other.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn what_passes_is_asked_for_again_and_what_does_not_is_not() {
    let (server, root) = (Replay::start().await, tempfile::tempdir().expect("a folder"));
    let later = vec![("retry-after".to_owned(), "3600".to_owned())];
    server.misbehaves(METADATA, 1, Fault::Status(503, Vec::new()));
    server.misbehaves("img/pier.png", 1, Fault::Status(429, later));
    server.misbehaves("guide/setup", 2, Fault::Cut);
    let (fetched, _) = fetch(&client(&server), PIER, &Known::default(), root.path()).await.expect("a site");
    assert_eq!(fetched.files.len(), 5);
    server.asked();
    server.misbehaves(METADATA, 1, Fault::Status(403, Vec::new()));
    let refused = client(&server).build(&entity(PIER)).await;
    assert!(matches!(refused, Err(FetchError::Refused { .. })), "{refused:?}");
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn only_what_changed_is_sent_again() {
    let (server, root) = (Replay::start().await, tempfile::tempdir().expect("a folder"));
    let client = client(&server);
    let (first, place) = fetch(&client, PIER, &Known::default(), root.path()).await.expect("a site");
    place.clear();
    server.changes(&format!("{STATIC}/index.html"), |html| html.replace("in one service", "in two services"));
    server.publishes(METADATA);
    let (second, _) = fetch(&client, PIER, &known(&first), root.path()).await.expect("a site");
    assert_ne!(first.build.version(), second.build.version());
    let new: Vec<&str> =
        second.files.iter().filter(|file| file.body != Body::Same).map(|file| file.path.as_str()).collect();
    assert_eq!((second.files.len(), new), (5, vec!["index.html"]));
    assert_eq!(known(&second).etags.len(), 5, "what stays keeps its version");
}

#[tokio::test]
async fn fetching_goes_on_where_it_was_cut_off() {
    let (server, root) = (Replay::start().await, tempfile::tempdir().expect("a folder"));
    let one_by_one = client_with(&server, TOKEN, Limits { at_once: 1, ..limits() });
    server.misbehaves("index.html", u32::MAX, Fault::Status(502, Vec::new()));
    server.misbehaves("reference", u32::MAX, Fault::Status(502, Vec::new()));
    server.behaves();
    server.misbehaves("reference", u32::MAX, Fault::Status(502, Vec::new()));
    let failed = fetch(&one_by_one, PIER, &Known::default(), root.path()).await.expect_err("one file does not come");
    assert!(failed.is_offline(), "{failed:?}");
    server.behaves();
    server.asked();
    let (fetched, place) = fetch(&one_by_one, PIER, &Known::default(), root.path()).await.expect("a site");
    let files: Vec<String> = server.asked().into_iter().filter(|path| path.contains("static")).collect();
    assert_eq!((fetched.files.len(), files), (5, vec![format!("{STATIC}/reference/index.html")]));
    place.clear();
    assert_eq!(std::fs::read_dir(root.path()).expect("the folder").count(), 0, "nothing is left behind");
}

#[tokio::test]
async fn all_files_are_of_one_build() {
    let (server, root) = (Replay::start().await, tempfile::tempdir().expect("a folder"));
    let (client, site) = (client(&server), entity(PIER));
    let build = client.build(&site).await.expect("a build");
    let first = build.built_at;
    // Somebody publishes while the files come.
    let next = Mutex::new(Some(()));
    let publish = |_: waymark_sync::backstage::Progress| {
        if next.lock().expect("no panic").take().is_some() {
            server.publishes(METADATA);
            server.changes(&format!("{STATIC}/index.html"), |html| html.replace("in one service", "in two services"));
        }
    };
    let place = |build: &Build| Partial::open(root.path(), &site, build);
    let (fetched, _) = client.fetch(&site, build, &Known::default(), &place, &publish).await.expect("a site");
    assert_eq!(fetched.build.built_at, first.map(|built| built + 1));
    let index = fetched.files.iter().find(|file| file.path == "index.html").map(|file| &file.body);
    let Some(Body::New(bytes)) = index else { panic!("a page") };
    assert!(String::from_utf8_lossy(bytes).contains("in two services"));

    let build = client.build(&site).await.expect("a build");
    let again = |_: waymark_sync::backstage::Progress| server.publishes(METADATA);
    let moving = client.fetch(&site, build, &Known::default(), &place, &again).await.expect_err("it never rests");
    assert!(matches!(moving, FetchError::Moving { .. }), "{moving:?}");
}

#[tokio::test]
async fn nothing_is_read_without_a_limit() {
    let (server, root) = (Replay::start().await, tempfile::tempdir().expect("a folder"));
    let small = client_with(&server, TOKEN, Limits { page_bytes: 8_000, ..limits() });
    let (fetched, _) = fetch(&small, PIER, &Known::default(), root.path()).await.expect("a site");
    let missing: Vec<&str> = fetched.missing.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(missing, ["guide/berths/index.html", "guide/setup/index.html", "reference/index.html"]);
    let smaller = client_with(&server, TOKEN, Limits { json_bytes: 500, ..limits() });
    assert!(matches!(smaller.entities().await, Err(FetchError::TooLarge { .. })));
}

#[tokio::test]
async fn names_that_leave_the_site_are_not_asked_for() {
    let server = Replay::start().await;
    let names = r#"{"files":["../../../../catalog/x.html","a/../b.html","/c.html","d\\e.html",7,"f.html","g.js"]}"#;
    server.misbehaves(METADATA, 1, Fault::Body(names.into()));
    let build = client(&server).build(&entity(PIER)).await.expect("a build");
    assert_eq!((build.files, build.left_out), (vec!["f.html".to_owned()], 4));
}

#[tokio::test]
async fn who_is_no_backstage_is_told_from_one() {
    let server = Replay::start().await;
    for body in ["<html>Sign in</html>", "[]", "{}", r#"{"items":{}}"#] {
        server.misbehaves("by-query", 1, Fault::Body(body.into()));
        let odd = client(&server).entities().await;
        assert!(matches!(odd, Err(FetchError::Odd { .. })), "{body}: {odd:?}");
    }
    server.misbehaves(METADATA, 1, Fault::Body(r#"{"site_name":"Old"}"#.into()));
    let odd = client(&server).build(&entity(PIER)).await;
    assert!(matches!(&odd, Err(FetchError::Odd { why, .. }) if why.contains("does not list its files")), "{odd:?}");
    let nothing = client(&server).build(&entity("component:default/buoy")).await;
    assert!(matches!(nothing, Err(FetchError::Missing { .. })), "{nothing:?}");
}

#[tokio::test]
async fn a_server_that_is_gone_is_offline() {
    let server = Replay::start().await;
    let client = client(&server);
    server.stop().await;
    let gone = client.entities().await.expect_err("nobody is there");
    assert!(gone.is_offline(), "{gone:?}");
}
