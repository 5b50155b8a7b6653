//! GitHub's own samples and those of the `CDEvents` specification, against what each must lead to.

use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use serde_json::Value;
use waymark_core::milestone::{ForgeAction, Organisation, Seen, Who, observe};

use crate::forge::Source;

const EVERYTHING: Organisation<'_> = Organisation { owners: &[], production: &[] };

#[test]
fn the_published_samples_lead_to_what_is_expected() {
    let Some(folder) = corpus() else { return };
    let read = |name: &str| -> Value {
        let text = fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        serde_json::from_str(&text).expect("JSON")
    };
    let expected = read("expected.json");
    let samples = expected.as_object().expect("an object").iter().filter(|(name, _)| name.ends_with(".json"));
    let mut checked = 0;
    for (name, expected) in samples {
        let (folder, file) = name.split_once('/').expect("a folder and a file");
        let source = if folder == "cdevents" { Source::CdEvents } else { Source::GitHub };
        let kind = file.split('.').next().unwrap_or_default();
        let event = source.read(kind, &read(name), "2026-03-02T09:00:00Z".parse().expect("a moment"));
        let event = event.unwrap_or_else(|error| panic!("{name}: {error}")).event;
        let observed = observe(&event, &EVERYTHING);
        let milestone = observed.as_ref().map(|observed| match observed.seen {
            Seen::Opened => "first-pr",
            Seen::Merged => "first-merge",
            Seen::Review => "first-review",
            Seen::Deployed => "first-deploy",
            Seen::Access => "access-granted",
            Seen::Commit => "first-commit",
        });
        assert_eq!(milestone, expected["milestone"].as_str(), "{name}");
        let person = observed.as_ref().and_then(|observed| match &observed.who {
            Who::Known(people) => Some(people.iter().map(|one| one.login.as_str()).collect::<Vec<_>>().join(" ")),
            Who::AuthorsUpTo { .. } => None,
        });
        assert_eq!(person.as_deref(), expected["person"].as_str(), "{name}: whose milestone it is");
        if expected["scope"] == "team" {
            assert!(matches!(&event.action, ForgeAction::Joined { team: Some(_), .. }), "{name}: of a team");
        }
        checked += 1;
    }
    assert_eq!(checked, 15, "every sample has its expectation");
    println!("proved: {checked} published samples as expected");
}

/// The samples are no part of the repository; the payloads beside this file cover the same ground.
fn corpus() -> Option<PathBuf> {
    let root = env::var_os("WAYMARK_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = root.join("corpus/events");
    if folder.join("expected.json").is_file() {
        return Some(folder);
    }
    // Past the test harness's capture, so that a skipped test is seen.
    let line = format!("SKIPPED: {} is not present; set WAYMARK_SHARED to the folder that holds it", folder.display());
    let _ = writeln!(std::io::stderr(), "{line}");
    None
}
