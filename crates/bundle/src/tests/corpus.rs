//! The hostile archives of `corpus/archives`, where that is present.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::{OPEN, refused};
use crate::{Bundle, Format};

/// The corpus is no part of the repository.
fn corpus() -> Option<PathBuf> {
    let root = std::env::var_os("WAYMARK_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = root.join("corpus/archives");
    if path.is_dir() {
        return Some(path);
    }
    // Past the test harness's capture, so that a skipped test is seen.
    let line = format!("SKIPPED: {} is not present; set WAYMARK_SHARED to the folder that holds it", path.display());
    let _ = writeln!(std::io::stderr(), "{line}");
    None
}

#[derive(serde::Deserialize)]
struct Case {
    file: String,
    why: String,
    expect: String,
    rule: String,
}

#[test]
fn every_archive_is_judged_by_the_right_rule() {
    let Some(corpus) = corpus() else { return };
    let manifest = fs::read(corpus.join("manifest.json")).expect("the manifest can be read");
    let cases: Vec<Case> = serde_json::from_slice(&manifest).expect("the manifest is a list of cases");
    let mut wrong = Vec::new();
    for Case { file, why, expect, rule } in &cases {
        let bytes = fs::read(corpus.join(file)).expect("the archive can be read");
        let format = Format::of_name(file).expect("the name tells the format");
        let found = refused(&bytes, format).map(|refusal| refusal.rule.id());
        let named = rule.split(' ').next();
        let right = match expect.as_str() {
            "reject" => found.is_some() && found == named,
            "accept" => found.is_none(),
            _ => found.is_none() || found == named,
        };
        if !right {
            wrong.push(format!("{file} ({why}): {expect} {rule}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(cases.len() >= 100, "the corpus is whole");
}

#[test]
fn a_nested_archive_stays_as_it_is_or_stays_out() {
    let Some(corpus) = corpus() else { return };
    let path = corpus.join("nested.zip");
    if let Ok(bundle) = Bundle::read_file(&path, &OPEN) {
        let files = bundle.index().files.clone().unwrap_or_default();
        assert!(files.keys().all(|path| path.matches(".zip").count() <= 1), "{files:?}");
    }
}
