//! Words and figures of the manager's pages. Rounding follows `metrics.md`, section 5.

use jiff::civil::DateTime;
use waymark_core::{
    event::Evidence,
    team::{Figure, PersonState, SMALLEST_GROUP, Share},
};

use crate::kit::{Icon, StatusKind, dates};

/// "1 working day", "3 working days".
pub(crate) fn working_days(days: u32) -> String {
    if days == 1 { "1 working day".to_owned() } else { format!("{days} working days") }
}

/// "11 people in onboarding".
pub(crate) fn people_in_onboarding(count: u32) -> String {
    match count {
        0 => "Nobody in onboarding".to_owned(),
        1 => "1 person in onboarding".to_owned(),
        _ => format!("{count} people in onboarding"),
    }
}

/// A share of a group in percent: one decimal from 20 people on, whole below.
pub(crate) fn percent(part: u32, whole: u32) -> String {
    if whole == 0 {
        return "0 %".to_owned();
    }
    let share = f64::from(part) / f64::from(whole) * 100.0;
    if part == whole {
        "100 %".to_owned()
    } else if whole >= 20 {
        format!("{:.1} %", (share * 10.0).round() / 10.0)
    } else {
        format!("{:.0} %", share.round())
    }
}

/// A number about a group, or that there are too few.
pub(crate) fn figure(figure: Figure<u32>) -> String {
    figure.shown().map_or_else(|| format!("under {SMALLEST_GROUP}"), |count| count.to_string())
}

/// A share in words.
pub(crate) fn share(share: Share) -> String {
    match share {
        Share::Of { part, whole } => format!("{part} of {whole}"),
        Share::Near { part, whole } => format!("about {part} of {whole}"),
        Share::Few { whole } => format!("fewer than {SMALLEST_GROUP} of {whole}"),
        Share::NearlyAll { whole } => format!("more than {} of {whole}", whole.saturating_sub(SMALLEST_GROUP)),
        Share::UnderFive => format!("under {SMALLEST_GROUP}"),
    }
}

/// "3.1", one decimal.
pub(crate) fn decimal(value: f64) -> String {
    format!("{:.1}", (value * 10.0).round() / 10.0)
}

/// Where a person stands: drawing and word.
pub(crate) fn state_word(state: PersonState) -> (StatusKind, &'static str) {
    match state {
        PersonState::Ahead => (StatusKind::Todo, "Starts soon"),
        PersonState::UnderWay => (StatusKind::Progress, "In progress"),
        PersonState::Blocked => (StatusKind::Blocked, "Blocked"),
        PersonState::Overdue => (StatusKind::Due, "Overdue"),
        PersonState::Finished => (StatusKind::Done, "Finished"),
    }
}

/// What supports a completion, in a word.
pub(crate) fn evidence_word(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Attested => "Attested",
        Evidence::Observed => "Observed",
        Evidence::Confirmed => "Confirmed",
    }
}

/// The same as a drawing; strength grows from a pencil to a double tick.
pub(crate) fn evidence_icon(evidence: Evidence) -> Icon {
    match evidence {
        Evidence::Attested => Icon::EvidenceAttested,
        Evidence::Observed => Icon::EvidenceObserved,
        Evidence::Confirmed => Icon::EvidenceConfirmed,
    }
}

/// How old a copy is: "updated 09:14".
pub(crate) fn age(fetched: DateTime, now: DateTime) -> String {
    match dates::ago(fetched, now) {
        text if text == "just now" => "just updated".to_owned(),
        text => format!("updated {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_has_a_decimal_from_twenty_people_on() {
        assert_eq!(percent(22, 28), "78.6 %");
        assert_eq!(percent(7, 20), "35.0 %");
        assert_eq!(percent(7, 12), "58 %");
        assert_eq!(percent(28, 28), "100 %");
        assert_eq!(percent(0, 0), "0 %");
    }

    #[test]
    fn small_groups_are_words() {
        assert_eq!(share(Share::Few { whole: 20 }), "fewer than 5 of 20");
        assert_eq!(share(Share::NearlyAll { whole: 20 }), "more than 15 of 20");
        assert_eq!(share(Share::UnderFive), "under 5");
        assert_eq!(figure(Figure::UnderFive), "under 5");
        assert_eq!(figure(Figure::Shown(12)), "12");
    }
}
