//! Percentages that do not follow from the figures beside them (`R041`).
//!
//! A sentence with "from … to …" is held against its own figures, the title and the objective
//! otherwise against baseline and target. Only changes are looked at: "by 60 %", "60 % faster". That
//! 60 % of the teams take part is another matter.

use super::{
    item::ReadItem,
    quantity::{Quantity, Token, change, readings, tokens},
};
use crate::diagnostic::{Findings, Position};

/// What rounding may add or take, in points.
const ROUNDING: f64 = 1.0;
/// What "about" may add or take, in points.
const ABOUT: f64 = 5.0;

const BY: [&str; 2] = ["by", "um"];
const CHANGES: [&str; 24] = [
    "less",
    "fewer",
    "faster",
    "lower",
    "shorter",
    "quicker",
    "more",
    "higher",
    "longer",
    "cheaper",
    "reduction",
    "decrease",
    "increase",
    "cut",
    "drop",
    "improvement",
    "saving",
    "savings",
    "weniger",
    "schneller",
    "kurzer",
    "mehr",
    "moins",
    "better",
];
const VAGUE: [&str; 8] = ["about", "around", "roughly", "nearly", "almost", "circa", "rund", "etwa"];
const AT_LEAST: [&str; 4] = ["over", "least", "than", "mindestens"];

/// How exactly a percentage is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    Exactly,
    About,
    AtLeast,
}

pub(super) fn check(read: &ReadItem, findings: &mut Findings) {
    let outcome = read.item.outcome.as_ref();
    let figures = outcome.and_then(|outcome| Some((outcome.baseline.as_ref()?.value, outcome.target.as_ref()?.value)));
    let metric = outcome.and_then(|outcome| outcome.metric.as_deref()).unwrap_or("");
    let objective = outcome.map_or("", |outcome| outcome.objective.as_str());
    let own = [(read.item.title.as_str(), read.title_at), (objective, read.figures.objective)];
    for (text, at) in own.into_iter().filter(|(text, _)| text.contains('%') || text.contains("ercent")) {
        sentence(text, at, figures.map(|figures| (figures, metric)), findings);
    }
    for (text, at) in &read.shares {
        for part in text.split(". ").filter(|part| part.contains('%')) {
            sentence(part, *at, None, findings);
        }
    }
}

/// Checks one sentence; `figures` are baseline and target with their metric.
fn sentence(text: &str, at: Position, figures: Option<((f64, f64), &str)>, findings: &mut Findings) {
    let tokens = tokens(text);
    let change = change(&tokens);
    let (pairs, share, source) = match (&change, figures) {
        (Some((first, second, _)), _) => {
            (readings(first, second), first.unit == "%" || second.unit == "%", "the two figures beside it")
        }
        (None, Some(((before, after), metric))) => {
            let share = ["%", "percent", "share", "rate"].iter().any(|word| metric.to_lowercase().contains(word));
            (vec![(before, after)], share, "baseline and target")
        }
        (None, None) => return,
    };
    let plain: Vec<f64> = pairs.iter().filter_map(|pair| change_of(*pair)).collect();
    // Figures that cannot be compared prove nothing.
    let Some(clearest) = plain.first() else { return };
    let more = pairs.iter().flat_map(|pair| other_readings(*pair, share));
    let possible: Vec<f64> = plain.iter().copied().chain(more).filter(|number| number.is_finite()).collect();
    for (stated, meant) in stated(&tokens, change.as_ref()) {
        let fits = |actual: &f64| match meant {
            Meant::Exactly => (actual - stated).abs() <= ROUNDING,
            Meant::About => (actual - stated).abs() <= ABOUT,
            Meant::AtLeast => *actual >= stated - ROUNDING,
        };
        if !possible.iter().any(fits) {
            let shown = match plain.get(1) {
                Some(other) => format!("{clearest:.1} % by the clock, {other:.1} % in 8-hour days"),
                None => format!("{clearest:.1} %"),
            };
            findings
                .error("R041", at, format!("{stated} % does not follow from {source}; that is {shown}"))
                .help("Leave the percentage out, or correct the figures.");
        }
    }
}

/// By how many per cent something changes.
fn change_of((before, after): (f64, f64)) -> Option<f64> {
    (before != 0.0).then(|| ((before - after) / before * 100.0).abs()).filter(|number| number.is_finite())
}

/// What else people mean: points of a share (kept as per cent or as a fraction), and speed gained.
fn other_readings((before, after): (f64, f64), share: bool) -> Vec<f64> {
    let points = (before - after).abs();
    let mut readings = vec![(before / after - 1.0) * 100.0];
    if share {
        readings.extend([points, points * 100.0]);
    }
    readings
}

/// Percentages of change in a sentence, its own figures left out.
///
/// Numbers without units could be anything ("27 % less memory with a limit from 10 to 0"); only "by"
/// ties a percentage to them.
fn stated(tokens: &[Token], change: Option<&(Quantity, Quantity, usize)>) -> Vec<(f64, Meant)> {
    let end = change.map_or(0, |(.., end)| *end);
    let bare = change.is_some_and(|(_, second, _)| second.unit.is_empty());
    let word = |at: usize| match tokens.get(at) {
        Some(Token::Word(word)) => word.as_str(),
        _ => "",
    };
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Number(number) = token else { continue };
        let mut after = at + 1;
        if word(after) == "per" && word(after + 1) == "cent" {
            after += 1;
        }
        if !matches!(word(after), "%" | "percent" | "prozent" | "cent") {
            continue;
        }
        let mut before = at;
        let mut meant = Meant::Exactly;
        while before > 0 {
            let previous = word(before - 1);
            match previous {
                _ if VAGUE.contains(&previous) => meant = Meant::About,
                _ if AT_LEAST.contains(&previous) => meant = Meant::AtLeast,
                "more" | "at" if meant == Meant::AtLeast => {}
                _ => break,
            }
            before -= 1;
        }
        let by = before > 0 && BY.contains(&word(before - 1));
        // "a reduction of 60 %", but not "a target of 60 %".
        let by = by || before > 1 && word(before - 1) == "of" && CHANGES.contains(&word(before - 2));
        let after_number = before > 1 && matches!(tokens.get(before - 2), Some(Token::Number(_)));
        let by = by || before > 0 && matches!(word(before - 1), "-" | "−") && !after_number;
        let compared = (after + 1..after + 3).any(|at| CHANGES.contains(&word(at)));
        // "by 60 % of the teams" says who and not how much; figures of the change are its own.
        let share = matches!(word(after + 1), "of" | "der" | "des" | "aller");
        let part_of_change = end > 0 && at < end && !by && !compared;
        if (by || compared && !bare) && !share && !part_of_change {
            found.push((*number, meant));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str, figures: Option<((f64, f64), &str)>) -> usize {
        let mut findings = Findings::new("a.md");
        sentence(text, Position::START, figures, &mut findings);
        findings.count()
    }

    #[test]
    fn a_sentence_is_held_against_its_own_figures() {
        for wrong in [
            "Setup goes from 3 days to 4 hours, by 60 %",
            "From 40 minutes to 10 minutes is 50 % less waiting",
            "von 4 Tagen auf 2 Tage, um 75 %",
            "Queries drop by 90 percent, from 100 to 50",
            "from 3 days to 4 hours, by about 60%",
        ] {
            assert_eq!(codes(wrong, None), 1, "{wrong}");
        }
        for right in [
            "Setup goes from 3 days to 4 hours, by 94 %",
            "Setup goes from 3 working days to 4 hours, by 83.3 %",
            "From 40 minutes to 10 minutes is 75 % less waiting",
            "from 22 to 10 minutes, by more than half, over 50 % less",
            "from 40 % to 20 %, by 20 % or by 50 %",
            "from 22 to 10 minutes, by about 50 %",
            "from 3 teams to 5 services, by 60 %",
            "from 3 days to 4 hours; used by 60 % of the teams",
            "nothing is compared here, 60 % faster",
            "from 3 days to 4 hours for 80 % of people",
            "a 27 % reduction of memory with the limit set from 10 to 0",
        ] {
            assert_eq!(codes(right, None), 0, "{right}");
        }
    }

    #[test]
    fn an_objective_is_held_against_baseline_and_target() {
        let figures = Some(((22.0, 10.0), "minutes"));
        assert_eq!(codes("Pipelines are 80 % faster", figures), 1);
        assert_eq!(codes("Cut pipeline time by 55 %", figures), 0);
        assert_eq!(codes("A reduction of 80 %", figures), 1);
        for other in [
            "80 % of the teams stay with their change",
            "A target of 80 %",
            "Between 40-60 % take part",
            "For 80 % the wait is gone",
            "Liked by 90 % of the teams",
        ] {
            assert_eq!(codes(other, figures), 0, "{other}");
        }
        assert_eq!(codes("Adoption rises by 30 %", Some(((40.0, 70.0), "share of teams"))), 0);
        assert_eq!(codes("Nothing to divide by, 30 % less", Some(((0.0, 0.0), "x"))), 0);
    }

    #[test]
    fn the_message_gives_both_readings() {
        let mut findings = Findings::new("a.md");
        sentence("from 3 days to 4 hours, by 60 %", Position::START, None, &mut findings);
        let message = findings.into_list().remove(0).message;
        assert!(message.ends_with("that is 94.4 % by the clock, 83.3 % in 8-hour days"), "{message}");
    }
}
