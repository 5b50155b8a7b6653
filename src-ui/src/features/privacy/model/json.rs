//! JSON in lines and colours. It only cuts the text: put together again, the parts are the text.

/// What a piece of JSON is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The name of a field.
    Key,
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true`, `false` or `null`.
    Word,
    /// Brackets, commas, colons and spaces.
    Mark,
}

/// One line of indented JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JsonLine {
    /// How deep it is indented, in steps of two spaces.
    pub(crate) depth: u8,
    /// Its parts, without the indentation.
    pub(crate) parts: Vec<(Part, String)>,
}

/// Cuts indented JSON into lines and parts. Whatever is not JSON becomes [`Part::Mark`].
pub(crate) fn lines(json: &str) -> Vec<JsonLine> {
    json.lines()
        .map(|line| {
            let text = line.trim_start_matches(' ');
            let depth = u8::try_from((line.len() - text.len()) / 2).unwrap_or(u8::MAX);
            JsonLine { depth, parts: parts(text) }
        })
        .collect()
}

/// The same JSON in lines. Only spaces between its parts are added, so that nothing is said that was not sent.
pub(crate) fn indented(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let mut letters = json.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        if quoted {
            out.push(letter);
            quoted = escaped || letter != '"';
            escaped = letter == '\\' && !escaped;
            continue;
        }
        match letter {
            '"' => {
                quoted = true;
                out.push(letter);
            }
            '{' | '[' => {
                out.push(letter);
                while letters.next_if(|next| next.is_whitespace()).is_some() {}
                if let Some(end) = letters.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(end);
                } else {
                    depth += 1;
                    line_break(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line_break(&mut out, depth);
                out.push(letter);
            }
            ',' => {
                out.push(letter);
                line_break(&mut out, depth);
            }
            ':' => out.push_str(": "),
            _ if letter.is_whitespace() => {}
            _ => out.push(letter),
        }
    }
    out
}

fn line_break(out: &mut String, depth: usize) {
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
}

/// How many bytes the same JSON has without indentation, which is how it is kept.
pub(crate) fn compact_bytes(json: &str) -> usize {
    json.lines()
        .flat_map(|line| parts(line.trim_start_matches(' ')))
        .map(|(part, text)| match part {
            Part::Mark => text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count(),
            Part::Key | Part::Text | Part::Number | Part::Word => text.len(),
        })
        .sum()
}

fn parts(line: &str) -> Vec<(Part, String)> {
    let mut list: Vec<(Part, String)> = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (part, length) = match first {
            '"' => {
                let length = string_length(rest);
                let is_key = rest[length..].trim_start().starts_with(':');
                (if is_key { Part::Key } else { Part::Text }, length)
            }
            '-' | '0'..='9' => {
                (Part::Number, run(rest, |c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E')))
            }
            'a'..='z' => (Part::Word, run(rest, |c| c.is_ascii_lowercase())),
            _ => (Part::Mark, run(rest, |c| c != '"' && c != '-' && !c.is_ascii_alphanumeric())),
        };
        // A stray capital letter belongs to no part; it must still move the scan on.
        let length = length.max(first.len_utf8());
        let (text, after) = rest.split_at(length);
        list.push((part, text.to_owned()));
        rest = after;
    }
    list
}

/// Bytes of the string at the start of `text`, with both quotes; all of it where the end is missing.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Vec<(Part, &str)> {
        let list = parts(line);
        list.into_iter()
            .map(|(part, text)| (part, &line[line.find(&text).expect("it was cut from the line")..][..text.len()]))
            .collect()
    }

    #[test]
    fn what_was_sent_is_only_spread_out() {
        let sent = r#"{"id":"a:b,{}","quote":"\"","list":[],"data":{"n":1,"on":true}}"#;
        let shown = indented(sent);
        assert_eq!(
            shown,
            "{\n  \"id\": \"a:b,{}\",\n  \"quote\": \"\\\"\",\n  \"list\": [],\n  \"data\": {\n    \"n\": 1,\n    \"on\": true\n  }\n}"
        );
        assert_eq!(compact_bytes(&shown), sent.len(), "not one letter more or less");
        assert_eq!(indented("not json"), "notjson", "what is no JSON is still shown");
    }

    #[test]
    fn keys_and_texts_differ() {
        assert_eq!(
            one(r#""step": "vpn: \"client\"","#),
            [(Part::Key, r#""step""#), (Part::Mark, ": "), (Part::Text, r#""vpn: \"client\"""#), (Part::Mark, ",")]
        );
    }

    #[test]
    fn numbers_and_words_have_their_own_colour() {
        assert_eq!(parts(r#""a": -3.5e2, true"#)[2], (Part::Number, "-3.5e2".to_owned()));
        assert_eq!(parts("null"), [(Part::Word, "null".to_owned())]);
    }

    #[test]
    fn lines_know_their_depth() {
        let depths: Vec<u8> = lines("{\n  \"a\": [\n    1\n  ]\n}").into_iter().map(|line| line.depth).collect();
        assert_eq!(depths, [0, 1, 2, 1, 0]);
    }

    #[test]
    fn nothing_is_lost_even_of_broken_json() {
        for text in [r#"{ "a": "ä"#, "NaN, ü", r#""open \"#, "", "-", "Ärger"] {
            let again: String = parts(text).into_iter().map(|(_, part)| part).collect();
            assert_eq!(again, text);
        }
    }

    #[test]
    fn the_size_is_that_of_the_kept_bytes() {
        assert_eq!(compact_bytes("{\n  \"a b\": [\n    1,\n    null\n  ]\n}"), r#"{"a b":[1,null]}"#.len());
    }
}
