//! What a page may take in memory while it is read and rendered: bytes on the heap, which no other program
//! and no allocator's habit changes.

use std::collections::{BTreeMap, BTreeSet};

use peak_alloc::PeakAlloc;
use waymark_core::id::SiteId;
use waymark_docs::{SiteLinks, SiteTree, Surroundings, load, read_config, render_page_in};

/// Bytes that one page may take. The counter takes a list that grows for two, so less is used than it says.
const MOST: usize = 60 * 1024 * 1024;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Bytes on the heap at the highest moment of `work`, above those before it.
fn peak_of<T>(work: impl FnOnce() -> T) -> usize {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    drop(work());
    HEAP.peak_usage().saturating_sub(before)
}

fn numbered(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect()
}

/// Pages that took most while the engine was made.
fn pages() -> Vec<(&'static str, String)> {
    let row = "| `a|b` | [link](setup/vpn.md) | **bold** text that goes on for a while | 12,345 |\n";
    vec![
        ("a 700 KB table", format!("| a | b | c | d |\n|---|---|---|---|\n{}", row.repeat(8_800))),
        ("a table as large as can be shown", format!("| a | b | c | d |\n|---|---|---|---|\n{}", row.repeat(5_500))),
        ("500 KB of nested div", "<div>".repeat(100_000)),
        ("20,000 headings", "# x\n".repeat(20_000)),
        ("20,000 dead links", "[a](b.md) ".repeat(20_000)),
        ("emphasis", "*a **b ".repeat(30_000)),
        ("50,000 tags in a line", "a <b>x</b> <i>y</i> ".repeat(25_000)),
        ("as many tags as can be shown", "a <b>x</b> <i>y</i> ".repeat(12_000)),
        ("brackets", "![[".repeat(100_000)),
        ("many formulas", "$x^2 + \\frac{1}{2}$ and\n\n".repeat(20_000)),
        ("350 KB of code", format!("```rust\n{}```\n", "let a = b(\"c\", 1); // d\n".repeat(14_000))),
        ("5,000 footnotes", numbered(5_000, |n| format!("[^{n}]\n\n[^{n}]: x\n\n"))),
        ("20,000 abbreviations", numbered(20_000, |n| format!("*[A{n}]: b\n\nA{n} "))),
        ("unclosed comments", "<!-- a\n\n".repeat(80_000)),
        ("many list items", "- a `b` *c*\n".repeat(16_000)),
        ("many diagrams", "```mermaid\nflowchart LR\n  a --> b\n```\n\n".repeat(3_000)),
        ("fences in fences", numbered(20_000, |n| format!("{}```yaml\n", " ".repeat(n % 9)))),
        ("formatting that is never closed", format!("{}{}", "<b><i><s>".repeat(80), "<p>x\n\n".repeat(10_000))),
        ("a page of 3 MB", "text <b>\n".repeat(350_000)),
        ("one word of a megabyte", "a".repeat(1_000_000)),
    ]
}

#[test]
fn no_page_takes_more_than_its_share() {
    let (config, _) = read_config("mkdocs.yml", "markdown_extensions: [pymdownx.arithmatex, pymdownx.superfences]");
    let (site, known, assets, redirects) = (SiteId::new("harm"), BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
    let links = SiteLinks {
        site: &site,
        pages: &known,
        assets: &assets,
        redirects: &redirects,
        headings: None,
        asset_base: "waymark-doc://localhost",
    };
    let around = Surroundings { dialect: &config.dialect, files: None };
    // What is made once and kept, such as the syntaxes of languages, is no page's.
    let warm = "# W\n\n```rust\nlet a = 1;\n```\n\n```mermaid\nflowchart LR\n  a --> b\n```\n\n$x$\n";
    render_page_in("page.md", warm, &links, around);
    let mut over = Vec::new();
    for (name, text) in pages() {
        let rendered = peak_of(|| render_page_in("page.md", &text, &links, around));
        let pages = [("page.md".to_owned(), text)].into();
        let tree = SiteTree { config: config.clone(), pages, ..SiteTree::default() };
        let read = peak_of(|| load(&tree));
        println!("{:6.1} MB read, {:6.1} MB rendered: {name}", read as f64 / 1e6, rendered as f64 / 1e6);
        if read.max(rendered) > MOST {
            over.push(name);
        }
    }
    assert_eq!(over, [""; 0]);
}
