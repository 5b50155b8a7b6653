//! Nothing panics on any input, and whatever comes out passes the audit.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Fixture, audit::audit};
use crate::{SiteMemory, SiteTree, load, load_again, load_with, plain_text, read_config, render_fragment};

/// Pieces that the dialect is made of, to be thrown together.
const PIECES: &[&str] = &[
    "!!! note \"T\"\n",
    "???+ tip\n",
    "    ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "=== \"A\"\n",
    "===+ \"B\"\n",
    "```yaml title=\"x\"\n",
    "```\n",
    "~~~\n",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "| a | b |\n|---|---|\n",
    "|",
    "`",
    "``",
    "*",
    "**",
    "_",
    "[x](page.md)",
    "[x](",
    "![i](logo.png)",
    "](",
    "[^1]",
    "[^1]: ",
    "# ",
    "## H {#id}\n",
    "{: .x }",
    "{ .md-button }",
    "<div markdown>\n",
    "</div>\n",
    "<details>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<table>",
    "<td>",
    "<!--",
    "-->",
    "<script>",
    "<svg>",
    "<a href=\"",
    "\">",
    "\"",
    "'",
    "&amp;",
    "&#x3c;",
    "&",
    "https://a.b/c",
    "www.x.y",
    "a@b.example",
    ":rocket:",
    ":material-x:",
    ":",
    "[TOC]\n",
    "--8<-- \"f\"\n",
    "{{ x }}",
    "\\",
    "é",
    "日",
    "\u{0}",
    "\u{feff}",
    "\r\n",
    "---\n",
    "title: x\n",
    "a: [\n",
    ":   d\n",
    "~~",
    "- [x] ",
    "word ",
    "/",
];

fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_is_rendered_safely(source in soup()) {
        let fixture = Fixture::new();
        let page = crate::render_page("page.md", &source, &fixture.links());
        prop_assert_eq!(audit(&page.html), Ok(()), "{}", page.html);
        let again = crate::render_page("page.md", &source, &fixture.links());
        prop_assert_eq!(page, again, "the same input gives the same bytes");
        let fragment = render_fragment(&source, &|_| None);
        prop_assert_eq!(audit(&fragment), Ok(()), "{}", fragment);
        plain_text(&source);
    }

    #[test]
    fn any_text_is_read_as_a_site(source in soup(), config in "\\PC{0,80}", odd in any::<String>()) {
        for text in [&config, &odd, &source] {
            let (config, _) = read_config("mkdocs.yml", text);
            let tree = SiteTree {
                config,
                pages: [("index.md".to_owned(), source.clone()), (odd.clone(), odd.clone())].into(),
                ..SiteTree::default()
            };
            let (site, _) = load(&tree);
            prop_assert!(site.pages.len() <= 2);
        }
    }

    #[test]
    fn a_site_that_is_read_again_says_what_it_says_when_it_is_read_anew(
        changes in proptest::collection::vec((0..6_u8, soup(), 0..12_u8), 1..12)
    ) {
        let (mut tree, mut files, mut memory) = (SiteTree::default(), BTreeMap::new(), SiteMemory::default());
        for (page, text, kind) in changes {
            match kind {
                0 => drop(tree.pages.remove(&format!("{page}.md"))),
                1 => drop(files.insert("f".to_owned(), text)),
                2 => tree.config.dialect.line_breaks ^= true,
                3 => tree.config.dialect.appended = vec!["f".to_owned()],
                4 => drop(tree.assets.insert("logo.png".to_owned())),
                _ => drop(tree.pages.insert(format!("{page}.md"), text)),
            }
            prop_assert_eq!(load_again(&tree, Some(&files), &mut memory), load_with(&tree, Some(&files)));
        }
    }

    #[test]
    fn headings_get_the_same_ids_in_the_outline_and_on_the_page(source in soup()) {
        // An open tag of raw HTML may swallow a heading, in a browser as here.
        let source = source.replace('<', "");
        let fixture = Fixture::new();
        let page = crate::render_page("page.md", &source, &fixture.links());
        for heading in &page.outline {
            let id = format!("id=\"doc-{}\"", crate::markdown::escape(&heading.id));
            prop_assert!(page.html.contains(&id) || page.html.starts_with("<pre"), "{id} in {}", page.html);
        }
    }
}

/// Found by the test above.
#[test]
fn a_footnote_that_is_defined_twice_loses_neither_text() {
    let fixture = Fixture::new();
    let page = crate::render_page("page.md", "Word[^1].\n\n[^1]: ## First {#id}\n\n[^1]: second\n", &fixture.links());
    assert!(page.html.contains("id=\"doc-id\"") && page.html.contains("second"), "{}", page.html);
}
