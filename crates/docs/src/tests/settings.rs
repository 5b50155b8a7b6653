//! What a site's settings change about how a page reads, through a whole page.

use super::{Fixture, audit::audit, html};
use crate::{Surroundings, read_config, render_page_in};

/// The page of `source` on a site with these extensions.
fn with(extensions: &str, source: &str) -> String {
    let (config, findings) = read_config("mkdocs.yml", &format!("markdown_extensions:\n{extensions}"));
    assert!(findings.is_empty(), "{findings:?}");
    let around = Surroundings { dialect: &config.dialect, files: None };
    let html = render_page_in("page.md", source, &Fixture::new().links(), around).html;
    audit(&html).unwrap_or_else(|fault| panic!("{fault}\nin: {html}"));
    html
}

/// Checks that `html` contains each of `parts`, in order.
fn check(html: &str, parts: &[&str]) {
    let mut rest = html;
    for part in parts {
        let Some(at) = rest.find(part) else { panic!("no `{part}` in the rest of:\n{html}") };
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn lists_count_in_letters_and_numerals_where_a_site_wants_it() {
    let source = "1. One\n    a. Deep\n    b. Deeper\n        iv. Four\n2. Two\n\nc) Three\n\n    more\n\nd) Four\n";
    let page = with("  - pymdownx.fancylists", source);
    check(&page, &["<ol type=\"1\">", "<ol type=\"a\">", "<ol type=\"i\" start=\"4\">", "<ol type=\"a\" start=\"3\">"]);
    check(&page, &["<p>Three</p>", "<p>more</p>", "<p>Four</p>"]);
    check(&html(source), &["<ol>", "a. Deep", "b. Deeper", "iv. Four", "c) Three"]);
    let forced = "/// fancylists | type=A start=9\ni. x\nj. y\n///";
    check(&with("  - pymdownx.fancylists", forced), &["<ol type=\"A\" start=\"9\">", "<li>x</li>", "<li>y</li>"]);
    check(&html("<ol type=\"I\"><li>x</li></ol> <ol type=\"x\"></ol>"), &["<ol type=\"I\">", "<ol></ol>"]);
}

#[test]
fn the_table_of_contents_is_as_deep_as_its_site_wants_it() {
    let page = with("  - toc: {toc_depth: 2-3, title: Here}", "# T\n\n[TOC]\n\n## A\n\n### B\n\n#### C\n");
    let (contents, _) = page.split_once("</ul>").expect("it has one");
    check(contents, &["doc-toc__title\">Here<", ">A</a>", ">B</a>"]);
    assert!(!contents.contains(">C<"), "{contents}");
    check(&html("[TOC]\ntext"), &["<p>[TOC]", "text"]);
}

#[test]
fn code_has_the_title_and_the_language_that_its_site_gives_it() {
    check(&with("  - pymdownx.highlight: {auto_title: true}", "```py\nx\n```"), &["Python", "x"]);
    check(&with("  - pymdownx.highlight: {default_lang: yaml}", "```\na: b\n```"), &["YAML", "a"]);
    assert!(!html("```py\nx\n```").contains("filename"), "nobody asked for a title");
}

#[test]
fn text_is_read_with_the_signs_that_a_site_wants() {
    check(&with("  - pymdownx.tilde", "a ~b~ ~~c~~"), &["<sub>b</sub> <del>c</del>"]);
    check(&html("a ~b~"), &["<del>b</del>"]);
    check(&with("  - pymdownx.escapeall", "a \\that `\\c`"), &["a that <code>\\c</code>"]);
    check(&with("  - smarty: {smart_angled_quotes: true}", "<<hello>> x"), &["«hello» x"]);
    check(&with("  - abbr: {glossary: {VPN: a network}}", "the VPN"), &["<abbr title=\"a network\">VPN</abbr>"]);
    check(&with("  - pymdownx.saneheaders", "##no\n\n## yes"), &["<p>##no</p>", "<h2"]);
    check(&html("^^new ^and\\ high^^^"), &["<ins>new <sup>and high</sup></ins>"]);
}

#[test]
fn notes_are_numbered_as_they_are_written_down_unless_a_site_says_otherwise() {
    let source = "x[^b] y[^a]\n\n[^a]: A\n[^b]: B\n";
    check(&html(source), &[">2</a>", ">1</a>", "A", "B"]);
    let page = with("  - footnotes: {USE_DEFINITION_ORDER: false}", source);
    check(&page, &[">1</a>", ">2</a>", "B", "A"]);
}

#[test]
fn nothing_is_lost_behind_what_was_not_closed() {
    check(&html("text\n\n<!-- not closed\n\nmore *text*"), &["&lt;!-- not closed", "<em>text</em>"]);
    check(&html("<!-- a\n\nb -->\n\nc"), &["<p>c"]);
    check(&html("<div markdown>\n*a*\n\nb"), &["<em>a</em>", "<p>b"]);
}

#[test]
fn raw_html_may_have_code_in_it_and_ends_with_its_element() {
    check(
        &html("<details>\n<summary>s</summary>\n```py\nx\n```\n</details>"),
        &["<summary>", "wm-codeblock", "</details>"],
    );
    check(&html("<div markdown>\n<div>a</div>\n**b**\n</div>"), &["<div>a</div>", "<strong>b</strong>"]);
    check(
        &html("/// note\n    attrs: {id: here, class: inline}\n\nx\n///"),
        &["admonition note inline\" id=\"doc-here\""],
    );
    check(&html("/// details | T\n    attrs: {id: there}\n\nx\n///"), &["<details", "id=\"doc-there\""]);
    check(&html("> a\n\n>> [!note]\n>> b"), &["<blockquote>", "admonition note", "<p>b"]);
}
