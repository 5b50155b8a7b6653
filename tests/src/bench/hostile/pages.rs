//! Folders that mean harm or are only enormous: what the bad input of documentation looks like.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::Context as _;

use crate::content::write;

/// What must never be read: it lies outside of the folder.
pub(super) const SECRET: &str = "kestrelsecret";

/// Makes the folder of a case. What it needs around itself goes beside it.
type Make = fn(folder: &Path) -> anyhow::Result<()>;

/// All cases by name. The first eight are those that the issue of the docs engine names, the others were
/// the slowest or hungriest while it was made.
pub(super) const CASES: &[(&str, Make)] = &[
    ("500 KB of nested div", |folder| page(folder, &"<div>".repeat(100_000))),
    ("100,000 attributes", |folder| page(folder, &format!("<a {}>x</a>", "a=1 ".repeat(100_000)))),
    ("a 700 KB table", |folder| page(folder, &table(8_800))),
    ("an unclosed fence", |folder| page(folder, &format!("```\n{}", "code **x**\n".repeat(60_000)))),
    ("a binary file named .md", |folder| bytes(folder, &binary(700_000))),
    ("invalid UTF-8", |folder| bytes(folder, &b"# Gr\xfc\xdfe\n\nGr\xfc\xdfe aus K\xf6ln.\n\n".repeat(25_000))),
    ("a nav with cycles", cycles),
    ("symlinks out of the tree", symlinks),
    ("many unclosed fences", |folder| page(folder, &numbered(900, |n| format!("{}\ncode\n\n", "`".repeat(n + 3))))),
    ("fences in fences", |folder| page(folder, &numbered(20_000, |n| format!("{}```yaml\n", " ".repeat(n % 9))))),
    ("unclosed comments", |folder| page(folder, &"<!-- a\n\n".repeat(80_000))),
    ("formatting that is never closed", |folder| {
        page(folder, &format!("{}{}", "<b><i><s>".repeat(80), "<p>x\n\n".repeat(10_000)))
    }),
    ("nested lists", |folder| page(folder, &"- ".repeat(50_000))),
    ("nested quotes", |folder| page(folder, &">".repeat(50_000))),
    ("nested admonitions", |folder| page(folder, &numbered(300, |n| format!("{}!!! note\n", " ".repeat(n * 4))))),
    ("20,000 headings", |folder| page(folder, &"# x\n".repeat(20_000))),
    ("20,000 dead links", |folder| page(folder, &"[a](b.md) ".repeat(20_000))),
    ("5,000 footnotes", |folder| page(folder, &numbered(5_000, |n| format!("[^{n}]\n\n[^{n}]: x\n\n")))),
    ("20,000 abbreviations", |folder| page(folder, &numbered(20_000, |n| format!("*[A{n}]: b\n\nA{n} ")))),
    ("emphasis", |folder| page(folder, &"*a **b ".repeat(30_000))),
    ("brackets", |folder| page(folder, &"![[".repeat(100_000))),
    ("50,000 tags in a line", |folder| page(folder, &"a <b>x</b> <i>y</i> ".repeat(25_000))),
    ("many formulas", |folder| page(folder, &"$x^2 + \\frac{1}{2}$ and\n\n".repeat(20_000))),
    ("many diagrams", |folder| page(folder, &"```mermaid\nflowchart LR\n  a --> b\n```\n\n".repeat(3_000))),
    ("a diagram of many edges", |folder| page(folder, &dense_graph(40))),
    ("code in 300 languages at once", |folder| {
        page(
            folder,
            &numbered(300, |n| format!("```{}\nfn a() {{ \"x\" }} # {n}\n```\n\n", LANGUAGES[n % LANGUAGES.len()])),
        )
    }),
    ("350 KB of code", |folder| {
        page(folder, &format!("```rust\n{}```\n", "let a = b(\"c\", 1); // d\n".repeat(14_000)))
    }),
    ("one word of a megabyte", |folder| page(folder, &"a".repeat(1_000_000))),
    ("a page of 3 MB", |folder| page(folder, &"text <b>\n".repeat(350_000))),
];

const LANGUAGES: [&str; 12] =
    ["rust", "python", "js", "yaml", "json", "bash", "html", "css", "go", "java", "toml", "sql"];

const CONFIG: &str =
    "site_name: Harm\nmarkdown_extensions: [pymdownx.arithmatex, pymdownx.superfences, abbr, footnotes]\n";

fn page(folder: &Path, text: &str) -> anyhow::Result<()> {
    bytes(folder, text.as_bytes())
}

fn bytes(folder: &Path, text: &[u8]) -> anyhow::Result<()> {
    write(folder, "mkdocs.yml", CONFIG)?;
    write(folder, "docs/index.md", "# Home\n\nTo the [page](page.md).\n")?;
    fs::write(folder.join("docs/page.md"), text).context("could not write the page")
}

fn numbered(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect()
}

fn table(rows: usize) -> String {
    let row = "| `a|b` | [link](setup/vpn.md) | **bold** text that goes on for a while | 12,345 |\n";
    format!("| a | b | c | d |\n|---|---|---|---|\n{}", row.repeat(rows))
}

/// Every byte in turn, with what looks like markup in between.
fn binary(length: usize) -> Vec<u8> {
    let start = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR<script>alert(1)</script>";
    start.iter().copied().chain((0..=255_u8).cycle()).take(length).collect()
}

/// Every one of so many nodes joined with every other.
fn dense_graph(nodes: usize) -> String {
    let mut text = "```mermaid\nflowchart TD\nn0\n".to_owned();
    for from in 1..nodes {
        let to: Vec<String> = (0..from).map(|to| format!("n{to}")).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "n{from} --> {}", to.join(" & "));
    }
    text + "```\n"
}

/// A navigation that contains itself, two sites that include each other, and aliases that grow.
fn cycles(folder: &Path) -> anyhow::Result<()> {
    page(folder, "# Page\n")?;
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: &e [*d, *d]\n";
    let site = |name: &str, nav: &str| format!("site_name: {name}\nplugins: [monorepo]\n{nav}");
    write(folder, "mkdocs.yml", &site("Harm", "nav:\n- Home: index.md\n- A: '!include ./a/mkdocs.yml'\n"))?;
    write(
        folder,
        "a/mkdocs.yml",
        &site("a", "nav:\n- Up: '!include ../mkdocs.yml'\n- B: '!include ../b/mkdocs.yml'\n"),
    )?;
    write(folder, "a/docs/index.md", "# A\n")?;
    write(folder, "b/mkdocs.yml", &site("b", "nav: &n\n- A: '!include ../a/mkdocs.yml'\n- B: *n\n"))?;
    write(folder, "b/docs/index.md", "# B\n")?;
    write(folder, "c/mkdocs.yml", &format!("site_name: c\n{bomb}nav: [*e, *e]\n"))?;
    write(folder, "c/docs/index.md", "# C\n")?;
    let deep = format!("site_name: d\nnav: {}a.md{}", "[{a: ".repeat(5_000), "}]".repeat(5_000));
    write(folder, "d/mkdocs.yml", &deep)?;
    write(folder, "d/docs/index.md", "# D\n")
}

/// Links to a file and to a folder outside, and a folder that contains itself.
fn symlinks(folder: &Path) -> anyhow::Result<()> {
    page(folder, "# Page\n\n--8<-- \"../outside/secret.md\"\n\n![x](../../outside/secret.png)\n")?;
    let outside = folder.parent().context("the folder lies in another")?.join("outside");
    for name in ["secret.md", "secret.png"] {
        write(&outside, name, &format!("# {SECRET}\n"))?;
    }
    #[cfg(unix)]
    for (target, link) in [(outside.join("secret.md"), "secret.md"), (outside, "out"), (folder.to_owned(), "loop")] {
        std::os::unix::fs::symlink(target, folder.join("docs").join(link)).context("could not make a link")?;
    }
    Ok(())
}
