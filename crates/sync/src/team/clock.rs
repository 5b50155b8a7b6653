//! How far this device's clock is from the server's.
//!
//! Nothing in the exchange follows from it: no clock orders anything. It is for the person, whose due dates and
//! measured times hang on the clock of their device.

use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimeParser};

/// Clocks that differ by no more count as the same.
pub const TOLERATED: SignedDuration = SignedDuration::from_mins(5);

/// A header's date has whole seconds, and the rest was cut off.
const CUT_OFF: SignedDuration = SignedDuration::from_secs(1);

/// A clock that is off by more than [`TOLERATED`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockOff {
    /// It is later here than at the server, by so many whole minutes.
    Ahead(u32),
    /// It is earlier here, by so many whole minutes.
    Behind(u32),
}

/// How far this device's clock is ahead, or behind where that is negative: at least by so much, since the server
/// looked at its clock somewhen between question and answer.
///
/// `asked` and `answered` are what this device's clock said then, `server` is the date in the answer. `None` where
/// the device's clock did not go on in between: it stands, or was set meanwhile, and cannot be compared.
pub fn ahead(asked: Timestamp, answered: Timestamp, server: Timestamp) -> Option<SignedDuration> {
    if asked >= answered {
        return None;
    }
    let (late, early) = (asked.duration_since(server) - CUT_OFF, answered.duration_since(server));
    Some(if late.is_positive() {
        late
    } else if early.is_negative() {
        early
    } else {
        SignedDuration::ZERO
    })
}

/// What a person has to know about such a difference.
pub fn off(ahead: SignedDuration) -> Option<ClockOff> {
    let minutes = u32::try_from(ahead.as_mins().unsigned_abs()).unwrap_or(u32::MAX);
    match ahead {
        ahead if ahead > TOLERATED => Some(ClockOff::Ahead(minutes)),
        ahead if ahead < -TOLERATED => Some(ClockOff::Behind(minutes)),
        _ => None,
    }
}

/// Reads a `Date` header (RFC 9110, section 5.6.7).
pub(super) fn date(header: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(header.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: f64) -> Timestamp {
        Timestamp::from_millisecond(1_790_000_000_000 + (seconds * 1_000.0) as i64).expect("a moment")
    }

    #[test]
    fn whatever_the_network_takes_is_no_difference() {
        for (asked, answered, server) in [(0.0, 0.2, 0.0), (0.9, 1.1, 0.0), (0.0, 40.0, 39.0), (0.0, 40.0, 1.0)] {
            assert_eq!(ahead(at(asked), at(answered), at(server)), Some(SignedDuration::ZERO), "{asked} {answered}");
        }
    }

    #[test]
    fn a_difference_is_at_least_what_the_answer_shows() {
        let hour = 3_600.0;
        let seconds = SignedDuration::from_secs;
        assert_eq!(ahead(at(hour), at(hour + 1.0), at(0.0)), Some(seconds(3_599)));
        assert_eq!(ahead(at(0.0), at(1.0), at(hour)), Some(seconds(-3_599)));
    }

    #[test]
    fn a_clock_that_stands_or_was_set_back_meanwhile_is_not_compared() {
        assert_eq!(ahead(at(3_600.0), at(3_600.0), at(0.0)), None);
        assert_eq!(ahead(at(3_600.0), at(1.0), at(0.0)), None);
    }

    #[test]
    fn five_minutes_are_tolerated_in_both_directions() {
        let seconds = SignedDuration::from_secs;
        assert_eq!([off(seconds(300)), off(seconds(-300)), off(seconds(0))], [None; 3]);
        assert_eq!(off(seconds(301)), Some(ClockOff::Ahead(5)));
        assert_eq!(off(seconds(-7_800)), Some(ClockOff::Behind(130)));
        assert_eq!(off(SignedDuration::MIN), Some(ClockOff::Behind(u32::MAX)));
        assert_eq!(off(SignedDuration::MAX), Some(ClockOff::Ahead(u32::MAX)));
    }

    #[test]
    fn dates_of_servers_are_read() {
        // The example of RFC 9110.
        assert_eq!(date("Sun, 06 Nov 1994 08:49:37 GMT").map(Timestamp::as_second), Some(784_111_777));
        assert_eq!(date("yesterday"), None);
    }
}
