//! What waits for the manager, as sentences.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use waymark_core::team::{Attention, AttentionKind};

use super::words::working_days;
use crate::kit::{StatusKind, dates};

/// One line under "Needs you". The sentence follows the person's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Need {
    /// Drawing and, for screen readers, a word.
    pub(crate) mark: (StatusKind, &'static str),
    /// What comes before the step.
    pub(crate) before: String,
    /// The step.
    pub(crate) step: String,
    /// What comes after it.
    pub(crate) after: String,
    /// Who can act, or since when.
    pub(crate) meta: String,
}

/// A line for what waits. `local` puts a moment into the zone of this computer.
pub(crate) fn need(attention: &Attention, today: Date, local: impl Fn(Timestamp) -> DateTime) -> Need {
    let line = |mark, before: String, after: String, meta: String| Need {
        mark,
        before,
        step: attention.title.clone(),
        after,
        meta,
    };
    let who = attention.who.clone();
    match &attention.kind {
        AttentionKind::Blocked { working_days: 0, .. } => {
            line((StatusKind::Blocked, "Blocked"), "blocked since today on ".to_owned(), String::new(), who)
        }
        AttentionKind::Blocked { working_days: days, .. } => {
            let before = format!("blocked {} on ", working_days(*days));
            line((StatusKind::Blocked, "Blocked"), before, String::new(), who)
        }
        AttentionKind::Overdue { working_days: days, due } => {
            let after = format!(" {} overdue", working_days(*days));
            let meta = format!("due {}", dates::day_of_year(*due, today));
            line((StatusKind::Due, "Overdue"), String::new(), after, meta)
        }
        AttentionKind::SignOff { since, .. } => {
            let at = local(*since);
            let meta = if at.date() == today {
                format!("since {}", dates::time(at))
            } else {
                format!("since {}, {}", dates::day_of_year(at.date(), today), dates::time(at))
            };
            line((StatusKind::Progress, "Waiting"), String::new(), " waits for your sign-off".to_owned(), meta)
        }
        AttentionKind::YourStep { due } => {
            let meta = due.map_or_else(String::new, |due| format!("due {}", dates::day_of_year(due, today)));
            line((StatusKind::Progress, "Yours"), String::new(), " is yours to do".to_owned(), meta)
        }
        AttentionKind::Quiet { working_days: days } => {
            let before = format!("nothing new for {}, next is ", working_days(*days));
            line((StatusKind::Todo, "Quiet"), before, String::new(), who)
        }
    }
}

/// A message to copy, for the person or for who can act.
pub(crate) fn nudge(attention: &Attention) -> String {
    let Attention { name, title, who, kind, .. } = attention;
    let first = name.split_whitespace().next().unwrap_or(name);
    match kind {
        AttentionKind::Blocked { working_days: days, .. } if !who.is_empty() => {
            let waited =
                if *days == 0 { "is waiting".to_owned() } else { format!("has waited {}", working_days(*days)) };
            format!("Hello {who}, {name} {waited} for “{title}”. Could you have a look?")
        }
        AttentionKind::Blocked { .. } => format!("Hi {first}, “{title}” is blocked. What would help you?"),
        AttentionKind::Overdue { due, .. } if !who.is_empty() => {
            format!("Hello {who}, “{title}” for {name} was due on {}. Is something in the way?", dates::day(*due))
        }
        AttentionKind::Overdue { due, .. } => {
            format!("Hi {first}, “{title}” was due on {}. Is something in the way?", dates::day(*due))
        }
        AttentionKind::SignOff { .. } | AttentionKind::YourStep { .. } => {
            format!("Hi {first}, I have “{title}” on my list.")
        }
        AttentionKind::Quiet { .. } => format!("Hi {first}, how is it going? “{title}” is next on your list."),
    }
}

#[cfg(test)]
mod tests {
    use jiff::{civil::date, tz::TimeZone};

    use super::{super::samples::attention, *};

    fn said(kind: AttentionKind) -> (String, String) {
        let utc = |at: Timestamp| at.to_zoned(TimeZone::UTC).datetime();
        let Need { before, step, after, meta, .. } = need(&attention(kind), date(2026, 1, 21), utc);
        (format!("{before}{step}{after}"), meta)
    }

    #[test]
    fn lines_are_sentences_after_a_name() {
        let pair = |text: &str, meta: &str| (text.to_owned(), meta.to_owned());
        let blocked = |working_days| AttentionKind::Blocked { working_days, note: String::new() };
        assert_eq!(said(blocked(3)), pair("blocked 3 working days on Prod access", "Access desk"));
        assert_eq!(said(blocked(0)), pair("blocked since today on Prod access", "Access desk"));
        let overdue = AttentionKind::Overdue { working_days: 1, due: date(2026, 1, 20) };
        assert_eq!(said(overdue), pair("Prod access 1 working day overdue", "due Tue 20 Jan"));
        let completion = "0190a5b2-0000-7000-8000-000000000009".parse().expect("a UUID");
        let since = "2026-01-20T16:10:00Z".parse().expect("a moment");
        let sign_off = AttentionKind::SignOff { completion, since };
        assert_eq!(said(sign_off), pair("Prod access waits for your sign-off", "since Tue 20 Jan, 16:10"));
    }

    #[test]
    fn a_nudge_goes_to_who_can_act() {
        let blocked = AttentionKind::Blocked { working_days: 3, note: String::new() };
        let mut waiting = attention(blocked);
        assert_eq!(
            nudge(&waiting),
            "Hello Access desk, Li Wei has waited 3 working days for “Prod access”. Could you have a look?"
        );
        waiting.who = String::new();
        assert!(nudge(&waiting).starts_with("Hi Li, “Prod access” is blocked."));
    }
}
