//! The board's words.

use jiff::civil::Date;
use waymark_api::ipc::roadmap::Card;
use waymark_core::roadmap::{Horizon, Status};

/// What people see of a status.
pub(crate) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Draft => "Draft",
        Status::Open => "Open",
        Status::Validating => "Validating",
        Status::Building => "Building",
        Status::Trial => "Trial",
        Status::Shipped => "Shipped",
        Status::Reviewed => "Reviewed",
        Status::Declined => "Declined",
        Status::Merged => "Merged",
    }
}

/// What a column promises, beside its name.
pub(crate) fn column_note(horizon: Horizon) -> &'static str {
    match horizon {
        Horizon::Now => "being built",
        Horizon::Next => "when Now has room",
        Horizon::Later => "a direction, not a plan",
    }
}

/// What an empty column says; `narrow` where a filter may have emptied it.
pub(crate) fn nothing_in(horizon: Horizon, narrow: bool) -> &'static str {
    match (narrow, horizon) {
        (true, _) => "Nothing here for this choice.",
        (false, Horizon::Now) => "Nothing is being built right now.",
        (false, Horizon::Next) => "Nothing is planned next.",
        (false, Horizon::Later) => "No direction is written down yet.",
    }
}

/// "120 people".
pub(crate) fn people(count: u32) -> String {
    match count {
        1 => "1 person".to_owned(),
        _ => format!("{count} people"),
    }
}

/// "20 Jan 2026": a plan reaches over years, so a date without its year would be ambiguous.
pub(crate) fn full_day(date: Date) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = usize::try_from(date.month()).ok().and_then(|month| MONTHS.get(month - 1)).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// Names of the personas, or `None` where the item names nobody.
pub(crate) fn persona_names(card: &Card) -> Option<String> {
    let names: Vec<&str> = card.personas.iter().map(|(_, name)| name.as_str()).collect();
    match names.as_slice() {
        [] => None,
        [only] => Some((*only).to_owned()),
        [first, second] => Some(format!("{first} and {second}")),
        [first, rest @ ..] => Some(format!("{first} and {} more", rest.len())),
    }
}

/// `text` as a sentence: a capital at its start and a full stop at its end.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return String::new() };
    let stop = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{}{}{stop}", first.to_uppercase(), characters.as_str())
}

#[cfg(test)]
mod tests {
    use waymark_core::id::PersonaId;

    use super::{super::samples::card, *};

    #[test]
    fn numbers_of_people_are_grammatical() {
        assert_eq!(people(0), "0 people");
        assert_eq!(people(1), "1 person");
        assert_eq!(people(120), "120 people");
    }

    #[test]
    fn days_carry_their_year() {
        assert_eq!(full_day(jiff::civil::date(2025, 12, 1)), "1 Dec 2025");
        assert_eq!(full_day(jiff::civil::date(2026, 1, 20)), "20 Jan 2026");
    }

    #[test]
    fn long_lists_of_personas_are_shortened() {
        let mut card = card("x", Horizon::Now);
        assert_eq!(persona_names(&card), None);
        for (count, expected) in [(1, "P0"), (2, "P0 and P1"), (3, "P0 and 2 more")] {
            card.personas = (0..count).map(|i| (PersonaId::new(format!("p{i}")), format!("P{i}"))).collect();
            assert_eq!(persona_names(&card).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_summary_reads_as_a_sentence() {
        assert_eq!(sentence("a database without a ticket"), "A database without a ticket.");
        assert_eq!(sentence("über Nacht? "), "Über Nacht?");
        assert_eq!(sentence(" "), "");
    }

    #[test]
    fn an_empty_column_says_why() {
        assert_ne!(nothing_in(Horizon::Now, true), nothing_in(Horizon::Now, false));
    }
}
