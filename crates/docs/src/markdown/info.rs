//! The line behind a code fence: language, title, marked lines.

use super::attrs::{self, Attrs};

/// What a fence says about its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Info {
    /// The language as written, lower case; empty when there is none.
    pub(crate) language: String,
    /// `title="…"`.
    pub(crate) title: Option<String>,
    /// Lines of the code, counted from 1, that are marked.
    pub(crate) marked: Vec<(u32, u32)>,
    /// Whether lines are numbered.
    pub(crate) numbered: bool,
    /// The attribute list in braces, without what the other fields say.
    pub(crate) attrs: Attrs,
}

/// Reads an info string: `yaml title="a" hl_lines="1 3-4"`, `{ .yaml .annotate }`, `yaml{1,3}`.
pub(crate) fn read(info: &str) -> Info {
    let info = info.trim();
    let end = info.find(|c: char| c.is_whitespace() || matches!(c, '{' | ',')).unwrap_or(info.len());
    let (word, rest) = info.split_at(end);
    // Some write the options straight away, without a language.
    let (word, rest) = if word.contains('=') { ("", info) } else { (word, rest) };
    let rest = rest.trim_start_matches(',').trim();
    let mut out = Info { language: word.trim_start_matches('.').to_lowercase(), ..Info::default() };
    let braces = rest.strip_prefix('{').map(|inside| {
        // Braces may stand in quotes.
        let end = attrs::at_start(rest).map(|(_, length)| length - 2).or_else(|| inside.find('}'));
        end.map_or((inside, ""), |end| (&inside[..end], &inside[end + 1..]))
    });
    if let Some((inside, after)) = braces {
        if inside.starts_with(|c: char| c.is_ascii_digit()) {
            out.marked = ranges(inside);
        } else {
            if let Some(attrs) = attrs::read(inside) {
                keep_rest(&attrs, &mut out);
            }
            options(inside, &mut out);
        }
        options(after, &mut out);
    } else {
        options(rest, &mut out);
    }
    out
}

/// Keeps what a list in braces says beyond the options of code.
fn keep_rest(attrs: &Attrs, out: &mut Info) {
    let known = ["title", "filename", "hl_lines", "highlight", "linenums", "linenostart", "use_pygments"];
    out.attrs = attrs.clone();
    if attrs.get("use_pygments").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        // The others are settings of the highlighter as well.
        out.attrs.values.clear();
    }
    out.attrs.values.retain(|(key, _)| !known.contains(&key.as_str()));
}

fn options(text: &str, out: &mut Info) {
    let Some(attrs) = attrs::read(text) else { return };
    if out.language.is_empty()
        && let Some(language) =
            attrs.classes.iter().find(|class| !matches!(class.as_str(), "annotate" | "copy" | "select" | "no-copy"))
    {
        out.language = language.to_lowercase();
    }
    let value = |keys: &[&str]| keys.iter().find_map(|key| attrs.get(key));
    if let Some(title) = value(&["title", "filename"]) {
        out.title = Some(title.to_owned()).filter(|title| !title.trim().is_empty());
    }
    if let Some(lines) = value(&["hl_lines", "highlight"]) {
        out.marked = ranges(lines);
    }
    if let Some(numbers) = value(&["linenums", "linenostart"]) {
        out.numbered = !matches!(numbers.trim(), "" | "0" | "false");
    }
}

/// `1 3-4` or `1,3-4`; what is no number is left out.
fn ranges(text: &str) -> Vec<(u32, u32)> {
    text.split([' ', ','])
        .filter_map(|part| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            Some((from.trim().parse().ok()?, to.trim().parse().ok()?))
        })
        .take(256)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn info_strings_in_all_their_forms() {
        let check = |info: &str| {
            let info = read(info);
            format!("{} {:?} {:?} {}", info.language, info.title, info.marked, info.numbered)
        };
        assert_eq!(check("YAML"), "yaml None [] false");
        assert_eq!(
            check(r#"yaml title="a b.yml" hl_lines="1 3-4" linenums="1""#),
            r#"yaml Some("a b.yml") [(1, 1), (3, 4)] true"#
        );
        assert_eq!(check(r#"{ .yaml .annotate title="x" }"#), r#"yaml Some("x") [] false"#);
        assert_eq!(check("{.python hl_lines=2}"), "python None [(2, 2)] false");
        assert_eq!(check("yaml{1,3}"), "yaml None [(1, 1), (3, 3)] false");
        assert_eq!(check("rust,ignore"), "rust None [] false");
        assert_eq!(check(r#"title="only""#), r#" Some("only") [] false"#);
        assert_eq!(check(""), " None [] false");
    }
}
