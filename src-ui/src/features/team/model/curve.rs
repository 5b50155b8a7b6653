//! Time to a milestone, from the server's numbers to a chart and its table.

use waymark_core::{
    id::MilestoneId,
    team::{Cohort, MilestoneChart, Quantile},
};

use super::words::figure;
use crate::charts::{Series, Step, StepCurve, Table};

/// A milestone's chart with the words around it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Trend {
    /// The curves; `None` where no cohort has five people.
    pub(crate) chart: Option<StepCurve>,
    /// The same numbers.
    pub(crate) table: Table,
    /// What screen readers hear of the curves.
    pub(crate) description: String,
    /// How to read it, and who is left out.
    pub(crate) note: String,
}

/// The milestone that is shown first: one that has a curve.
pub(crate) fn first_choice(charts: &[MilestoneChart]) -> Option<&MilestoneId> {
    let drawn = |chart: &&MilestoneChart| chart.cohorts.iter().any(|cohort| cohort.curve.is_some());
    charts.iter().find(drawn).or(charts.first()).map(|chart| &chart.milestone)
}

/// The chart of one milestone.
pub(crate) fn trend(milestone: &MilestoneChart) -> Trend {
    let series: Vec<Series> = milestone.cohorts.iter().filter_map(series).collect();
    let left_out: Vec<&str> =
        milestone.cohorts.iter().filter(|cohort| cohort.curve.is_none()).map(|cohort| cohort.label.as_str()).collect();
    let mut note = "Band: 95 %. Ticks: still under way. Ends below five at risk.".to_owned();
    if !left_out.is_empty() {
        note.push_str(&format!(" Under five people: {}.", left_out.join(", ")));
    }
    let chart = StepCurve { series, unit: "working days since start".to_owned() };
    let medians: Vec<String> =
        chart.series.iter().map(|series| format!("{}: {}.", series.label, series.note)).collect();
    let description = format!("Step curves with 95 % bands. {}", medians.join(" "));
    let table = table(&chart, &milestone.cohorts);
    Trend { chart: (!chart.series.is_empty()).then_some(chart), table, description, note }
}

fn series(cohort: &Cohort) -> Option<Series> {
    let curve = cohort.curve.as_ref()?;
    let median = curve.p50.day.map_or_else(|| "median not reached".to_owned(), |day| format!("median day {day}"));
    let steps = curve
        .points
        .iter()
        .map(|point| Step { day: point.day, share: point.share, interval: point.interval })
        .collect();
    Some(Series {
        label: cohort.label.clone(),
        note: format!("{median}, n {}", figure(cohort.people)),
        steps,
        censored: curve.censored.clone(),
        median: curve.p50.day,
        at_risk: curve.at_risk.iter().map(|(day, count)| (*day, figure(*count))).collect(),
    })
}

/// A row for each tick of the axis, then one for each quantile.
fn table(chart: &StepCurve, cohorts: &[Cohort]) -> Table {
    let curves: Vec<_> = cohorts.iter().filter_map(|cohort| cohort.curve.as_ref()).collect();
    let mut head = vec!["Working day".to_owned()];
    head.extend(chart.series.iter().flat_map(|series| [format!("{} reached", series.label), "At risk".to_owned()]));
    let row = |day: &u32| {
        let cells = chart.series.iter().flat_map(|series| {
            let risk = series.at_risk.iter().find(|(own, _)| own == day).map(|(_, count)| count.clone());
            let share =
                if *day <= series.end() { format!("{:.1} %", series.share_at(*day) * 100.0) } else { "–".to_owned() };
            [share, risk.unwrap_or_else(|| "–".to_owned())]
        });
        [day.to_string()].into_iter().chain(cells).collect()
    };
    let mut rows: Vec<Vec<String>> =
        if curves.is_empty() { Vec::new() } else { chart.ticks().iter().map(row).collect() };
    type Pick = fn(&waymark_core::team::Curve) -> Quantile;
    let quantiles: [(&str, Pick); 3] = [
        ("Half by", |curve| curve.p50),
        ("Three quarters by", |curve| curve.p75),
        ("Nine in ten by", |curve| curve.p90),
    ];
    if !curves.is_empty() {
        for (name, pick) in quantiles {
            let cells = curves.iter().flat_map(|curve| [quantile(pick(curve)), String::new()]);
            rows.push([name.to_owned()].into_iter().chain(cells).collect());
        }
    }
    Table { head, rows }
}

/// "day 8 (6–10)"; an end that nobody reached is open.
fn quantile(quantile: Quantile) -> String {
    let Quantile { day, from, to } = quantile;
    let Some(day) = day else { return "not yet reached".to_owned() };
    match (from, to) {
        (Some(from), Some(to)) => format!("day {day} ({from}–{to})"),
        (Some(from), None) => format!("day {day} ({from} or later)"),
        (None, _) => format!("day {day}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples::chart, *};

    #[test]
    fn the_table_has_the_numbers_of_the_curve() {
        let Trend { chart: drawn, table, note, description } = trend(&chart());
        assert_eq!(drawn.expect("a curve").series.len(), 1, "a cohort of fewer than five has none");
        assert_eq!(table.head, ["Working day", "2025/26 reached", "At risk"]);
        let rows: Vec<String> = table.rows.iter().map(|row| row.join(" | ")).collect();
        assert_eq!(rows[0], "0 | 0.0 % | 28");
        assert_eq!(rows[2], "10 | 69.9 % | 9");
        assert_eq!(rows[rows.len() - 3], "Half by | day 8 (6–10) | ");
        assert_eq!(rows[rows.len() - 1], "Nine in ten by | not yet reached | ");
        assert!(note.ends_with("Under five people: 2024/25."), "{note}");
        assert!(description.contains("2025/26: median day 8, n 28."));
    }

    #[test]
    fn the_first_choice_has_a_curve() {
        let mut bare = chart();
        bare.milestone = "bare".into();
        bare.cohorts.iter_mut().for_each(|cohort| cohort.curve = None);
        assert!(trend(&bare).chart.is_none());
        let charts = [bare, chart()];
        assert_eq!(first_choice(&charts).map(MilestoneId::as_str), Some("first-pr"));
        assert_eq!(first_choice(&charts[..1]).map(MilestoneId::as_str), Some("bare"));
    }
}
