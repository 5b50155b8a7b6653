//! Attribute lists: `{ .class #id key=value }` behind a heading, a link, an image or code.

/// What an attribute list says; only what a page may use is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attrs {
    /// `#id` or `id=…`.
    pub(crate) id: Option<String>,
    /// `.class` and `class=…`.
    pub(crate) classes: Vec<String>,
    /// Everything else.
    pub(crate) values: Vec<(String, String)>,
}

impl Attrs {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.values.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// The list at the start of `text`, and how many bytes it takes.
pub(crate) fn at_start(text: &str) -> Option<(Attrs, usize)> {
    let inside = text.strip_prefix('{')?;
    let end = inside.find(['}', '\n'])?;
    if !inside[end..].starts_with('}') {
        return None;
    }
    Some((read(&inside[..end])?, end + 2))
}

/// The list at the end of a heading's text, and where it starts with the spaces before it.
pub(crate) fn at_end(text: &str) -> Option<(Attrs, usize)> {
    let text = text.trim_end();
    let inside = text.strip_suffix('}')?;
    let start = inside.rfind('{')?;
    let before = &inside[..start];
    if !(before.is_empty() || before.ends_with([' ', '\t'])) {
        return None;
    }
    Some((read(&inside[start + 1..])?, before.trim_end().len()))
}

/// Reads what stands between the braces; `None` unless all of it is an attribute list.
pub(crate) fn read(text: &str) -> Option<Attrs> {
    let mut rest = text.strip_prefix(':').unwrap_or(text).trim();
    let mut attrs = Attrs::default();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let name_end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(name_end);
        let (value, after) = match after.strip_prefix('=') {
            Some(value) => {
                let (value, after) = read_value(value)?;
                (Some(value), after)
            }
            None => (None, after),
        };
        add(&mut attrs, name, value)?;
        rest = after.trim_start();
    }
    Some(attrs)
}

fn read_value(text: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote);
        }
    }
    Some(text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())))
}

fn add(attrs: &mut Attrs, name: &str, value: Option<&str>) -> Option<()> {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_:.".contains(c));
    match (name, value) {
        ("id", Some(id)) => attrs.id = Some(id.to_owned()),
        ("class", Some(classes)) => attrs.classes.extend(classes.split_whitespace().map(str::to_owned)),
        (name, None) if name.starts_with('#') && is_word(&name[1..]) => attrs.id = Some(name[1..].to_owned()),
        (name, None) if name.starts_with('.') && is_word(&name[1..]) => attrs.classes.push(name[1..].to_owned()),
        // A lone word, as in `{ align }` or the `x` of `{ x }`, is text unless it names an attribute.
        ("markdown" | "open" | "hidden" | "data-preview", None) => {}
        (name, Some(value)) if is_word(name) => attrs.values.push((name.to_owned(), value.to_owned())),
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_from_text() {
        let (attrs, length) = at_start("{ .md-button #go width=\"300\" } and on").expect("a list");
        assert_eq!((attrs.id.as_deref(), attrs.get("width"), length), (Some("go"), Some("300"), 30));
        assert_eq!(attrs.classes, ["md-button"]);
        for text in ["{{ x }}", "{ x }", "{}", "{ .a", "{ .a\n}", "text"] {
            assert_eq!(at_start(text), None, "{text}");
        }
        let (attrs, start) = at_end("Title {: #own-id }").expect("a list");
        assert_eq!((attrs.id.as_deref(), start), (Some("own-id"), 5));
        assert_eq!(at_end("Use {{ name }}"), None);
        assert_eq!(at_end("a{.b}"), None, "a space must stand before it");
    }
}
