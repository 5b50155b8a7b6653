//! Texts that nobody has looked at for a long time (`J082`).

use jiff::{Span, civil::Date};

use crate::diagnostic::{Findings, Position};

/// How long a review holds where the file does not say.
const HOLDS_DAYS: i64 = 180;

/// When somebody last read the text, and how long that holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Review {
    pub reviewed: Option<(Date, Position)>,
    pub holds: Option<Span>,
}

impl Review {
    /// A file that does not say when it was reviewed cannot be judged.
    pub(super) fn check(&self, today: Date, findings: &mut Findings) {
        let Some((reviewed, at)) = self.reviewed else { return };
        let holds = self.holds.unwrap_or_else(|| Span::new().days(HOLDS_DAYS));
        let Ok(until) = reviewed.checked_add(holds) else { return };
        if until < today {
            findings
                .warning(
                    "J082",
                    at,
                    format!("nobody has reviewed this journey since {reviewed}; that held until {until}"),
                )
                .help(format!("Read it as somebody new would, mend it, and write `reviewed: {today}`."));
        }
    }
}
