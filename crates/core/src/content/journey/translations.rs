//! Journeys in several languages: which file is a translation of which, and whether it is behind
//! (`J092`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::front::SCHEMA;
use crate::{
    content::{
        fields::Fields,
        front_matter::front_matter,
        markdown::Lines,
        yaml::{self, Place, Value},
    },
    diagnostic::{Diagnostic, Findings, Position},
    path::{folder_of, join},
};

/// What the journeys of a folder say about their translations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translations {
    /// Paths of files that another journey names as its translation.
    pub files: BTreeSet<String>,
    /// What is wrong with them.
    pub findings: Vec<Diagnostic>,
}

/// What is compared of a file.
struct Head {
    version: Option<(String, Position)>,
    reviewed: Option<(Date, Position)>,
    start: Position,
    /// Language, file as written, and where it stands.
    translations: Vec<(String, String, Position)>,
}

/// Compares all journeys in `files` (path and text) with their translations: by version where both
/// have one, otherwise by the day of the review.
pub fn check_translations(files: &[(String, String)]) -> Translations {
    let heads: BTreeMap<&str, Head> =
        files.iter().filter_map(|(path, source)| Some((path.as_str(), head(path, source)?))).collect();
    let mut result = Translations::default();
    for (path, original) in &heads {
        for (language, file, at) in &original.translations {
            let target = beside(path, file);
            let known = target.as_ref().and_then(|target| heads.get_key_value(target.as_str()));
            let Some((target, translation)) = known.filter(|(target, _)| *target != path) else {
                let mut findings = Findings::new(*path);
                let message = format!("the translation into `{language}` is not there: `{file}`");
                findings.warning("J092", *at, message).help("Correct the path, or remove the entry.");
                result.findings.extend(findings.into_list());
                continue;
            };
            if !result.files.insert((*target).to_owned()) {
                continue;
            }
            let mut findings = Findings::new(*target);
            compare(path, original, translation, &mut findings);
            result.findings.extend(findings.into_list());
        }
    }
    result
}

fn compare(path: &str, original: &Head, translation: &Head, findings: &mut Findings) {
    let versions = original.version.as_ref().zip(translation.version.as_ref());
    let parts = versions.and_then(|((new, _), (old, at))| Some((numbers(new)?, numbers(old)?, old, new, *at)));
    let (at, message, key) = match (parts, original.reviewed.zip(translation.reviewed)) {
        (Some((newer, older, old, new, at)), _) if older < newer => {
            (at, format!("this translation is at version {old}, and {path} is at {new}"), "version")
        }
        // The same version was read again, perhaps with nothing to change.
        (Some(_), _) => return,
        (None, Some(((new, _), (old, at)))) if old < new => {
            (at, format!("this translation was reviewed on {old}, and {path} on {new}"), "reviewed")
        }
        (None, Some(_)) => return,
        (None, None) if original.version.is_some() && translation.version.is_none() => {
            (translation.start, format!("this translation does not say which version of {path} it follows"), "version")
        }
        (None, None) => return,
    };
    findings.warning("J092", at, message).help(format!("Bring the text up to date and set `{key}` as there."));
}

/// The numbers of a version such as `1.2.0`.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let core = version.trim().trim_start_matches('v').split(['-', '+']).next()?;
    let mut numbers: Vec<u64> = core.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    numbers.resize(numbers.len().max(3), 0);
    Some(numbers)
}

/// What the journey parser reports about the front matter is not reported again here.
fn head(path: &str, source: &str) -> Option<Head> {
    let split = front_matter(source);
    let lines = Lines::new(source);
    let place = Place::whole(&lines, split.yaml_start);
    let quiet = &mut Findings::new(path);
    let node = yaml::parse(split.yaml?, &place, "J001", quiet)?;
    let fields = Fields::of(&node, "J001", "the front matter", quiet)?;
    if fields.text("schema", quiet).as_deref() != Some(SCHEMA) {
        return None;
    }
    let entries = match fields.get("translations").map(|node| &node.value) {
        Some(Value::Map(entries)) => entries.as_slice(),
        _ => &[],
    };
    let entry = |entry: &yaml::Entry| Some((entry.key.clone(), entry.value.text()?.to_owned(), entry.value.at));
    Some(Head {
        version: fields.text("version", quiet).map(|version| (version, fields.place("version"))),
        reviewed: fields.date("reviewed", quiet).map(|date| (date, fields.place("reviewed"))),
        start: fields.at,
        translations: entries.iter().filter_map(entry).collect(),
    })
}

/// The path that a file names, beside it; `None` where it would leave the folder.
fn beside(path: &str, file: &str) -> Option<String> {
    join(folder_of(path), file.trim_start_matches('/'))
}
