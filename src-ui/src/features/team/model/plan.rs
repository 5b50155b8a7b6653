//! What would follow from an assignment or a moved start.

use jiff::civil::Date;
use waymark_api::http::journeys::Plan;

use crate::kit::dates;

/// One line of a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlanLine {
    /// The day of the step, or from where to where it moves.
    pub(crate) when: String,
    /// The step.
    pub(crate) title: String,
}

/// The steps with their days; of a moved start only those that move.
pub(crate) fn plan_lines(plan: &Plan, today: Date) -> Vec<PlanLine> {
    let moves = plan.due.iter().any(|step| step.before.is_some());
    plan.due
        .iter()
        .filter(|step| !moves || step.before.is_some_and(|before| before != step.due))
        .map(|step| {
            let due = dates::day_of_year(step.due, today);
            let when = match step.before {
                Some(before) => format!("{} → {due}", dates::day_of_year(before, today)),
                None => due,
            };
            PlanLine { when, title: step.title.clone() }
        })
        .collect()
}

/// What the preview says in one sentence.
pub(crate) fn plan_sentence(plan: &Plan, today: Date) -> String {
    let day = dates::day_of_year(plan.day_one, today);
    let steps = |count: usize| if count == 1 { "1 step has".to_owned() } else { format!("{count} steps have") };
    match plan.moved {
        0 if plan.due.iter().any(|step| step.before.is_some()) => format!("Day 1 is {day}. No due day changes."),
        0 => format!("Day 1 is {day}. {} a due day.", steps(plan.due.len())),
        1 => format!("Day 1 is {day}. 1 due day changes."),
        moved => format!("Day 1 is {day}. {moved} due days change."),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use waymark_api::http::journeys::PlannedStep;

    use super::*;

    fn plan(steps: &[(&str, Date, Option<Date>)], moved: u32) -> Plan {
        let due = |(title, due, before): &(&str, Date, Option<Date>)| PlannedStep {
            title: (*title).to_owned(),
            due: *due,
            before: *before,
        };
        Plan { journey: None, day_one: date(2026, 1, 19), due: steps.iter().map(due).collect(), moved, recorded: None }
    }

    #[test]
    fn an_assignment_says_what_is_due_when() {
        let today = date(2026, 1, 12);
        let plan = plan(&[("Laptop", date(2026, 1, 19), None), ("VPN", date(2026, 1, 21), None)], 0);
        assert_eq!(plan_sentence(&plan, today), "Day 1 is Mon 19 Jan. 2 steps have a due day.");
        let lines = plan_lines(&plan, today);
        assert_eq!(lines[1], PlanLine { when: "Wed 21 Jan".to_owned(), title: "VPN".to_owned() });
    }

    #[test]
    fn a_moved_start_says_what_moves() {
        let today = date(2026, 1, 12);
        let stays = date(2026, 1, 14);
        let plan = plan(&[("VPN", date(2026, 1, 21), Some(date(2026, 1, 16))), ("Badge", stays, Some(stays))], 1);
        assert_eq!(plan_sentence(&plan, today), "Day 1 is Mon 19 Jan. 1 due day changes.");
        let lines = plan_lines(&plan, today);
        assert_eq!(lines.len(), 1, "what stays is not listed");
        assert_eq!(lines[0].when, "Fri 16 Jan → Wed 21 Jan");
    }
}
