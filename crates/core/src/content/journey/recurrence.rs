//! Periods such as `P1Y`: recurrence, validity, and how long a review holds.

use jiff::Span;

use crate::{content::fields::Fields, diagnostic::Findings};

/// The period under `key`. What is no period is `J030`, what does not go forward is `J034`.
pub(super) fn period(fields: &Fields<'_>, key: &str, findings: &mut Findings) -> Option<Span> {
    let text = fields.get(key)?.text()?.trim().to_owned();
    let at = fields.place(key);
    // jiff reads more than ISO 8601; the files do not.
    let iso = text.trim_start_matches(['+', '-']).starts_with('P');
    let span = text.parse::<Span>().ok().filter(|_| iso);
    let backwards = text.starts_with('-') || text.parse::<f64>().is_ok_and(|number| number <= 0.0);
    match span {
        Some(span) if span.is_positive() => return Some(span),
        None if !backwards => {
            findings
                .error("J030", at, format!("`{text}` is not a period that Waymark can read"))
                .help("Write for instance P60D, P6M or P1Y.");
        }
        Some(_) | None => {
            findings
                .error("J034", at, format!("`{key}: {text}` does not go forward, so nothing would ever follow"))
                .help("Write a period above zero, for instance P60D or P1Y.");
        }
    }
    None
}
