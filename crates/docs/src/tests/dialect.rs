//! Syntax of MkDocs, Python-Markdown and pymdown-extensions beyond CommonMark, through a whole page.

use std::collections::BTreeMap;

use super::{Fixture, html};
use crate::{Surroundings, read_config, render_document, render_page_in};

/// Checks that the page of `source` contains each of `parts`, in order.
fn check(source: &str, parts: &[&str]) {
    let html = html(source);
    let mut rest = html.as_str();
    for part in parts {
        let Some(at) = rest.find(part) else { panic!("no `{part}` in the rest of:\n{html}") };
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn generic_blocks_are_admonitions_and_tabs() {
    check(
        "/// note | Mind\n\n- a\n\n//// tip\nb\n////\n\n///\n",
        &["class=\"admonition note\"", "Mind</p>", "<li>a", "class=\"admonition tip\"", "Tip</p>", "<p>b</p>"],
    );
    check(
        "/// details | More\n    open: true\n    type: warning\n\nx\n///",
        &["admonition warning\" open>", "More", "x"],
    );
    check("/// tab | A\na\n///\n\n/// tab | B\nb\n///", &["tabbed-labels", ">A</button>", ">B</button>", "a", "b"]);
    check("/// unknown\nx\n///", &["/// unknown"]);
    check("```\n/// note\n```", &["/// note"]);
}

#[test]
fn containers_may_stand_behind_a_marker() {
    check(
        "[`a`](#x)\n\n:   !!! note\n\n        in\n\n1. !!! tip\n\n        deep\n\n    more\n",
        &[
            "<dt>",
            "<dd><div class=\"admonition note\">",
            "<p>in</p>",
            "<li><div class=\"admonition tip\">",
            "deep",
            "more",
        ],
    );
    check(
        "<!-- macro -->\n\n:   first *a*\n\n    second\n\nout",
        &["<dl>", "<p>first <em>a</em>", "<p>second", "</dl>", "<p>out"],
    );
    check("- !!!\n- === x", &["<li>!!!", "<li>=== x"]);
}

#[test]
fn attribute_lists_are_taken_off_wherever_they_stand() {
    check("text\n{: .note }", &["<p class=\"note\">text"]);
    check("*a*{ .tip } **b**{ .tip }", &["<em class=\"tip\">a</em> <strong class=\"tip\">b</strong>"]);
    check(
        "|a { .tip }|\n|-|\n|*b*{ .tip }|",
        &["<th scope=\"col\" class=\"tip\">a</th>", "<td><em class=\"tip\">b</em>"],
    );
    check("## T { data-x }\n\nx :material-check:{ .lg } y", &["<h2 id=\"doc-t\">T</h2>", "x y"]);
    check("use {{ name }} and `a`{{ b }}", &["{{ name }}", "{{ b }}"]);
}

#[test]
fn marks_signs_and_abbreviations() {
    check(
        "H~2~O ==b== ^^c^^ x^2^ ++ctrl+c++ --> HTML\n\n*[HTML]: Hyper Text",
        &[
            "<sub>2</sub>",
            "<mark>b</mark>",
            "<ins>c</ins>",
            "<sup>2</sup>",
            "<kbd>Ctrl</kbd>",
            "→",
            "<abbr title=\"Hyper Text\">",
        ],
    );
    check("`==a== (c) HTML`\n\n*[HTML]: x", &["<code>==a== (c) HTML</code>"]);
    check("##Title\n\n:not a definition", &["<h2 id=\"doc-title\">Title</h2>", "<p>:not a definition</p>"]);
}

#[test]
fn snippets_come_from_the_files_that_are_at_hand() {
    let (config, _) = read_config("mkdocs.yml", "markdown_extensions:\n- pymdownx.snippets:\n    base_path: inc\n");
    let files = BTreeMap::from([("inc/a.md".to_owned(), "**in**\n".to_owned())]);
    let around = Surroundings { dialect: &config.dialect, files: Some(&files) };
    let fixture = Fixture::new();
    let source = "one\n\n--8<-- \"a.md\"\n\n--8<-- \"no.md\"\n\n[x](gone.html)\n";
    let page = render_page_in("page.md", source, &fixture.links(), around);
    assert!(page.html.contains("<strong>in</strong>") && !page.html.contains("8&lt;"), "{}", page.html);
    assert_eq!(super::codes(&page.diagnostics), ["5:1 D015", "7:1 D010"], "lines are those of the page itself");
    assert!(fixture.render("page.md", source).html.contains("belongs here: a.md"), "without files, a notice");
}

#[test]
fn a_document_carries_its_headline() {
    let fixture = Fixture::new();
    let page = render_document("page.md", "# A *b*\n\n## C", "Other", &fixture.links(), Surroundings::NONE);
    assert!(page.html.contains("<h1 id=\"doc-a-b\">A <em>b</em></h1>"), "{}", page.html);
    let outline: Vec<_> = page.outline.iter().map(|heading| (heading.level, heading.text.as_str())).collect();
    assert_eq!(outline, [(1, "A b"), (2, "C")]);
    let page = render_document("page.md", "## C", "A & b", &fixture.links(), Surroundings::NONE);
    assert!(page.html.starts_with("<h1>A &amp; b</h1>"), "{}", page.html);
}

#[test]
fn links_to_a_repository_are_made_where_a_site_asks_for_them() {
    let (config, _) = read_config(
        "mkdocs.yml",
        "markdown_extensions:\n- pymdownx.magiclink: {user: u, repo: r, repo_url_shorthand: true}\n",
    );
    let around = Surroundings { dialect: &config.dialect, files: None };
    let fixture = Fixture::new();
    let page = render_page_in("page.md", "see #12 by @ada", &fixture.links(), around);
    assert!(page.html.contains("https://github.com/u/r/issues/12"), "{}", page.html);
    assert!(page.html.contains("href=\"https://github.com/ada\""), "{}", page.html);
    assert_eq!(html("see #12 by @ada"), "<p>see #12 by @ada</p>");
}
