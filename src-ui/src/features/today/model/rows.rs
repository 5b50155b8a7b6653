//! Rows of Today: what comes then, and what waits on others.

use jiff::civil::DateTime;
use waymark_api::ipc::{
    journey::StepStatus,
    today::{StepRow, TodayView},
};

use crate::{
    features::journey::{Tick, words},
    kit::{case::uncapitalised, dates},
};

/// A row that was ticked during this visit, with the place where it stood.
pub(crate) type Held = (usize, StepRow);

/// What "Then" lists: the loaded rows, and the ones that were ticked during this visit at their old places,
/// so that nothing vanishes under the pointer. A row that came back, or moved up to "Next up", is not doubled.
pub(crate) fn then(view: &TodayView, held: &[Held]) -> Vec<(StepRow, bool)> {
    let mut rows: Vec<(StepRow, bool)> = view.then.iter().map(|row| (row.clone(), row.status.is_done())).collect();
    for (at, row) in held {
        let same = |other: &StepRow| other.journey == row.journey && other.step == row.step;
        let elsewhere = view.next.iter().any(|next| same(&next.row)) || view.waiting.iter().any(same);
        if !elsewhere && !rows.iter().any(|(other, _)| same(other)) {
            rows.insert((*at).min(rows.len()), (row.clone(), true));
        }
    }
    rows
}

/// Whether a row's box is ticked once all ticks are on disk.
pub(crate) fn ticked(row: &StepRow, done: bool, ticks: &[Tick]) -> bool {
    ticks.iter().rfind(|tick| tick.journey == row.journey && tick.step == row.step).map_or(done, |tick| tick.done)
}

/// Why a row waits: "Blocked yesterday, 16:40 · missing access", "IT · 2 days late".
pub(crate) fn waiting(row: &StepRow, now: DateTime) -> String {
    match &row.status {
        StepStatus::Blocked { since, reason, note } => {
            let what = if note.is_empty() { words::block_reason_short(*reason) } else { note };
            format!("Blocked {} · {what}", dates::ago(*since, now))
        }
        StepStatus::Locked { by } => words::after(by),
        _ => {
            let who = words::role_badge(row.role).unwrap_or("You");
            let due = row.due.map(|due| {
                let words = words::due_alarm(row.due).unwrap_or_else(|| format!("Due {}", dates::day(due.date)));
                format!(" · {}", uncapitalised(&words))
            });
            format!("{who}{}", due.unwrap_or_default())
        }
    }
}

/// A message for whoever it waits on, ready to be pasted into a chat.
pub(crate) fn nudge(row: &StepRow) -> String {
    match &row.status {
        StepStatus::Blocked { note, .. } if !note.is_empty() => {
            format!("Hello! I cannot go on with “{}” ({}): {note} Could you help?", row.title, row.journey_title)
        }
        StepStatus::Blocked { .. } => {
            format!("Hello! I cannot go on with “{}” ({}). Could you help?", row.title, row.journey_title)
        }
        _ => format!(
            "Hello! “{}” ({}) is on my list and waits on you. Could you have a look?",
            row.title, row.journey_title
        ),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};
    use waymark_api::ipc::{
        journey::{Due, DueMark},
        today::NextStep,
    };
    use waymark_core::{
        event::BlockReason,
        id::{JourneyId, StepId},
        journey::Role,
    };

    use super::*;

    fn journey() -> JourneyId {
        "0192f0c1-2345-7abc-8def-0123456789ab".parse().expect("a UUID")
    }

    fn row(step: &str) -> StepRow {
        StepRow {
            journey: journey(),
            journey_title: "Backend".to_owned(),
            step: step.into(),
            title: step.to_owned(),
            phase: "Week 1".to_owned(),
            role: Role::Hire,
            status: StepStatus::Open,
            due: None,
            estimate_minutes: None,
            parts: None,
        }
    }

    fn view(then: &[&str]) -> TodayView {
        TodayView {
            now: datetime(2026, 1, 21, 10, 0, 0, 0),
            name: String::new(),
            trail: None,
            others: Vec::new(),
            finished: Vec::new(),
            next: None,
            then: then.iter().map(|step| row(step)).collect(),
            waiting: Vec::new(),
            reading: None,
            recent: Vec::new(),
            week: Vec::new(),
            buddy: None,
            available: 0,
        }
    }

    fn said(rows: &[(StepRow, bool)]) -> Vec<String> {
        rows.iter().map(|(row, done)| format!("{}{}", if *done { "x " } else { "" }, row.step)).collect()
    }

    #[test]
    fn a_row_that_was_ticked_stays_at_its_place() {
        let held = [(1, row("b"))];
        assert_eq!(said(&then(&view(&["a", "c", "d"]), &held)), ["a", "x b", "c", "d"]);
        assert_eq!(said(&then(&view(&[]), &held)), ["x b"]);
    }

    #[test]
    fn a_row_that_came_back_is_not_doubled() {
        let held = [(1, row("b"))];
        assert_eq!(said(&then(&view(&["a", "b"]), &held)), ["a", "b"]);
        let mut moved_up = view(&["a"]);
        moved_up.next = Some(NextStep { row: row("b"), why: None, docs: Vec::new() });
        assert_eq!(said(&then(&moved_up, &held)), ["a"]);
    }

    #[test]
    fn the_newest_tick_decides() {
        let tick = |done| Tick { journey: journey(), step: StepId::from("a"), done };
        assert!(ticked(&row("a"), false, &[tick(true)]));
        assert!(!ticked(&row("a"), true, &[tick(true), tick(false)]));
        assert!(ticked(&row("b"), true, &[tick(false)]), "another row's tick");
    }

    #[test]
    fn waiting_says_why_and_since_when() {
        let now = datetime(2026, 1, 21, 10, 0, 0, 0);
        let since = datetime(2026, 1, 20, 16, 40, 0, 0);
        let blocked = |note: &str| StepRow {
            status: StepStatus::Blocked { since, reason: BlockReason::MissingAccess, note: note.to_owned() },
            ..row("Laptop admin rights")
        };
        assert_eq!(waiting(&blocked("IT desk has my form."), now), "Blocked yesterday, 16:40 · IT desk has my form.");
        assert_eq!(waiting(&blocked(""), now), "Blocked yesterday, 16:40 · missing access");
        let asked = StepRow {
            role: Role::It,
            due: Some(Due { date: date(2026, 1, 21), mark: DueMark::Today }),
            ..row("laptop")
        };
        assert_eq!(waiting(&asked, now), "IT · due today");
        assert!(nudge(&blocked("IT desk has my form.")).contains("IT desk has my form."));
    }
}
