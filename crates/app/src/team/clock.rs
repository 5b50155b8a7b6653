//! What a person is told about a clock that is off.

use waymark_sync::team::clock::ClockOff;

/// By how much, what it means, and what to do.
pub(super) fn words(off: ClockOff) -> String {
    let (by, relation, days, measured) = match off {
        ClockOff::Ahead(minutes) => (minutes, "ahead of", "early", "later"),
        ClockOff::Behind(minutes) => (minutes, "behind", "late", "earlier"),
    };
    format!(
        "This computer's clock is {} {relation} your team's server. Steps are due too {days} here, and what you do is \
         measured as done {measured} than it was. Set the clock; what is recorded keeps its time.",
        span(by)
    )
}

/// A span of minutes, as exactly as a person wants it.
fn span(minutes: u32) -> String {
    let counted = |count: u32, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let (hours, rest) = (minutes / 60, minutes % 60);
    match hours {
        0 => counted(minutes, "minute"),
        1..24 if rest > 0 => format!("{} and {}", counted(hours, "hour"), counted(rest, "minute")),
        1..48 => counted(hours, "hour"),
        _ => counted(hours / 24, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_as_exact_as_its_length_wants() {
        let spans = [6, 59, 60, 61, 130, 24 * 60 + 59, 48 * 60, 365 * 24 * 60].map(span);
        let expected = [
            "6 minutes",
            "59 minutes",
            "1 hour",
            "1 hour and 1 minute",
            "2 hours and 10 minutes",
            "24 hours",
            "2 days",
            "365 days",
        ];
        assert_eq!(spans, expected);
    }

    #[test]
    fn both_directions_say_what_they_do_to_due_dates_and_to_measured_times() {
        let ahead = words(ClockOff::Ahead(7));
        assert!(ahead.starts_with("This computer's clock is 7 minutes ahead of your team's server."), "{ahead}");
        assert!(ahead.contains("due too early here") && ahead.contains("done later than it was"), "{ahead}");
        let behind = words(ClockOff::Behind(130));
        assert!(behind.contains("2 hours and 10 minutes behind your team's server."), "{behind}");
        assert!(behind.contains("due too late here") && behind.contains("done earlier than it was"), "{behind}");
    }
}
