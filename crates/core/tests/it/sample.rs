//! The content that is bundled with the app.

use waymark_core::content::{Kind, classify, parse_journey, parse_roadmap};

use crate::support;

#[test]
fn the_bundled_sample_has_no_findings() {
    let files = support::markdown_files(&support::workspace().join("docs-content"));
    let (roadmap, findings) = parse_roadmap(&files);
    assert_eq!(support::lines(&findings), "", "the sample roadmap");
    assert!(!roadmap.items.is_empty() && !roadmap.personas.is_empty(), "the sample has a roadmap");
    let journeys: Vec<_> = files.iter().filter(|(path, source)| classify(path, source) == Kind::Journey).collect();
    assert!(!journeys.is_empty(), "the sample has a journey");
    for (path, source) in journeys {
        let (template, findings) = parse_journey(path, source);
        assert_eq!(support::lines(&findings), "", "{path}");
        assert!(template.expect("a template").steps().count() > 0, "{path} has steps");
    }
}
