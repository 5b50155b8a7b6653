//! `zensical.toml` as the same tree as `mkdocs.yml`: its table `project` holds MkDocs' own keys.
//!
//! Values do not know their places; findings about them name the first line of the file.

use waymark_core::diagnostic::Position;

use super::yaml::{Broken, Node, Value};

/// Reads a document; the table `project` if there is one, else the whole.
pub(super) fn parse(source: &str) -> Result<Node, Broken> {
    let table: toml::Table = toml::from_str(source).map_err(|error| {
        let at = error.span().map_or(Position::START, |span| Position::of(source, span.start));
        Broken { at, message: error.message().to_owned() }
    })?;
    let root = node(&toml::Value::Table(table));
    Ok(root.get("project").cloned().unwrap_or(root))
}

fn node(value: &toml::Value) -> Node {
    let value = match value {
        toml::Value::String(text) => Value::Text(text.clone()),
        toml::Value::Array(items) => Value::List(items.iter().map(node).collect()),
        toml::Value::Table(entries) => {
            Value::Map(entries.iter().map(|(key, value)| (key.clone(), node(value))).collect())
        }
        other => Value::Text(other.to_string()),
    };
    Node::new(value, Position::START)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_is_read_and_errors_have_a_place() {
        let source = "[project]\nsite_name = \"S\"\nuse_directory_urls = false\nnav = [{ \"A\" = \"a.md\" }]\n";
        let root = parse(source).expect("it is TOML");
        assert_eq!(root.get("site_name").and_then(Node::text), Some("S"));
        assert_eq!(root.get("use_directory_urls").and_then(Node::text), Some("false"));
        assert_eq!(root.get("nav").map_or(0, |nav| nav.items().len()), 1);
        let broken = parse("[project]\nsite_name = \n").expect_err("a value is missing");
        assert_eq!(broken.at.line, 2);
    }
}
