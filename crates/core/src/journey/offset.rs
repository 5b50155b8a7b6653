//! Days relative to a journey's start (`journeys.md`, section 2.3).

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{MilestoneId, StepId};

/// A day that is known once the journey has a start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Offset {
    /// `3wd`: end of the third working day; `-5wd`: of the fifth working day before the start.
    WorkingDay(i32),
    /// `P60D`: this many calendar days after the start.
    CalendarDays(u32),
    /// `setup-laptop+2wd`: working days after that step was completed.
    AfterStep(StepId, i32),
    /// `milestone:first-merge+5wd`: working days after that milestone was reached.
    AfterMilestone(MilestoneId, i32),
    /// `2026-12-01`.
    On(Date),
}

/// Why a text is no offset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a day that Waymark can compute; write for instance 3wd, -5wd, P60D, step-id+2wd or 2026-12-01"
)]
pub struct OffsetError {
    text: String,
}

impl FromStr for Offset {
    type Err = OffsetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text.trim()).ok_or_else(|| OffsetError { text: text.to_owned() })
    }
}

fn parse(text: &str) -> Option<Offset> {
    if let Some(days) = working_days(text) {
        // There is no day 0.
        return (days != 0).then_some(Offset::WorkingDay(days));
    }
    if let Some(period) = text.strip_prefix('P') {
        return calendar_days(period).map(Offset::CalendarDays);
    }
    if let Ok(date) = text.parse::<Date>() {
        return Some(Offset::On(date));
    }
    let (anchor, days) = text.rsplit_once('+')?;
    let days = working_days(days).filter(|days| *days >= 0)?;
    match anchor.strip_prefix("milestone:") {
        Some(id) if crate::id::is_slug(id) => Some(Offset::AfterMilestone(MilestoneId::new(id), days)),
        None if crate::id::is_slug(anchor) => Some(Offset::AfterStep(StepId::new(anchor), days)),
        _ => None,
    }
}

fn working_days(text: &str) -> Option<i32> {
    let number = text.strip_suffix("wd")?;
    if number.is_empty() || number.starts_with('+') || number.len() > 5 {
        return None;
    }
    number.parse().ok()
}

/// Days, weeks, months (30 days) and years (365 days) after the `P` of an ISO 8601 duration.
fn calendar_days(period: &str) -> Option<u32> {
    let mut total: u32 = 0;
    let mut number = String::new();
    for c in period.chars() {
        if c.is_ascii_digit() {
            number.push(c);
            continue;
        }
        let unit = match c {
            'D' => 1,
            'W' => 7,
            'M' => 30,
            'Y' => 365,
            _ => return None,
        };
        total = total.checked_add(number.parse::<u32>().ok()?.checked_mul(unit)?)?;
        number.clear();
    }
    (number.is_empty() && !period.is_empty() && total <= 36_500).then_some(total)
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingDay(days) => write!(f, "{days}wd"),
            Self::CalendarDays(days) => write!(f, "P{days}D"),
            Self::AfterStep(step, days) => write!(f, "{step}+{days}wd"),
            Self::AfterMilestone(milestone, days) => write!(f, "milestone:{milestone}+{days}wd"),
            Self::On(date) => date.fmt(f),
        }
    }
}

impl TryFrom<String> for Offset {
    type Error = OffsetError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Offset> for String {
    fn from(offset: Offset) -> Self {
        offset.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_and_prints_back() {
        for text in ["3wd", "-5wd", "P60D", "setup-laptop+2wd", "milestone:first-merge+5wd", "2026-12-01"] {
            assert_eq!(text.parse::<Offset>().expect(text).to_string(), text);
        }
        assert_eq!("P2W".parse(), Ok(Offset::CalendarDays(14)));
        assert_eq!("P1M1D".parse(), Ok(Offset::CalendarDays(31)));
    }

    #[test]
    fn odd_texts_are_refused_with_the_forms_named() {
        for text in [
            "",
            "0wd",
            "wd",
            "3",
            "P",
            "PT1H",
            "P1",
            "x+-1wd",
            "Bad Id+2wd",
            "milestone:+1wd",
            "2026-13-01",
            "99999999wd",
        ] {
            let error = text.parse::<Offset>().expect_err(text);
            assert!(error.to_string().contains("3wd"), "{error}");
        }
    }
}
