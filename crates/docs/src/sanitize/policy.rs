//! What may stay (`security.md`, section 4). Everything that is not named here goes.

use std::borrow::Cow;

/// Elements.
#[rustfmt::skip]
pub(super) const TAGS: &[&str] = &[
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div",
    "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li",
    "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var", "wbr",
];

/// Elements that go with what is inside them; of all others only the tags go.
#[rustfmt::skip]
pub(super) const DROPPED_WITH_CONTENT: &[&str] = &[
    "script", "style", "title", "textarea", "iframe", "noscript", "noembed", "noframes", "template", "select", "svg",
    "math", "object", "xmp", "plaintext", "audio", "video", "canvas",
];

/// Attributes of every element.
pub(super) const EVERYWHERE: &[&str] = &["id", "class", "lang", "dir"];

/// Attributes of single elements.
pub(super) const ON_TAGS: &[(&str, &[&str])] = &[
    ("a", &["href", "title"]),
    ("abbr", &["title"]),
    ("img", &["src", "alt", "title", "width", "height"]),
    ("td", &["colspan", "rowspan", "align"]),
    ("th", &["colspan", "rowspan", "align", "scope"]),
    ("ol", &["start", "type"]),
];

/// Classes of authors that the style sheet knows.
#[rustfmt::skip]
const CLASSES: &[&str] = &[
    // Admonitions: the types in use, with the names that themes treat as the same.
    "admonition", "admonition-title", "inline", "end",
    "note", "abstract", "summary", "tldr", "info", "todo", "tip", "hint", "important", "success", "check", "done",
    "question", "help", "faq", "warning", "caution", "attention", "failure", "fail", "missing", "danger", "error",
    "bug", "example", "quote", "cite", "seealso", "deprecated", "security",
    // Other blocks and small things.
    "grid", "cards", "card", "md-button", "md-button--primary", "footnote", "footnote-ref", "footnote-backref",
    "task-list-item", "filename", "steps", "center", "doc-chrome", "keys",
    "critic", "comment", "block", "caption-prefix",
];

/// Whether an author's class may stay.
pub(crate) fn allows_class(class: &str) -> bool {
    CLASSES.contains(&class)
}

/// Whether an element is on the list.
pub(crate) fn is_allowed_tag(tag: &str) -> bool {
    TAGS.contains(&tag)
}

/// The attributes that an element may have, without those that every element may have.
pub(crate) fn attributes_of(tag: &str) -> &'static [&'static str] {
    ON_TAGS.iter().find(|(name, _)| *name == tag).map_or(&[], |(_, names)| names)
}

/// The value that a listed attribute may have; `None` takes the attribute away.
///
/// Addresses and ids leave here as marks, so that nothing an author wrote reaches the page as one.
pub(super) fn filter<'v>(tag: &str, name: &str, value: &'v str, nonce: &str) -> Option<Cow<'v, str>> {
    match name {
        "id" | "href" | "src" => Some(marked(value, nonce)),
        "class" => {
            let kept: Vec<&str> = value.split_ascii_whitespace().filter(|class| allows_class(class)).collect();
            (!kept.is_empty()).then(|| kept.join(" ").into())
        }
        "width" | "height" | "colspan" | "rowspan" => is_number(value, 4).then_some(value.into()),
        "start" => is_number(value, 9).then_some(value.into()),
        "type" => one_of(value, &["1", "a", "A", "i", "I"]),
        "align" => one_of(value, &["left", "center", "right"]),
        "scope" => one_of(value, &["row", "col", "rowgroup", "colgroup"]),
        "dir" => one_of(value, &["ltr", "rtl", "auto"]),
        "lang" => {
            let ok = (1..=35).contains(&value.len()) && value.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
            ok.then_some(value.into())
        }
        "alt" | "title" => Some(value.into()),
        _ => {
            // The lists above name nothing else; a new attribute there needs its rule here.
            debug_assert!(!attributes_of(tag).contains(&name), "no rule for the values of `{name}`");
            None
        }
    }
}

fn marked<'v>(value: &'v str, nonce: &str) -> Cow<'v, str> {
    let is_mark = value.strip_prefix(nonce).is_some_and(|rest| rest.starts_with('/'));
    if is_mark { value.into() } else { format!("{nonce}/raw/{value}").into() }
}

fn is_number(value: &str, digits: usize) -> bool {
    (1..=digits).contains(&value.len()) && value.bytes().all(|c| c.is_ascii_digit())
}

fn one_of<'v>(value: &'v str, allowed: &[&str]) -> Option<Cow<'v, str>> {
    allowed.contains(&value).then_some(value.into())
}
