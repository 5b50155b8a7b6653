//! Folders full of traps: links, loops, pipes, large files, odd bytes, missing rights.

use std::{fs, path::Path};

use tempfile::TempDir;
use waymark_core::diagnostic::Severity;
use waymark_sync::folder::{FileKind, FolderSnapshot, Limits, Progress, ReadFolderError, read};

pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        put(folder.path(), path, bytes);
    }
    folder
}

pub(crate) fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

pub(crate) fn snapshot(root: &Path) -> FolderSnapshot {
    read(root, &Limits::default(), &mut |_| {}).unwrap()
}

pub(crate) fn paths(snapshot: &FolderSnapshot) -> Vec<&str> {
    snapshot.files.iter().map(|file| file.path.as_str()).collect()
}

/// `code path` of each finding.
fn problems(snapshot: &FolderSnapshot) -> Vec<String> {
    snapshot.problems.iter().map(|problem| format!("{} {}", problem.code, problem.path)).collect()
}

#[test]
fn content_is_read_and_tools_and_secrets_are_not() {
    let folder = folder(&[
        ("mkdocs.yml", b"site_name: x"),
        ("docs/index.md", b"# Hi"),
        ("docs/.pages", b"nav: []"),
        ("docs/data.csv", b"a,b"),
        (".github/ISSUE_TEMPLATE/new-hire.md", b"- [ ] VPN"),
        (".git/config", b"secret"),
        ("vendor/lib/.git/HEAD", b"ref"),
        ("vendor/lib/README.md", b"nested repository"),
        ("node_modules/x/README.md", b"no"),
        ("target/doc/index.md", b"no"),
        (".venv/README.md", b"no"),
        (".env", b"TOKEN=1"),
        ("private/notes.md", b"no"),
        (".gitignore", b"private/\n*.log\n"),
        ("build.log", b"no"),
    ]);
    let snapshot = snapshot(folder.path());
    let expected = [
        ".github/ISSUE_TEMPLATE/new-hire.md",
        "docs/.pages",
        "docs/data.csv",
        "docs/index.md",
        "mkdocs.yml",
        "vendor/lib/README.md",
    ];
    assert_eq!(paths(&snapshot), expected);
    assert_eq!(problems(&snapshot), [""; 0]);
    assert!(snapshot.files.iter().all(|file| file.modified.is_some()));
}

#[test]
fn the_revision_changes_with_content_and_only_with_it() {
    let folder = folder(&[("a.md", b"one"), ("b.md", b"two")]);
    let first = snapshot(folder.path());
    put(folder.path(), "a.md", b"one");
    assert_eq!(snapshot(folder.path()).revision, first.revision, "written again with the same bytes");
    put(folder.path(), "a.md", b"other");
    let edited = snapshot(folder.path());
    assert_ne!(edited.revision, first.revision);
    fs::rename(folder.path().join("b.md"), folder.path().join("c.md")).unwrap();
    assert_ne!(snapshot(folder.path()).revision, edited.revision, "a new name is a change");
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_and_never_out() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret.md", b"top secret"), ("dir/also.md", b"secret")]);
    let folder = folder(&[("docs/real.md", b"real"), ("more/page.md", b"page"), (".git/config.md", b"hidden")]);
    let root = folder.path();
    symlink(outside.path().join("secret.md"), root.join("docs/out.md")).unwrap();
    symlink(outside.path().join("dir"), root.join("docs/outdir")).unwrap();
    symlink("../../../../../../../../etc/hostname", root.join("docs/climb.md")).unwrap();
    symlink("real.md", root.join("docs/alias.md")).unwrap();
    symlink("../more", root.join("docs/more")).unwrap();
    symlink("../.git", root.join("docs/git")).unwrap();
    symlink("nowhere.md", root.join("docs/dangling.md")).unwrap();
    let snapshot = snapshot(root);
    let expected = ["docs/alias.md", "docs/more/page.md", "docs/real.md", "more/page.md"];
    assert_eq!(paths(&snapshot), expected);
    let expected = ["F001 docs/climb.md", "F002 docs/dangling.md", "F001 docs/out.md", "F001 docs/outdir"];
    assert_eq!(problems(&snapshot), expected);
    let everything: Vec<u8> = snapshot.files.iter().flat_map(|file| file.bytes.clone()).collect();
    assert!(!String::from_utf8_lossy(&everything).contains("secret"));
}

#[cfg(unix)]
#[test]
fn loops_of_links_end() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("a/page.md", b"a"), ("b/page.md", b"b")]);
    let root = folder.path();
    symlink("..", root.join("a/up")).unwrap();
    symlink("../b", root.join("a/to-b")).unwrap();
    symlink("../a", root.join("b/to-a")).unwrap();
    symlink("self", root.join("self")).unwrap();
    // Twenty folders, each with two links to the next: a million paths for whoever follows them all.
    for n in 0..20 {
        put(root, &format!("fan/{n}/x.md"), b"x");
        for name in ["l", "r"] {
            symlink(format!("../{}", n + 1), root.join(format!("fan/{n}/{name}"))).unwrap();
        }
    }
    fs::create_dir(root.join("fan/20")).unwrap();
    let snapshot = snapshot(root);
    assert!(paths(&snapshot).contains(&"a/page.md") && paths(&snapshot).contains(&"b/page.md"));
    assert!(snapshot.files.len() < 1_000, "{} files", snapshot.files.len());
    assert!(snapshot.problems.iter().any(|problem| problem.code == "F006"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_content_and_nobody_waits_for_it() {
    let folder = folder(&[("a.md", b"a")]);
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.md")).status();
    assert!(made.is_ok_and(|status| status.success()), "this system can make pipes");
    std::os::unix::fs::symlink("pipe.md", folder.path().join("link.md")).unwrap();
    assert_eq!(paths(&snapshot(folder.path())), ["a.md"]);
}

#[test]
fn what_is_too_large_or_too_much_is_left_out_and_said() {
    let folder = folder(&[
        ("big.md", &[b'x'; 101]),
        ("fits.md", &[b'x'; 100]),
        ("photo.png", b"\x89PNG\r\n\x1a\n 1234"),
        ("blob.bin", &[0; 300]),
        ("z.md", b"z"),
    ]);
    let limits = Limits { text_bytes: 100, image_bytes: 9, other_bytes: 200, ..Limits::default() };
    let got = read(folder.path(), &limits, &mut |_| {}).unwrap();
    assert_eq!(paths(&got), ["fits.md", "z.md"]);
    assert_eq!(problems(&got), ["F003 big.md", "F003 photo.png"]);
    assert!(got.problems[0].message.contains("101 bytes"), "{}", got.problems[0].message);

    let got = read(folder.path(), &Limits { files: 2, ..Limits::default() }, &mut |_| {}).unwrap();
    assert_eq!(paths(&got), ["big.md", "fits.md"], "content goes before other files");
    assert_eq!(problems(&got), ["F005 "]);
    assert!(got.problems[0].message.contains("2 were left out"), "{}", got.problems[0].message);

    let got = read(folder.path(), &Limits { text_total_bytes: 150, ..Limits::default() }, &mut |_| {}).unwrap();
    assert_eq!(paths(&got), ["big.md", "blob.bin", "photo.png", "z.md"]);
    assert_eq!(problems(&got), ["F009 "]);

    let got = read(folder.path(), &Limits { entries: 2, ..Limits::default() }, &mut |_| {}).unwrap();
    assert_eq!(problems(&got), ["F010 "]);
}

#[test]
fn odd_bytes_are_read_as_far_as_they_go() {
    let folder = folder(&[
        ("latin.md", b"# ok\nGr\xfc\xdfe"),
        ("fake.png", b"<html>"),
        ("logo.svg", b"<svg/>"),
        ("x.gif", b"\x89PNG\r\n\x1a\n"),
    ]);
    let got = snapshot(folder.path());
    assert_eq!(problems(&got), ["F007 fake.png", "F004 latin.md"]);
    let finding = &got.problems[1];
    assert_eq!((finding.line, finding.column, finding.severity), (2, 3, Severity::Warning));
    assert!(got.files.iter().find(|file| file.path == "latin.md").unwrap().text().unwrap().starts_with("# ok\nGr"));
    let kinds: Vec<FileKind> = got.files.iter().map(|file| file.kind).collect();
    let expected =
        [FileKind::Other, FileKind::Markdown, FileKind::Image("image/svg+xml"), FileKind::Image("image/png")];
    assert_eq!(kinds, expected, "bytes tell more than names");
}

#[test]
fn a_deep_folder_ends_at_the_limit() {
    let deep = vec!["d"; 100].join("/");
    let folder = folder(&[(format!("{deep}/low.md").as_str(), b"x"), ("top.md", b"x")]);
    let got = snapshot(folder.path());
    assert_eq!(paths(&got), ["top.md"]);
    assert_eq!(problems(&got), [format!("F011 {}", ["d"; 64].join("/"))]);
}

#[test]
fn a_folder_that_is_none_is_named() {
    let folder = folder(&[("file.md", b"x")]);
    let missing = read(&folder.path().join("gone"), &Limits::default(), &mut |_| {}).unwrap_err();
    assert!(matches!(missing, ReadFolderError::Missing { .. }), "{missing:?}");
    let file = read(&folder.path().join("file.md"), &Limits::default(), &mut |_| {}).unwrap_err();
    assert!(matches!(file, ReadFolderError::NotAFolder { .. }), "{file:?}");
    let below = read(&folder.path().join("file.md/x"), &Limits::default(), &mut |_| {}).unwrap_err();
    assert!(matches!(below, ReadFolderError::NotAFolder { .. }), "{below:?}");
}

#[test]
fn an_empty_folder_is_an_empty_snapshot() {
    let got = snapshot(folder(&[]).path());
    assert_eq!((paths(&got), got.problems.len()), (Vec::new(), 0));
}

/// Between counting and reading, a file vanishes and a folder becomes a link that leads out.
#[cfg(unix)]
#[test]
fn what_changes_between_walk_and_read_is_a_finding() {
    let outside = folder(&[("secret.md", b"top secret")]);
    let folder = folder(&[("a.md", b"a"), ("c/secret.md", b"c"), ("d.md", b"d"), ("e.md", b"e")]);
    let root = folder.path();
    let mut calls = Vec::new();
    let got = read(root, &Limits::default(), &mut |progress: &Progress| {
        calls.push((progress.files, progress.total));
        if (progress.files, progress.total) == (0, 4) {
            fs::remove_file(root.join("d.md")).unwrap();
            fs::remove_dir_all(root.join("c")).unwrap();
            std::os::unix::fs::symlink(outside.path(), root.join("c")).unwrap();
            fs::write(root.join("e.md"), vec![b'e'; 3 << 20]).unwrap();
        }
    })
    .unwrap();
    assert_eq!(calls, [(0, 0), (0, 4), (1, 4), (2, 4), (3, 4), (4, 4)], "counting, counted, then each file");
    assert_eq!(paths(&got), ["a.md"]);
    assert_eq!(problems(&got), ["F001 c/secret.md", "F002 d.md", "F003 e.md"]);
    assert!(got.problems[1].message.contains("not there any more"), "{}", got.problems[1].message);
}

/// Does nothing in an ordinary run; as the child of the test below it reads a folder without root's rights.
#[test]
fn child_that_may_not_read_everything() {
    use std::io::Write;
    let Some(root) = std::env::var_os("WAYMARK_TEST_UNREADABLE") else { return };
    let root = Path::new(&root);
    let got = snapshot(root);
    let closed = read(&root.join("closed"), &Limits::default(), &mut |_| {}).unwrap_err();
    writeln!(std::io::stdout(), "{:?} {:?} {closed:?}", paths(&got), problems(&got)).unwrap();
}

#[cfg(unix)]
#[test]
fn what_this_account_may_not_read_is_a_finding_and_the_rest_is_there() {
    use std::os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    };
    let folder = folder(&[("a.md", b"a"), ("b.md", b"b"), ("closed/c.md", b"c")]);
    let set = |path: &str, mode: u32| {
        fs::set_permissions(folder.path().join(path), PermissionsExt::from_mode(mode)).unwrap();
    };
    set("", 0o755);
    set("b.md", 0o000);
    set("closed", 0o000);
    // Root may read everything, so the child gives root's rights up.
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    if fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0) {
        child.uid(65_534);
    }
    let output = child
        .args(["traps::child_that_may_not_read_everything", "--exact", "--nocapture"])
        .env("WAYMARK_TEST_UNREADABLE", folder.path())
        .output();
    set("closed", 0o755);
    let Ok(output) = output else {
        use std::io::Write;
        let _ =
            writeln!(std::io::stderr(), "SKIPPED: unreadable files: this program may not be run by another account");
        return;
    };
    let answer = String::from_utf8_lossy(&output.stdout);
    assert!(answer.contains(r#"["a.md"] ["F002 b.md", "F002 closed"] NoPermission"#), "{answer}");
}
