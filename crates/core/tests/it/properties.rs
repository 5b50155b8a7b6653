//! Whatever a file holds, reading it ends with a value.

use proptest::prelude::*;
use waymark_core::content::{
    classify, front_matter, import_checklist, import_checklists, parse_journey, parse_roadmap,
};

use crate::support;

/// Runs every entry point and checks what must hold for any text.
fn read_everything(source: &str) {
    let split = front_matter(source);
    assert!(source.ends_with(split.body));
    for path in
        ["a.md", "journeys/a.md", "roadmap/index.md", "roadmap/items/a.md", "roadmap/jobs/a.md", "docs/roadmap.md"]
    {
        classify(path, source);
        parse_roadmap(&[(path.to_owned(), source.to_owned())]);
    }
    let (template, findings) = parse_journey("journeys/a.md", source);
    let lines = source.matches('\n').count() as u32 + 2;
    assert!(findings.iter().all(|one| (1..=lines).contains(&one.line) && one.column >= 1), "{findings:?}");
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
