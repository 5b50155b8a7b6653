//! The YAML block between `---` lines at the top of a page.

use waymark_core::diagnostic::Position;

use crate::config::yaml::{self, Broken};

/// What a page says about itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct FrontMatter {
    /// `title`.
    pub(crate) title: Option<String>,
    /// `description`.
    pub(crate) description: Option<String>,
}

/// A page's text, normalised, with its front matter taken off.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The Markdown.
    pub(crate) body: String,
    /// The line of the file at which the Markdown starts.
    pub(crate) first_line: u32,
    /// What the front matter says.
    pub(crate) meta: FrontMatter,
    /// What is wrong with it.
    pub(crate) broken: Option<Broken>,
}

/// Takes byte order mark, carriage returns and front matter off a page.
///
/// A block that cannot be read is taken off as well, with a finding: MkDocs would show it as text. A
/// `---` at the top without a second one is a thematic break, not front matter.
pub(crate) fn split(source: &str) -> Source {
    let text = source.strip_prefix('\u{feff}').unwrap_or(source).replace("\r\n", "\n").replace('\r', "\n");
    let Some((block, rest)) = block(&text) else {
        return Source { body: text, first_line: 1, meta: FrontMatter::default(), broken: None };
    };
    let lines = text[..text.len() - rest.len()].matches('\n').count() as u32;
    let (meta, broken) = match yaml::parse(block) {
        Ok(node) => {
            let text = |key: &str| node.get(key).and_then(yaml::Node::text).map(|text| text.trim().to_owned());
            let text = |key: &str| text(key).filter(|text| !text.is_empty());
            (FrontMatter { title: text("title"), description: text("description") }, None)
        }
        Err(Broken { at, message }) => {
            // The block starts on line 2 of the file.
            let at = Position { line: (at.line + 1).min(lines), column: at.column };
            (FrontMatter::default(), Some(Broken { at, message }))
        }
    };
    Source { body: rest.to_owned(), first_line: lines + 1, meta, broken }
}

/// The texts under the first of `keys` that a page's front matter has: one for a text, several for a list.
/// Empty where there is none, or no front matter that can be read.
pub fn front_matter_texts(source: &str, keys: &[&str]) -> Vec<String> {
    let text = source.strip_prefix('\u{feff}').unwrap_or(source);
    if !text.starts_with("---") {
        return Vec::new();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let Some(root) = block(&text).and_then(|(block, _)| yaml::parse(block).ok()) else { return Vec::new() };
    let texts = |key: &&str| {
        let node = root.get(key)?;
        let texts: Vec<String> = match &node.value {
            yaml::Value::List(items) => items.iter().filter_map(yaml::Node::text).map(str::to_owned).collect(),
            _ => node.text().map(str::to_owned).into_iter().collect(),
        };
        let texts: Vec<String> =
            texts.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
        (!texts.is_empty()).then_some(texts)
    };
    keys.iter().find_map(texts).unwrap_or_default()
}

/// The YAML between the marks, and what follows them.
fn block(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix("---")?;
    let (rest_of_line, inside) = inside.split_once('\n')?;
    if !rest_of_line.trim().is_empty() {
        return None;
    }
    let mut at = 0;
    for line in inside.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let block = &inside[..at];
            // A rule, a paragraph and another rule are no front matter.
            let looks_like_yaml = block.trim().is_empty() || block.lines().any(|line| line.contains(':'));
            return looks_like_yaml.then_some((block, &inside[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_keys_are_read_from_a_line_or_a_list() {
        let page = "---\nteam: x\nowner: [team:a, ' b ']\nupdated: 2026-01-05\nempty:\n---\n# H\n";
        assert_eq!(front_matter_texts(page, &["owner", "team"]), ["team:a", "b"]);
        assert_eq!(front_matter_texts(page, &["empty", "updated"]), ["2026-01-05"]);
        assert!(front_matter_texts(page, &["gone"]).is_empty());
        assert!(front_matter_texts("# No block\n", &["owner"]).is_empty());
        assert!(front_matter_texts("---\na: [\n---\n", &["a"]).is_empty());
    }

    #[test]
    fn front_matter_is_taken_off_and_lines_keep_their_numbers() {
        let page = split("\u{feff}---\r\ntitle: \"A: b\"\r\ntags: [x]\r\n---\r\n# H\r\n");
        assert_eq!((page.body.as_str(), page.first_line), ("# H\n", 5));
        assert_eq!(page.meta.title.as_deref(), Some("A: b"));
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in ["---\n\ntext\n", "---\ntext\n---\n", "--- x\na: b\n---\n", "a\n---\nb: c\n---\n"] {
            assert_eq!(split(text).body, text);
        }
    }

    #[test]
    fn broken_front_matter_says_where() {
        let page = split("---\ntitle: a\nb: [c\n---\ntext");
        assert_eq!(page.body, "text");
        let broken = page.broken.expect("the list is not closed");
        assert_eq!(broken.at.line, 3, "{}", broken.message);
        let page = split("---\ntitle: a: b\n---\n");
        assert_eq!(page.broken.expect("a colon too many").at.line, 2);
    }
}
