//! The first screen of the day: one next step, why it, and what comes after it.

use jiff::civil::Date;
use waymark_api::ipc::{
    journey::{StepItem, StepStatus},
    today::{DayState, NextStep, OpenToday, StepRow, Stop, TodayView, Trail, WeekDay},
};
use waymark_core::calendar::{WorkCalendar, monday_of};

use crate::{
    App, AppError,
    journey::{Items, Loaded, active},
};

/// How many rows "Then" and "Waiting on others" show.
const ROWS: usize = 4;
/// How many titles a day of the week shows.
const TITLES: usize = 2;

/// Opens Today.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn open(app: &App, _: OpenToday) -> Result<TodayView, AppError> {
    let preferences = crate::settings::load(app).await?;
    let (finished, running): (Vec<Loaded>, Vec<Loaded>) = active(app).await?.into_iter().partition(Loaded::is_finished);
    let mut rows = open_rows(app, &running);
    let next = match (!rows.is_empty()).then(|| rows.remove(0)) {
        Some(row) => Some(next_step(app, &running, row).await?),
        None => None,
    };
    // The journey that the next step belongs to is the one that the headline speaks of.
    let leading = next.as_ref().map(|next| next.row.journey);
    let trails = || running.iter().map(|loaded| trail(app, loaded));
    let leads = |trail: &Trail| leading.is_none_or(|leading| trail.journey == leading);
    let main = trails().find(leads).or_else(|| trails().next());
    let others = trails().filter(|trail| main.as_ref().is_some_and(|main| main.journey != trail.journey)).collect();
    let recent = crate::docs::recent(app, 6).await?;
    Ok(TodayView {
        now: app.now().datetime(),
        name: preferences.name.split_whitespace().next().unwrap_or_default().to_owned(),
        week: week(app, &crate::app::calendar(&preferences), &running),
        trail: main,
        others,
        finished: finished.iter().map(|loaded| trail(app, loaded)).collect(),
        next,
        then: rows.into_iter().take(ROWS).collect(),
        waiting: waiting(app, &running).into_iter().take(ROWS).collect(),
        reading: recent.iter().find(|row| row.progress < 0.95).cloned(),
        recent: recent.into_iter().take(3).collect(),
        buddy: Some(preferences.buddy).filter(|buddy| !buddy.name.is_empty()),
        available: crate::journey::list(app, waymark_api::ipc::journey::ListJourneys {}).await?.available.len() as u32,
    })
}

fn row(loaded: &Loaded, item: StepItem, phase: String) -> StepRow {
    StepRow {
        journey: loaded.id,
        journey_title: loaded.values.plain(&loaded.template.title),
        step: item.id,
        title: item.title,
        phase,
        role: item.role,
        status: item.status,
        due: item.due,
        estimate_minutes: item.estimate_minutes,
        parts: item.parts,
    }
}

/// The person's steps over all journeys in one list, best first.
fn open_rows(app: &App, running: &[Loaded]) -> Vec<StepRow> {
    let mut rows: Vec<(bool, Date, StepRow)> = Vec::new();
    for loaded in running {
        for (item, phase) in Items::of(app, loaded).candidates() {
            let due = item.due.map_or(Date::MAX, |due| due.date);
            rows.push((!item.required, due, row(loaded, item, phase)));
        }
    }
    rows.sort_by_key(|(optional, due, _)| (*optional, *due));
    rows.into_iter().map(|(_, _, row)| row).collect()
}

async fn next_step(app: &App, running: &[Loaded], row: StepRow) -> Result<NextStep, AppError> {
    let Some(loaded) = running.iter().find(|loaded| loaded.id == row.journey) else {
        return Ok(NextStep { row, why: None, docs: Vec::new() });
    };
    let step = loaded.template.step(&row.step);
    let reader = app.reader(loaded.pack, &loaded.template.path).await?;
    Ok(NextStep {
        why: step.and_then(|step| step.why.as_deref()).map(|why| loaded.values.plain(why)),
        docs: step.map(|step| reader.links(&step.docs)).unwrap_or_default(),
        row,
    })
}

/// Blocked steps of the person, and open steps of others whose day has come.
fn waiting(app: &App, running: &[Loaded]) -> Vec<StepRow> {
    let today = app.today();
    let mut rows = Vec::new();
    for loaded in running {
        for phase in Items::of(app, loaded).phases() {
            for step in phase.steps {
                let blocked = matches!(step.status, StepStatus::Blocked { .. });
                let others = !step.role.is_hire() && step.status.is_open();
                if blocked || (others && step.due.is_some_and(|due| due.date <= today)) {
                    rows.push(row(loaded, step, phase.title.clone()));
                }
            }
        }
    }
    rows.sort_by_key(|row| !matches!(row.status, StepStatus::Blocked { .. }));
    rows
}

/// A journey as a line; a milestone stands where the required steps up to its own end.
fn trail(app: &App, loaded: &Loaded) -> Trail {
    let total = f64::from(loaded.resolved.progress.total.max(1));
    let mut stops = Vec::new();
    let mut steps_to_next = None;
    let (mut counted, mut open) = (0_u32, 0_u32);
    for phase in Items::of(app, loaded).phases() {
        for step in &phase.steps {
            let counts = step.required && !matches!(step.status, StepStatus::Waived { .. } | StepStatus::NotApplicable);
            counted += u32::from(counts);
            open += u32::from(counts && step.status.is_open());
            for milestone in phase.milestones.iter().filter(|milestone| milestone.after.as_ref() == Some(&step.id)) {
                let next = milestone.reached.is_none() && steps_to_next.is_none();
                if next {
                    steps_to_next = Some(open);
                }
                stops.push(Stop {
                    title: milestone.title.clone(),
                    at: f64::from(counted) * 100.0 / total,
                    reached: milestone.reached.is_some(),
                    next,
                });
            }
        }
    }
    Trail {
        journey: loaded.id,
        title: loaded.values.plain(&loaded.template.title),
        day: loaded.calendar.day_number(loaded.start, app.today()),
        progress: loaded.resolved.progress,
        stops,
        steps_to_next,
    }
}

/// This week's working days with what is due on each.
fn week(app: &App, calendar: &WorkCalendar, running: &[Loaded]) -> Vec<WeekDay> {
    let today = app.today();
    let monday = monday_of(today);
    (0..7)
        .filter_map(|days| monday.checked_add(jiff::Span::new().days(days)).ok())
        .filter(|date| calendar.week[date.weekday().to_monday_zero_offset() as usize])
        .map(|date| day(app, calendar, running, today, date))
        .collect()
}

fn day(app: &App, calendar: &WorkCalendar, running: &[Loaded], today: Date, date: Date) -> WeekDay {
    let mut titles = Vec::new();
    let mut left = false;
    let mut milestone = false;
    for loaded in running {
        for phase in Items::of(app, loaded).phases() {
            milestone |= phase.milestones.iter().any(|milestone| milestone.target == Some(date));
            for step in phase.steps.into_iter().filter(|step| step.role.is_hire() && step.required) {
                if step.due.is_some_and(|due| due.date == date) {
                    left |= step.status.is_open();
                    titles.push(step.title);
                }
            }
        }
    }
    let begun = running.iter().any(|loaded| loaded.start <= date);
    let state = match date.cmp(&today) {
        _ if !calendar.is_working(date) => DayState::Off,
        std::cmp::Ordering::Less if left => DayState::Late,
        std::cmp::Ordering::Less if !begun => DayState::Before,
        std::cmp::Ordering::Less => DayState::Done,
        std::cmp::Ordering::Equal => DayState::Today,
        std::cmp::Ordering::Greater => DayState::Ahead,
    };
    let more = titles.len().saturating_sub(TITLES);
    titles.truncate(TITLES);
    if more > 0 {
        titles.push(format!("{more} more"));
    }
    WeekDay { date, titles, milestone, state }
}
