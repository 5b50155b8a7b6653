//! Numbers with units in a sentence: "from 3 days to 4 hours".

use crate::query::fold;

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// Folded; marks such as `%` and `→` are words of their own.
    Word(String),
}

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    pub value: f64,
    /// The unit's word; empty where there is none.
    pub unit: String,
}

/// Minutes in a unit of time by the clock, and in a working week of five days of eight hours.
const UNITS: [(&[&str], f64, f64); 6] = [
    (&["s", "sec", "secs", "second", "seconds", "sekunde", "sekunden", "seconde", "secondes"], 1.0 / 60.0, 1.0 / 60.0),
    (&["min", "mins", "minute", "minutes", "minuten", "minuti", "minutos"], 1.0, 1.0),
    (
        &["h", "hr", "hrs", "hour", "hours", "stunde", "stunden", "heure", "heures", "ora", "ore", "hora", "horas"],
        60.0,
        60.0,
    ),
    (
        &["d", "day", "days", "wd", "workdays", "tag", "tage", "tagen", "jour", "jours", "giorni", "dias"],
        1_440.0,
        480.0,
    ),
    (&["w", "week", "weeks", "woche", "wochen", "semaine", "semaines", "settimane", "semanas"], 10_080.0, 2_400.0),
    (&["month", "months", "monat", "monate", "monaten", "mois", "mesi", "meses"], 43_200.0, 10_080.0),
];

const WORDS_FOR_NUMBERS: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/// Words between a number and its unit, or between a number and the word before it.
const FILLERS: [&str; 20] = [
    "about",
    "around",
    "roughly",
    "nearly",
    "almost",
    "over",
    "only",
    "just",
    "some",
    "working",
    "business",
    "calendar",
    "full",
    "more",
    "than",
    "under",
    "currently",
    "today",
    "now",
    "down",
];
const FROM: [&str; 6] = ["from", "von", "vom", "de", "da", "desde"];
const TO: [&str; 8] = ["to", "auf", "a", "hasta", "→", "->", "=>", "bis"];

/// Splits a sentence into numbers and words.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '0'..='9' => {
                let length = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
                let length = rest[..length].trim_end_matches(['.', ',']).len();
                tokens.extend(number(&rest[..length]).map(Token::Number));
                length
            }
            _ if c.is_alphabetic() => {
                let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                let word = fold(&rest[..length]);
                match WORDS_FOR_NUMBERS.iter().position(|name| *name == word) {
                    Some(number) => tokens.push(Token::Number(number as f64)),
                    None => tokens.push(Token::Word(word)),
                }
                length
            }
            '-' | '=' if rest[1..].starts_with('>') => {
                tokens.push(Token::Word(rest[..2].to_owned()));
                2
            }
            '%' | '→' | '-' | '−' | '+' => {
                tokens.push(Token::Word(c.to_string()));
                c.len_utf8()
            }
            _ => c.len_utf8(),
        };
        rest = &rest[length..];
    }
    tokens
}

/// `1,840` is one thousand and more; `2,5` is two and a half.
fn number(text: &str) -> Option<f64> {
    let mut parts = text.split(',');
    let first = parts.next()?;
    let thousands = text.contains(',') && !first.is_empty() && parts.all(|part| part.len() == 3);
    let plain = if thousands { text.replace(',', "") } else { text.replace(',', ".") };
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The first "from … to …" of a sentence: both ends, and where the second one's tokens end.
pub(super) fn change(tokens: &[Token]) -> Option<(Quantity, Quantity, usize)> {
    let is =
        |at: usize, list: &[&str]| matches!(tokens.get(at), Some(Token::Word(word)) if list.contains(&word.as_str()));
    for start in 0..tokens.len() {
        let arrow = matches!(tokens.get(start), Some(Token::Number(_)));
        if !arrow && !is(start, &FROM) {
            continue;
        }
        let Some((mut first, after)) = quantity(tokens, if arrow { start } else { start + 1 }) else { continue };
        let between = (after..(after + 4).min(tokens.len())).find(|at| is(*at, &TO));
        let Some(to) = between.filter(|at| !arrow || (*at == after && is(*at, &["→", "->", "=>"]))) else { continue };
        let Some((second, end)) = quantity(tokens, to + 1) else { continue };
        if first.unit.is_empty() {
            first.unit.clone_from(&second.unit);
        }
        return Some((first, second, end));
    }
    None
}

/// A number within the next few words, with its unit, and where both end.
fn quantity(tokens: &[Token], from: usize) -> Option<(Quantity, usize)> {
    let is_filler = |token: &Token| matches!(token, Token::Word(word) if FILLERS.contains(&word.as_str()));
    let skip = |from: usize| (from..tokens.len()).find(|at| !is_filler(&tokens[*at])).unwrap_or(tokens.len());
    let at = skip(from);
    let Token::Number(value) = tokens.get(at)? else { return None };
    let unit_at = skip(at + 1);
    match tokens.get(unit_at) {
        Some(Token::Word(word)) if !TO.contains(&word.as_str()) && !FROM.contains(&word.as_str()) => {
            Some((Quantity { value: *value, unit: word.clone() }, unit_at + 1))
        }
        _ => Some((Quantity { value: *value, unit: String::new() }, at + 1)),
    }
}

/// Both quantities in the same unit: by the clock and, for time, in working days. Empty where their
/// units cannot be compared.
pub(super) fn readings(first: &Quantity, second: &Quantity) -> Vec<(f64, f64)> {
    let unit = |name: &str| UNITS.iter().find(|(names, ..)| names.contains(&name));
    match (unit(&first.unit), unit(&second.unit)) {
        (Some((_, clock_a, work_a)), Some((_, clock_b, work_b))) => {
            let clock = (first.value * clock_a, second.value * clock_b);
            let work = (first.value * work_a, second.value * work_b);
            // The same unit on both sides leaves nothing to choose.
            if clock_a == clock_b { vec![clock] } else { vec![clock, work] }
        }
        (None, None) if first.unit == second.unit || second.unit.is_empty() || first.unit.is_empty() => {
            vec![(first.value, second.value)]
        }
        (Some(_), None) | (None, Some(_)) if second.unit.is_empty() => vec![(first.value, second.value)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(f64, String, f64, String)> {
        let (a, b, _) = change(&tokens(text))?;
        Some((a.value, a.unit, b.value, b.unit))
    }

    #[test]
    fn both_ends_of_a_change_are_read() {
        let parts = |a: f64, au: &str, b: f64, bu: &str| Some((a, au.to_owned(), b, bu.to_owned()));
        assert_eq!(read("Cut it from 3 days to 4 hours, by 60 %"), parts(3.0, "days", 4.0, "hours"));
        assert_eq!(read("from three working days down to about 4h"), parts(3.0, "days", 4.0, "h"));
        assert_eq!(read("von 2,5 Tagen auf 4 Stunden"), parts(2.5, "tagen", 4.0, "stunden"));
        assert_eq!(read("22 min → 10 min"), parts(22.0, "min", 10.0, "min"));
        assert_eq!(read("from 1,840 to 920 builds"), parts(1840.0, "builds", 920.0, "builds"));
        assert_eq!(read("from Monday to Friday"), None);
        assert_eq!(read("3 to 4 hours"), None, "a range is no change");
    }

    #[test]
    fn days_and_hours_have_two_readings() {
        let quantity = |value: f64, unit: &str| Quantity { value, unit: unit.to_owned() };
        assert_eq!(readings(&quantity(3.0, "days"), &quantity(4.0, "hours")), [(4320.0, 240.0), (1440.0, 240.0)]);
        assert_eq!(readings(&quantity(4.0, "days"), &quantity(1.0, "day")), [(5760.0, 1440.0)]);
        assert_eq!(readings(&quantity(4.0, "teams"), &quantity(1.0, "service")), []);
        assert_eq!(readings(&quantity(4.0, ""), &quantity(1.0, "")), [(4.0, 1.0)]);
    }
}
