//! Input that is only enormous: every page comes out, quickly or as text.
//!
//! What takes more than linear time takes minutes here, so a test that ends has said enough; with
//! `WAYMARK_SHOW` set it also says how long each page took.

use std::{fmt::Write, time::Instant};

use super::{Fixture, audit::audit, codes, corpora::say};
use crate::{Surroundings, read_config, render_page_in};

/// Pages of up to a megabyte that were made to be slow.
fn pages() -> Vec<(&'static str, String)> {
    let numbered = |count: usize, text: &dyn Fn(usize) -> String| (0..count).map(text).collect::<String>();
    let row = "| `a|b` | [link](setup/vpn.md) | **bold** text that goes on for a while | 12,345 |\n";
    vec![
        ("500 KB of nested div", "<div>".repeat(100_000)),
        ("100,000 attributes", format!("<a {}>x</a>", "a=1 ".repeat(100_000))),
        ("a 700 KB table", format!("| a | b | c | d |\n|---|---|---|---|\n{}", row.repeat(8_800))),
        ("an unclosed fence", format!("```\n{}", "code **x**\n".repeat(60_000))),
        ("many unclosed fences", numbered(900, &|n| format!("{}\ncode\n\n", "`".repeat(n + 3)))),
        ("fences in fences", numbered(20_000, &|n| format!("{}```yaml\n", " ".repeat(n % 9)))),
        ("unclosed comments", "<!-- a\n\n".repeat(80_000)),
        ("unclosed tags", "<p class=\"a\" \n\n".repeat(40_000)),
        ("unclosed paragraphs", "<p>".repeat(100_000)),
        ("formatting that is never closed", format!("{}{}", "<b><i><s>".repeat(80), "<p>x\n\n".repeat(10_000))),
        ("nested lists", "- ".repeat(50_000)),
        ("nested quotes", ">".repeat(50_000)),
        ("one long line", "word ".repeat(200_000)),
        ("dead links", "[a](b.md) ".repeat(20_000)),
        ("brackets", "[".repeat(100_000)),
        ("bangs and brackets", "![[".repeat(100_000)),
        ("nested admonitions", numbered(300, &|n| format!("{}!!! note\n", " ".repeat(n * 4)))),
        ("nested tabs", numbered(300, &|n| format!("{}=== \"a\"\n", " ".repeat(n * 4)))),
        ("unclosed elements", "<div markdown>\n".repeat(20_000)),
        ("headings", "# x\n".repeat(20_000)),
        ("footnotes", numbered(5_000, &|n| format!("[^{n}]\n\n[^{n}]: x\n\n"))),
        ("closing brackets", format!("https://a{}", ")".repeat(200_000))),
        ("emphasis", "*a **b ".repeat(30_000)),
        ("definitions of links", numbered(20_000, &|n| format!("[a{n}]: b\n\n"))),
        ("abbreviations", numbered(20_000, &|n| format!("*[A{n}]: b\n\nA{n} "))),
        ("backticks of every length", numbered(1_000, &|n| format!("{} ", "`".repeat(n)))),
        ("entities", "&amp;&lt;&#1114111;".repeat(50_000)),
        ("open blocks", "/// note\n".repeat(60_000)),
        ("open captions", "x\n/// caption\n".repeat(30_000)),
        ("captions upon captions", format!("x\n{}", "/// figure-caption\ny\n///\n".repeat(20_000))),
        ("definitions upon definitions", numbered(500, &|n| format!("{} define\n", "/".repeat(500 - n + 3)))),
        ("open remarks", "{++ {-- {~~ {== {>> ".repeat(40_000)),
        ("open remarks as blocks", "{++\n\n".repeat(60_000)),
        ("dollars", "$a ".repeat(300_000)),
        ("open formulas", "\\(a \\[b \\begin{c} ".repeat(50_000)),
        ("open formulas as blocks", "$$\na\n".repeat(100_000)),
        ("many formulas", "$x^2 + \\frac{1}{2}$ and\n\n".repeat(20_000)),
        ("many diagrams", "```mermaid\nflowchart LR\n  a --> b\n```\n\n".repeat(3_000)),
        ("a diagram of many edges", dense_graph(40)),
        ("a diagram of many boxes", deep_graph(90)),
        ("a long diagram", format!("```mermaid\nsequenceDiagram\n{}```\n", "  A->>B: hello there\n".repeat(20_000))),
        ("ordinals and digits", "1234567890".repeat(80_000)),
        ("keys", "++ctrl+".repeat(100_000)),
        ("progress bars", "[=50% \"a\"]\n\n".repeat(50_000)),
        ("icons", ":material-a:".repeat(80_000)),
        ("snippets", "--8<-- \"a.md\"\n".repeat(40_000)),
        ("attribute lists", "a {".repeat(200_000)),
        ("braces", "{".repeat(500_000)),
        ("one long word", "a".repeat(1_000_000)),
        ("line breaks", "\n".repeat(1_000_000)),
        ("zero bytes", "\0".repeat(1_000_000)),
        ("marks of other encodings", "\u{fffd}\u{feff}\u{202e}".repeat(100_000)),
    ]
}

/// Every one of so many nodes joined with every other.
fn dense_graph(nodes: usize) -> String {
    let mut text = "```mermaid\nflowchart TD\n".to_owned();
    for from in 0..nodes {
        let _ = writeln!(text, "n{from} --> {}", (0..from).map(|to| format!("n{to}")).collect::<Vec<_>>().join(" & "));
    }
    text.replace("--> \n", "\n") + "```\n"
}

/// Boxes in boxes.
fn deep_graph(depth: usize) -> String {
    let open: String = (0..depth).map(|n| format!("subgraph s{n}\n")).collect();
    format!("```mermaid\nflowchart TD\n{open}a --> b\n{}```\n", "end\n".repeat(depth))
}

#[test]
fn enormous_pages_are_shown_as_text_or_rendered_quickly() {
    let (config, _) = read_config(
        "mkdocs.yml",
        "markdown_extensions: [pymdownx.arithmatex, pymdownx.progressbar, smarty, pymdownx.blocks.caption]",
    );
    let fixture = Fixture::new();
    for (name, source) in pages() {
        let around = Surroundings { dialect: &config.dialect, files: None };
        let start = Instant::now();
        let page = render_page_in("page.md", &source, &fixture.links(), around);
        let took = start.elapsed();
        audit(&page.html).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        if std::env::var_os("WAYMARK_SHOW").is_some() {
            let found: std::collections::BTreeSet<_> = page.diagnostics.iter().map(|finding| &*finding.code).collect();
            say(&format!("  {:6.1} ms  {name}, {} KB: {found:?}", took.as_secs_f64() * 1000.0, source.len() / 1000));
        }
        let empty = ["nested quotes", "line breaks", "unclosed tags", "unclosed comments", "definitions of links"];
        assert!(!page.html.is_empty() || empty.contains(&name), "{name} shows something");
    }
}

#[test]
fn what_a_page_cannot_show_is_a_finding() {
    for (name, expected) in [
        ("500 KB of nested div", "D021"),
        ("100,000 attributes", "D021"),
        ("many diagrams", "D017"),
        ("many formulas", "D016"),
        ("a diagram of many edges", "D017"),
        ("a diagram of many boxes", "D017"),
        ("a long diagram", "D017"),
        ("zero bytes", "D022"),
        ("marks of other encodings", "D023"),
    ] {
        let source = pages().into_iter().find(|(known, _)| *known == name).expect("it is in the list").1;
        let (config, _) = read_config("mkdocs.yml", "markdown_extensions: [pymdownx.arithmatex]");
        let around = Surroundings { dialect: &config.dialect, files: None };
        let page = render_page_in("page.md", &source, &Fixture::new().links(), around);
        assert!(codes(&page.diagnostics).iter().any(|code| code.ends_with(expected)), "{name}: {:?}", page.diagnostics);
    }
}

#[test]
fn a_picture_with_the_name_of_a_page_is_not_shown_as_one() {
    let png = String::from_utf8_lossy(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\0\0<script>\xff\xd8").into_owned();
    let page = Fixture::new().render("page.md", &png);
    assert_eq!(codes(&page.diagnostics), ["1:1 D022"]);
    assert!(page.html.starts_with("<pre class=\"doc-plain") && !page.html.contains('\0'), "{}", page.html);
    let latin = String::from_utf8_lossy(b"# T\n\nGr\xfc\xdfe\n").into_owned();
    let page = Fixture::new().render("page.md", &latin);
    assert_eq!(codes(&page.diagnostics), ["3:3 D023"]);
    assert!(page.html.contains("Gr\u{fffd}\u{fffd}e"), "{}", page.html);
}

#[test]
fn configurations_that_go_in_circles_end() {
    let deep = format!("nav: {}a.md{}", "[{a: ".repeat(5_000), "}]".repeat(5_000));
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: &e [*d, *d]\nnav: [*e, *e]\n";
    let itself = "nav: &a\n  - x: *a\n";
    for text in [deep.as_str(), bomb, itself, &"[".repeat(100_000), &"- ".repeat(50_000), "nav: {a: {b: {c: a.md}}}"] {
        let (config, _) = read_config("mkdocs.yml", text);
        assert!(config.site_name.is_none());
    }
    let mut fixture = Fixture::new();
    for (from, to) in [("a.md", "b.md"), ("b.md", "a.md"), ("c.md", "c.md")] {
        fixture.redirects.insert(from.to_owned(), to.to_owned());
    }
    let page = fixture.render("page.md", "[x](a.md) [y](c.md)");
    assert_eq!(codes(&page.diagnostics), ["1:1 D010", "1:11 D010"]);
}
