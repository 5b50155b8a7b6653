//! Captions: `/// caption`, `/// figure-caption | 1.2` and the like, behind what they are about.

use super::{
    Found, Kind, Pass,
    slashes::{Block, Head},
};
use crate::{blocks::Chunk, config::CaptionType, markdown::Attrs};

/// A caption and how it is numbered.
#[derive(Debug)]
pub(crate) struct Caption {
    /// The type's name; figures of one type are counted together.
    pub(crate) name: String,
    /// What stands before a numbered caption, `{}` for the number; without one, none has a number.
    pub(crate) prefix: Option<String>,
    /// Whether it stands above what it is about.
    pub(crate) above: bool,
    /// The number that the author gave it.
    pub(crate) number: Option<Vec<u32>>,
    /// How much deeper than its place it is counted.
    pub(crate) level: Option<u32>,
    /// Attributes of the figure.
    pub(crate) attrs: Attrs,
    /// The text.
    pub(crate) body: Box<Chunk>,
}

/// The caption of this type, unless something in its head has another form.
pub(super) fn caption(
    pass: Pass<'_>,
    set: &CaptionType,
    head: &Head<'_>,
    block: &Block<'_>,
    taken: usize,
) -> Option<Found> {
    let mut rest = head.argument.unwrap_or_default();
    let mut above = pass.dialect.captions.above;
    if let Some(mark) = rest.chars().next().filter(|mark| matches!(mark, '<' | '>')) {
        above = mark == '<';
        rest = rest[1..].trim_start();
    }
    let (mut number, mut level) = (None, None);
    if let Some(depth) = rest.strip_prefix('^') {
        let digits = depth.bytes().take_while(u8::is_ascii_digit).count();
        level = Some(depth[..digits].parse().ok().filter(|level| *level <= MAX_LEVEL)?);
        rest = depth[digits..].trim_start();
    } else if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let parts: Option<Vec<u32>> = rest[..end].split('.').map(|part| part.parse().ok()).collect();
        number = Some(parts.filter(|parts| parts.len() <= MAX_LEVEL as usize)?);
        rest = rest[end..].trim_start();
    }
    let mut attrs = if rest.is_empty() { Attrs::default() } else { selector(rest)? };
    let mut classes: Vec<String> = Vec::new();
    let own = block.attribute("class").unwrap_or_default().split_whitespace();
    let set_classes = set.classes.as_deref().unwrap_or_default().split_whitespace();
    for class in set_classes.chain(own).map(str::to_owned).chain(std::mem::take(&mut attrs.classes)) {
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    attrs.classes = classes;
    attrs.id = attrs.id.or_else(|| block.attribute("id").map(str::to_owned));
    let kind = Kind::Caption(Box::new(Caption {
        name: set.name.clone(),
        prefix: set.prefix.clone(),
        above,
        number,
        level,
        attrs,
        body: pass.inside(&block.body),
    }));
    Some(Found { kind, lines: taken, rest: None })
}

/// Numbers like `1.2.3.4` are not deeper than this.
const MAX_LEVEL: u32 = 16;

/// `.class#id[key=value]`; all of it must have this form.
pub(super) fn selector(text: &str) -> Option<Attrs> {
    let mut attrs = Attrs::default();
    let mut rest = text;
    while let Some(mark) = rest.chars().next() {
        let inside = &rest[mark.len_utf8()..];
        let end = match mark {
            '[' => inside.find(']')?,
            _ => inside.find(['.', '#', '[']).unwrap_or(inside.len()),
        };
        let value = &inside[..end];
        match mark {
            '.' if is_name(value) => attrs.classes.push(value.to_owned()),
            '#' if is_name(value) => attrs.id = Some(value.to_owned()),
            '[' => {
                let list = crate::markdown::attributes(value)?;
                attrs.classes.extend(list.classes);
                attrs.id = list.id.or(attrs.id);
                attrs.values.extend(list.values);
            }
            _ => return None,
        }
        rest = inside[end..].strip_prefix(']').unwrap_or(&inside[end..]);
    }
    Some(attrs)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_are_read_whole_or_not_at_all() {
        let attrs = selector(".a.b#c[data-x=\"y z\"]").expect("it is a selector");
        assert_eq!((attrs.classes, attrs.id.as_deref()), (vec!["a".to_owned(), "b".to_owned()], Some("c")));
        assert_eq!(attrs.values, [("data-x".to_owned(), "y z".to_owned())]);
        for text in ["#not!", "a", ". ", "[x", ".a b"] {
            assert!(selector(text).is_none(), "{text}");
        }
    }
}
