//! Configurations, navigation and whole sites.

use waymark_core::docs::NavNode;

use super::codes;
use crate::{Site, SiteTree, load, read_config};

fn site(config: &str, pages: &[(&str, &str)]) -> (Site, Vec<String>) {
    let (config, mut findings) = read_config("mkdocs.yml", config);
    let tree = SiteTree {
        folder_name: "team-docs".to_owned(),
        config,
        pages: pages.iter().map(|(path, source)| ((*path).to_owned(), (*source).to_owned())).collect(),
        assets: ["i.png".to_owned()].into(),
        prefix: "docs".to_owned(),
    };
    let (site, more) = load(&tree);
    findings.extend(more);
    let findings =
        codes(&findings).into_iter().zip(&findings).map(|(code, finding)| format!("{}:{code}", finding.path));
    (site, findings.collect())
}

/// The navigation as an indented list.
fn show(nodes: &[NavNode]) -> String {
    fn walk(nodes: &[NavNode], depth: usize, out: &mut String) {
        for node in nodes {
            let target = node.page.as_deref().or(node.link.as_deref()).unwrap_or("-");
            out.push_str(&format!("{}{}: {target}\n", "  ".repeat(depth), node.title));
            walk(&node.children, depth + 1, out);
        }
    }
    let mut out = String::new();
    walk(nodes, 0, &mut out);
    out
}

#[test]
fn figures_that_cannot_be_drawn_are_among_the_findings_of_a_site() {
    let (config, _) = read_config("mkdocs.yml", "markdown_extensions: [pymdownx.arithmatex]");
    let page = "# A\n\n$x$ and $\\nonsense$\n\n```mermaid\ngraph TD\n  a --> b\n```\n\n!!! note\n    ```mermaid\n    magic\n    ```\n";
    let tree = SiteTree { config, pages: [("a.md".to_owned(), page.to_owned())].into(), ..SiteTree::default() };
    let (_, findings) = load(&tree);
    let codes: Vec<String> =
        findings.iter().map(|found| format!("{}:{} {}", found.line, found.column, found.code)).collect();
    assert_eq!(codes, ["3:9 D016", "11:5 D017"]);
}

#[test]
fn without_a_navigation_the_folders_are_the_sections() {
    let (site, findings) = site(
        "",
        &[
            ("zebra.md", "# The zebra"),
            ("index.md", ""),
            ("api-guide/index.md", "---\ntitle: API\n---\n# Other"),
            ("api-guide/README.md", ""),
            ("api-guide/first_steps.md", "no heading"),
            ("api-guide/deep/FAQ.md", ""),
            ("ops/README.md", "text"),
        ],
    );
    assert_eq!(findings, [""; 0]);
    assert_eq!(site.title, "Team docs");
    assert_eq!(site.home.as_deref(), Some("index.md"));
    insta::assert_snapshot!(show(&site.nav), @r"
    Home: index.md
    The zebra: zebra.md
    Api guide: api-guide/index.md
      First steps: api-guide/first_steps.md
      Deep: -
        FAQ: api-guide/deep/FAQ.md
    Ops: ops/README.md
    ");
    assert_eq!(site.pages["api-guide/index.md"].title, "API", "front matter comes before the heading");
    assert!(site.pages.contains_key("api-guide/README.md"), "left out of the tree, but reachable");
}

#[test]
fn a_written_navigation_is_followed() {
    let config = "site_name: Docs\nnav:\n  - index.md\n  - Guide:\n      - guide/index.md\n      - Set up: guide/setup.md\n      - guide/gone.md\n  - Empty: []\n  - Outside: https://a.example/x\n  - Bad: javascript:alert(1)\n";
    let (site, findings) = site(
        config,
        &[
            ("index.md", "# Start"),
            ("guide/index.md", ""),
            ("guide/setup.md", "# Setting up"),
            ("hidden.md", "# Hidden"),
        ],
    );
    insta::assert_snapshot!(show(&site.nav), @r"
    Start: index.md
    Guide: guide/index.md
      Set up: guide/setup.md
    Outside: https://a.example/x
    ");
    assert_eq!(findings, ["mkdocs.yml:7:9 D003", "mkdocs.yml:10:10 D003"]);
    assert_eq!(site.pages["guide/setup.md"].title, "Set up", "the navigation's title comes first");
    assert_eq!(site.pages["hidden.md"].title, "Hidden", "reachable without standing in the navigation");
}

#[test]
fn configurations_survive_what_plugins_put_into_them() {
    let source = "site_name: !ENV [NAME, Fallback]\ndocs_dir: ./src/\nexclude_docs: |\n  drafts/\n  # comment\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\n      options: { custom_icons: [a] }\nplugins:\n  - search\n  - redirects:\n      redirect_maps: { 'old.md': 'new.md#x' }\nnav: &n\n  - a.md\nextra: *n\n";
    let (config, findings) = read_config("mkdocs.yml", source);
    assert_eq!(findings, []);
    assert_eq!((config.site_name.as_deref(), config.docs_dir.as_str()), (Some("Fallback"), "src"));
    assert_eq!(config.exclude_docs, ["drafts/"]);
    assert_eq!(config.redirects["old.md"], "new.md#x");
    assert_eq!(config.nav.as_deref().map(<[_]>::len), Some(1));
}

#[test]
fn broken_configurations_say_where() {
    let check = |source: &str| {
        let (config, findings) = read_config("m.yml", source);
        (config.docs_dir, codes(&findings))
    };
    assert_eq!(check("site_name: a\nnav: [a.md\n"), ("docs".into(), vec!["2:6 D001".to_owned()]));
    assert_eq!(check("docs_dir: ../up\nnav: text\n"), ("docs".into(), vec!["1:11 D004".into(), "2:6 D004".into()]));
    assert_eq!(check("- a\n").1, ["1:1 D004"]);
    let (_, findings) = site("nav:\n  - X: '!include ./sub/mkdocs.yml'\n", &[("index.md", "# A\n")]);
    assert_eq!(findings, ["mkdocs.yml:2:8 D005"], "whoever reads the tree puts included sites in their place");
    assert_eq!(check(""), ("docs".into(), vec![]));
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned()
        + &(0..9)
            .map(|n| {
                format!(
                    "b{n}: &b{n} [{}]\n",
                    ["*a", "*b0", "*b1", "*b2", "*b3", "*b4", "*b5", "*b6", "*b7"][n].to_owned()
                        + &format!(",{}", ["*a", "*b0", "*b1", "*b2", "*b3", "*b4", "*b5", "*b6", "*b7"][n]).repeat(9)
                )
            })
            .collect::<String>();
    assert_eq!(check(&bomb).1.len(), 1, "aliases are not expanded without end");
}

#[test]
fn findings_of_pages_carry_the_folder() {
    let (site, findings) = site(
        "exclude_docs: drafts/\n",
        &[
            (
                "index.md",
                "---\ntitle: a: b\n---\n# One\n\n[a](other.md#two) [b](other.md#no) [c](none.md) ![d](i.png) [e](drafts/x.md)\n",
            ),
            (
                "other.md",
                "# Other\n\n## Two\n\n`code` and words\n\n```\nfenced\n```\n<a name=\"raw\"></a> [self](#raw)",
            ),
            ("drafts/x.md", "[dead](nowhere.md)"),
        ],
    );
    assert_eq!(
        findings,
        ["docs/index.md:2:9 D002", "docs/index.md:6:19 D012", "docs/index.md:6:36 D010", "docs/index.md:6:61 D010"]
    );
    let other = &site.pages["other.md"];
    assert_eq!((other.title.as_str(), other.outline.len(), other.outline[0].id.as_str()), ("Other", 1, "two"));
    assert_eq!(other.words, 6, "Other, Two, code, and, words, self");
    assert!(other.text.contains("fenced"), "search finds code: {}", other.text);
    assert_eq!(site.pages.len(), 2, "drafts are no part of the site");
}

#[test]
fn a_folder_may_arrange_itself() {
    let mut tree = SiteTree { folder_name: "x".to_owned(), ..SiteTree::default() };
    for page in ["index.md", "b/a.md", "b/z.md", "b/sub/c.md", "hidden/h.md"] {
        tree.pages.insert(page.to_owned(), format!("# {page}\n"));
    }
    let files = [
        ("docs/b/.pages", "title: Bees\nnav:\n  - Last: z.md\n  - sub\n  - ...\n"),
        ("docs/hidden/.pages", "hide: true\n"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    let (site, _) = crate::load_with(&tree, Some(&files));
    let mut seen = Vec::new();
    for node in &site.nav {
        node.walk(&mut Vec::new(), &mut |node, _| seen.push(node.title.clone()));
    }
    assert_eq!(seen, ["index.md", "Bees", "Last", "Sub", "b/sub/c.md", "b/a.md"]);
    assert_eq!(site.pages.len(), 5, "a page that is not in the navigation is still a page");
}

#[test]
fn search_gets_the_whole_of_a_long_page() {
    let long =
        format!("# Releases\n\n{}## 0.1\n\nThe very last walrus.\n", "Some words on a release.\n\n".repeat(20_000));
    let huge = format!("# Huge\n\n{}\nThe last penguin.\n", "Words and words and words.\n".repeat(45_000));
    let (site, findings) = site("", &[("long.md", &long), ("huge.md", &huge)]);
    let text = &site.pages["long.md"].text;
    assert!(text.len() > 400_000 && text.contains("walrus"), "{} bytes", text.len());
    assert!(huge.len() > 1024 * 1024 && site.pages["huge.md"].text.contains("penguin"), "shown as text, found as text");
    assert_eq!(findings, Vec::<String>::new());
}
