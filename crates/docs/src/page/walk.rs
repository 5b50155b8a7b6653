//! Canonical HTML, as the sanitiser writes it, piece by piece.
//!
//! In that form `<` stands only at the start of a tag, attribute values are always in double quotes,
//! and no element holds raw text. Nothing else may be given to this reader.

/// A piece of canonical HTML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Text, entities and all.
    Text(&'a str),
    /// A start tag.
    Open { name: &'a str, attributes: Vec<(&'a str, &'a str)>, source: &'a str },
    /// An end tag.
    Close(&'a str),
}

/// The pieces of `html` in order.
pub(crate) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, length) = match rest.strip_prefix('<') {
            None => {
                let length = rest.find('<').unwrap_or(rest.len());
                (Piece::Text(&rest[..length]), length)
            }
            Some(inside) => tag(rest, inside),
        };
        rest = &rest[length..];
        Some(piece)
    })
}

fn tag<'a>(rest: &'a str, inside: &'a str) -> (Piece<'a>, usize) {
    if let Some(inside) = inside.strip_prefix('/') {
        let end = inside.find('>').unwrap_or(inside.len());
        return (Piece::Close(&inside[..end]), (end + 3).min(rest.len()));
    }
    let name_end = inside.find([' ', '>']).unwrap_or(inside.len());
    let mut attributes = Vec::new();
    let mut at = name_end;
    while let Some(after) = inside[at..].strip_prefix(' ') {
        let Some((name, value)) = after.split_once("=\"") else { break };
        let Some(end) = value.find('"') else { break };
        attributes.push((name, &value[..end]));
        at += 1 + name.len() + 2 + end + 1;
    }
    let end = inside[at..].find('>').map_or(inside.len(), |end| at + end);
    let length = (1 + end + 1).min(rest.len());
    (Piece::Open { name: &inside[..name_end], attributes, source: &rest[..length] }, length)
}

/// The text behind the entities of canonical HTML.
pub(crate) fn decode(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    // `&amp;` comes last, so that what it makes is not decoded once more.
    value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_text_are_told_apart() {
        let list: Vec<_> = pieces("a &lt;<p class=\"x > y\" id=\"\">b</p><br>").collect();
        assert_eq!(
            list,
            [
                Piece::Text("a &lt;"),
                Piece::Open {
                    name: "p",
                    attributes: vec![("class", "x > y"), ("id", "")],
                    source: "<p class=\"x > y\" id=\"\">"
                },
                Piece::Text("b"),
                Piece::Close("p"),
                Piece::Open { name: "br", attributes: vec![], source: "<br>" },
            ]
        );
        assert_eq!(decode("a&amp;lt;&quot;"), "a&lt;\"");
    }

    #[test]
    fn anything_at_all_is_read_to_its_end() {
        for text in ["<", "</", "<a", "<a b=\"", "<a b=\"c", "<a b", "<>", "</>x", "a<b>c<d e=\"f\"g>"] {
            assert!(pieces(text).count() > 0, "{text}");
        }
    }
}
