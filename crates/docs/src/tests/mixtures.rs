//! Pages made of constructs inside one another: nothing is lost, nothing is named twice.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Fixture, audit::audit};
use crate::{Surroundings, read_config, render_document, sanitize::sanitize};

/// A construct; every text in it is one word, by which it is found again.
#[derive(Clone, Debug)]
enum Block {
    Paragraph(Inline),
    Heading(u8),
    Code(&'static str),
    Table,
    Footnote,
    Snippet,
    List(Vec<Block>, &'static str),
    Admonition(Vec<Block>, &'static str),
    Tabs(Vec<Block>),
    Slashes(Vec<Block>, &'static str),
    Html(Vec<Block>, &'static str),
    Quote(Vec<Block>),
}

#[derive(Clone, Copy, Debug)]
enum Inline {
    Plain,
    Strong,
    Code,
    Link,
    Reference,
    Attributes,
    Marked,
    Keys,
    Address,
}

/// Writes blocks, and keeps the words that must be found again.
#[derive(Default)]
struct Writer {
    out: String,
    words: Vec<String>,
    tail: String,
    /// Whether a fence of superfences is inside slashes, which must then be longer outside.
    depth: usize,
}

impl Writer {
    /// A word that no other text holds: letters only, so that no highlighter cuts it.
    fn word(&mut self) -> String {
        let mut number = self.words.len();
        let mut word = String::from("word");
        for _ in 0..3 {
            word.push(char::from(b'a' + (number % 26) as u8));
            number /= 26;
        }
        word.push('z');
        self.words.push(word.clone());
        word
    }

    fn line(&mut self, indent: &str, text: &str) {
        self.out.push_str(indent);
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn blank(&mut self, indent: &str) {
        self.out.push_str(indent.trim_end());
        self.out.push('\n');
    }

    fn blocks(&mut self, blocks: &[Block], indent: &str) {
        self.depth += 1;
        for block in blocks {
            self.block(block, indent);
            self.blank(indent);
        }
        self.depth -= 1;
    }

    fn block(&mut self, block: &Block, indent: &str) {
        let word = self.word();
        let inner = format!("{indent}    ");
        match block {
            Block::Paragraph(inline) => {
                let text = self.inline(*inline, &word);
                self.line(indent, &text);
            }
            // The same words again and again, so that ids clash.
            Block::Heading(level) => {
                self.line(indent, &format!("{} Title {word} {{ #own }}", "#".repeat(usize::from(*level))))
            }
            Block::Code(fence) => {
                self.line(indent, &format!("{fence}yaml title=\"t\""));
                self.line(indent, &format!("key: {word}"));
                self.line(indent, "!!! note");
                self.line(indent, fence);
            }
            Block::Table => {
                self.line(indent, &format!("| {word} | b |"));
                self.line(indent, "|---|:-:|");
                let cell = self.word();
                self.line(indent, &format!("| `a|b` | {cell} |"));
            }
            Block::Footnote => {
                let note = self.word();
                self.line(indent, &format!("{word}[^{word}]"));
                self.tail.push_str(&format!("[^{word}]: The note {note}.\n\n"));
            }
            Block::Snippet => {
                self.line(indent, &word);
                self.blank(indent);
                self.line(indent, "--8<-- \"part.md\"");
            }
            Block::List(items, mark) => {
                let mark = format!("{mark:<4}");
                self.line(indent, &format!("{mark}{word}"));
                self.blank(indent);
                self.blocks(items, &inner);
            }
            Block::Admonition(body, mark) => {
                self.line(indent, &format!("{mark} note \"Titled {word}\""));
                self.blank(indent);
                self.blocks(body, &inner);
            }
            Block::Tabs(body) => {
                let second = self.word();
                self.line(indent, &format!("=== \"{word}\""));
                self.blank(indent);
                self.blocks(body, &inner);
                self.line(indent, &format!("=== \"{second}\""));
                self.blank(indent);
                self.line(&inner, "text");
            }
            Block::Slashes(body, name) => {
                // The outer block has more slashes than any inside it.
                let slashes = "/".repeat(12_usize.saturating_sub(self.depth).max(3));
                self.line(indent, &format!("{slashes} {name} | Titled {word}"));
                self.blank(indent);
                self.blocks(body, indent);
                self.line(indent, &slashes);
            }
            Block::Html(body, tag) => {
                self.line(indent, &format!("<{tag} markdown>"));
                self.blank(indent);
                self.line(indent, &word);
                self.blank(indent);
                self.blocks(body, indent);
                self.line(indent, &format!("</{tag}>"));
            }
            Block::Quote(body) => {
                self.line(indent, &format!("> {word}"));
                self.line(indent, ">");
                self.blocks(body, &format!("{indent}> "));
            }
        }
    }

    fn inline(&mut self, inline: Inline, word: &str) -> String {
        match inline {
            Inline::Plain => format!("Text {word}, \\#1 and more."),
            Inline::Strong => format!("**{word}** *b*"),
            Inline::Code => format!("`{word}`"),
            Inline::Link => format!("[{word}](page.md#own)"),
            Inline::Reference => format!("[{word}] [label]"),
            Inline::Attributes => format!("[{word}](page.md){{ .md-button }} and `x`{{ .a }}"),
            Inline::Marked => format!("=={word}== H~2~O x^2^ ^^new^^ --> (c)"),
            Inline::Keys => format!("{word} ++ctrl+c++"),
            Inline::Address => format!("{word} https://a.example/b#12 @name #12 u/r#3"),
        }
    }
}

fn inline() -> impl Strategy<Value = Inline> {
    use Inline::{Address, Attributes, Code, Keys, Link, Marked, Plain, Reference, Strong};
    proptest::sample::select(vec![Plain, Strong, Code, Link, Reference, Attributes, Marked, Keys, Address])
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        3 => inline().prop_map(Block::Paragraph),
        1 => (2_u8..5).prop_map(Block::Heading),
        1 => proptest::sample::select(vec!["```", "~~~", "````"]).prop_map(Block::Code),
        1 => Just(Block::Table),
        1 => Just(Block::Footnote),
        1 => Just(Block::Snippet),
    ];
    leaf.prop_recursive(5, 24, 3, |inner| {
        let body = || proptest::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            (body(), proptest::sample::select(vec!["-", "*", "1."])).prop_map(|(body, mark)| Block::List(body, mark)),
            (body(), proptest::sample::select(vec!["!!!", "???", "???+"]))
                .prop_map(|(body, mark)| Block::Admonition(body, mark)),
            body().prop_map(Block::Tabs),
            (body(), proptest::sample::select(vec!["note", "details"]))
                .prop_map(|(body, name)| Block::Slashes(body, name)),
            (body(), proptest::sample::select(vec!["div", "details", "section"]))
                .prop_map(|(body, tag)| Block::Html(body, tag)),
            body().prop_map(Block::Quote),
        ]
    })
}

/// The page, and the words that must be on it.
fn written(blocks: &[Block]) -> (String, Vec<String>) {
    let mut writer = Writer::default();
    writer.line("", "# Start");
    writer.blank("");
    writer.blocks(blocks, "");
    let tail = std::mem::take(&mut writer.tail);
    (writer.out + &tail + "[label]: page.md\n", writer.words)
}

/// The text between tags.
fn text_of(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for part in html.split('<') {
        out.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn constructs_inside_one_another_lose_nothing(blocks in proptest::collection::vec(block(), 1..5)) {
        let (source, words) = written(&blocks);
        let fixture = Fixture::new();
        let files = [("part.md".to_owned(), "## Part\n\nwordpart\n".to_owned())].into();
        let config = "markdown_extensions:\n- pymdownx.magiclink: {user: u, repo: r, repo_url_shorthand: true, \
                      repo_url_shortener: true}\n- smarty\n- toc: {slugify: !!python/name:pymdownx.slugs.uslugify }\n";
        let (config, _) = read_config("mkdocs.yml", config);
        let around = Surroundings { dialect: &config.dialect, files: Some(&files) };
        let page = render_document("page.md", &source, "Start", &fixture.links(), around);
        prop_assert_eq!(audit(&page.html), Ok(()), "{}", page.html);

        let text = text_of(&page.html);
        for word in &words {
            prop_assert!(text.contains(word.as_str()), "{word} is lost\n{source}\n{}", page.html);
        }
        let markers = ["!!! note \"", "/// note", "=== \"", "--8<--"].map(|marker| text.matches(marker).count());
        prop_assert_eq!(markers, [0; 4], "a construct is shown as text\n{}\n{}", source, page.html);

        let mut seen = BTreeSet::new();
        for heading in page.outline.iter().filter(|heading| heading.id != "own") {
            prop_assert!(seen.insert(&heading.id), "{} twice\n{}", heading.id, source);
        }
        let clean = sanitize(page.html.clone(), "n").unwrap_or_default();
        prop_assert_eq!(sanitize(clean.clone(), "n").unwrap_or_default(), clean, "what the sanitiser writes it keeps");
        // What is written grows with what is read: no construct may double what is inside it.
        let bound = 4096 + 60 * (source.len() + 64 * source.matches("--8<--").count());
        prop_assert!(page.html.len() <= bound, "{} bytes of {}", page.html.len(), source.len());
    }
}
