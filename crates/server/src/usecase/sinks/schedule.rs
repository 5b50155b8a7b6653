//! When a message is sent again (`protocol.md`, section 5). Pure.

use jiff::{SignedDuration, Timestamp};

use crate::store::sink::Next;

/// Pauses before the attempts after the first one: 5 s to 24 h, about three days in all.
const PAUSES: [SignedDuration; 9] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(14),
    SignedDuration::from_hours(20),
    SignedDuration::from_hours(24),
];
/// The longest pause that a receiver may ask for.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// What came of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The receiver answered.
    Status {
        /// HTTP status.
        status: u16,
        /// Seconds of `Retry-After`, where it named some.
        retry_after: Option<u32>,
    },
    /// It did not, for this reason.
    None(String),
    /// The target may not be called; asking again changes nothing.
    Refused(String),
}

/// What follows from an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// For the message.
    pub next: Next,
    /// For the sink: why it is switched off.
    pub disable: Option<&'static str>,
}

/// What follows from the attempt with number `attempt`, from 1. `jitter` from 0 to 1 spreads the next one over
/// a fifth of the pause, so that the receiver does not get everything at once.
pub(crate) fn judge(answer: &Answer, attempt: i64, now: Timestamp, jitter: f64) -> Verdict {
    let keep = |next| Verdict { next, disable: None };
    let again = |asked: Option<SignedDuration>| {
        let pause = usize::try_from(attempt - 1).ok().and_then(|index| PAUSES.get(index));
        match (pause, asked) {
            (None, _) => Next::Dead,
            (Some(_), Some(asked)) => Next::At(now + asked.min(LONGEST)),
            (Some(pause), None) => Next::At(now + *pause + pause.mul_f64(jitter.clamp(0.0, 1.0) / 5.0)),
        }
    };
    match answer {
        Answer::Status { status: 200..=299, .. } => keep(Next::Done),
        // A dead letter: whoever switches the sink on again decides whether it is sent again.
        Answer::Status { status: 410, .. } => {
            Verdict { next: Next::Dead, disable: Some("it answered 410: it is gone") }
        }
        Answer::Status { status: 415, .. } => {
            Verdict { next: Next::Dead, disable: Some("it answered 415: it wants another format") }
        }
        Answer::Status { status: 429 | 503, retry_after: Some(seconds) } => {
            keep(again(Some(SignedDuration::from_secs(i64::from(*seconds)))))
        }
        Answer::Status { .. } | Answer::None(_) => keep(again(None)),
        Answer::Refused(_) => keep(Next::Dead),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn status(status: u16, retry_after: Option<u32>) -> Answer {
        Answer::Status { status, retry_after }
    }

    fn pause(answer: &Answer, attempt: i64, jitter: f64) -> Option<i64> {
        match judge(answer, attempt, NOW, jitter).next {
            Next::At(at) => Some(at.as_second()),
            Next::Done | Next::Dead => None,
        }
    }

    #[test]
    fn a_receiver_that_fails_is_asked_ten_times_over_three_days() {
        let failed = Answer::None("15 s without an answer".to_owned());
        let pauses: Vec<_> = (1..=10).map(|attempt| pause(&failed, attempt, 0.0)).collect();
        let table = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map(Some);
        assert_eq!(pauses[..9], table);
        assert_eq!(judge(&failed, 10, NOW, 0.0).next, Next::Dead, "a dead letter after the tenth");
        for other in [302, 400, 404, 500, 502] {
            assert_eq!(pause(&status(other, None), 2, 0.0), Some(300), "{other} is a failure, a redirect too");
        }
    }

    #[test]
    fn jitter_spreads_over_a_fifth_and_never_hurries() {
        let failed = status(500, None);
        assert_eq!(pause(&failed, 2, 1.0), Some(360));
        assert_eq!(pause(&failed, 2, 7.0), Some(360));
        assert_eq!(pause(&failed, 2, -7.0), Some(300));
    }

    #[test]
    fn retry_after_wins_within_a_day_where_the_receiver_is_busy() {
        assert_eq!(pause(&status(429, Some(17)), 1, 1.0), Some(17));
        assert_eq!(pause(&status(503, Some(4_000_000)), 1, 1.0), Some(86_400));
        assert_eq!(pause(&status(500, Some(17)), 1, 0.0), Some(5), "only 429 and 503 may ask");
        assert_eq!(judge(&status(503, Some(1)), 10, NOW, 0.0).next, Next::Dead, "not for ever");
    }

    #[test]
    fn what_a_receiver_says_of_itself_switches_it_off() {
        for (code, disabled) in [(200, false), (202, false), (299, false), (410, true), (415, true), (404, false)] {
            assert_eq!(judge(&status(code, None), 1, NOW, 0.0).disable.is_some(), disabled, "{code}");
        }
        assert_eq!(judge(&status(202, None), 10, NOW, 0.0).next, Next::Done);
        assert_eq!(judge(&Answer::Refused("private".to_owned()), 1, NOW, 0.0).next, Next::Dead);
    }
}
