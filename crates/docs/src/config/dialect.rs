//! `markdown_extensions`: what a site's settings change about how its pages read.
//!
//! Most extensions are always on, as TechDocs has them; only settings that no reading can guess matter.

use serde::{Deserialize, Serialize};

use super::{
    captions::{self, Captions},
    code::{self, CodeSettings},
    fancy_lists::{self, FancyLists},
    link_rules::{self, LinkRules},
    magic::{self, MagicLinks},
    math::{self, MathSyntax},
    smarty::{self, Smarty},
    toc::{self, Headings},
    yaml::{Node, Value},
};

/// The settings of a site's Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dialect {
    /// Types that the site adds to the generic blocks (`/// name`).
    pub block_types: Vec<BlockType>,
    /// Folders that snippets are looked for in, relative to the configuration; none stands for its own.
    pub snippet_folders: Vec<String>,
    /// Files whose text every page ends with, as snippets name them.
    pub appended: Vec<String>,
    /// Whether a snippet that is a part of a file loses the indentation that its lines share.
    pub dedent_snippets: bool,
    /// How links are judged.
    pub links: LinkRules,
    /// Short forms that are links, and links that are shown short.
    pub magic_links: MagicLinks,
    /// Whether `[=75%]` is a bar.
    pub progress_bars: bool,
    /// Which signs become those of print, where any do (`smarty`).
    pub smarty: Option<Smarty>,
    /// How heading ids are made (`toc`).
    pub headings: Option<Headings>,
    /// Whether every line break in a paragraph is one (`nl2br`).
    pub line_breaks: bool,
    /// What becomes of critic markup.
    pub critic: Critic,
    /// Captions and how they are numbered.
    pub captions: Captions,
    /// How formulas are marked, where the site has any.
    pub math: Option<MathSyntax>,
    /// Whether a fence with the name `math` is a formula, although the marks above are not.
    pub math_fences: bool,
    /// Which markers of ordered lists there are beside numbers, where a site turns any on.
    pub fancy_lists: Option<FancyLists>,
    /// Whether a heading has a space behind its marks (`saneheaders`); otherwise `##Title` is one too.
    pub spaced_headings: bool,
    /// What abbreviations mean on every page (`abbr: glossary`); a page's own definitions come first.
    pub glossary: Vec<(String, String)>,
    /// Whether words between single tildes stand low (`tilde`); otherwise they are struck out, as on GitHub.
    pub low_tildes: bool,
    /// Whether a backslash takes the meaning of whatever stands behind it (`escapeall`).
    pub escapes_all: bool,
    /// What holds for all code blocks.
    pub code: CodeSettings,
    /// Whether notes are numbered in the order of what mentions them (`footnotes: USE_DEFINITION_ORDER:
    /// false`); otherwise, as in Python-Markdown, in the order in which they are written down.
    pub notes_as_mentioned: bool,
}

impl Dialect {
    /// No settings at all.
    pub(crate) const PLAIN: Self = Self {
        block_types: Vec::new(),
        snippet_folders: Vec::new(),
        appended: Vec::new(),
        dedent_snippets: false,
        links: LinkRules::DEFAULT,
        magic_links: MagicLinks::PLAIN,
        progress_bars: false,
        smarty: None,
        headings: None,
        line_breaks: false,
        critic: Critic::View,
        captions: Captions::DEFAULT,
        math: None,
        math_fences: false,
        fancy_lists: None,
        spaced_headings: false,
        glossary: Vec::new(),
        low_tildes: false,
        escapes_all: false,
        code: CodeSettings::PLAIN,
        notes_as_mentioned: false,
    };
}

/// What becomes of critic markup (`pymdownx.critic`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Critic {
    /// All of it is shown.
    #[default]
    View,
    /// As if every change had been made.
    Accept,
    /// As if none had.
    Reject,
}

/// A type of admonition or of a folding block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockType {
    /// What stands behind the slashes.
    pub name: String,
    /// The class, if it is not the name.
    pub class: Option<String>,
    /// The title of blocks that have none of their own.
    pub title: Option<String>,
    /// Whether it folds.
    pub folds: bool,
}

/// Reads the list of a configuration; what has another form than expected is left out.
pub(crate) fn read(root: &Node) -> Dialect {
    let mut dialect = Dialect { links: link_rules::read(root), ..Dialect::default() };
    let Some(list) = root.get("markdown_extensions") else { return dialect };
    // A list of names and of mappings with one name, or one mapping.
    let mut named = Vec::new();
    named.extend(list.items().iter().filter_map(|item| Some((item.text()?.to_owned(), item))));
    for (name, options) in list.items().iter().flat_map(Node::entries).chain(list.entries()) {
        flatten(name, options, &mut named);
    }
    for (name, options) in named {
        match name.strip_prefix("markdown.extensions.").unwrap_or(&name) {
            "smarty" => dialect.smarty = Some(smarty::read(options)),
            "toc" => dialect.headings = Some(toc::read(options)).filter(|headings| *headings != Headings::default()),
            "pymdownx.progressbar" => dialect.progress_bars = true,
            "abbr" => dialect.glossary = pairs(options.get("glossary")),
            "pymdownx.tilde" => dialect.low_tildes = !is_off(options, "subscript"),
            "pymdownx.escapeall" => dialect.escapes_all = true,
            "pymdownx.highlight" => dialect.code = code::read(options),
            "footnotes" => dialect.notes_as_mentioned = is_off(options, "USE_DEFINITION_ORDER"),
            "nl2br" => dialect.line_breaks = true,
            "pymdownx.snippets" => snippets(options, &mut dialect),
            "pymdownx.blocks.admonition" => types(options, false, &mut dialect),
            "pymdownx.blocks.details" => types(options, true, &mut dialect),
            "pymdownx.magiclink" => dialect.magic_links = magic::read(options),
            // Its predecessor has the same marks.
            "pymdownx.critic" => {
                dialect.critic = match options.get("mode").and_then(Node::text) {
                    Some("accept") => Critic::Accept,
                    Some("reject") => Critic::Reject,
                    _ => Critic::View,
                }
            }
            "pymdownx.blocks.caption" => captions::read(options, &mut dialect.captions),
            "pymdownx.superfences" => dialect.math_fences = has_math_fence(options),
            "pymdownx.fancylists" => dialect.fancy_lists = Some(fancy_lists::read(options)),
            "pymdownx.saneheaders" => dialect.spaced_headings = true,
            "pymdownx.arithmatex" | "mdx_math" => dialect.math = Some(math::read(options)),
            _ => {}
        }
    }
    dialect
}

/// TOML writes `pymdownx.blocks.tab` as tables inside one another.
fn flatten<'n>(name: &str, options: &'n Node, out: &mut Vec<(String, &'n Node)>) {
    if matches!(name, "pymdownx" | "markdown" | "markdown.extensions" | "pymdownx.blocks") {
        for (inner, options) in options.entries() {
            flatten(&format!("{name}.{inner}"), options, out);
        }
    } else {
        out.push((name.to_owned(), options));
    }
}

/// Texts by names.
fn pairs(node: Option<&Node>) -> Vec<(String, String)> {
    let entries = node.map_or(&[][..], Node::entries);
    entries.iter().filter_map(|(name, text)| Some((name.clone(), text.text()?.to_owned()))).collect()
}

fn snippets(options: &Node, dialect: &mut Dialect) {
    dialect.snippet_folders = texts(options.get("base_path"));
    dialect.appended = texts(options.get("auto_append"));
    dialect.dedent_snippets = is_on(options, "dedent_subsections");
}

fn types(options: &Node, folds: bool, dialect: &mut Dialect) {
    for item in options.get("types").map_or(&[][..], Node::items) {
        let text = |key: &str| item.get(key).and_then(Node::text).map(str::to_owned);
        let name = item.text().map(str::to_owned).or_else(|| text("name"));
        if let Some(name) = name {
            dialect.block_types.push(BlockType { name, class: text("class"), title: text("title"), folds });
        }
    }
}

/// Whether a site has a formatter of its own for fences with the name `math`.
fn has_math_fence(options: &Node) -> bool {
    let fences = options.get("custom_fences").map_or(&[][..], Node::items);
    fences.iter().any(|fence| fence.get("name").and_then(Node::text) == Some("math"))
}

fn is_on(options: &Node, key: &str) -> bool {
    options.get(key).and_then(Node::text).is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

fn is_off(options: &Node, key: &str) -> bool {
    options.get(key).and_then(Node::text).is_some_and(|value| value.eq_ignore_ascii_case("false"))
}

/// A text, or a list of texts.
fn texts(node: Option<&Node>) -> Vec<String> {
    match node.map(|node| &node.value) {
        Some(Value::Text(text)) => vec![text.clone()],
        Some(Value::List(items)) => items.iter().filter_map(Node::text).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::yaml::parse;

    #[test]
    fn both_forms_of_the_list_are_read() {
        let settings = "pymdownx.snippets:\n      base_path: [a, b]\n      auto_append: c.md\n";
        for text in
            [format!("markdown_extensions:\n  - toc\n  - {settings}"), format!("markdown_extensions:\n    {settings}")]
        {
            let dialect = read(&parse(&text).expect("it is YAML"));
            assert_eq!(
                (dialect.snippet_folders, dialect.appended),
                (vec!["a".into(), "b".into()], vec!["c.md".into()])
            );
        }
        let text = "markdown_extensions:\n- pymdownx.magiclink: {user: a, repo: b, repo_url_shorthand: true}\n\
                    - pymdownx.blocks.details:\n    types: [x, {name: y, class: z}]\n";
        let dialect = read(&parse(text).expect("it is YAML"));
        let MagicLinks { user, repo, shorthand, .. } = dialect.magic_links;
        assert_eq!((user.as_str(), repo.as_str(), shorthand), ("a", "b", true));
        assert_eq!(dialect.block_types.len(), 2);
    }

    #[test]
    fn formulas_are_only_where_a_site_turns_them_on() {
        let math = |text: &str| read(&parse(text).expect("it is YAML")).math;
        assert_eq!(math("markdown_extensions: [toc, pymdownx.superfences]"), None);
        assert_eq!(math("markdown_extensions: [pymdownx.arithmatex]"), Some(MathSyntax::ALL));
        assert_eq!(math("markdown_extensions:\n  - pymdownx.arithmatex: {generic: true}"), Some(MathSyntax::ALL));
        let only = "markdown_extensions:\n  pymdownx.arithmatex:\n    inline_syntax: [round]\n    smart_dollar: false";
        let expected = MathSyntax { dollar: false, smart_dollar: false, ..MathSyntax::ALL };
        assert_eq!(math(only), Some(expected));
        let fence = "markdown_extensions:\n- pymdownx.superfences: {custom_fences: [{name: math, class: x}]}";
        assert!(read(&parse(fence).expect("it is YAML")).math_fences);
    }
}
