//! The rule in one place (`protocol.md`, section 3): what a device's number means where the server stands. Pure.

use waymark_api::http::{
    envelope::CloudEvent,
    events::{Cursor, Outcome, Refusal},
};

use super::arrival::Arrival;
use crate::store::event::ACCEPTED;

/// What is stored under an event's number or id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'a> {
    /// Its source.
    pub source: &'a str,
    /// SHA-256 of its bytes, hex.
    pub hash: &'a str,
    /// Its bytes.
    pub body: &'a str,
    /// What became of it.
    pub outcome: &'a str,
}

/// What an event's number means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is the next one: apply it and move the cursor.
    Next,
    /// It is the next number, but the fact has its effect already under an older one: only move the cursor.
    Renumbered,
    /// It is there already; this was the answer.
    Repeated,
    /// Another event has its number or id: stop.
    Diverged,
    /// A number is missing before it: stop.
    Gap {
        /// The missing one.
        expected: u64,
    },
}

/// Judges an event against the device's cursor and what is stored under its number and under its id.
pub(crate) fn judge(
    cursor: Cursor,
    arrival: &Arrival,
    at_number: Option<Known<'_>>,
    by_id: Option<Known<'_>>,
) -> Verdict {
    // The number that the event's epoch goes on with; an older epoch is closed.
    let expected = match arrival.epoch.cmp(&cursor.epoch) {
        std::cmp::Ordering::Less => None,
        std::cmp::Ordering::Equal => Some(cursor.last + 1),
        std::cmp::Ordering::Greater => Some(1),
    };
    let same_fact =
        by_id.map(|known| known.source == arrival.source && same_but_for_numbers(known.body, &arrival.body));
    match expected {
        Some(expected) if arrival.sequence > expected => Verdict::Gap { expected },
        Some(expected) if arrival.sequence == expected => match same_fact {
            None => Verdict::Next,
            Some(true) => Verdict::Renumbered,
            Some(false) => Verdict::Diverged,
        },
        Some(_) | None => match at_number {
            Some(known) if known.hash == arrival.hash => Verdict::Repeated,
            Some(_) => Verdict::Diverged,
            // The number was used up by a fact that is stored under an older one.
            None if same_fact == Some(true) => Verdict::Repeated,
            None => Verdict::Diverged,
        },
    }
}

/// Whether two events are the same fact: a device that was restored numbers what the server lacks anew, and
/// may do so with an event whose answer was lost.
fn same_but_for_numbers(one: &str, other: &str) -> bool {
    let bare = |text: &str| {
        let mut event: CloudEvent = serde_json::from_str(text).ok()?;
        event.sequence.clear();
        event.wmepoch.clear();
        Some(event)
    };
    one == other || matches!((bare(one), bare(other)), (Some(one), Some(other)) if one == other)
}

/// The answer to an event that is there already: its author must hear of a refusal also where the first answer
/// was lost.
pub(crate) fn repeated(outcome: &str) -> Outcome {
    match refusal_of(outcome) {
        Some(reason) => Outcome::Refused { reason },
        None => Outcome::Duplicate,
    }
}

/// A refusal as the database keeps it.
pub(crate) fn outcome_text(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Refused { reason } => serde_json::to_value(reason)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_else(|| "malformed".to_owned()),
        _ => ACCEPTED.to_owned(),
    }
}

fn refusal_of(outcome: &str) -> Option<Refusal> {
    serde_json::from_value(serde_json::Value::from(outcome)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usecase::ingest::arrival::Content;

    fn arrival(epoch: u32, sequence: u64, hash: &str) -> Arrival {
        Arrival {
            body: format!("{{\"{hash}\":1}}"),
            hash: hash.to_owned(),
            id: waymark_core::id::EventId::new(uuid::Uuid::nil()),
            source: "s".to_owned(),
            epoch,
            sequence,
            event_type: String::new(),
            content: Content::Bad(Refusal::Malformed),
        }
    }

    const fn known<'a>(hash: &'a str, body: &'a str) -> Known<'a> {
        Known { source: "s", hash, body, outcome: ACCEPTED }
    }

    #[test]
    fn every_row_of_the_table() {
        let cursor = Cursor { epoch: 2, last: 4 };
        let judged = |epoch, sequence, number: Option<&str>, id: Option<Known<'_>>| {
            judge(cursor, &arrival(epoch, sequence, "h"), number.map(|hash| known(hash, "{}")), id)
        };
        assert_eq!(judged(2, 5, None, None), Verdict::Next);
        assert_eq!(judged(2, 4, Some("h"), None), Verdict::Repeated);
        assert_eq!(judged(2, 4, Some("other"), None), Verdict::Diverged, "another event has the number");
        assert_eq!(judged(2, 4, None, None), Verdict::Diverged, "a number that the server passed without it");
        assert_eq!(judged(2, 5, None, Some(known("x", "{\"x\":1}"))), Verdict::Diverged, "another event has the id");
        assert_eq!(judged(2, 7, None, None), Verdict::Gap { expected: 5 });
        assert_eq!(judged(3, 1, None, None), Verdict::Next, "a new epoch opens with 1");
        assert_eq!(judged(3, 2, None, None), Verdict::Gap { expected: 1 });
        assert_eq!(judged(1, 9, Some("h"), None), Verdict::Repeated, "an old epoch, sent again");
        assert_eq!(judged(1, 9, None, None), Verdict::Diverged, "an old epoch takes nothing new");
    }

    #[test]
    fn a_refusal_is_told_again() {
        let refused = Outcome::Refused { reason: Refusal::UnknownStep };
        assert_eq!(repeated(&outcome_text(&refused)), refused);
        assert_eq!(repeated(&outcome_text(&Outcome::Accepted)), Outcome::Duplicate);
    }
}
