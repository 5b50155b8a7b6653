//! The organisation on the command line: from a catalog's file, from a Backstage, and by hand.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod support;

use std::{fs, process::Output, sync::Arc};

use axum::{
    Json, Router,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, Uri},
};
use serde_json::{Value, json};
use support::Server;
use tempfile::TempDir;

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Runs a command over an empty folder's database; what it printed, and whether it worked.
fn runs(data: &TempDir, words: &[&str]) -> (String, bool) {
    let output = Server::offline_output(data, words);
    (text(&output), output.status.success())
}

const COMPANY: &str = "kind: Group\nmetadata: {name: all, title: Corvane}\nspec: {owner: user:default/dora}\n---\n\
    kind: Group\nmetadata: {name: backend, title: Backend, annotations: {waymark.dev/manager: petra}}\nspec: {parent: all}\n---\n\
    kind: User\nmetadata: {name: dora, annotations: {waymark.dev/roles: admin}}\n\
    spec: {profile: {displayName: Dora Lind, email: dora@x.org}, memberOf: [all]}\n---\n\
    kind: User\nmetadata: {name: petra}\nspec: {profile: {displayName: Petra Novak, email: petra@x.org}, memberOf: [backend]}\n---\n\
    kind: User\nmetadata: {name: ada}\nspec: {profile: {displayName: Ada Osei, email: ada@x.org}, memberOf: [backend]}\n";

#[test]
fn a_file_of_entities_is_shown_first_and_then_brought_in_as_a_whole() {
    let data = TempDir::new().unwrap();
    let file = data.path().join("org.yaml");
    let path = file.to_str().unwrap();
    fs::write(&file, COMPANY).unwrap();
    let (said, worked) = runs(&data, &["org", "import", path, "--dry-run"]);
    assert!(worked, "{said}");
    for line in [
        "+ ada@x.org Ada Osei, Backend, reports to petra@x.org, hire",
        "+ dora@x.org Dora Lind, Corvane, reports to nobody, admin manager",
        "+ petra@x.org Petra Novak, Backend, reports to dora@x.org, hire manager",
        "  team Backend is part of Corvane",
        "3 new, 0 changed, 0 as before, 0 left; a preview, nothing was changed",
    ] {
        assert!(said.contains(line), "{line}\nis not in\n{said}");
    }
    assert_eq!(runs(&data, &["org", "list"]).0, "", "a preview writes nothing");
    assert_eq!(runs(&data, &["org", "import", path]), ("3 new, 0 changed, 0 as before, 0 left\n".to_owned(), true));
    assert_eq!(runs(&data, &["org", "import", path]).0, "0 new, 0 changed, 3 as before, 0 left\n");
    let (teams, _) = runs(&data, &["org", "team", "list"]);
    assert_eq!(teams, "Backend\tCorvane\t2\nCorvane\t\t1\n");

    // Another manager: who reported to whom is kept.
    fs::write(&file, COMPANY.replace("waymark.dev/manager: petra", "waymark.dev/manager: dora")).unwrap();
    let (said, _) = runs(&data, &["org", "import", path, "--dry-run"]);
    assert!(said.contains("~ ada@x.org Ada Osei: manager petra@x.org → dora@x.org\n"), "{said}");
    runs(&data, &["org", "import", path]);
    let (ada, _) = runs(&data, &["org", "show", "ada@x.org"]);
    let history: Vec<&str> = ada.lines().filter(|line| line.starts_with("reported to ")).collect();
    assert!(history.len() == 2 && history[0].starts_with("reported to petra@x.org from "), "{ada}");
    assert!(history[1].starts_with("reported to dora@x.org from ") && history[1].ends_with(" until now"), "{ada}");

    // With a mistake nothing is applied, not even what is right.
    let broken = COMPANY.replace("name: ada}", "name: ada, annotations: {waymark.dev/manager: zoe}}");
    fs::write(&file, broken.replace("Petra Novak", "Petra Nowak")).unwrap();
    let (said, worked) = runs(&data, &["org", "import", path]);
    assert!(!worked, "{said}");
    let wanted = "org.yaml: line 18, column 58: the manager \"zoe\" is not in the catalog\n1 to put right; nothing was changed\n";
    assert!(said.ends_with(wanted), "{said}");
    assert!(runs(&data, &["org", "show", "petra@x.org"]).0.contains("Petra Novak"));
    assert!(runs(&data, &["audit", "verify"]).1);
}

/// A Backstage with one page for each entity, that knows one token.
struct Backstage {
    entities: Vec<Value>,
    /// What it says how many there are.
    total: usize,
}

const TOKEN: &str = "the-token-of-this-test";

async fn answer(
    State(backstage): State<Arc<Backstage>>,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> (StatusCode, Json<Value>) {
    let query = query.unwrap_or_default();
    if headers.get("authorization").is_none_or(|token| token != &format!("Bearer {TOKEN}")) {
        return (StatusCode::UNAUTHORIZED, Json(json!({})));
    }
    assert_eq!(uri.path(), "/api/catalog/entities/by-query");
    let at: usize = match query.split('&').find_map(|pair| pair.strip_prefix("cursor=")) {
        Some(cursor) => cursor.parse().unwrap(),
        None => {
            assert!(query.contains("filter=kind%3Duser&filter=kind%3Dgroup&"), "{query}");
            0
        }
    };
    let next = (at + 1 < backstage.entities.len()).then(|| (at + 1).to_string());
    let page =
        json!({ "items": [backstage.entities[at]], "totalItems": backstage.total, "pageInfo": { "nextCursor": next } });
    (StatusCode::OK, Json(page))
}

/// Serves until the test ends; its address.
async fn serve(backstage: Backstage) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(answer).with_state(Arc::new(backstage));
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    address
}

/// People and groups as a real Backstage gave them (`tests/fixtures/backstage`).
fn recorded() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/backstage/answers.json");
    let answers: Vec<Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let people = answers.into_iter().filter(|answer| {
        answer["status"] == 200 && answer["path"].as_str().unwrap().starts_with("/api/catalog/entities/by-name/")
    });
    people.map(|mut answer| answer["json"].take()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backstage_is_read_page_by_page_with_its_token() {
    let data = TempDir::new().unwrap();
    let url = serve(Backstage { entities: recorded(), total: 3 }).await;
    let import = |token: &str, more: &[&str]| {
        let words = [&["org", "import", "--backstage", &url, "--token-env", "WAYMARK_TEST_TOKEN"], more].concat();
        let output = Server::offline_output_with(&data, &words, &[("WAYMARK_TEST_TOKEN", token)]);
        (text(&output), output.status.success())
    };
    let (said, worked) = import(TOKEN, &[]);
    assert!(worked, "{said}");
    assert!(said.ends_with("1 new, 0 changed, 0 as before, 0 left\n"), "{said}");
    assert_eq!(runs(&data, &["org", "list"]).0, "ines@ferry.example\tInes Falk\tTeam Tides\thire\tnot joined\n");
    assert_eq!(runs(&data, &["org", "team", "list"]).0, "Fleet\t\t0\nTeam Tides\tFleet\t1\n");

    let (said, worked) = import("another", &[]);
    assert!(!worked && said.contains("does not accept the token") && !said.contains("another"), "{said}");
    let (said, worked) = runs(&data, &["org", "import", "--backstage", &url, "--token-env", "WAYMARK_NO_SUCH"]);
    assert!(!worked && said.contains("could not read the token from $WAYMARK_NO_SUCH"), "{said}");

    // A list that ends before its end would make people leave who are there.
    let short = serve(Backstage { entities: recorded(), total: 4 }).await;
    let words = ["org", "import", "--backstage", &short, "--token-env", "WAYMARK_TEST_TOKEN"];
    let output = Server::offline_output_with(&data, &words, &[("WAYMARK_TEST_TOKEN", TOKEN)]);
    assert!(!output.status.success() && text(&output).contains("lists 3 of 4 people and groups"), "{}", text(&output));
    assert_eq!(runs(&data, &["org", "list"]).0.lines().count(), 1);
}

#[test]
fn people_are_added_changed_ended_and_shown_by_hand() {
    let data = TempDir::new().unwrap();
    let does = |words: &[&str]| Server::offline(&data, words);
    assert_eq!(
        does(&["org", "add", "Petra@x.org", "--name", "Petra Novak", "--roles", "manager admin"]),
        "petra@x.org Petra Novak is added; `waymark-server invite petra@x.org` lets them in\n"
    );
    let ada = ["org", "add", "ada@x.org", "--name", "Ada", "--manager", "petra@x.org", "--start", "2026-01-19"];
    does(&[&ada[..], &["--zone", "Europe/Berlin", "--week", "sun-thu", "--profile", "site=Berlin"]].concat());
    does(&["org", "set", "ada@x.org", "--name", "Ada Osei", "--team", "Backend", "--profile", "os=linux"]);
    let shown = does(&["org", "show", "ADA@x.org"]);
    for line in [
        "name      Ada Osei",
        "team      Backend",
        "manager   petra@x.org",
        "start     2026-01-19",
        "zone      Europe/Berlin",
        "profile   {\"os\":[\"linux\"],\"site\":[\"Berlin\"],\"team\":[\"Backend\"]}",
        "works here: yes, a device has joined: no",
    ] {
        assert!(shown.contains(line), "{line}\nis not in\n{shown}");
    }
    assert!(shown.contains("\"week\":[true,true,true,true,false,false,true]"), "{shown}");
    for (words, said) in [
        (
            &["org", "set", "petra@x.org", "--manager", "ada@x.org"][..],
            "circle: ada@x.org → petra@x.org; nothing was changed",
        ),
        (&["org", "end", "petra@x.org"], "the person has a line"),
        (&["org", "set", "nobody@x.org", "--name", "X"], "there is nobody with the key \"nobody@x.org\""),
        (&["org", "set", "ada@x.org", "--start", "31.1.2026"], "--start: \"31.1.2026\" is no day"),
    ] {
        let (told, worked) = runs(&data, words);
        assert!(!worked && told.contains(said), "{words:?}\n{told}");
    }
    does(&["org", "set", "ada@x.org", "--roles", "hire admin"]);
    assert_eq!(
        does(&["org", "end", "petra@x.org", "--on", "2020-12-31", "--line-to", "ada@x.org"]),
        "petra@x.org Petra Novak does not work here any more; what happened stays\n"
    );
    assert!(does(&["org", "show", "ada@x.org"]).contains("manager   nobody"));
    assert!(does(&["org", "list"]).contains("petra@x.org\tPetra Novak\t\tadmin manager\tleft\n"));
    does(&["org", "set", "petra@x.org", "--leave", ""]);
    assert!(does(&["org", "list"]).contains("petra@x.org\tPetra Novak\t\tadmin manager\tnot joined\n"));
    does(&["org", "team", "add", "Platform"]);
    does(&["org", "team", "set", "Backend", "--name", "Core", "--parent", "Platform"]);
    assert_eq!(does(&["org", "team", "list"]), "Core\tPlatform\t1\nPlatform\t\t0\n");
    does(&["audit", "verify"]);
}
