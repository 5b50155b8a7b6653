//! A team's page as a CSV file: a row for each number, the same numbers as on the page.

use super::{AttentionKind, Curve, Figure, PersonState, Quantile, TeamOverview, share_in_words};
use crate::metrics::rounded;

/// Writes RFC 4180: comma, quotes where they are needed, CR LF. What is not shown on the page is
/// "under 5" here, or empty where there is none.
///
/// A cell of text that a spreadsheet would take for a formula has an apostrophe before it.
pub fn csv(page: &TeamOverview) -> String {
    let mut file = Csv(String::new());
    file.row(["section", "item", "group", "figure", "value"]);
    file.row(["page", &page.team, "", "as of", &page.as_of.to_string()]);
    file.row(["page", &page.team, "", "people in onboarding", &page.onboarding.to_string()]);
    for one in &page.attention {
        let (figure, value) = waits(&one.kind);
        file.row(["needs you", &one.title, &one.name, figure, &value]);
    }
    for chart in &page.curves {
        for cohort in &chart.cohorts {
            let mut figure = |name: &str, value: &str| {
                file.row(["time to milestone", &chart.title, &cohort.label, name, value]);
            };
            figure("definition", &chart.definition);
            figure("people", &number(cohort.people));
            figure("reached", &share_in_words(cohort.reached));
            if let Some(curve) = &cohort.curve {
                curve_rows(curve, &mut figure);
            }
        }
    }
    for bar in &page.reached {
        file.row(["milestones reached", &bar.title, "", "people", &share_in_words(bar.reached)]);
    }
    for step in &page.slow_steps {
        let mut figure = |name: &str, value: &str| file.row(["slow steps", &step.title, &step.journey, name, value]);
        let decimal = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        figure("people", &number(step.people));
        figure("median, working days", &decimal(step.median_days));
        figure("p90, working days", &decimal(step.p90_days));
        figure("blocked share", &decimal(step.blocked_share));
        figure("said unclear", &share_in_words(step.unclear));
    }
    for person in &page.people {
        let mut figure =
            |name: &str, value: &str| file.row(["people", &person.name, &person.journey_title, name, value]);
        figure("started", &person.started.to_string());
        figure("working day", &person.working_day.to_string());
        figure("required steps done", &person.progress.done.to_string());
        figure("required steps", &person.progress.total.to_string());
        figure("last milestone", person.milestone.as_deref().unwrap_or_default());
        figure("state", state(person.state));
        figure("last activity", &person.last.map_or(String::new(), |last| last.to_string()));
    }
    file.0
}

fn number(figure: Figure<u32>) -> String {
    figure.shown().map_or("under 5".to_owned(), |number| number.to_string())
}

fn curve_rows(curve: &Curve, figure: &mut impl FnMut(&str, &str)) {
    let day = |day: Option<u32>| day.map_or("not yet reached".to_owned(), |day| day.to_string());
    for (name, Quantile { day: at, from, to }) in [("p50", curve.p50), ("p75", curve.p75), ("p90", curve.p90)] {
        figure(&format!("{name}, working day"), &day(at));
        figure(&format!("{name} from"), &day(from));
        figure(&format!("{name} to"), &day(to));
    }
    for (at, people) in &curve.at_risk {
        figure(&format!("at risk on day {at}"), &number(*people));
    }
    for point in &curve.points {
        let share = |share: f64| rounded(share, 4).to_string();
        figure(&format!("share on day {}", point.day), &share(point.share));
        if let Some((lower, upper)) = point.interval {
            figure(&format!("share on day {} from", point.day), &share(lower));
            figure(&format!("share on day {} to", point.day), &share(upper));
        }
    }
}

fn waits(kind: &AttentionKind) -> (&'static str, String) {
    match kind {
        AttentionKind::Blocked { working_days, .. } => ("blocked, working days", working_days.to_string()),
        AttentionKind::Overdue { working_days, .. } => ("overdue, working days", working_days.to_string()),
        AttentionKind::SignOff { since, .. } => ("waits for sign-off since", since.to_string()),
        AttentionKind::YourStep { due } => ("your step, due", due.map_or(String::new(), |due| due.to_string())),
        AttentionKind::Quiet { working_days } => ("without activity, working days", working_days.to_string()),
    }
}

fn state(state: PersonState) -> &'static str {
    match state {
        PersonState::Ahead => "ahead",
        PersonState::UnderWay => "under way",
        PersonState::Blocked => "blocked",
        PersonState::Overdue => "overdue",
        PersonState::Finished => "finished",
    }
}

struct Csv(String);

impl Csv {
    fn row(&mut self, cells: [&str; 5]) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.0.push(',');
            }
            self.0.push_str(&escaped(cell));
        }
        self.0.push_str("\r\n");
    }
}

/// One cell. A number is no formula, also a negative one.
fn escaped(cell: &str) -> String {
    let number = cell.strip_prefix('-').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !number;
    let safe = if formula { format!("'{cell}") } else { cell.to_owned() };
    if safe.contains([',', '"', '\r', '\n']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_commas_are_quoted() {
        for (cell, expected) in [
            ("First PR", "First PR"),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("+1 for tea", "'+1 for tea"),
            ("-A1", "'-A1"),
            ("-3", "-3"),
            ("-inf", "'-inf"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("Osei, Ada", "\"Osei, Ada\""),
            ("two\nlines", "\"two\nlines\""),
            ("", ""),
        ] {
            assert_eq!(escaped(cell), expected, "{cell:?}");
        }
    }
}
