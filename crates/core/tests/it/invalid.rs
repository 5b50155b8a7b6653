//! Broken files: every finding has its place, and whatever can be read is still there.

use waymark_core::content::{parse_journey, parse_roadmap};

use crate::{golden, support};

/// Every broken journey of the fixtures, with what was still read.
#[test]
fn broken_journeys_say_everything_at_once() {
    for (path, source) in support::fixtures("invalid").into_iter().filter(|(path, _)| !path.contains('/')) {
        let (template, findings) = parse_journey(&path, &source);
        let outline = support::outline(&template.expect("something is always shown"));
        golden!(
            format!("invalid-{}", path.trim_end_matches(".md")),
            format!("{}\n{outline}", support::lines(&findings))
        );
    }
}

#[test]
fn a_broken_roadmap_says_everything_at_once() {
    let files = support::markdown_files(&support::workspace().join("tests/fixtures/invalid"));
    let files: Vec<_> = files.into_iter().filter(|(path, _)| path.starts_with("roadmap/")).collect();
    let (roadmap, findings) = parse_roadmap(&files);
    assert_eq!(roadmap.items.len(), 12, "a broken item is still an item");
    golden!("invalid-roadmap", support::lines(&findings));
}

/// Positions are those of the file, also inside a block that is indented there.
#[test]
fn findings_point_into_the_file() {
    let source = support::fixture("invalid/many-mistakes.md");
    let (_, findings) = parse_journey("many-mistakes.md", &source);
    for finding in &findings {
        let line = source.lines().nth(finding.line as usize - 1).unwrap_or_else(|| panic!("no line {}", finding.line));
        let quoted = finding.message.split('`').nth(1).unwrap_or("");
        let at_place: String = line.chars().skip(finding.column as usize - 1).collect();
        if ["J003", "J011", "J040", "J050", "J051"].contains(&finding.code.as_str()) {
            assert!(at_place.trim_start_matches("{{").starts_with(quoted), "{finding:?} at {at_place:?}");
        }
    }
    let step_block =
        findings.iter().find(|one| one.message.contains("`rloe`")).expect("the typing error in a step block");
    assert_eq!((step_block.line, step_block.column), (30, 3));
}
