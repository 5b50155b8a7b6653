//! Whatever a file holds, reading it ends with a value.

use jiff::civil::date;
use proptest::prelude::*;
use waymark_core::content::{
    Surroundings, check_translations, classify, front_matter, import_checklist, import_checklists, parse_journey_in,
    parse_roadmap_in,
};
use waymark_core::diagnostic::Diagnostic;

use crate::{journey_rules::Shelf, support};

/// Runs every entry point and checks what must hold for any text.
fn read_everything(source: &str) {
    let around = Surroundings { today: Some(date(2026, 11, 21)), library: Some(&Shelf) };
    let split = front_matter(source);
    assert!(source.ends_with(split.body));
    for path in
        ["a.md", "journeys/a.md", "roadmap/index.md", "roadmap/items/a.md", "roadmap/jobs/a.md", "docs/roadmap.md"]
    {
        classify(path, source);
        let (_, findings) = parse_roadmap_in(&[(path.to_owned(), source.to_owned())], around);
        all_inside(source, &findings);
    }
    check_translations(&[("a.md".to_owned(), source.to_owned()), ("b.md".to_owned(), source.to_owned())]);
    let (template, findings) = parse_journey_in("journeys/a.md", source, around);
    all_inside(source, &findings);
    if let Some(template) = template {
        let ids: std::collections::BTreeSet<_> = template.steps().map(|step| &step.id).collect();
        assert_eq!(ids.len(), template.steps().count(), "ids of steps differ");
    }
    let (template, report, _) = import_checklist("a.md", source);
    assert_eq!(report.boxes, report.steps, "count in equals count out");
    assert_eq!(template.map_or(0, |template| template.steps().count()), report.steps as usize);
    let file = |name: &str| (name.to_owned(), source.to_owned());
    let (templates, report, _) = import_checklists("Set", &[file("1_a.md"), file("2_b.md"), file("c.md")]);
    assert_eq!(report.boxes, report.steps);
    assert_eq!(templates.iter().map(|template| template.steps().count()).sum::<usize>(), report.steps as usize);
}

/// Every finding stands in the file.
fn all_inside(source: &str, findings: &[Diagnostic]) {
    let lines = source.matches('\n').count() as u32 + 2;
    assert!(findings.iter().all(|one| (1..=lines).contains(&one.line) && one.column >= 1), "{findings:?}");
}

/// Pieces of which Markdown and YAML are made, in an order that no author would choose.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "---\n",
        "schema: waymark.journey/1\n",
        "id: a\n",
        "phases: [{id: a}]\n",
        "\n",
        "\n\n",
        "## ",
        "### ",
        "# ",
        "- [ ] ",
        "- [x] ",
        "* [ ] ",
        "1. [ ] ",
        "- ",
        "  ",
        "    ",
        "\t",
        "> ",
        "```yaml step\n",
        "```\n",
        "{#a}",
        "{#",
        "}",
        "{{team}}",
        "{{",
        "}}",
        "**",
        "`",
        "[a][1]",
        "[1]: http://x\n",
        "[^1]",
        "[^1]: note\n",
        "<details>",
        "</details>",
        "<summary>",
        "</summary>",
        "<!--",
        "-->",
        "Buddy: ",
        "**Manager**: ",
        "(optional)",
        "needs: [a]\n",
        "when: {os: x}\n",
        "due: 3wd\n",
        "due: P36500D\n",
        "every: -P1Y\n",
        "stale_after: P9999Y\n",
        "reviewed: 9999-12-31\n",
        "verify: {any: [{probe: http, url: x}, {confirm_by: hire}]}\n",
        "alternatives: a\n",
        "docs: [docs/setup.md#x, '#']\n",
        "translations: {de: b.md}\n",
        "outcome: {objective: ship, metric: time, baseline: {value: 0, at: 2026-01-01}, target: {value: -1}}\n",
        "history: [{at: 2026-01-01, to: now, reason: x}]\n",
        "from 3 days to 0 hours, by 60 %",
        "## Updates\n",
        "2026-01-01",
        "password: ",
        "AKIA",
        "://a:b1c2d3@",
        "paste a screenshot of `x`",
        "[a](b.md#c)",
        "\r\n",
        "é",
        "日本",
        "🛠️",
        "(if ",
        ")",
        "For designers, also...",
        "within 3 days",
        "| a | b |\n|---|---|\n",
        "Now",
        "Later",
        ":",
        "&a",
        "*a",
        "? ",
        "!!",
        "%",
        "\u{feff}",
        "\0",
        "a",
        "b c",
        "horizon: later\n",
        "title: Q3\n",
        "](http",
        "](",
        "Add them to",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// A fixture with a part of it replaced.
fn mutated() -> impl Strategy<Value = String> {
    let fixtures: Vec<String> = [
        "journeys/lantern-backend.md",
        "checklists/everything.md",
        "invalid/many-mistakes.md",
        "roadmaps/folder/roadmap/items/lamps.md",
        "roadmaps/now-next-later.md",
    ]
    .into_iter()
    .map(support::fixture)
    .collect();
    (prop::sample::select(fixtures), any::<prop::sample::Index>(), 0usize..80, pieces()).prop_map(
        |(source, at, length, piece)| {
            let start = source.floor_char_boundary(at.index(source.len()));
            let end = source.ceil_char_boundary((start + length).min(source.len()));
            format!("{}{piece}{}", &source[..start], &source[end..])
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_read(source in any::<String>()) {
        read_everything(&source);
    }

    #[test]
    fn any_heap_of_markup_is_read(source in pieces()) {
        read_everything(&source);
    }

    #[test]
    fn any_damaged_file_is_read(source in mutated()) {
        read_everything(&source);
    }
}
