//! What of a diagram's SVG stays: shapes, text and arrow heads. Colours become classes, so that the style
//! sheet draws every diagram for both appearances; styles, links and images go.

use roxmltree::Node;

use super::{
    allow::{Rules, Tag},
    roles,
};

/// Elements that stay.
#[rustfmt::skip]
const ELEMENTS: [&str; 13] = [
    "svg", "g", "defs", "marker", "path", "rect", "circle", "ellipse", "line", "polygon", "polyline", "text", "tspan",
];

/// Elements whose content stays in their place.
const OPENED: [&str; 2] = ["a", "switch"];

/// Attributes whose value is a number, perhaps with a unit.
#[rustfmt::skip]
const NUMBERS: [&str; 24] = [
    "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "dx", "dy", "refX", "refY",
    "markerWidth", "markerHeight", "font-size", "stroke-width", "rotate", "textLength", "stroke-miterlimit",
];

/// Attributes whose value is made of numbers, signs and the letters of path commands.
const GEOMETRY: [&str; 4] = ["d", "points", "viewBox", "stroke-dasharray"];

/// Attributes with one of a few values.
#[rustfmt::skip]
const WORDS: [(&str, &[&str]); 9] = [
    ("text-anchor", &["start", "middle", "end"]),
    ("dominant-baseline", &["middle", "central", "hanging", "auto", "alphabetic", "text-before-edge", "text-after-edge"]),
    ("alignment-baseline", &["middle", "central", "hanging", "auto", "alphabetic"]),
    ("orient", &["auto", "auto-start-reverse"]),
    ("markerUnits", &["userSpaceOnUse", "strokeWidth"]),
    ("font-weight", &["bold", "bolder", "normal", "600", "700"]),
    ("font-style", &["italic", "normal"]),
    ("fill-rule", &["evenodd", "nonzero"]),
    ("preserveAspectRatio", &["none", "xMidYMid", "xMinYMid"]),
];

/// Properties that are attributes as well.
const STYLED: [&str; 6] =
    ["text-anchor", "dominant-baseline", "font-weight", "font-style", "font-size", "stroke-dasharray"];

/// Attributes that name an arrow head.
const HEADS: [&str; 3] = ["marker-start", "marker-mid", "marker-end"];

/// The longest value of an attribute, in bytes; paths of large diagrams are a few kilobytes.
const MAX_VALUE: usize = 64 * 1024;

/// The rules for one diagram.
pub(super) struct Svg<'i> {
    /// What the ids of its arrow heads begin with.
    pub(super) prefix: &'i str,
    /// The whole picture, in which an arrow head that nothing names is left out.
    pub(super) raw: &'i str,
}

impl Rules for Svg<'_> {
    fn tag(&mut self, node: Node<'_, '_>) -> Result<Tag, String> {
        let name = node.tag_name().name();
        if OPENED.contains(&name) {
            return Ok(Tag::Inside);
        }
        // Labels are defined once and used where they stand; what they hold is written there.
        if name == "use" {
            let id = node.attribute("href").and_then(|href| href.strip_prefix('#'));
            return Ok(id.map_or(Tag::Drop, |id| Tag::Other(id.to_owned())));
        }
        let defined = node.parent_element().is_some_and(|parent| parent.tag_name().name() == "defs");
        if !ELEMENTS.contains(&name) || defined && name != "marker" {
            return Ok(Tag::Drop);
        }
        if name == "marker" {
            let id = node.attribute("id").unwrap_or_default();
            if !self.raw.contains(&format!("url(#{id})")) {
                return Ok(Tag::Drop);
            }
        }
        let mut kept = Vec::new();
        for attribute in node.attributes().filter(|attribute| attribute.namespace().is_none()) {
            let value = attribute.value().trim();
            if value.len() <= MAX_VALUE
                && let Some(pair) = self.attribute(name, attribute.name(), value)
            {
                kept.push(pair);
            }
        }
        // What the library says as a style stays as an attribute.
        for (key, value) in roles::declarations(node) {
            if STYLED.contains(&key)
                && !kept.iter().any(|(known, _)| *known == key)
                && let Some(pair) = self.attribute(name, key, value)
            {
                kept.push(pair);
            }
        }
        if name == "svg" {
            let is_root = node.parent_element().is_none();
            if is_root {
                let size = size(node).ok_or("it has no size")?;
                kept.retain(|(key, _)| !matches!(*key, "width" | "height" | "x" | "y"));
                kept.push(("width", size.0.to_string()));
                kept.push(("height", size.1.to_string()));
                kept.push(("focusable", "false".to_owned()));
            }
        }
        let look = roles::look(node);
        if look.unseen {
            return Ok(Tag::Drop);
        }
        if !look.classes.is_empty() {
            kept.push(("class", look.classes.join(" ")));
        }
        kept.extend(look.fill.map(|color| ("fill", color)));
        Ok(Tag::Keep(kept))
    }
}

impl Svg<'_> {
    fn attribute(&self, element: &str, key: &str, value: &str) -> Option<(&'static str, String)> {
        let find = |list: &[&'static str]| list.iter().find(|known| **known == key).copied();
        if let Some(key) = find(&NUMBERS) {
            return is_number(value).then(|| (key, value.to_owned()));
        }
        if let Some(key) = find(&GEOMETRY) {
            return is_geometry(value).then(|| (key, value.to_owned()));
        }
        if let Some((key, words)) = WORDS.iter().find(|(known, _)| *known == key) {
            let angle = *key == "orient" && is_number(value);
            return (angle || words.contains(&value)).then(|| (*key, value.to_owned()));
        }
        if let Some(key) = find(&HEADS) {
            let id = value.strip_prefix("url(#")?.strip_suffix(')')?;
            return is_id(id).then(|| (key, format!("url(#{}{id})", self.prefix)));
        }
        match (element, key) {
            ("marker", "id") => is_id(value).then(|| ("id", format!("{}{value}", self.prefix))),
            (_, "transform") => is_transform(value).then(|| ("transform", value.to_owned())),
            _ => None,
        }
    }
}

/// The width and height of what is seen, in whole pixels.
fn size(node: Node<'_, '_>) -> Option<(u32, u32)> {
    let numbers: Vec<f64> =
        node.attribute("viewBox")?.split_whitespace().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let &[_, _, width, height] = numbers.as_slice() else { return None };
    let whole = |length: f64| (1.0..=100_000.0).contains(&length).then_some(length.ceil() as u32);
    Some((whole(width)?, whole(height)?))
}

/// `-1.5`, `12px`, `1.1em`, `50%`, `1e-7`.
fn is_number(value: &str) -> bool {
    let digits = ["px", "em", "%"].iter().find_map(|unit| value.strip_suffix(unit)).unwrap_or(value);
    value.len() <= 32
        && digits.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b'-' | b'+' | b'e'))
        && digits.parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_geometry(value: &str) -> bool {
    value.bytes().all(|c| c.is_ascii_digit() || b" ,.+-eEMmLlHhVvCcSsQqTtAaZz\n".contains(&c))
}

fn is_transform(value: &str) -> bool {
    value.len() <= 256
        && value.split_inclusive(')').all(|part| {
            let Some((name, rest)) = part.trim_start_matches([' ', ',']).split_once('(') else {
                return part.trim().is_empty();
            };
            matches!(name.trim(), "translate" | "rotate" | "scale" | "matrix" | "skewX" | "skewY")
                && rest.ends_with(')')
                && rest[..rest.len() - 1].bytes().all(|c| c.is_ascii_digit() || b" ,.+-e".contains(&c))
        })
}

fn is_id(value: &str) -> bool {
    (1..=200).contains(&value.len()) && value.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_".contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::allow::rewrite;

    fn check(svg: &str) -> String {
        let whole = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9.5 8\">{svg}</svg>");
        let html = rewrite(&whole, &mut Svg { prefix: "p-", raw: &whole })
            .unwrap_or_else(|reason| format!("not drawn: {reason}"));
        html.strip_prefix("<svg viewBox=\"0 0 9.5 8\" width=\"10\" height=\"8\" focusable=\"false\">")
            .and_then(|html| html.strip_suffix("</svg>"))
            .map_or(html.clone(), str::to_owned)
    }

    #[test]
    fn only_shapes_and_text_stay() {
        for (svg, expected) in [
            ("<script>x</script><style>*{}</style><foreignObject><b>x</b></foreignObject>", ""),
            ("<image href=\"http://x\"/><use href=\"#a\"/><animate onbegin=\"x\"/>", ""),
            (
                "<a href=\"javascript:x\"><text x=\"1\" onclick=\"x\">t &lt;b></text></a>",
                "<text x=\"1\">t &lt;b&gt;</text>",
            ),
            ("<g transform=\"translate(1,2) rotate(-3)\"/>", "<g transform=\"translate(1,2) rotate(-3)\"></g>"),
            ("<g transform=\"url(x)\" style=\"background:url(x)\" id=\"y\"/>", "<g></g>"),
            ("<marker id=\"a\"/>", ""),
            (
                "<marker id=\"a\" refX=\"calc(1)\"/><g marker-end=\"url(#a)\"/>",
                "<marker id=\"p-a\"></marker><g marker-end=\"url(#p-a)\"></g>",
            ),
            (
                "<line x1=\"1e9999\" x2=\"2\" marker-end=\"url(#a)\" filter=\"url(#b)\"/>",
                "<line x2=\"2\" marker-end=\"url(#p-a)\" class=\"doc-diagram__line\"></line>",
            ),
            ("<line marker-end=\"url(http://x)\"/>", "<line class=\"doc-diagram__line\"></line>"),
        ] {
            assert_eq!(check(svg), expected, "{svg}");
        }
        assert!(check("<g>&x;</g>").starts_with("not drawn"));
    }
}
