//! Figures of an item: marks with their words, and the way from baseline to target.

use jiff::civil::Date;
use waymark_api::ipc::roadmap::Marked;
use waymark_core::roadmap::{Confidence, Outcome};

/// One figure of the outcome box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// "Baseline" or "Target".
    pub(crate) label: &'static str,
    /// The figure itself.
    pub(crate) value: String,
    /// Size of the sample and date, or when it should be reached; possibly empty.
    pub(crate) note: String,
}

/// A confidence as one to five marks; the board's bars have five.
pub(crate) fn confidence_level(confidence: Confidence) -> (u8, &'static str) {
    match confidence {
        Confidence::Low => (1, "Low"),
        Confidence::Medium => (3, "Medium"),
        Confidence::High => (5, "High"),
    }
}

/// What a bar says to those who do not see it: the words, the marks and the owner's confidence.
pub(crate) fn level_text(label: &str, marked: &Marked) -> String {
    let confidence = marked
        .confidence
        .map(|sure| format!(", {} confidence", confidence_level(sure).1.to_lowercase()))
        .unwrap_or_default();
    format!("{label}: {}, {} of 5{confidence}", marked.words.trim(), marked.marks)
}

/// A figure without digits that say nothing.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    match text {
        "-0" => "0".to_owned(),
        other => other.to_owned(),
    }
}

/// Baseline and target, as far as they are written down. `day` prints a date.
pub(crate) fn figures(outcome: &Outcome, day: impl Fn(Date) -> String) -> Vec<Figure> {
    let baseline = outcome.baseline.as_ref().map(|measured| {
        let sample = measured.n.map(|n| format!("n = {n}"));
        let date = measured.at.map(|at| format!("measured {}", day(at)));
        let note = [sample, date].into_iter().flatten().collect::<Vec<_>>().join(", ");
        Figure { label: "Baseline", value: number(measured.value), note }
    });
    let target = outcome.target.as_ref().map(|target| {
        let note = target.by.as_deref().map(|by| format!("by {}", due(by, &day))).unwrap_or_default();
        Figure { label: "Target", value: number(target.value), note }
    });
    [baseline, target].into_iter().flatten().collect()
}

/// Authors write a date, a quarter such as `2027-Q1`, or words.
fn due(by: &str, day: impl Fn(Date) -> String) -> String {
    let by = by.trim();
    if let Ok(date) = by.parse::<Date>() {
        return day(date);
    }
    match by.split_once('-') {
        Some((year, quarter)) if year.len() == 4 && matches!(quarter, "Q1" | "Q2" | "Q3" | "Q4") => {
            format!("{quarter} {year}")
        }
        _ => by.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use waymark_core::roadmap::{Measured, Target};

    use super::*;

    #[test]
    fn a_bar_has_words_marks_and_confidence() {
        let marked = Marked { words: "3 hours saved per new colleague".into(), marks: 4, confidence: None };
        assert_eq!(level_text("Impact", &marked), "Impact: 3 hours saved per new colleague, 4 of 5");
        let sure = Marked { confidence: Some(Confidence::Medium), ..marked };
        assert_eq!(
            level_text("Impact", &sure),
            "Impact: 3 hours saved per new colleague, 4 of 5, medium confidence",
            "nobody has to see the bar"
        );
    }

    #[test]
    fn figures_are_short() {
        for (value, text) in [(4.0, "4"), (0.5, "0.5"), (2.25, "2.25"), (100.0, "100"), (-0.001, "0"), (1.005, "1")] {
            assert_eq!(number(value), text, "{value}");
        }
    }

    #[test]
    fn the_outcome_box_shows_what_is_there_and_nothing_else() {
        let day = |date: Date| format!("<{date}>");
        let mut outcome = Outcome {
            objective: "People run their service on day one".into(),
            metric: None,
            baseline: Some(Measured { value: 4.0, at: Some(date(2026, 9, 1)), n: Some(23) }),
            target: Some(Target { value: 1.0, by: Some("2027-Q1".into()) }),
        };
        let all = figures(&outcome, day);
        assert_eq!(all[0].note, "n = 23, measured <2026-09-01>");
        assert_eq!(all[1].note, "by Q1 2027");
        outcome.baseline = None;
        outcome.target = Some(Target { value: 1.0, by: Some("2026-06-30".into()) });
        let target = figures(&outcome, day);
        assert_eq!((target.len(), target[0].note.as_str()), (1, "by <2026-06-30>"));
        outcome.target = Some(Target { value: 1.0, by: Some("the spring fair".into()) });
        assert_eq!(figures(&outcome, day)[0].note, "by the spring fair", "as the author wrote it");
    }
}
