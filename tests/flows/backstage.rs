//! A team's documentation from a Backstage: chosen, read with no network, brought up to date.

use std::{sync::Arc, time::Duration};

use waymark_api::{
    Code, IpcError,
    ipc::{
        docs::{ListSites, OpenSite},
        search::Search,
        sources::{
            AddBackstage, Added, BackstageList, ListBackstage, ListPacks, PackKind, PackProblems, RefreshPack, Secret,
        },
    },
};
use waymark_app::{AppError, FetchLimits, ports::SessionSecrets, sources};
use waymark_core::id::SiteId;
use waymark_tests::replay::{Fault, Replay, TOKEN};

use crate::driver::NewHire;

const METADATA: &str = "/api/techdocs/metadata/techdocs/default/component/pier-api";
const INDEX: &str = "/api/techdocs/static/docs/default/component/pier-api/index.html";
const PIER: &str = "component:default/pier-api";

/// Somebody whose system keeps secrets, in front of a server that is asked again without a pause.
async fn arrives() -> NewHire {
    let limits = FetchLimits { pause: Duration::ZERO, longest_pause: Duration::ZERO, ..FetchLimits::default() };
    NewHire::arrives_with(Arc::new(SessionSecrets::default()), limits).await
}

async fn lists(
    hire: &NewHire,
    server: &str,
    token: Option<&str>,
    person: Option<&str>,
) -> Result<BackstageList, AppError> {
    let request = ListBackstage {
        address: server.to_owned(),
        token: token.map(|token| Secret(token.to_owned())),
        person: person.map(str::to_owned),
    };
    sources::list_backstage(&hire.app, request).await
}

async fn adds(hire: &NewHire, server: &str, token: Option<&str>, entities: &[&str]) -> Result<Added, AppError> {
    let request = AddBackstage {
        address: server.to_owned(),
        token: token.map(|token| Secret(token.to_owned())),
        person: Some("ines".to_owned()),
        entities: entities.iter().map(|one| (*one).to_owned()).collect(),
    };
    sources::add_backstage(&hire.app, request).await
}

async fn sites(hire: &NewHire) -> Vec<(String, u32)> {
    let list = waymark_app::docs::list_sites(&hire.app, ListSites {}).await.expect("sites are listed");
    list.into_iter().map(|site| (site.title, site.pages)).collect()
}

async fn refreshes(hire: &NewHire, added: &Added) -> Result<Added, AppError> {
    sources::refresh_pack(&hire.app, RefreshPack { pack: added.pack.id }).await
}

#[tokio::test]
async fn my_teams_docs_are_chosen_read_and_found() {
    let (server, hire) = (Replay::start().await, arrives().await);
    let list = lists(&hire, server.address(), Some(TOKEN), Some("ines")).await.expect("a list");
    let mine: Vec<&str> = list.entities.iter().filter(|one| one.mine).map(|one| one.title.as_str()).collect();
    assert_eq!(mine, ["Harbour", "Pier API"], "what the team owns, and the department above it");
    assert_eq!((list.known, list.person.as_deref()), (None, Some("user:default/ines")));

    let added =
        adds(&hire, server.address(), Some(TOKEN), &[PIER, "component:default/Lantern"]).await.expect("it is added");
    assert_eq!(added.pack.kind, PackKind::Backstage);
    assert!(added.message.starts_with("6 pages"), "{}", added.message);
    assert_eq!(sites(&hire).await, [("Lantern".to_owned(), 2), ("Pier API".to_owned(), 4)]);

    let site = SiteId::new("pier-api");
    let view = waymark_app::docs::open_site(&hire.app, OpenSite { site }).await.expect("the site opens");
    let titles: Vec<&str> = view.nav.iter().map(|node| node.title.as_str()).collect();
    assert_eq!(titles, ["Home", "Guide", "Reference"]);
    let page = hire.reads("/docs/pier-api/guide/setup/index.html").await;
    assert_eq!((page.title.as_str(), page.crumbs.join("/").as_str()), ("Set-up", "Guide"));
    assert_eq!(page.next.map(|next| next.route).as_deref(), Some("/docs/pier-api/guide/berths/index.html"));
    assert!(page.html.contains("role=\"tablist\"") && !page.html.contains("headerlink"), "{}", page.html);
    let home = hire.reads("/docs/pier-api/index.html").await;
    assert!(home.html.contains("src=\"waymark-doc://localhost/pier-api/img/pier.png\""), "{}", home.html);
    let berths = hire.reads("/docs/pier-api/guide/berths/index.html").await;
    assert!(
        berths.linked_from.iter().any(|link| link.route == "/docs/pier-api/index.html"),
        "{:?}",
        berths.linked_from
    );

    let lantern = hire.reads("/docs/lantern/index.html").await;
    let here = "href=\"/docs/pier-api/guide/berths/index.html\"";
    assert!(lantern.html.contains(here), "a link to another site of the server stays here: {}", lantern.html);
    waymark_app::search::settled(&hire.app).await;
    let request = Search { query: "deep enough".to_owned(), limit: 10 };
    let found = waymark_app::search::search(&hire.app, request).await.expect("search answers");
    let routes: Vec<&str> = found.hits.iter().map(|hit| hit.route.as_str()).collect();
    assert_eq!(routes, ["/docs/pier-api/guide/berths/index.html#doc-how-a-berth-is-chosen"]);
}

#[tokio::test]
async fn with_no_network_everything_stays_and_the_screen_is_told() {
    let (server, hire) = (Replay::start().await, arrives().await);
    let added = adds(&hire, server.address(), Some(TOKEN), &[PIER]).await.expect("it is added");
    let address = server.address().to_owned();
    server.stop().await;
    let error: IpcError = refreshes(&hire, &added).await.expect_err("nobody is there").into();
    assert_eq!(error.code, Code::Offline);
    assert!(!error.message.contains(TOKEN));
    let error: IpcError = lists(&hire, &address, None, None).await.expect_err("nobody is there").into();
    assert_eq!(error.code, Code::Offline);

    let hire = hire.restarts().await;
    assert_eq!(sites(&hire).await, [("Pier API".to_owned(), 4)]);
    assert_eq!(hire.reads("/docs/pier-api/reference/index.html").await.title, "Reference");
    let packs = sources::list_packs(&hire.app, ListPacks {}).await.expect("packs are listed");
    assert_eq!((packs[0].location.as_str(), packs[0].summary.kind), (address.as_str(), PackKind::Backstage));
}

#[tokio::test]
async fn a_refresh_brings_what_changed_and_nothing_else() {
    let (server, hire) = (Replay::start().await, arrives().await);
    let added =
        adds(&hire, server.address(), Some(TOKEN), &[PIER, "system:default/harbour"]).await.expect("it is added");
    let before = hire.reads("/docs/pier-api/reference/index.html").await;
    server.asked();
    let same = refreshes(&hire, &added).await.expect("it is up to date");
    assert!(same.message.ends_with("nothing new"), "{}", same.message);
    assert_eq!(server.asked().len(), 2, "one question a site, with the token that was kept");

    server.publishes(METADATA);
    server.changes(INDEX, |html| html.replace("in one service", "in two services"));
    let changed = refreshes(&hire, &added).await.expect("a change comes");
    assert!(changed.message.ends_with("1 site new"), "{}", changed.message);
    assert!(hire.reads("/docs/pier-api/index.html").await.html.contains("in two services"));
    let after = hire.reads("/docs/pier-api/reference/index.html").await;
    assert_eq!((after.html, after.title), (before.html, before.title));
    assert_eq!(sites(&hire).await, [("Harbour".to_owned(), 1), ("Pier API".to_owned(), 4)]);
}

#[tokio::test]
async fn a_page_is_old_or_new_and_never_half() {
    let (server, hire) = (Replay::start().await, arrives().await);
    let added = adds(&hire, server.address(), Some(TOKEN), &[PIER]).await.expect("it is added");
    server.publishes(METADATA);
    server.changes(INDEX, |html| html.replace("in one service", "in two services"));
    server.changes(&INDEX.replace("index.html", "reference/index.html"), |html| {
        html.replace("Lists berths", "Names berths")
    });
    server.misbehaves("pier-api/reference", u32::MAX, Fault::Cut);
    let error: IpcError = refreshes(&hire, &added).await.expect_err("one file never comes").into();
    assert_eq!(error.code, Code::Offline);
    assert!(
        hire.reads("/docs/pier-api/index.html").await.html.contains("in one service"),
        "all of it is the old version"
    );

    server.behaves();
    server.asked();
    let hire = hire.restarts().await;
    refreshes(&hire, &added).await.expect("the rest comes");
    let again: Vec<String> = server.asked().into_iter().filter(|path| path == INDEX).collect();
    assert_eq!(again, Vec::<String>::new(), "what came before is still here");
    assert!(hire.reads("/docs/pier-api/index.html").await.html.contains("in two services"));
    assert!(hire.reads("/docs/pier-api/reference/index.html").await.html.contains("Names berths"));
}

#[tokio::test]
async fn tokens_addresses_and_names_that_cannot_be_used_are_explained() {
    let (server, hire) = (Replay::start().await, arrives().await);
    let code = |result: Result<BackstageList, AppError>| IpcError::from(result.expect_err("it is refused")).code;
    assert_eq!(code(lists(&hire, server.address(), None, None).await), Code::SignIn);
    assert_eq!(code(lists(&hire, server.address(), Some("wrong"), None).await), Code::SignIn);
    assert_eq!(code(lists(&hire, server.address(), Some("two words"), None).await), Code::BadRequest);
    assert_eq!(code(lists(&hire, "http://backstage.example", Some(TOKEN), None).await), Code::BadRequest);
    assert_eq!(code(lists(&hire, server.address(), Some(TOKEN), Some("../x")).await), Code::BadRequest);
    let list = lists(&hire, server.address(), Some(TOKEN), Some("nobody")).await.expect("a list all the same");
    assert!(list.no_team.is_some_and(|why| why.contains("nobody")) && list.entities.iter().all(|one| !one.mine));
    let nothing = adds(&hire, server.address(), Some(TOKEN), &[]).await;
    assert_eq!(IpcError::from(nothing.expect_err("nothing is chosen")).code, Code::BadRequest);
    assert!(sources::list_packs(&hire.app, ListPacks {}).await.expect("packs").is_empty());
}

#[tokio::test]
async fn a_site_without_documentation_is_a_finding_and_the_others_come() {
    let (server, hire) = (Replay::start().await, arrives().await);
    let added =
        adds(&hire, server.address(), Some(TOKEN), &["component:default/buoy", PIER]).await.expect("it is added");
    let problems = sources::pack_problems(&hire.app, PackProblems { pack: added.pack.id }).await.expect("findings");
    let shown: Vec<_> = problems.iter().map(|one| (one.path.as_str(), one.code.as_str())).collect();
    assert_eq!(shown, [("default/component/buoy/index.html", "B001")]);
    assert_eq!(sites(&hire).await, [("Pier API".to_owned(), 4)]);
}

#[tokio::test]
async fn the_choice_can_be_changed_and_removing_forgets_the_token() {
    let (server, hire) = (Replay::start().await, arrives().await);
    adds(&hire, server.address(), Some(TOKEN), &[PIER, "system:default/harbour"]).await.expect("it is added");
    let list = lists(&hire, server.address(), None, None).await.expect("the kept token serves");
    let chosen: Vec<&str> = list.entities.iter().filter(|one| one.chosen).map(|one| one.title.as_str()).collect();
    assert_eq!((chosen, list.known.is_some()), (vec!["Harbour", "Pier API"], true));
    assert!(list.entities.iter().any(|one| one.mine), "the person is remembered");
    let added = adds(&hire, server.address(), None, &["system:default/harbour"]).await.expect("it is changed");
    assert_eq!(sites(&hire).await, [("Harbour".to_owned(), 1)]);
    let pack = added.pack.id;
    sources::remove_pack(&hire.app, waymark_api::ipc::sources::RemovePack { pack }).await.expect("it is removed");
    assert!(sites(&hire).await.is_empty());
    let refused = lists(&hire, server.address(), None, None).await.expect_err("the token is gone");
    assert_eq!(IpcError::from(refused).code, Code::SignIn);

    adds(&hire, server.address(), Some(TOKEN), &[PIER]).await.expect("it is added again");
    waymark_app::privacy::erase(&hire.app).await.expect("everything is erased");
    let refused = lists(&hire, server.address(), None, None).await.expect_err("the token is gone with the library");
    assert_eq!(IpcError::from(refused).code, Code::SignIn);
}
