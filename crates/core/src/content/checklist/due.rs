//! Deadlines in sentences and windows in headings.

use crate::journey::Offset;

/// The deadline that a text states: "within 60 days", "by the end of week 2".
pub(super) fn deadline(text: &str) -> Option<Offset> {
    let lower = text.to_lowercase();
    let within = lower.match_indices("within ").find_map(|(at, word)| span(&lower[at + word.len()..]));
    within.or_else(|| {
        let mut each = lower.match_indices("by end of ").chain(lower.match_indices("by the end of "));
        each.find_map(|(at, word)| end_of(&lower[at + word.len()..]))
    })
}

/// Whether a text says that something comes again.
pub(super) fn recurs(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["annually", "every year", "once a year", "quarterly", "every month"].iter().any(|word| lower.contains(word))
}

/// "60 days", "the first two weeks", "3 working days", "24 hours".
fn span(text: &str) -> Option<Offset> {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let mut first = false;
    while let Some(word) = words.next_if(|word| matches!(*word, "the" | "your" | "their" | "first" | "a" | "an")) {
        first |= matches!(word, "first" | "a" | "an");
    }
    let count = match words.peek().and_then(|word| number(word)) {
        Some(count) => {
            words.next();
            count
        }
        None if first => 1,
        None => return None,
    };
    match words.next()? {
        "working" | "business" if words.next().is_some_and(|unit| unit.starts_with("day")) => {
            Some(Offset::WorkingDay(i32::try_from(count).ok().filter(|count| (1..=999).contains(count))?))
        }
        "hour" | "hours" => calendar(count.div_ceil(24)),
        "day" | "days" => calendar(count),
        "week" | "weeks" => calendar(count.checked_mul(7)?),
        "month" | "months" => calendar(count.checked_mul(30)?),
        _ => None,
    }
}

fn calendar(days: u32) -> Option<Offset> {
    (1..=3660).contains(&days).then_some(Offset::CalendarDays(days))
}

/// "week 2", "your first week", "day 3".
fn end_of(text: &str) -> Option<Offset> {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut word = words.next()?;
    let mut first = false;
    while matches!(word, "the" | "your" | "their" | "first") {
        first |= word == "first";
        word = words.next()?;
    }
    let count = words.next().and_then(number).or(first.then_some(1)).filter(|count| (1..=99).contains(count))? as i32;
    Some(Offset::WorkingDay(count * days_of(word)?))
}

/// Working days of a unit.
fn days_of(unit: &str) -> Option<i32> {
    match unit {
        "day" | "days" => Some(1),
        "week" | "weeks" => Some(5),
        "month" | "months" => Some(22),
        _ => None,
    }
}

fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    const TENS: [(&str, u32); 4] = [("twenty", 20), ("thirty", 30), ("sixty", 60), ("ninety", 90)];
    let named = WORDS.iter().position(|name| *name == word).map(|at| at as u32 + 1);
    let tens = TENS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    word.parse().ok().or(named).or(tens)
}

/// First and last day of a phase, where its heading names them: "Day 1", "Week 2–4", "First month".
pub(super) fn window(heading: &str) -> Option<(Option<Offset>, Option<Offset>)> {
    let lower = heading.to_lowercase().replace(['–', '—', '-'], " - ");
    let words: Vec<&str> =
        lower.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()).collect();
    let before = ["before you start", "before you arrive", "before your first day", "before day 1", "before day one"];
    let joined = words.join(" ");
    if before.iter().any(|phrase| joined.contains(phrase))
        || joined.contains("pre - boarding")
        || joined.contains("preboarding")
    {
        return Some((None, Some(Offset::WorkingDay(-1))));
    }
    (0..words.len()).find_map(|at| window_at(&words[at..]))
}

fn window_at(words: &[&str]) -> Option<(Option<Offset>, Option<Offset>)> {
    let in_range = |number: &u32| (1..=99).contains(number);
    let (unit, from, to) = match words {
        ["first", unit, ..] if days_of(unit).is_some() => (days_of(unit)?, 1, 1),
        ["first", count, unit, ..] => (days_of(unit)?, 1, number(count).filter(in_range)?),
        [unit, from, "-" | "to", to, ..] if number(to).is_some() => {
            (days_of(unit)?, number(from).filter(in_range)?, number(to).filter(in_range)?)
        }
        [unit, from, ..] => {
            let from = number(from).filter(in_range)?;
            (days_of(unit)?, from, from)
        }
        _ => return None,
    };
    let (from, to) = (from as i32, to as i32);
    (from <= to).then(|| (Some(Offset::WorkingDay((from - 1) * unit + 1)), Some(Offset::WorkingDay(to * unit))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_read_from_sentences() {
        for (text, due) in [
            ("Take the course within 60 days of joining", Some("P60D")),
            ("Answer within two weeks", Some("P14D")),
            ("Hand in the badge within 24 hours", Some("P1D")),
            ("Meet within your first week", Some("P7D")),
            ("Finish within 3 working days", Some("3wd")),
            ("Done by the end of week 2", Some("10wd")),
            ("Done by the end of your first month", Some("22wd")),
            ("Ask within the team", None),
            ("Passwords expire every 60 days", None),
            ("within 99999999999999 days", None),
        ] {
            assert_eq!(deadline(text).map(|due| due.to_string()).as_deref(), due, "{text}");
        }
    }

    #[test]
    fn windows_are_read_from_headings() {
        for (heading, expected) in [
            ("Day 1", Some(("1wd", "1wd"))),
            ("Week 2 – first changes", Some(("6wd", "10wd"))),
            ("Weeks 2-4", Some(("6wd", "20wd"))),
            ("Your first month", Some(("1wd", "22wd"))),
            ("First 2 weeks", Some(("1wd", "10wd"))),
            ("Setup (day two)", Some(("2wd", "2wd"))),
            ("Day-to-day work", None),
            ("Week plan", None),
            ("Monday", None),
        ] {
            let found =
                window(heading).map(|(from, to)| (from.expect("from").to_string(), to.expect("to").to_string()));
            assert_eq!(found, expected.map(|(from, to)| (from.to_owned(), to.to_owned())), "{heading}");
        }
        assert_eq!(window("Before your first day"), Some((None, Some(Offset::WorkingDay(-1)))));
    }
}
