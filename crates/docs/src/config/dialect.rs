//! `markdown_extensions`: what a site's settings change about how its pages read.
//!
//! Most extensions are always on, as TechDocs has them; only settings that no reading can guess matter.

use serde::{Deserialize, Serialize};

use super::{
    link_rules::{self, LinkRules},
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
    /// The repository that `#12` and `@name` refer to, where the site asks for such links.
    pub repository: Option<Repository>,
}

impl Dialect {
    /// No settings at all.
    pub(crate) const PLAIN: Self = Self {
        block_types: Vec::new(),
        snippet_folders: Vec::new(),
        appended: Vec::new(),
        dedent_snippets: false,
        links: LinkRules::DEFAULT,
        repository: None,
    };
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

/// A repository on GitHub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repository {
    /// Whose it is.
    pub user: String,
    /// Its name.
    pub name: String,
}

/// Reads the list of a configuration; what has another form than expected is left out.
pub(crate) fn read(root: &Node) -> Dialect {
    let mut dialect = Dialect { links: link_rules::read(root), ..Dialect::default() };
    let Some(list) = root.get("markdown_extensions") else { return dialect };
    // A list of names and of mappings with one name, or one mapping.
    let mut named = Vec::new();
    for (name, options) in list.items().iter().flat_map(Node::entries).chain(list.entries()) {
        flatten(name, options, &mut named);
    }
    for (name, options) in named {
        match name.as_str() {
            "pymdownx.snippets" => snippets(options, &mut dialect),
            "pymdownx.blocks.admonition" => types(options, false, &mut dialect),
            "pymdownx.blocks.details" => types(options, true, &mut dialect),
            "pymdownx.magiclink" => magiclink(options, &mut dialect),
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

fn magiclink(options: &Node, dialect: &mut Dialect) {
    let text = |key: &str| options.get(key).and_then(Node::text).unwrap_or_default();
    let on_github = matches!(text("provider"), "" | "github");
    if is_on(options, "repo_url_shorthand") && on_github && !text("user").is_empty() && !text("repo").is_empty() {
        dialect.repository = Some(Repository { user: text("user").to_owned(), name: text("repo").to_owned() });
    }
}

fn is_on(options: &Node, key: &str) -> bool {
    options.get(key).and_then(Node::text).is_some_and(|value| value.eq_ignore_ascii_case("true"))
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
        assert_eq!(dialect.repository, Some(Repository { user: "a".into(), name: "b".into() }));
        assert_eq!(dialect.block_types.len(), 2);
    }
}
