//! A library that this account may not open. Root may open everything, so another account tries.

use std::{path::Path, process::Command};

use waymark_store::Db;

use crate::support::*;

const CHILD: &str = "WAYMARK_TEST_PERMISSION_CHILD";
const ANSWER: &str = "trouble: ";

/// Does nothing in an ordinary run; as the child of the test below it says why it may not open the library.
#[test]
fn child_that_may_not_open_the_library() {
    use std::io::Write;
    let Some(path) = std::env::var_os(CHILD) else { return };
    let outcome = tokio::runtime::Runtime::new().unwrap().block_on(Db::open(Path::new(&path), OPTIONS));
    let trouble = outcome.map(|_| ()).map_err(|error| error.trouble());
    writeln!(std::io::stdout(), "{ANSWER}{trouble:?}").unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_library_of_another_account_is_no_permission() {
    use std::os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    };

    let library = Library::new().await;
    library.db.close().await;
    std::fs::set_permissions(library.folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    let mut command = Command::new(std::env::current_exe().unwrap());
    if is_root {
        std::fs::set_permissions(library.path(), PermissionsExt::from_mode(0o600)).unwrap();
        command.uid(65_534);
    } else {
        std::fs::set_permissions(library.path(), PermissionsExt::from_mode(0o000)).unwrap();
    }
    let output = command
        .args(["permission::child_that_may_not_open_the_library", "--exact", "--nocapture"])
        .env(CHILD, library.path())
        .output();
    let Ok(output) = output else { return skipped("a library of another account: its program may not be run") };
    let answer = String::from_utf8_lossy(&output.stdout);
    assert!(answer.contains(&format!("{ANSWER}Err(NoPermission)")), "{answer}");
}
