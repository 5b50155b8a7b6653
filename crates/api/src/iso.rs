//! Days and local times, read from the ISO 8601 text that jiff writes.
//!
//! jiff reads far more than it writes and can say what is wrong with each of it, which is 140 KB in the
//! interface's first module. Between the two halves of one program a few lines are enough.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Deserializer, de::Error};

/// A day: `2026-01-22`.
pub(crate) fn date<'de, D: Deserializer<'de>>(input: D) -> Result<Date, D::Error> {
    read(&String::deserialize(input)?, day)
}

/// A day, or none.
pub(crate) fn maybe_date<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Date>, D::Error> {
    Option::<String>::deserialize(input)?.map(|text| read(&text, day)).transpose()
}

/// Days.
pub(crate) fn dates<'de, D: Deserializer<'de>>(input: D) -> Result<BTreeSet<Date>, D::Error> {
    Vec::<String>::deserialize(input)?.iter().map(|text| read(text, day)).collect()
}

/// A local time: `2026-01-22T16:40:00`, perhaps with a fraction of the second.
pub(crate) fn moment<'de, D: Deserializer<'de>>(input: D) -> Result<DateTime, D::Error> {
    read(&String::deserialize(input)?, day_and_time)
}

/// A local time, or none.
pub(crate) fn maybe_moment<'de, D: Deserializer<'de>>(input: D) -> Result<Option<DateTime>, D::Error> {
    Option::<String>::deserialize(input)?.map(|text| read(&text, day_and_time)).transpose()
}

fn read<T, E: Error>(text: &str, reader: fn(&str) -> Option<T>) -> Result<T, E> {
    reader(text).ok_or_else(|| E::custom("neither a day nor a local time in ISO 8601"))
}

fn day(text: &str) -> Option<Date> {
    let (rest, day) = text.rsplit_once('-')?;
    let (year, month) = rest.rsplit_once('-')?;
    // Years outside of four digits have a sign and six digits.
    let year = match year.len() {
        4 => i16::try_from(number(year)?).ok()?,
        7 if year.starts_with('-') => -i16::try_from(number(&year[1..])?).ok()?,
        _ => return None,
    };
    Date::new(year, two_digits(month)?, two_digits(day)?).ok()
}

fn day_and_time(text: &str) -> Option<DateTime> {
    let (date, time) = text.split_once('T')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut parts = time.split(':').map(two_digits);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let nanoseconds = if fraction.is_empty() {
        0
    } else {
        let places = u32::try_from(fraction.len()).ok()?;
        i32::try_from(number(fraction)?).ok()?.checked_mul(10_i32.pow(9_u32.checked_sub(places)?))?
    };
    let time = parts.next().is_none().then(|| Time::new(hour, minute, second, nanoseconds).ok())??;
    Some(day(date)?.to_datetime(time))
}

fn two_digits(text: &str) -> Option<i8> {
    (text.len() == 2).then(|| number(text)).flatten().and_then(|number| i8::try_from(number).ok())
}

/// Digits only: Rust's own reader takes a sign as well.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_jiff_writes_is_read() {
        for day_text in ["2026-01-22", "0000-02-29", "9999-12-31", "-000001-12-31", "-009999-01-01"] {
            let expected: Date = day_text.parse().expect("jiff reads it");
            assert_eq!(date(json!(expected)).expect(day_text), expected, "{day_text}");
            for time in ["00:00:00", "16:40:00", "23:59:59.999999999", "01:02:03.5", "00:00:00.000000001"] {
                let expected: DateTime = format!("{day_text}T{time}").parse().expect("jiff reads it");
                assert_eq!(moment(json!(expected)).expect(time), expected, "{expected}");
            }
        }
        assert_eq!(date(json!(Date::MIN)).expect("the first day"), Date::MIN);
        assert_eq!(moment(json!(DateTime::MAX)).expect("the last moment"), DateTime::MAX);
    }

    #[test]
    fn none_and_many_are_read() {
        assert_eq!(maybe_date(Value::Null).expect("none"), None);
        assert_eq!(maybe_moment(Value::Null).expect("none"), None);
        assert!(maybe_moment(json!("2026-01-22T16:40:00")).expect("a moment").is_some());
        assert_eq!(dates(json!(["2026-01-22", "2026-01-22", "2026-01-23"])).expect("days").len(), 2);
    }

    #[test]
    fn what_is_neither_is_refused() {
        for text in ["", "2026-1-2", "2026-02-30", "26-01-02", "2026-01-+2", "+002026-01-02", "--002026-01-02", "day"] {
            assert!(date(json!(text)).is_err(), "{text}");
        }
        for text in [
            "2026-01-22",
            "2026-01-22T16:40",
            "2026-01-22T24:00:00",
            "2026-01-22T16:40:00Z",
            "2026-01-22T16:40:00:00",
            "2026-01-22T16:40:00.1234567890",
            "2026-01-22T16:40:00.1x",
        ] {
            assert!(moment(json!(text)).is_err(), "{text}");
        }
    }
}
