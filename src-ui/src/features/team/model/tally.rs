//! The figures of one person: how many days somebody else had to act, and which milestones were reached.

use jiff::civil::Date;
use waymark_core::{
    event::Evidence,
    team::{MilestoneLine, PersonPage},
};

use super::words::decimal;
use crate::kit::dates;

/// "6.5 of 29 days, 22.4 %"; `None` before the first day.
pub(crate) fn days_of((part, whole): (f64, u32)) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let days = if part.fract() == 0.0 { format!("{part:.0}") } else { decimal(part) };
    let share = decimal(part / f64::from(whole) * 100.0);
    Some(format!("{days} of {whole} days, {share} %"))
}

/// A milestone as a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stone {
    /// Its title.
    pub(crate) title: String,
    /// When it was reached or should be.
    pub(crate) when: String,
    /// Whether it was reached.
    pub(crate) reached: bool,
    /// What supports it.
    pub(crate) evidence: Option<Evidence>,
}

/// The milestones in the template's order.
pub(crate) fn stones(page: &PersonPage) -> Vec<Stone> {
    page.milestones.iter().map(|line| stone(line, page.today)).collect()
}

fn stone(line: &MilestoneLine, today: Date) -> Stone {
    let when = match (line.reached, line.working_day, line.target) {
        (Some(day), Some(number), _) => format!("working day {number}, {}", dates::short(day)),
        (Some(day), None, _) => dates::day_of_year(day, today),
        (None, _, Some(target)) if target < today => format!("was planned for {}", dates::day_of_year(target, today)),
        (None, _, Some(target)) => format!("by {}", dates::day_of_year(target, today)),
        (None, _, None) => "ahead".to_owned(),
    };
    Stone { title: line.title.clone(), when, reached: line.reached.is_some(), evidence: line.evidence }
}

#[cfg(test)]
mod tests {
    use super::{super::samples::page, *};

    #[test]
    fn days_carry_their_share() {
        assert_eq!(days_of((6.5, 29)).as_deref(), Some("6.5 of 29 days, 22.4 %"));
        assert_eq!(days_of((2.0, 29)).as_deref(), Some("2 of 29 days, 6.9 %"));
        assert_eq!(days_of((0.0, 0)), None);
    }

    #[test]
    fn milestones_say_when() {
        let said: Vec<String> = stones(&page()).into_iter().map(|stone| stone.when).collect();
        assert_eq!(said, ["working day 10, 19 Dec", "by Fri 30 Jan"]);
    }
}
