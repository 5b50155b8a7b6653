//! A person's steps on an axis of days.

use jiff::civil::Date;
use waymark_core::{
    event::Evidence,
    id::StepId,
    team::{PersonPage, SpanKind, TimelineRow},
};

use super::words::evidence_word;
use crate::{
    charts::{DayAxis, Table, Tick},
    kit::dates,
};

/// The whole timeline.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lanes {
    /// Weeks.
    pub(crate) ticks: Vec<Tick>,
    /// The end of today, in percent of the axis.
    pub(crate) today: f64,
    /// The steps in the template's order.
    pub(crate) list: Vec<Lane>,
    /// The same as a table.
    pub(crate) table: Table,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lane {
    /// The step.
    pub(crate) step: StepId,
    /// Its title.
    pub(crate) title: String,
    /// Its phase, where it is not that of the step before.
    pub(crate) phase: Option<String>,
    /// What happened on it: kind, place and size in percent.
    pub(crate) bars: Vec<(SpanKind, f64, f64)>,
    /// The place of its milestone in percent, and whether it was reached.
    pub(crate) stop: Option<(f64, bool)>,
    /// Where it stands.
    pub(crate) mark: LaneMark,
    /// Who or what, in words.
    pub(crate) note: String,
    /// The day that belongs to the mark.
    pub(crate) when: String,
    /// Whether something can still be done about it.
    pub(crate) open: bool,
    /// Whether it is what is going on, or a milestone.
    pub(crate) strong: bool,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LaneMark {
    /// Done, with what supports it.
    Done(Evidence),
    /// It cannot go on.
    Blocked,
    /// Somebody else has to act.
    Waiting,
    /// It can be worked on.
    Working,
    /// Its day is over.
    Overdue,
    /// Its day is to come.
    Ahead,
    /// It has no day.
    Undated,
    /// It does not apply to this person.
    Waived,
}

impl LaneMark {
    /// In a word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Done(evidence) => evidence_word(evidence),
            Self::Blocked => "Blocked",
            Self::Waiting => "Waiting",
            Self::Working => "Open",
            Self::Overdue => "Overdue",
            Self::Ahead => "Ahead",
            Self::Undated => "No due day",
            Self::Waived => "Waived",
        }
    }
}

/// Room of a week's name and of "Today" together, in percent of the axis.
const TODAY_ROOM: f64 = 26.0;

/// The timeline of a page.
pub(crate) fn lanes(page: &PersonPage) -> Lanes {
    let spans = || page.timeline.iter().flat_map(|row| &row.spans);
    let first = spans().map(|span| span.from).chain([page.started]).min().unwrap_or(page.started);
    let days = spans().map(|span| span.to).chain(page.timeline.iter().filter_map(|row| row.due));
    let last = days.chain([page.today, page.started]).max().unwrap_or(page.today);
    // A little room at the end, so that the last diamond is not cut.
    let axis = DayAxis::new(first, last.tomorrow().unwrap_or(last));
    let mut phase = "";
    let list: Vec<Lane> = page
        .timeline
        .iter()
        .map(|row| {
            let new = (row.phase != phase).then(|| row.phase.clone());
            phase = &row.phase;
            lane(row, page, &axis, new)
        })
        .collect();
    let (at, size) = axis.span(page.today, page.today);
    let today = at + size;
    let mut ticks = axis.ticks(dates::short);
    // "Today" stands left of its line; a week's name there would lie under it.
    for tick in ticks.iter_mut().filter(|tick| (today - TODAY_ROOM..today).contains(&tick.at)) {
        tick.label.clear();
    }
    Lanes { ticks, today, table: table(page, &list), list }
}

fn lane(row: &TimelineRow, page: &PersonPage, axis: &DayAxis, phase: Option<String>) -> Lane {
    let mark = mark(row, page.today);
    let bars = row.spans.iter().map(|span| {
        let (at, size) = axis.span(span.from, span.to);
        (span.kind, at, size)
    });
    let stop = row.milestone.as_ref().and_then(|milestone| {
        let line = page.milestones.iter().find(|line| line.milestone == *milestone);
        let reached = line.and_then(|line| line.reached);
        let day = reached.or(row.due).or(line.and_then(|line| line.target))?;
        let (at, size) = axis.span(day, day);
        Some((at + size / 2.0, reached.is_some()))
    });
    let closed = matches!(mark, LaneMark::Done(_) | LaneMark::Waived);
    let last = row.spans.last();
    let when = match mark {
        LaneMark::Done(_) => last.map(|span| span.to),
        LaneMark::Blocked | LaneMark::Waiting => last.map(|span| span.from),
        LaneMark::Working | LaneMark::Overdue | LaneMark::Ahead | LaneMark::Undated => row.due,
        LaneMark::Waived => None,
    };
    Lane {
        step: row.step.clone(),
        title: row.title.clone(),
        phase,
        bars: bars.collect(),
        stop,
        mark,
        // The mark says it already.
        note: if row.waived { String::new() } else { row.note.clone() },
        when: when.map(dates::short).unwrap_or_default(),
        open: !closed,
        strong: row.milestone.is_some() || matches!(mark, LaneMark::Blocked | LaneMark::Waiting | LaneMark::Overdue),
    }
}

fn mark(row: &TimelineRow, today: Date) -> LaneMark {
    if row.waived {
        return LaneMark::Waived;
    }
    if let Some(evidence) = row.evidence {
        return LaneMark::Done(evidence);
    }
    match (row.spans.last().map(|span| span.kind), row.due) {
        (Some(SpanKind::Blocked), _) => LaneMark::Blocked,
        (Some(SpanKind::Waiting), _) => LaneMark::Waiting,
        (_, Some(due)) if due < today => LaneMark::Overdue,
        (Some(SpanKind::Working), _) => LaneMark::Working,
        (None, Some(_)) => LaneMark::Ahead,
        (None, None) => LaneMark::Undated,
    }
}

/// Everything that the bars show, in words.
fn table(page: &PersonPage, lanes: &[Lane]) -> Table {
    let row = |(row, lane): (&TimelineRow, &Lane)| {
        let happened: Vec<String> = row
            .spans
            .iter()
            .map(|span| {
                let what = match span.kind {
                    SpanKind::Working => "open",
                    SpanKind::Blocked => "blocked",
                    SpanKind::Waiting => "waiting",
                };
                if span.from == span.to {
                    format!("{what} {}", dates::short(span.from))
                } else {
                    format!("{what} {} to {}", dates::short(span.from), dates::short(span.to))
                }
            })
            .collect();
        let state = [lane.mark.word(), lane.note.as_str()].join(" ");
        let due = row.due.map(|due| dates::day_of_year(due, page.today)).unwrap_or_default();
        vec![row.title.clone(), row.phase.clone(), happened.join(", "), due, state.trim_end().to_owned()]
    };
    Table {
        head: ["Step", "Phase", "What happened", "Due", "State"].map(str::to_owned).to_vec(),
        rows: page.timeline.iter().zip(lanes).map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples::page, *};

    #[test]
    fn a_step_stands_where_its_facts_say() {
        let lanes = lanes(&page());
        let marks: Vec<(&str, &str, &str)> =
            lanes.list.iter().map(|lane| (lane.title.as_str(), lane.mark.word(), lane.when.as_str())).collect();
        assert_eq!(
            marks,
            [
                ("Laptop admin rights", "Confirmed", "15 Dec"),
                ("First PR", "Confirmed", "19 Dec"),
                ("Prod access", "Blocked", "16 Jan"),
                ("First deploy", "Ahead", "30 Jan"),
            ]
        );
        let phases: Vec<Option<&str>> = lanes.list.iter().map(|lane| lane.phase.as_deref()).collect();
        assert_eq!(phases, [Some("Week 1"), None, Some("Month 1"), None], "a phase is named once");
        assert!(!lanes.list[0].open && lanes.list[2].open);
    }

    #[test]
    fn a_waived_step_is_neither_late_nor_ahead() {
        let mut page = page();
        let row = page.timeline.last_mut().expect("a row");
        (row.waived, row.due, row.note) = (true, Some(page.started), "waived".to_owned());
        let lane = lanes(&page).list.pop().expect("a lane");
        assert_eq!((lane.mark.word(), lane.note.as_str(), lane.open), ("Waived", "", false), "the word stands once");
    }

    #[test]
    fn bars_follow_each_other_and_end_today() {
        let lanes = lanes(&page());
        let bars = &lanes.list[0].bars;
        assert_eq!(bars.len(), 3);
        assert!(bars.windows(2).all(|pair| pair[0].1 + pair[0].2 <= pair[1].1 + 1e-9), "{bars:?}");
        let (_, at, size) = lanes.list[2].bars[1];
        assert!((at + size - lanes.today).abs() < 1e-9, "a block that lasts reaches today");
        assert_eq!(lanes.list[3].stop.map(|(_, reached)| reached), Some(false), "a milestone to come is hollow");
        assert!(lanes.list[3].stop.is_some_and(|(at, _)| at > lanes.today && at < 100.0));
    }

    #[test]
    fn the_table_says_what_the_bars_show() {
        let table = lanes(&page()).table;
        assert_eq!(
            table.rows[0],
            [
                "Laptop admin rights",
                "Week 1",
                "open 10 Dec, blocked 11 Dec to 14 Dec, open 15 Dec",
                "Fri 12 Dec 2025",
                "Confirmed by IT desk"
            ]
        );
    }
}
