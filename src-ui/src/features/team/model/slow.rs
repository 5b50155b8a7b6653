//! Where time goes: the steps, not the people.

use waymark_core::team::SlowStep;

use super::words::{decimal, share};
use crate::charts::nice_max;

/// The slowest steps with the words around them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slow {
    /// The steps, the slowest first.
    pub(crate) rows: Vec<SlowRow>,
    /// What they say.
    pub(crate) sentence: String,
    /// End of the axis in working days.
    pub(crate) max: f64,
    /// The same in words: "0–10 d".
    pub(crate) axis: String,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SlowRow {
    /// Its title.
    pub(crate) title: String,
    /// Its journey and who fixes its text.
    pub(crate) place: String,
    /// Median and ninth decile in words.
    pub(crate) figures: (String, String),
    /// The same as numbers, where both are known.
    pub(crate) days: Option<(f64, f64)>,
    /// Blocked share in words and as a number.
    pub(crate) blocked: Option<(String, f64)>,
    /// Who said that the text is unclear.
    pub(crate) unclear: String,
    /// How many people did it.
    pub(crate) people: String,
}

/// The rows of the table.
pub(crate) fn slow(steps: &[SlowStep]) -> Slow {
    let longest = steps.iter().filter_map(|step| step.p90_days.or(step.median_days)).fold(0.0, f64::max);
    let max = nice_max(longest, 5);
    let end = if max < 1.0 { decimal(max) } else { format!("{max:.0}") };
    Slow { rows: steps.iter().map(row).collect(), sentence: sentence(steps), max, axis: format!("0–{end} d") }
}

fn row(step: &SlowStep) -> SlowRow {
    let days = |days: Option<f64>| days.map_or_else(|| "–".to_owned(), |days| format!("{} d", decimal(days)));
    let owner = step.owner.as_deref().map(|owner| format!(" · {owner}")).unwrap_or_default();
    SlowRow {
        title: step.title.clone(),
        place: format!("{}{owner}", step.journey),
        figures: (days(step.median_days), days(step.p90_days)),
        days: step.median_days.zip(step.p90_days),
        blocked: step.blocked_share.map(|share| (format!("{:.0} %", (share * 100.0).round()), share)),
        unclear: share(step.unclear),
        people: share(step.people),
    }
}

fn sentence(steps: &[SlowStep]) -> String {
    let Some((step, median)) = steps.iter().find_map(|step| Some((step, step.median_days?))) else {
        return "Too few people for numbers; they begin at five.".to_owned();
    };
    let blocked = step
        .blocked_share
        .filter(|share| *share >= 0.005)
        .map(|share| format!(", and {:.0} % of that time is blocked", (share * 100.0).round()));
    format!(
        "{} costs most: half take longer than {} working days{}.",
        step.title,
        decimal(median),
        blocked.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use waymark_core::team::Share;

    use super::*;

    #[test]
    fn a_step_is_judged_by_its_numbers() {
        let step = SlowStep {
            step: "prod-access".into(),
            title: "Prod access".to_owned(),
            journey: "Backend".to_owned(),
            owner: Some("Access desk".to_owned()),
            people: Share::Of { part: 22, whole: 28 },
            median_days: Some(3.06),
            p90_days: Some(9.0),
            blocked_share: Some(0.41),
            unclear: Share::Few { whole: 22 },
        };
        let hidden = SlowStep {
            people: Share::UnderFive,
            median_days: None,
            p90_days: None,
            blocked_share: None,
            unclear: Share::UnderFive,
            ..step.clone()
        };
        let Slow { rows, sentence, max, axis } = slow(&[hidden, step]);
        assert_eq!(axis, "0–10 d");
        assert!((max - 10.0).abs() < f64::EPSILON);
        assert_eq!(
            sentence,
            "Prod access costs most: half take longer than 3.1 working days, and 41 % of that time is blocked."
        );
        assert_eq!((rows[0].figures.0.as_str(), rows[0].days, rows[0].people.as_str()), ("–", None, "under 5"));
        assert_eq!((rows[1].figures.1.as_str(), rows[1].place.as_str()), ("9.0 d", "Backend · Access desk"));
    }
}
