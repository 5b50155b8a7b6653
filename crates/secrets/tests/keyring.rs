//! The ladder on the real system: gnome-keyring on a session bus of its own, in each of the situations of
//! `security.md`, section 7. Every test starts itself once more inside of its situation.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use waymark_secrets::{Kept, Ladder, Secrets, Standing};

const INSIDE: &str = "WAYMARK_KEYRING_SITUATION";
const SERVICE: &str = "dev.waymark.test";
const CANARY: &str = "canary-7c02-secret";
const PASSPHRASE: &str = "harbour lamp eleven";

/// How the machine stands.
#[derive(Clone, Copy)]
enum Situation {
    /// No session bus at all.
    NoBus,
    /// A bus whose keyring starts on demand and which nobody ever unlocked.
    Locked,
    /// A keyring that was unlocked at sign-in.
    Unlocked,
}

/// Runs the test of this name inside the situation; `None` where that is where it runs already, or where the
/// machine lacks the programs.
fn enter(name: &str, situation: Situation) -> Option<PathBuf> {
    if let Some(home) = env::var_os(INSIDE) {
        return Some(PathBuf::from(home));
    }
    let has = |program: &str| {
        Command::new("sh").args(["-c", &format!("command -v {program}")]).output().unwrap().status.success()
    };
    if !has("dbus-run-session") || !has("gnome-keyring-daemon") {
        let _ = writeln!(std::io::stderr(), "SKIPPED: {name}; apt install dbus gnome-keyring");
        return None;
    }
    let home = tempfile::tempdir().unwrap();
    let runtime = home.path().join("runtime");
    fs::create_dir(&runtime).unwrap();
    let itself = env::current_exe().unwrap();
    let unlock = "printf %s waymark-test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; ";
    let script = match situation {
        Situation::NoBus | Situation::Locked => "exec \"$@\"".to_owned(),
        Situation::Unlocked => format!("{unlock} \"$@\""),
    };
    let mut command = match situation {
        Situation::NoBus => Command::new("sh"),
        Situation::Locked | Situation::Unlocked => {
            let mut command = Command::new("dbus-run-session");
            command.args(["--", "sh"]);
            command
        }
    };
    let output = command
        .args(["-c", &script, "sh"])
        .arg(itself)
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, home.path())
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", &runtime)
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .env("XDG_CACHE_HOME", home.path().join("cache"))
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    None
}

fn ladder(home: &Path) -> Ladder {
    Ladder::new(SERVICE, home.join("waymark/secrets.sealed"))
}

/// Every file below a folder that can be read.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries
        .flatten()
        .flat_map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] })
        .collect()
}

fn holds_canary(home: &Path) -> Option<PathBuf> {
    let holds = |path: &PathBuf| {
        let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
        is_file && fs::read(path).is_ok_and(|bytes| bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes()))
    };
    files(home).into_iter().find(holds)
}

#[test]
fn an_open_keyring_keeps_secrets_between_two_runs() {
    let Some(home) = enter("an_open_keyring_keeps_secrets_between_two_runs", Situation::Unlocked) else { return };
    let first = ladder(&home);
    assert_eq!(first.set("team:a", CANARY), Kept::ByTheSystem);
    assert_eq!(first.standing(), Standing::Keyring);
    drop(first);
    // Another run has nothing of the first but the keyring.
    let second = ladder(&home);
    assert_eq!(second.get("team:a").as_deref(), Some(CANARY));
    assert_eq!(second.get("team:b"), None);
    assert_eq!(second.standing(), Standing::Keyring, "an entry that is not there says nothing against the keyring");
    assert_eq!(second.set("team:a", "newer"), Kept::ByTheSystem);
    assert_eq!(ladder(&home).get("team:a").as_deref(), Some("newer"));
    second.remove("team:a");
    assert_eq!(ladder(&home).get("team:a"), None);
    assert_eq!(second.set("team:c", CANARY), Kept::ByTheSystem);
    let keyrings = files(&home).iter().filter(|path| path.extension().is_some_and(|end| end == "keyring")).count();
    assert!(keyrings > 0, "the real daemon wrote its own file: {:?}", files(&home));
    assert_eq!(holds_canary(&home), None);
    assert!(!home.join("waymark").exists(), "no file of ours is made where there is a keyring");
}

#[test]
fn a_keyring_that_was_never_unlocked_fails_at_once_and_the_file_takes_over() {
    let name = "a_keyring_that_was_never_unlocked_fails_at_once_and_the_file_takes_over";
    let Some(home) = enter(name, Situation::Locked) else { return };
    falls_to_the_file(&home);
}

#[test]
fn without_a_session_bus_the_file_takes_over() {
    let Some(home) = enter("without_a_session_bus_the_file_takes_over", Situation::NoBus) else { return };
    falls_to_the_file(&home);
}

fn falls_to_the_file(home: &Path) {
    let first = ladder(home);
    let began = Instant::now();
    assert_eq!(first.set("team:a", CANARY), Kept::ForThisSession);
    assert!(began.elapsed() < Duration::from_secs(30), "nobody waits for a keyring that cannot answer");
    assert_eq!((first.standing(), first.get("team:a").as_deref()), (Standing::Memory, Some(CANARY)));
    assert_eq!(holds_canary(home), None, "never in clear text silently");
    first.seal(PASSPHRASE).unwrap();
    assert_eq!(first.standing(), Standing::File);
    // A closed keyring says that it has no such entry; that must not look like a secret that was removed.
    let second = ladder(home);
    assert_eq!((second.get("team:a"), second.standing()), (None, Standing::Locked));
    second.unlock(PASSPHRASE).unwrap();
    assert_eq!(second.get("team:a").as_deref(), Some(CANARY));
    assert_eq!(holds_canary(home), None);
}
