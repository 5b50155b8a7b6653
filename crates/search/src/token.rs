//! A text's words: parts of names, names as a whole, and pairs of characters where no spaces are
//! written.

use unicode_normalization::char::is_combining_mark;

use crate::fold::{fold, lower};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands, in bytes.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) form: Form,
}

/// How a word is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Letters and digits: `cluster`, `k8s`, `StatefulSet` with the parts that its capitals show.
    Plain(Part),
    /// A name held together by signs: `kubectl_apply`, `dry-run`, `foo::bar`, `config.yaml`, `c++`.
    Name { whole: String, parts: Vec<Part> },
    /// Characters of a script without spaces between words, folded.
    Run(Vec<char>),
}

/// Letters and digits between signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Lower case, with accents.
    pub(crate) lower: String,
    /// The form that is compared.
    pub(crate) folded: String,
    /// `stateful`, `set`.
    pub(crate) humps: Vec<String>,
}

/// The words of a text in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some(&(start, c)) = chars.peek() {
        let of = class(c);
        if matches!(of, Class::Letter | Class::Unspaced) {
            let mut end = start;
            while let Some(&(at, c)) = chars.peek() {
                if !continues(of, c, &text[at..]) {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            match of {
                Class::Unspaced => run(text, start, end, &mut found),
                _ => chunk(text, start, end, &mut found),
            }
        } else {
            chars.next();
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Unspaced,
    Joiner,
    Mark,
    Other,
}

fn class(c: char) -> Class {
    match c {
        '_' | '-' | '.' | ':' | '\'' | '’' | '@' | '+' | '#' => Class::Joiner,
        // Thai, Lao, Burmese, Khmer; then kana, bopomofo, hangul, Han with their extensions.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            if c.is_alphanumeric() || is_combining_mark(c) =>
        {
            Class::Unspaced
        }
        '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}'
        | '\u{3105}'..='\u{312f}'
        | '\u{31a0}'..='\u{31bf}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{323af}'
            if c != '・' =>
        {
            Class::Unspaced
        }
        c if c.is_alphanumeric() => Class::Letter,
        c if is_combining_mark(c) => Class::Mark,
        _ => Class::Other,
    }
}

/// Whether a chunk that began with `of` goes on with `c`, the first character of `rest`.
fn continues(of: Class, c: char, rest: &str) -> bool {
    match (of, class(c)) {
        (_, Class::Mark) => true,
        (Class::Unspaced, next) => next == Class::Unspaced,
        // One sign, or the two colons of a path, between letters; more are a dash or an ellipsis.
        (_, Class::Joiner) => {
            let second = rest[c.len_utf8()..].chars().next();
            match second {
                Some(':') if c == ':' => true,
                Some(next) => {
                    matches!(class(next), Class::Letter | Class::Mark)
                        || matches!((c, next), ('+', '+'))
                        || is_suffix(c)
                }
                None => is_suffix(c),
            }
        }
        (_, next) => next == Class::Letter,
    }
}

/// The signs that end names of languages.
fn is_suffix(c: char) -> bool {
    matches!(c, '+' | '#')
}

/// A run of a script without spaces.
fn run(text: &str, start: usize, end: usize, found: &mut Vec<Word>) {
    let chars: Vec<char> = fold(&lower_unlimited(&text[start..end])).chars().collect();
    if !chars.is_empty() {
        found.push(Word { start, end, form: Form::Run(chars) });
    }
}

/// Runs are cut into pairs afterwards, so their length does not matter.
fn lower_unlimited(run: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    run.nfkc().collect()
}

/// A run of letters, digits and joiners.
fn chunk(text: &str, start: usize, end: usize, found: &mut Vec<Word>) {
    // An apostrophe separates; what is short behind one is an ending: `user's`, `don't`, `we'll`.
    let mut at = start;
    for (index, piece) in text[start..end].split(['\'', '’']).enumerate() {
        let from = at;
        at += piece.len() + text[at + piece.len()..end].chars().next().map_or(0, char::len_utf8);
        if index > 0 && piece.chars().count() <= 2 {
            continue;
        }
        name(text, from, from + piece.len(), found);
    }
}

fn name(text: &str, start: usize, end: usize, found: &mut Vec<Word>) {
    let mut parts = Vec::new();
    let mut from = start;
    let is_joiner = |c: char| class(c) == Class::Joiner;
    for piece in text[start..end].split(is_joiner) {
        let to = from + piece.len();
        if !piece.is_empty() {
            parts.extend(part(text, from, to));
        }
        from = to + text[to..end].chars().next().map_or(0, char::len_utf8);
    }
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
    let (start, inner_end) = (first.start, last.end);
    let suffix: usize = text[inner_end..end].chars().take_while(|c| is_suffix(*c)).take(2).map(char::len_utf8).sum();
    let end = inner_end + suffix;
    match <[Part; 1]>::try_from(parts) {
        Ok([only]) if suffix == 0 => found.push(Word { start, end, form: Form::Plain(only) }),
        Ok([only]) => found.push(named(text, start, end, vec![only])),
        Err(parts) => found.push(named(text, start, end, parts)),
    }
}

fn named(text: &str, start: usize, end: usize, parts: Vec<Part>) -> Word {
    Word { start, end, form: Form::Name { whole: fold(&lower(&text[start..end])), parts } }
}

fn part(text: &str, start: usize, end: usize) -> Option<Part> {
    let written = &text[start..end];
    let lower = lower(written);
    let folded = fold(&lower);
    (!folded.is_empty()).then(|| Part { start, end, humps: humps(written, &folded), lower, folded })
}

/// The parts that capitals show: `readFile`, `HTTPServer`; none where there is only one.
fn humps(written: &str, folded: &str) -> Vec<String> {
    if !written.is_ascii() || written.len() != folded.len() {
        return Vec::new();
    }
    let bytes = written.as_bytes();
    let mut cuts = vec![0];
    for at in 1..bytes.len() {
        let (before, here) = (bytes[at - 1], bytes[at]);
        let next_is_small = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        let starts =
            here.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_uppercase() && next_is_small);
        if starts {
            cuts.push(at);
        }
    }
    if cuts.len() == 1 {
        return Vec::new();
    }
    cuts.push(folded.len());
    // One letter says nothing: `eBPF`, `iOS`.
    cuts.windows(2).filter(|cut| cut[1] - cut[0] > 1).map(|cut| folded[cut[0]..cut[1]].to_owned()).collect()
}

/// The pairs of a run; a run of one character is that character.
pub(crate) fn pairs(run: &[char]) -> Vec<String> {
    match run {
        [only] => vec![only.to_string()],
        run => run.windows(2).map(|pair| pair.iter().collect()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        words(text)
            .into_iter()
            .map(|word| match word.form {
                Form::Plain(part) if part.humps.is_empty() => part.folded,
                Form::Plain(part) => format!("{}({})", part.folded, part.humps.join(" ")),
                Form::Name { whole, parts } => {
                    let parts: Vec<String> = parts.into_iter().map(|part| part.folded).collect();
                    format!("{whole}[{}]", parts.join(" "))
                }
                Form::Run(run) => format!("<{}>", pairs(&run).join(" ")),
            })
            .collect()
    }

    #[test]
    fn names_of_code_are_whole_and_in_parts() {
        for (text, expected) in [
            ("run kubectl_apply --dry-run.", &["run", "kubectl_apply[kubectl apply]", "dry-run[dry run]"] as &[_]),
            ("`foo::bar` in config.yaml:", &["foo::bar[foo bar]", "in", "config.yaml[config yaml]"]),
            ("C++ and C#, v1.2", &["c++[c]", "and", "c#[c]", "v1.2[v1 2]"]),
            (
                "StatefulSet HTTPServer iOS k8s",
                &["statefulset(stateful set)", "httpserver(http server)", "ios(os)", "k8s"],
            ),
            ("the user's, don't; l'eau", &["the", "user", "don", "l", "eau"]),
            ("wait...what a--b __init__ x - y", &["wait", "what", "a", "b", "init", "x", "y"]),
            ("https://a.example/x_y", &["https", "a.example[a example]", "x_y[x y]"]),
            ("Kubernetes入門ガイド", &["kubernetes", "<入門 門ガ ガイ イド>"]),
            ("日 한국어", &["<日>", "<한국 국어>"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "é x_y 日本, don't";
        for word in words(text) {
            assert!(text.is_char_boundary(word.start) && text.is_char_boundary(word.end) && word.start < word.end);
        }
        let second = &words(text)[1];
        assert_eq!(&text[second.start..second.end], "x_y");
    }
}
