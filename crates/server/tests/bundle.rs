//! `waymark-server bundle` as its users call it.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

/// A folder with content, and room for bundles beside it.
fn desk() -> TempDir {
    let desk = TempDir::new().unwrap();
    for (path, text) in [
        ("guide/mkdocs.yml", "site_name: Guide\n"),
        ("guide/docs/index.md", "# Home\n"),
        ("guide/docs/.pages", "nav: []\n"),
        ("guide/docs/setup.sh", "echo\n"),
        ("guide/.git/config", "[core]\n"),
    ] {
        let path = desk.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    desk
}

fn bundle(desk: &Path, words: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_waymark-server");
    Command::new(program).arg("bundle").args(words).current_dir(desk).output().unwrap()
}

/// Runs a command and gives its output, if it ends as expected.
#[track_caller]
fn ends(desk: &Path, code: i32, words: &[&str]) -> String {
    let output = bundle(desk, words);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{words:?}\n{out}\n{err}");
    format!("{out}{err}")
}

#[test]
fn what_was_packed_is_verified_and_installed_in_every_format() {
    let desk = desk();
    let desk = desk.path();
    let made = ends(desk, 0, &["keygen", "team.key"]);
    assert!(made.contains("fingerprint "), "{made}");
    for file in ["guide.tar.gz", "guide.tar.zst", "guide.zip"] {
        let packed = ends(desk, 0, &["pack", "guide", file, "--key", "team.key", "--sequence", "3"]);
        assert!(packed.contains("guide 3, sequence 3: 2 files"), "{packed}");
        assert!(packed.contains("left out: docs/.pages") && packed.contains("left out: docs/setup.sh"), "{packed}");
        let first = fs::read(desk.join(file)).unwrap();
        ends(desk, 0, &["pack", "guide", file, "--key", "team.key", "--sequence", "3"]);
        assert!(first == fs::read(desk.join(file)).unwrap(), "the same input gives the same bytes");
        assert!(ends(desk, 0, &["verify", file]).contains("compare it with the publisher's fingerprint"));
        assert!(ends(desk, 0, &["verify", file, "--trust", "team.key.pub"]).contains(", trusted"));
        let place = format!("in-{file}");
        let installed = ends(desk, 0, &["install", file, "--to", &place, "--trust", "team.key.pub"]);
        let path =
            installed.lines().find_map(|line| line.split_once(": ").filter(|(_, path)| path.starts_with(&place)));
        let page = desk.join(path.unwrap().1).join("docs/index.md");
        assert_eq!(fs::read_to_string(page).unwrap(), "# Home\n");
        assert!(ends(desk, 0, &["install", file, "--to", &place]).contains("was installed already"));
    }
}

#[test]
fn a_broken_rule_is_named_and_the_exit_code_is_1() {
    let desk = desk();
    let desk = desk.path();
    ends(desk, 0, &["pack", "guide", "plain.zip"]);
    assert!(ends(desk, 1, &["verify", "plain.zip"]).starts_with("T1: a valid signature: "));
    assert!(ends(desk, 0, &["verify", "plain.zip", "--allow-unsigned"]).contains("not signed"));
    let whole = fs::read(desk.join("plain.zip")).unwrap();
    fs::write(desk.join("cut.zip"), &whole[..whole.len() - 5]).unwrap();
    assert!(ends(desk, 1, &["verify", "cut.zip", "--allow-unsigned"]).starts_with("S1: the whole stream: "));
    assert!(ends(desk, 1, &["install", "cut.zip", "--to", "place", "--allow-unsigned"]).starts_with("S1: "));
    assert!(!desk.join("place").exists(), "nothing was written");

    ends(desk, 0, &["keygen", "one.key"]);
    ends(desk, 0, &["keygen", "two.key"]);
    ends(desk, 0, &["pack", "guide", "one.zip", "--key", "one.key", "--sequence", "2"]);
    ends(desk, 0, &["pack", "guide", "two.zip", "--key", "two.key", "--sequence", "3"]);
    assert!(ends(desk, 1, &["verify", "one.zip", "--trust", "two.key.pub"]).starts_with("T2: a trusted publisher: "));
    ends(desk, 0, &["install", "one.zip", "--to", "place"]);
    assert!(ends(desk, 1, &["install", "two.zip", "--to", "place"]).starts_with("T2: "));
    ends(desk, 0, &["pack", "guide", "old.zip", "--key", "one.key", "--sequence", "1"]);
    assert!(ends(desk, 1, &["install", "old.zip", "--to", "place"]).starts_with("T3: the sequence rises: "));
    let next = ["pack", "guide", "next.zip", "--key", "two.key", "--older-key", "one.key", "--sequence", "3"];
    ends(desk, 0, &next);
    assert!(ends(desk, 0, &["install", "next.zip", "--to", "place"]).contains("in place of the older version"));

    fs::write(desk.join("guide/docs/what?.md"), "x").unwrap();
    assert!(ends(desk, 1, &["pack", "guide", "bad.zip"]).contains("\"docs/what?.md\""));
    assert!(!desk.join("bad.zip").exists());
}

#[test]
fn bundle_json_says_what_the_bundle_is_and_keys_are_not_written_over() {
    let desk = desk();
    let desk = desk.path();
    let index = r#"{"name": "team-guide", "version": "2026.1", "sequence": 9, "expires": "2020-01-01"}"#;
    fs::write(desk.join("guide/bundle.json"), index).unwrap();
    assert!(ends(desk, 0, &["pack", "guide", "x.tar.gz"]).starts_with("team-guide 2026.1, sequence 9: 2 files"));
    assert!(ends(desk, 0, &["verify", "x.tar.gz", "--allow-unsigned"]).contains("it expired on 2020-01-01"));
    ends(desk, 0, &["keygen", "team.key"]);
    let key = fs::read(desk.join("team.key")).unwrap();
    ends(desk, 2, &["keygen", "team.key"]);
    assert_eq!(fs::read(desk.join("team.key")).unwrap(), key);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(desk.join("team.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "only its owner may read it");
    }
    ends(desk, 2, &["verify", "absent.zip"]);
    ends(desk, 2, &["verify", "x.tar.gz", "--allow-unsigned", "--trust", "team.key"]);
}
