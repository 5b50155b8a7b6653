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
    // Template engines write two braces or a brace and a percent sign.
    if inside.starts_with(['{', '%']) {
        return None;
    }
    let (attrs, end) = scan(inside)?;
    Some((attrs, 1 + end + 1))
}

/// The list at the end of a heading's text, and where it starts with the spaces before it.
///
/// As in Python-Markdown, the first brace with a space before it decides: when its list does not reach
/// to the end, there is none.
pub(crate) fn at_end(text: &str) -> Option<(Attrs, usize)> {
    let text = text.trim_end();
    if !text.ends_with('}') {
        return None;
    }
    let brace = text.find(" {")? + 1;
    let (attrs, length) = at_start(&text[brace..])?;
    (brace + length == text.len()).then(|| (attrs, text[..brace].trim_end().len()))
}

/// Reads what stands between the braces; `None` unless all of it is an attribute list.
pub(crate) fn read(text: &str) -> Option<Attrs> {
    let closed = format!("{text}}}");
    scan(&closed).filter(|(_, end)| *end == text.len()).map(|(attrs, _)| attrs)
}

/// The list that `text` starts with, and the offset of the brace that closes it.
fn scan(text: &str) -> Option<(Attrs, usize)> {
    let mut attrs = Attrs::default();
    let start = text.strip_prefix(':').unwrap_or(text).trim_start_matches(' ');
    if start.starts_with(['}', '\n']) || start.is_empty() {
        return None;
    }
    let mut rest = start;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let name_end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '}')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(name_end);
        match (name, after.chars().next()?) {
            (_, '\n') => return None,
            ("", '}') => return Some((attrs, text.len() - after.len())),
            // A value without a name says nothing.
            ("", _) => rest = after[after.find([' ', '}', '\n'])?..].trim_start_matches(' '),
            (name, '=') => {
                let (value, after) = read_value(&after[1..]);
                add(&mut attrs, name, Some(value));
                rest = after;
            }
            (name, _) => {
                add(&mut attrs, name, None);
                rest = after;
            }
        }
    }
}

/// A value in quotes, or up to the next space or brace.
fn read_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some((value, rest)) = text.strip_prefix(quote).and_then(|inside| inside.split_once(quote))
            && !value.contains('\n')
        {
            return (value, rest);
        }
    }
    text.split_at(text.find(|c: char| c.is_whitespace() || c == '}').unwrap_or(text.len()))
}

fn add(attrs: &mut Attrs, name: &str, value: Option<&str>) {
    match (name, value) {
        ("id", Some(id)) => attrs.id = Some(id.to_owned()),
        ("class", Some(classes)) => attrs.classes.extend(classes.split_whitespace().map(str::to_owned)),
        (name, None) if name.len() > 1 && name.starts_with('#') => attrs.id = Some(name[1..].to_owned()),
        (name, None) if name.starts_with('.') => {
            attrs.classes.extend(name.split('.').filter(|class| !class.is_empty()).map(str::to_owned))
        }
        // A lone word is an attribute with its own name as the value.
        (name, value) => attrs.values.push((name.to_owned(), value.unwrap_or(name).to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_from_text() {
        let (attrs, length) = at_start("{ .md-button #go width=\"300\" } and on").expect("a list");
        assert_eq!((attrs.id.as_deref(), attrs.get("width"), length), (Some("go"), Some("300"), 30));
        assert_eq!(attrs.classes, ["md-button"]);
        for text in ["{{ x }}", "{% x %}", "{}", "{ }", "{ .a", "{ .a\n}", "text"] {
            assert_eq!(at_start(text), None, "{text}");
        }
        let (attrs, start) = at_end("Title {: #own-id }").expect("a list");
        assert_eq!((attrs.id.as_deref(), start), (Some("own-id"), 5));
        assert_eq!(at_end("Use {{ name }}"), None);
        assert_eq!(at_end("a{.b}"), None, "a space must stand before it");
        assert_eq!(at_end("a {.b} }"), None, "it must reach to the end");
        let (attrs, _) = at_end("a {data-x='{}' =y c=\"d e\" open}").expect("a list");
        assert_eq!((attrs.get("data-x"), attrs.get("c"), attrs.get("open")), (Some("{}"), Some("d e"), Some("open")));
    }
}
