//! The sealed file: what is in it comes out by its passphrase alone, and never lies anywhere in clear text.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::{fs, path::Path};

use waymark_secrets::{Kept, Ladder, Secrets, Standing, VaultError};

const PASSPHRASE: &str = "harbour lamp eleven";
const CANARY: &str = "canary-5b1f-secret";

/// Every byte of every file below a folder.
fn all_bytes(folder: &Path) -> Vec<u8> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { all_bytes(&path) } else { fs::read(path).unwrap() }).collect()
}

fn holds_canary(folder: &Path) -> bool {
    let bytes = all_bytes(folder);
    bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes())
}

#[test]
fn what_is_in_memory_moves_into_the_file_and_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secrets.sealed");
    let ladder = Ladder::without_keyring(file.clone());
    assert_eq!(ladder.standing(), Standing::Memory);
    assert_eq!(ladder.set("team:a", CANARY), Kept::ForThisSession);
    assert!(!file.exists(), "nothing is written unasked");
    assert!(matches!(ladder.seal("too short"), Err(VaultError::TooShort)));
    assert!(!file.exists());
    ladder.seal(PASSPHRASE).unwrap();
    assert_eq!((ladder.standing(), ladder.get("team:a").as_deref()), (Standing::File, Some(CANARY)));
    assert_eq!(ladder.set("team:b", "other"), Kept::InTheFile);
    assert!(!holds_canary(folder.path()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    let ladder = Ladder::without_keyring(file.clone());
    assert_eq!((ladder.standing(), ladder.get("team:a")), (Standing::Locked, None));
    assert_eq!(ladder.set("team:c", "newer"), Kept::ForThisSession, "a closed file is not written");
    assert!(matches!(ladder.unlock("harbour lamp twelve"), Err(VaultError::Wrong)));
    ladder.unlock(PASSPHRASE).unwrap();
    let all = ["team:a", "team:b", "team:c"].map(|name| ladder.get(name).unwrap_or_default());
    assert_eq!(all, [CANARY, "other", "newer"]);
    ladder.remove("team:a");
    let ladder = Ladder::without_keyring(file);
    ladder.unlock(PASSPHRASE).unwrap();
    assert_eq!((ladder.get("team:a"), ladder.get("team:c").as_deref()), (None, Some("newer")));
    ladder.erase().unwrap();
    assert_eq!((ladder.get("team:c"), ladder.standing()), (None, Standing::Memory));
    assert_eq!(all_bytes(folder.path()), b"");
}

#[test]
fn a_changed_or_cut_file_is_refused_and_can_be_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secrets.sealed");
    let ladder = Ladder::without_keyring(file.clone());
    ladder.set("team:a", CANARY);
    ladder.seal(PASSPHRASE).unwrap();
    let whole = fs::read_to_string(&file).unwrap();
    // A file that is cheaper to guess is not the one that was sealed.
    let cheaper = whole.replace("\"passes\":3", "\"passes\":1");
    assert_ne!(cheaper, whole);
    let greedy = whole.replace("\"memory\":65536", "\"memory\":4000000000");
    for (text, expected) in [(cheaper, "wrong"), (greedy, "damaged"), (whole[..whole.len() / 2].to_owned(), "damaged")]
    {
        fs::write(&file, text).unwrap();
        let refused = Ladder::without_keyring(file.clone()).unlock(PASSPHRASE);
        let found = match refused {
            Err(VaultError::Wrong) => "wrong",
            Err(VaultError::Damaged) => "damaged",
            _ => "something else",
        };
        assert_eq!(found, expected);
    }
    let anew = Ladder::without_keyring(file.clone());
    assert_eq!(anew.standing(), Standing::Locked);
    anew.seal("another passphrase").unwrap();
    assert_eq!(anew.get("team:a"), None, "what was in it is lost, and the person was told");
    assert!(matches!(Ladder::without_keyring(folder.path().join("none")).unlock(PASSPHRASE), Err(VaultError::NoFile)));
}

#[test]
fn a_folder_that_cannot_be_written_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    fs::write(&in_the_way, "").unwrap();
    let ladder = Ladder::without_keyring(in_the_way.join("secrets.sealed"));
    ladder.set("team:a", CANARY);
    assert!(matches!(ladder.seal(PASSPHRASE), Err(VaultError::Disk(_))));
    assert_eq!((ladder.standing(), ladder.get("team:a").as_deref()), (Standing::Memory, Some(CANARY)));
}
