//! The bridge without a window: every request is registered and permitted.

use std::{collections::BTreeSet, fs, path::Path};

/// Names between the quotes of every `commands.allow` under `src-tauri/permissions`.
fn permitted() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/permissions");
    let mut names = BTreeSet::new();
    for file in fs::read_dir(folder).expect("the permissions folder is there") {
        let text = fs::read_to_string(file.expect("an entry").path()).expect("a permission file");
        let list = text.split_once("commands.allow = [").expect("each file allows commands").1;
        let list = list.split_once(']').expect("the list ends").0;
        for name in list.split(',').map(|name| name.trim().trim_matches('"')).filter(|name| !name.is_empty()) {
            assert!(names.insert(name.to_owned()), "{name} stands in two permissions");
        }
    }
    names
}

#[test]
fn every_request_has_a_permission_and_nothing_else_has() {
    let asked: BTreeSet<String> = waymark_api::ipc::commands().into_iter().map(str::to_owned).collect();
    assert_eq!(permitted(), asked);
}

#[test]
fn every_request_is_registered() {
    let source = include_str!("commands/mod.rs");
    for command in waymark_api::ipc::commands() {
        assert!(source.contains(&format!("::{command},")), "{command} is not in the handler list");
    }
}
