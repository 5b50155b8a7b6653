use super::*;

/// Files in memory.
struct Memory(BTreeMap<String, String>);

impl Files for Memory {
    fn text(&self, path: &str) -> Option<String> {
        self.0.get(path).cloned()
    }

    fn below(&self, folder: &str) -> Vec<String> {
        self.0.keys().filter(|path| below(path, folder).is_some()).cloned().collect()
    }

    fn folders(&self, folder: &str) -> BTreeSet<String> {
        let inside = self.0.keys().filter_map(|path| below(path, folder));
        inside.filter_map(|path| Some(path.split_once('/')?.0.to_owned())).collect()
    }
}

fn files(list: &[(&str, &str)]) -> Memory {
    Memory(list.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
}

fn expanded(nav: &str, files: &Memory) -> (SiteConfig, Included) {
    let (mut config, _) = read_config("all/mkdocs.yml", &format!("site_name: All\nnav:\n{nav}"));
    let included = expand_includes(&mut config, "all", files);
    (config, included)
}

#[test]
fn parts_are_brought_in_below_their_names_and_trouble_is_named() {
    let files = files(&[
        ("all/one/mkdocs.yml", "site_name: One\nnav:\n- A: a.md\n- Web: https://example.com\n"),
        ("all/one/docs/a.md", "# A"),
        ("all/one/docs/a.png", ""),
        ("all/more/b/mkdocs.yml", "site_name: The B & co\n"),
        ("all/more/b/docs/z.md", "# Z"),
        ("all/more/b/docs/index.md", "# B"),
        ("all/more/c/mkdocs.yml", "site_name: One\n"),
        ("all/more/c/docs/index.md", "# C"),
        ("x/mkdocs.yml", "site_name: X\n"),
    ]);
    let (config, included) = expanded(
        "- index.md\n- First: '!include ./one/mkdocs.yml'\n- More:\n  - Parts: '*include ./more/*/mkdocs.yml'\n\
         - Bad: '!include ../x/mkdocs.yml'\n- Gone: '!include ./gone/mkdocs.yml'\n",
        &files,
    );
    let paths: Vec<&str> = included.files.keys().map(String::as_str).collect();
    assert_eq!(paths, ["One/a.md", "One/a.png", "the-b-co/index.md", "the-b-co/z.md"]);
    assert_eq!(included.files["the-b-co/z.md"], "all/more/b/docs/z.md");
    let told: Vec<(&str, u32)> =
        included.findings.iter().map(|finding| (finding.code.as_str(), finding.line)).collect();
    assert_eq!(told, [("D006", 6), ("D006", 7), ("D006", 8)], "{:#?}", included.findings);
    let nav = config.nav.expect("there is a navigation");
    let titles: Vec<&str> = nav.iter().filter_map(|entry| entry.title.as_deref()).collect();
    assert_eq!(titles, ["First", "More"]);
    assert_eq!(nav[1].children[1].target.as_deref(), Some("https://example.com"));
    let parts = &nav[2].children[0].children;
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].title.as_deref(), Some("The B & co"));
    assert_eq!(parts[0].children[0].target.as_deref(), Some("the-b-co/index.md"));
}

#[test]
fn a_pattern_may_name_a_part_of_a_folder() {
    let part = |name: &str| format!("site_name: {name}\n");
    let (a, b, c) = (part("a"), part("b"), part("c"));
    let files = files(&[
        ("all/svc-a/mkdocs.yml", &a),
        ("all/svc-a/docs/index.md", ""),
        ("all/svc-b/mkdocs.yml", &b),
        ("all/svc-b/docs/index.md", ""),
        ("all/lib-c/mkdocs.yml", &c),
        ("all/lib-c/docs/index.md", ""),
        ("all/svc-none/docs/index.md", ""),
    ]);
    let (_, included) = expanded("- Services: '*include ./svc-*/mkdocs.yml'\n", &files);
    assert_eq!(included.findings, []);
    assert_eq!(included.files.keys().collect::<Vec<_>>(), ["a/index.md", "b/index.md"]);
}

#[test]
fn a_part_that_cannot_be_read_says_why() {
    let files = files(&[
        ("all/broken/mkdocs.yml", "site_name: [\n"),
        ("all/deep/mkdocs.yml", "site_name: Deep\nnav:\n- X: '!include ./x/mkdocs.yml'\n"),
        ("all/empty/mkdocs.yml", "site_name: Empty\n"),
        ("all/empty/docs/a.png", ""),
    ]);
    let (config, included) = expanded(
        "- A: '!include ./broken/mkdocs.yml'\n- B: '!include ./deep/mkdocs.yml'\n- C: '!include ./empty/mkdocs.yml'\n",
        &files,
    );
    let codes: Vec<&str> = included.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["D006", "D006", "D006", "D001"], "{:#?}", included.findings);
    assert_eq!((included.files.len(), config.nav), (0, Some(Vec::new())));
}

#[test]
fn findings_name_the_files_where_they_lie() {
    let included =
        Included { files: [("One/a.md".to_owned(), "one/docs/a.md".to_owned())].into(), findings: Vec::new() };
    let mut findings = Findings::new("docs/One/a.md");
    findings.note("D000", waymark_core::diagnostic::Position::START, "x");
    let mut findings = findings.into_list();
    included.locate("docs", &mut findings);
    assert_eq!(findings[0].path, "one/docs/a.md");
    included.locate("docs", &mut findings);
    assert_eq!(findings[0].path, "one/docs/a.md", "what is no page of the site stays");
}
