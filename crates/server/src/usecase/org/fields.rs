//! The fields of a table of people.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date, tz::TimeZone};

use crate::auth::Role;

/// Characters of a key, a name or a team, at most.
const LONGEST: usize = 200;
/// Days of one range of days off, at most.
const LONGEST_LEAVE: usize = 366;

/// A text for people: one line without control characters.
pub(crate) fn words(text: &str) -> Result<String, String> {
    if text.chars().any(char::is_control) {
        return Err("has a line break or another control character in it".to_owned());
    }
    if text.chars().count() > LONGEST {
        return Err(format!("has more than {LONGEST} characters"));
    }
    Ok(text.to_owned())
}

/// A key; case does not matter.
pub(crate) fn key(text: &str) -> Result<String, String> {
    if text.chars().any(char::is_whitespace) {
        return Err(format!("{text:?} has a blank in it; a key is an e-mail address or a Backstage entity"));
    }
    Ok(words(text)?.to_lowercase())
}

/// Refuses an empty field.
pub(crate) fn not_empty(text: String, what: &str) -> Result<String, String> {
    if text.is_empty() { Err(format!("is empty; everybody needs {what}")) } else { Ok(text) }
}

/// Values with blanks, commas, semicolons or bars between them.
pub(crate) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', ';', '|']).filter(|word| !word.is_empty())
}

/// Roles.
pub(crate) fn roles(text: &str) -> Result<Vec<Role>, String> {
    list(text)
        .map(|word| {
            Role::parse(&word.to_lowercase())
                .ok_or_else(|| format!("{word:?} is no role; there are hire, buddy, manager, author and admin"))
        })
        .collect()
}

/// A day as `2026-01-31`.
pub(crate) fn date(text: &str) -> Result<Date, String> {
    // jiff reads more than a day; a time beside it would be dropped without a word.
    let day = (text.len() == 10).then(|| text.parse::<Date>().ok()).flatten();
    day.ok_or_else(|| format!("{text:?} is no day; write it as 2026-01-31"))
}

/// A zone that this machine knows.
pub(crate) fn zone(text: &str) -> Result<String, String> {
    match TimeZone::get(text) {
        Ok(zone) => Ok(zone.iana_name().unwrap_or(text).to_owned()),
        Err(_) => Err(format!("{text:?} is no time zone; write it as Europe/Berlin")),
    }
}

/// Working weekdays: `mon-fri`, `mon tue thu`, or both together.
pub(crate) fn week(text: &str) -> Result<[bool; 7], String> {
    const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let day = |word: &str| {
        let word = word.trim().to_lowercase();
        NAMES
            .iter()
            .position(|name| word.starts_with(name))
            .ok_or_else(|| format!("{text:?} is no week; write it as mon-fri or mon tue thu"))
    };
    let mut week = [false; 7];
    for word in list(text) {
        let (from, to) = match word.split_once(['-', '–']) {
            Some((from, to)) => (day(from)?, day(to)?),
            None => (day(word)?, day(word)?),
        };
        // A week may go over its end: sun-thu.
        let mut at = from;
        loop {
            week[at] = true;
            if at == to {
                break;
            }
            at = (at + 1) % 7;
        }
    }
    Ok(week)
}

/// Days off: days and ranges such as `2026-12-24..2026-12-31`.
pub(crate) fn days_off(text: &str) -> Result<BTreeSet<Date>, String> {
    let mut days = BTreeSet::new();
    for word in list(text) {
        let (from, to) = match word.split_once("..") {
            Some((from, to)) => (date(from)?, date(to)?),
            None => (date(word)?, date(word)?),
        };
        if to < from {
            return Err(format!("{word:?} ends before it begins"));
        }
        let range = from.series(1.day()).take_while(|day| *day <= to).take(LONGEST_LEAVE + 1);
        let before = days.len();
        days.extend(range);
        if days.len() - before > LONGEST_LEAVE {
            return Err(format!("{word:?} is longer than a year"));
        }
    }
    Ok(days)
}
