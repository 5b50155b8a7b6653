//! Days as people type them, and days off as spans.

use std::collections::BTreeSet;

use jiff::{
    ToSpan,
    civil::{Date, date},
};

/// No span is longer: more is a slip of the hand.
const LONGEST: i32 = 366;

/// Why a day or a span cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayError {
    /// Nothing, or half a day, was typed.
    Missing,
    /// It is not a day.
    NotADay,
    /// It is a day, but of another century.
    FarAway,
    /// The span ends before it begins.
    Backwards,
    /// The span is longer than a year.
    TooLong,
}

impl DayError {
    /// What the person reads beside the field.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::Missing => "Fill in the whole first day.",
            Self::NotADay => "This is not a day. Write it like 2026-01-20.",
            Self::FarAway => "This day is too far away.",
            Self::Backwards => "The last day is before the first.",
            Self::TooLong => "This is more than a year.",
        }
    }
}

/// Reads a day; `None` where nothing was typed. A field without a calendar of its own gives what people
/// write: `2026-01-20` or `20.1.2026`.
pub(crate) fn parse_day(text: &str) -> Result<Option<Date>, DayError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let day = text.parse().ok().or_else(|| dotted(text)).ok_or(DayError::NotADay)?;
    if (date(1970, 1, 1)..date(2101, 1, 1)).contains(&day) { Ok(Some(day)) } else { Err(DayError::FarAway) }
}

fn dotted(text: &str) -> Option<Date> {
    let mut parts = text.split('.').map(str::trim);
    let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if parts.next().is_some() { None } else { Date::new(year, month, day).ok() }
}

/// Days in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    /// First day.
    pub(crate) first: Date,
    /// Last day; the first one again for a single day.
    pub(crate) last: Date,
}

/// The days off as spans, in order.
pub(crate) fn spans(days: &BTreeSet<Date>) -> Vec<Span> {
    let mut list: Vec<Span> = Vec::new();
    for day in days {
        match list.last_mut() {
            Some(span) if span.last.tomorrow().ok() == Some(*day) => span.last = *day,
            _ => list.push(Span { first: *day, last: *day }),
        }
    }
    list
}

/// Adds all days of a span. Without a last day it is one day.
pub(crate) fn add_span(days: &mut BTreeSet<Date>, first: Date, last: Option<Date>) -> Result<(), DayError> {
    let last = last.unwrap_or(first);
    if last < first {
        return Err(DayError::Backwards);
    }
    // Two days of the years that are accepted are always a whole number of days apart.
    if first.until(last).map_or(LONGEST, |span| span.get_days()) >= LONGEST {
        return Err(DayError::TooLong);
    }
    days.extend(first.series(1.day()).take_while(|day| *day <= last));
    Ok(())
}

/// Takes all days of a span out.
pub(crate) fn remove_span(days: &mut BTreeSet<Date>, span: Span) {
    days.retain(|day| !(span.first..=span.last).contains(day));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let day = Ok(Some(date(2026, 1, 20)));
        assert_eq!(parse_day("2026-01-20"), day);
        assert_eq!(parse_day(" 20.1.2026 "), day);
        assert_eq!(parse_day("20.01.2026"), day);
        assert_eq!(parse_day("  "), Ok(None), "an empty field is no mistake");
    }

    #[test]
    fn what_is_no_day_is_refused_with_a_reason() {
        for text in ["2026-02-30", "tomorrow", "31.4.2026", "1.2.3.2026", "01/02/2026"] {
            assert_eq!(parse_day(text), Err(DayError::NotADay), "{text}");
        }
        assert_eq!(parse_day("0202-01-20"), Err(DayError::FarAway), "a year that is still being typed");
    }

    #[test]
    fn days_in_a_row_are_one_line() {
        let mut days = BTreeSet::new();
        add_span(&mut days, date(2026, 12, 24), Some(date(2027, 1, 1))).expect("nine days");
        add_span(&mut days, date(2026, 10, 3), None).expect("one day");
        assert_eq!(days.len(), 10);
        assert_eq!(
            spans(&days),
            [
                Span { first: date(2026, 10, 3), last: date(2026, 10, 3) },
                Span { first: date(2026, 12, 24), last: date(2027, 1, 1) },
            ],
            "in order, across the turn of the year"
        );
    }

    #[test]
    fn neighbours_grow_together() {
        let mut days = BTreeSet::new();
        add_span(&mut days, date(2026, 5, 1), None).expect("one day");
        add_span(&mut days, date(2026, 5, 2), Some(date(2026, 5, 3))).expect("two days");
        assert_eq!(spans(&days), [Span { first: date(2026, 5, 1), last: date(2026, 5, 3) }]);
    }

    #[test]
    fn a_span_must_make_sense() {
        let mut days = BTreeSet::new();
        assert_eq!(add_span(&mut days, date(2026, 5, 2), Some(date(2026, 5, 1))), Err(DayError::Backwards));
        assert_eq!(add_span(&mut days, date(2026, 5, 2), Some(date(2027, 5, 3))), Err(DayError::TooLong));
        assert!(days.is_empty(), "a refused span adds nothing");
        add_span(&mut days, date(2026, 1, 1), Some(date(2027, 1, 1))).expect("a year and a day of leave");
        assert_eq!(days.len(), 366);
    }

    #[test]
    fn a_line_is_removed_as_a_whole() {
        let mut days = BTreeSet::new();
        add_span(&mut days, date(2026, 5, 1), Some(date(2026, 5, 3))).expect("three days");
        add_span(&mut days, date(2026, 6, 1), None).expect("one day");
        remove_span(&mut days, Span { first: date(2026, 5, 1), last: date(2026, 5, 3) });
        assert_eq!(days.into_iter().collect::<Vec<_>>(), [date(2026, 6, 1)]);
    }
}
