//! Checklists that nobody wrote for Waymark.

use waymark_core::content::{Kind, classify, import_checklist, import_checklists};

use crate::{golden, support};

/// Imports a fixture and shows it with its findings.
fn import(name: &str) -> String {
    let (template, report, findings) = import_checklist(name, &support::fixture(&format!("checklists/{name}")));
    assert_eq!(report.boxes, report.steps, "count in equals count out");
    let outline = template.map_or("nothing\n".to_owned(), |template| support::outline(&template));
    format!("{} boxes, {} guesses\n\n{outline}\n{}", report.boxes, report.guesses, support::lines(&findings))
}

#[test]
fn an_issue_template_becomes_a_journey() {
    golden!("checklist-everything", import("everything.md"));
}

#[test]
fn boxes_that_the_grammar_does_not_see_are_named() {
    golden!("checklist-unseen", import("unseen.md"));
}

#[test]
fn an_offboarding_is_done_by_others() {
    golden!("checklist-offboarding", import("offboarding.md"));
}

#[test]
fn pages_without_boxes_are_no_checklists() {
    for (name, code) in [("prose.md", "I100"), ("bug_report.md", "I101")] {
        let source = support::fixture(&format!("checklists/{name}"));
        let (template, report, findings) = import_checklist(name, &source);
        assert!(template.is_none());
        assert_eq!((report.boxes, report.steps), (0, 0));
        assert_eq!(findings.len(), 1, "one clear finding");
        assert_eq!(findings[0].code, code);
        assert_eq!(classify(name, &source), Kind::Page);
    }
}

#[test]
fn numbered_siblings_are_phases_and_others_stay_alone() {
    let files = support::fixtures("checklists/series");
    let (templates, report, findings) = import_checklists("Our onboarding", &files);
    assert_eq!((report.boxes, report.steps), (5, 5));
    let outline: String = templates.iter().map(support::outline).collect();
    golden!("checklist-series", format!("{outline}\n{}", support::lines(&findings)));
}

#[test]
fn the_same_file_gives_the_same_ids() {
    let source = support::fixture("checklists/everything.md");
    assert_eq!(import_checklist("a.md", &source), import_checklist("a.md", &source));
    let (template, ..) = import_checklist("a.md", &source);
    let template = template.expect("a template");
    let ids: std::collections::BTreeSet<_> = template.steps().map(|step| &step.id).collect();
    assert_eq!(ids.len(), template.steps().count(), "ids differ");
    assert!(ids.iter().all(|id| waymark_core::id::is_slug(id.as_str())), "{ids:?}");
}

/// Every word of the source is somewhere in what was imported.
#[test]
fn nothing_is_dropped() {
    for name in ["everything.md", "unseen.md", "offboarding.md"] {
        let source = support::fixture(&format!("checklists/{name}"));
        let (template, ..) = import_checklist(name, &source);
        let mut kept = support::outline(&template.expect("a template"));
        // Performers in front, labels, the pattern for titles and the word that opens a section are
        // read and not kept; definitions that nobody uses any more are not text.
        kept.push_str(" name about title labels onboarding assignees Buddy Engineer Manager IT expand this section");
        kept.push_str(" details summary New colleague Onboarding of");
        let body = source.split("---\n").last().unwrap_or(&source);
        for word in body.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "x") {
            assert!(kept.contains(word), "{name}: `{word}` is lost");
        }
    }
}
