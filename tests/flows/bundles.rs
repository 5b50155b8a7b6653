//! Content on a stick: bundles are opened as folders are, and only their publisher's later versions follow.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use waymark_api::{
    Code, IpcError,
    ipc::sources::{AddFolder, ListPacks, PackKind, PackProblems, RefreshPack, RemovePack},
};
use waymark_app::AppError;
use waymark_bundle::PrivateKey;
use waymark_tests::content::{bundle, shared};

use crate::driver::NewHire;

const JOURNEY: &str = "# Onboarding\n\n## Day 1\n\n- [ ] Get a badge\n- [ ] Read [the guide](docs/index.md)\n";

/// A stick with bundles on it.
struct Stick(TempDir);

impl Stick {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    /// Writes version `sequence` of the guide; its home page has this text.
    fn write(&self, file: &str, sequence: u64, text: &str, key: Option<&PrivateKey>) -> PathBuf {
        let home = format!("# Home\n\n{text}\n\n![A lamp](lamp.png)\n\nA [dead link](gone.md).\n");
        let files = [
            ("mkdocs.yml", "site_name: Guide\n"),
            ("docs/index.md", &home),
            ("docs/lamp.png", "no image"),
            ("onboarding.md", JOURNEY),
        ];
        let path = self.0.path().join(file);
        bundle(&path, "guide", sequence, &files, key).expect("it can be packed");
        path
    }
}

fn key() -> PrivateKey {
    PrivateKey::generate().expect("there is randomness")
}

async fn home(ada: &NewHire) -> String {
    ada.reads("/docs/guide/index.md").await.html
}

async fn adds(ada: &NewHire, path: &Path) -> Result<(), AppError> {
    adds_trusting(ada, path, false).await
}

/// Adds a bundle, and says whether it may come in where nobody signed it.
async fn adds_trusting(ada: &NewHire, path: &Path, unsigned: bool) -> Result<(), AppError> {
    let request = AddFolder { path: path.to_string_lossy().into_owned(), start: Vec::new(), unsigned };
    waymark_app::sources::add_folder(&ada.app, request).await.map(|_| ())
}

/// What the window would show.
fn told(error: AppError) -> String {
    let error = IpcError::from(error);
    assert_eq!(error.code, Code::FolderUnreadable);
    error.message
}

#[tokio::test]
async fn a_bundle_is_shown_and_added_as_a_folder_is() {
    let (stick, key) = (Stick::new(), key());
    for file in ["guide.tar.gz", "guide.tar.zst", "guide.zip"] {
        let ada = NewHire::arrives().await;
        let path = stick.write(file, 1, "Welcome.", Some(&key));
        let report = ada.opens(&path).await;
        let bundle = report.bundle.expect("it is a bundle");
        assert_eq!((bundle.name.as_str(), bundle.version.as_str()), ("guide", "1.1"));
        assert_eq!(bundle.publisher, Some(key.public().id().to_string()), "the fingerprint can be compared");
        let places: Vec<&str> = report.problems.iter().map(|problem| problem.path.as_str()).collect();
        assert!(places.contains(&"docs/index.md") && places.contains(&"docs/lamp.png"), "{:#?}", report.problems);
        let ada = ada.restarts().await;
        assert!(home(&ada).await.contains("Welcome."), "{file}");
        assert_eq!(ada.journey().await.phases.len(), 1, "its checklist was started");
        let packs = waymark_app::sources::list_packs(&ada.app, ListPacks {}).await.expect("packs");
        assert!(packs[0].reachable);
        assert_eq!(packs[0].summary.kind, PackKind::Bundle);
        let place = waymark_app::sources::folder_of(&ada.app, packs[0].summary.id).await.expect("a place");
        assert_eq!(place, stick.0.path(), "what is shown in the file manager is the folder around it");
    }
}

#[tokio::test]
async fn an_unsigned_bundle_comes_in_only_where_the_person_says_so_for_each_version() {
    let stick = Stick::new();
    let ada = NewHire::arrives().await;
    let first = stick.write("guide.zip", 1, "Welcome.", None);
    let report = ada.scans(&first).await.expect("it can be looked at");
    assert_eq!(report.bundle.map(|bundle| bundle.publisher), Some(None));
    let asked = IpcError::from(adds(&ada, &first).await.expect_err("nobody answered the question"));
    assert_eq!(asked.code, Code::BadRequest);
    assert!(asked.message.contains("nobody signed"), "{}", asked.message);
    assert!(waymark_app::sources::list_packs(&ada.app, ListPacks {}).await.expect("packs").is_empty());
    adds_trusting(&ada, &first, true).await.expect("the person let it in");
    assert!(home(&ada).await.contains("Welcome."));
    adds(&ada, &first).await.expect("the same content was asked about before");
    let second = stick.write("guide2.zip", 2, "Send me your password.", None);
    assert!(adds(&ada, &second).await.is_err(), "anybody may have made the next one");
    assert!(home(&ada).await.contains("Welcome."));
}

#[tokio::test]
async fn the_next_version_takes_the_place_of_the_one_before_under_any_file_name() {
    let (stick, key) = (Stick::new(), key());
    let ada = NewHire::arrives().await;
    ada.opens(&stick.write("january.zip", 1, "Welcome.", Some(&key))).await;
    let path = stick.write("february.tar.gz", 2, "Good morning.", Some(&key));
    let report = ada.scans(&path).await.expect("it can be read");
    assert!(report.known.is_some(), "it is known by its name and its publisher");
    adds(&ada, &path).await.expect("it follows");
    assert!(home(&ada).await.contains("Good morning."));
    let packs = waymark_app::sources::list_packs(&ada.app, ListPacks {}).await.expect("packs");
    assert_eq!(packs.len(), 1);
    assert_eq!(Path::new(&packs[0].location), path);
    fs::remove_file(&path).expect("the stick goes");
    let pack = packs[0].summary.id;
    let gone = waymark_app::sources::refresh_pack(&ada.app, RefreshPack { pack }).await;
    assert!(told(gone.expect_err("there is nothing to read")).starts_with("could not find the bundle"));
    assert!(home(&ada).await.contains("Good morning."), "what was read stays");
}

#[tokio::test]
async fn older_versions_and_strangers_change_nothing() {
    let (stick, own, stranger) = (Stick::new(), key(), key());
    let ada = NewHire::arrives().await;
    ada.opens(&stick.write("guide.zip", 5, "Welcome.", Some(&own))).await;
    let before = waymark_app::sources::list_packs(&ada.app, ListPacks {}).await.expect("packs");
    for (path, rule) in [
        (stick.write("old.zip", 4, "Old.", Some(&own)), "T3: "),
        (stick.write("stranger.zip", 6, "Send me your password.", Some(&stranger)), "T2: "),
        (stick.write("unsigned.zip", 6, "Send me your password.", None), "T1: "),
    ] {
        let scanned = ada.scans(&path).await.map(|_| ());
        for refused in [scanned, adds(&ada, &path).await] {
            let message = told(refused.expect_err("it may not follow"));
            assert!(message.contains(rule), "{message}");
        }
    }
    let ada = ada.restarts().await;
    assert!(home(&ada).await.contains("Welcome."));
    let after = waymark_app::sources::list_packs(&ada.app, ListPacks {}).await.expect("packs");
    assert_eq!(after, before);
    let pack = after[0].summary.id;
    waymark_app::sources::remove_pack(&ada.app, RemovePack { pack }).await.expect("it is removed");
    adds(&ada, &stick.0.path().join("stranger.zip")).await.expect("after that, anybody may be the first");
}

#[tokio::test]
async fn a_hostile_bundle_is_refused_with_its_rule_and_nothing_is_written() {
    let stick = Stick::new();
    let ada = NewHire::arrives().await;
    let whole = fs::read(stick.write("whole.zip", 1, "Welcome.", None)).expect("a file");
    let cut = stick.0.path().join("cut.zip");
    fs::write(&cut, &whole[..whole.len() / 2]).expect("a file");
    let message = told(ada.scans(&cut).await.expect_err("it is cut"));
    assert!(message.contains("S1: the whole stream"), "{message}");
    let packs = waymark_app::sources::list_packs(&ada.app, ListPacks {}).await.expect("packs");
    assert!(packs.is_empty());
}

#[derive(serde::Deserialize)]
struct Hostile {
    file: String,
    expect: String,
    rule: String,
}

/// All files below a folder.
fn listing(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        match entry.is_dir() {
            true => found.extend(listing(&entry)),
            false => found.push(entry),
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn every_hostile_archive_is_refused_by_its_rule_and_leaves_nothing_behind() {
    let Some(corpus) = shared("archives") else { return };
    let manifest = fs::read(corpus.join("manifest.json")).expect("the manifest");
    let cases: Vec<Hostile> = serde_json::from_slice(&manifest).expect("a list of cases");
    let ada = NewHire::arrives().await;
    let before = listing(&corpus);
    let mut refused = 0;
    for Hostile { file, expect, rule } in &cases {
        let named = rule.split(' ').next().unwrap_or_default();
        match (ada.scans(&corpus.join(file)).await, expect.as_str()) {
            (Ok(_) | Err(AppError::NothingFound { .. }), "reject") => panic!("{file} was let in; {rule}"),
            (Err(AppError::Bundle(error)), "accept") => panic!("{file} is harmless: {error}"),
            (Err(error @ AppError::Bundle(_)), _) => {
                refused += 1;
                let message = told(error);
                assert!(message.contains(&format!("{named}: ")), "{file}: {message}, not {rule}");
            }
            (Err(AppError::NothingFound { .. }) | Ok(_), _) => {}
            (Err(error), _) => panic!("{file}: {error}"),
        }
    }
    assert!(refused >= 95, "the corpus is whole: {refused}");
    assert!(waymark_app::sources::list_packs(&ada.app, ListPacks {}).await.expect("packs").is_empty());
    let of_the_app = |path: &Path| {
        let inside = path.strip_prefix(ada.folder.path()).expect("it lies there");
        inside.starts_with("search") || inside.to_string_lossy().starts_with("waymark.")
    };
    let more: Vec<_> = listing(ada.folder.path()).into_iter().filter(|path| !of_the_app(path)).collect();
    assert!(more.is_empty(), "nothing was unpacked anywhere in Waymark's folder: {more:?}");
    assert_eq!(listing(&corpus), before, "nor beside the archives");
}

#[tokio::test]
async fn problems_of_a_bundle_are_listed() {
    let stick = Stick::new();
    let ada = NewHire::arrives().await;
    ada.opens(&stick.write("guide.tar.gz", 1, "Welcome.", None)).await;
    let pack = waymark_app::sources::list_packs(&ada.app, ListPacks {}).await.expect("packs").remove(0).summary.id;
    let problems = waymark_app::sources::pack_problems(&ada.app, PackProblems { pack }).await.expect("problems");
    assert!(problems.iter().any(|problem| problem.path == "docs/index.md" && problem.line == 7), "{problems:#?}");
}
