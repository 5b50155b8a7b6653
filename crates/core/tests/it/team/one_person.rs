//! One journey: its summary, and the page that the person and the manager see.

use waymark_core::{
    event::{BlockReason, Evidence, Fact},
    id::StepId,
    journey::Progress,
    team::{JourneySummary, PersonState, SpanKind, TimelineRow},
};

use super::{Hire, day, event_id, instant, journey};

/// Li Wei's first two weeks.
fn story() -> Hire {
    let mut hire = Hire::new();
    hire.done("2026-03-02T10:00", "laptop");
    hire.done("2026-03-02T12:00", "sign-in");
    // Open since Tue 3 March; blocked from Fri 15:00 to Mon 11:00, which is four hours of work.
    let block = hire.blocked("2026-03-06T15:00", "prod", BlockReason::Unclear);
    hire.unblocked("2026-03-09T11:00", "prod", block);
    hire.done("2026-03-09T13:00", "prod");
    hire.reached("2026-03-10T09:30", "first-pr");
    hire.done("2026-03-11T16:10", "shadow");
    hire
}

fn minutes(summary: &JourneySummary, step: &str) -> (Option<u32>, u32, bool) {
    let time = summary.steps.iter().find(|time| time.step == StepId::new(step)).expect("a step with times");
    (time.done, time.blocked, time.unclear)
}

#[test]
fn a_summary_holds_times_in_working_time() {
    let summary = story().summary();
    assert_eq!(summary.progress, Progress { done: 4, total: 5 });
    assert_eq!(minutes(&summary, "laptop"), (Some(60), 0, false), "from nine, when the first day begins");
    assert_eq!(minutes(&summary, "sign-in"), (Some(120), 0, false), "from the laptop on");
    assert_eq!(minutes(&summary, "prod"), (Some((4 * 8 + 4) * 60), 4 * 60, true), "from the second day on");
    assert_eq!(minutes(&summary, "one-to-one"), (None, 0, false));
    let open: Vec<_> = summary.open.iter().map(|step| (step.step.as_str(), step.due, step.who.as_str())).collect();
    assert_eq!(open, [("one-to-one", Some(day("2026-03-04")), "Manager")], "the optional step is nobody's duty");
    assert_eq!(summary.confirmations.len(), 1);
    assert_eq!(summary.confirmations[0].since, instant("2026-03-11T16:10"));
    let reached: Vec<_> = summary.milestones.iter().map(|mark| mark.reached.map(|reached| reached.day)).collect();
    assert_eq!(reached, [Some(day("2026-03-02")), Some(day("2026-03-10"))]);
    assert_eq!((summary.last_day, summary.finished), (Some(day("2026-03-11")), None));
}

#[test]
fn p5_the_first_completion_counts_also_after_a_reopening() {
    let mut hire = Hire::new();
    let first = hire.done("2026-03-02T12:00", "sign-in");
    let reopened =
        Fact::StepReopened { journey: journey(), step: StepId::new("sign-in"), completion: first, note: String::new() };
    hire.add("2026-03-03T09:00", reopened);
    assert_eq!(hire.summary().milestones[0].reached, None, "it is open again");
    hire.done("2026-03-05T12:00", "sign-in");
    let reached = hire.summary().milestones[0].reached.expect("reached");
    assert_eq!(reached.at, instant("2026-03-02T12:00"));
    assert_eq!(minutes(&hire.summary(), "sign-in").0, Some(0), "it was done before its prerequisite");
}

#[test]
fn a_block_that_nobody_ended_is_over_when_the_step_is() {
    let mut hire = Hire::new();
    hire.blocked("2026-03-03T09:00", "prod", BlockReason::MissingAccess);
    let standing = hire.summary();
    assert_eq!(standing.blocks[0].since, day("2026-03-03"));
    assert_eq!((standing.blocks[0].note.as_str(), standing.blocks[0].who.as_str()), ("asked twice", "access desk"));
    assert!(standing.steps.iter().any(|time| time.blocked_since.is_some()));
    hire.done("2026-03-04T17:00", "prod");
    let done = hire.summary();
    assert!(done.blocks.is_empty());
    assert_eq!(minutes(&done, "prod"), (Some(2 * 8 * 60), 2 * 8 * 60, false));
}

#[test]
fn what_a_forge_saw_before_day_one_is_no_milestone() {
    let mut hire = Hire::new();
    hire.reached("2026-02-27T09:00", "first-pr");
    assert_eq!(hire.summary().milestones[1].reached, None);
    let fact = hire.reached("2026-03-10T09:00", "first-pr");
    assert_eq!(hire.summary().milestones[1].reached.map(|reached| reached.day), Some(day("2026-03-10")));
    let revoked = Fact::MilestoneRevoked {
        journey: journey(),
        milestone: "first-pr".into(),
        reached: fact,
        reason: "reverted".into(),
    };
    hire.add("2026-03-12T09:00", revoked);
    assert_eq!(hire.summary().milestones[1].reached, None);
}

#[test]
fn a_journey_is_finished_when_the_last_required_step_is() {
    let mut hire = story();
    hire.done("2026-03-13T16:00", "one-to-one");
    let summary = hire.summary();
    assert_eq!((summary.finished, summary.open.len()), (Some(day("2026-03-13")), 0));
    assert_eq!(hire.page("2026-04-20T09:00").state, PersonState::Finished);
    assert_eq!(hire.page("2026-04-20T09:00").blocked_days, (0.5, 9), "measured to the end, not to today");
    hire.add("2026-03-14T09:00", Fact::JourneyWithdrawn { journey: journey() });
    assert_eq!(hire.summary().withdrawn, Some(day("2026-03-14")));
}

#[test]
fn a_summary_stays_small() {
    let path = crate::support::workspace().join("docs-content/journeys/corvane-first-weeks.md");
    let source = std::fs::read_to_string(path).expect("the sample");
    let template = waymark_core::content::parse_journey("a.md", &source).0.expect("a template");
    let hire = Hire::new();
    let history = waymark_core::journey::History::of(journey(), &hire.events);
    let facts = waymark_core::team::JourneyFacts {
        journey: journey(),
        template: &template,
        history: &history,
        events: &hire.events,
        calendar: &hire.calendar,
        profile: &waymark_core::journey::Profile::new(),
        fallback_start: day("2026-03-02"),
        local: &|at| at.to_zoned(super::zone()).datetime(),
    };
    let json = serde_json::to_string(&waymark_core::team::summarize(&facts)).expect("JSON");
    let back: JourneySummary = serde_json::from_str(&json).expect("a summary");
    assert_eq!(back, waymark_core::team::summarize(&facts), "what is stored comes back");
    assert!(json.len() < 8_192, "{} bytes for {} steps", json.len(), template.steps().count());
}

fn row<'a>(rows: &'a [TimelineRow], step: &str) -> &'a TimelineRow {
    rows.iter().find(|row| row.step == StepId::new(step)).expect("a row")
}

fn spans(row: &TimelineRow) -> Vec<String> {
    row.spans.iter().map(|span| format!("{:?} {}–{}", span.kind, span.from, span.to)).collect()
}

#[test]
fn a_page_tells_what_happened() {
    let page = story().page("2026-03-12T10:00");
    assert_eq!((page.working_day, page.state), (9, PersonState::Overdue), "the manager's own step is late");
    // Eight days and an hour since Mon 2 March. The talk with the manager was due on Wed 4 March, so it is
    // waited for since Thursday: 41 hours of work, of which 4 were blocked. The open sign-off lies within.
    assert_eq!(page.blocked_days, (0.5, 8));
    assert_eq!(page.waiting_days, (4.6, 8), "the blocked half day within is blocked");
    assert_eq!(
        page.sentence,
        "One block cost 0.5 of 8 working days; it was about instructions that are unclear; others had to act for 4.6."
    );
    assert_eq!(page.waiting.len(), 1);
    assert_eq!(page.waiting[0].completion, event_id(8));
    let milestones: Vec<_> = page.milestones.iter().map(|line| (line.working_day, line.evidence)).collect();
    assert_eq!(milestones, [(Some(1), Some(Evidence::Attested)), (Some(7), Some(Evidence::Confirmed))]);
    let prod = row(&page.timeline, "prod");
    assert_eq!(
        spans(prod),
        ["Working 2026-03-03–2026-03-06", "Blocked 2026-03-06–2026-03-09", "Working 2026-03-09–2026-03-09",]
    );
    assert_eq!(
        (prod.note.as_str(), prod.phase.as_str(), prod.due),
        ("by Li Wei", "First weeks", Some(day("2026-03-05")))
    );
    assert_eq!(row(&page.timeline, "shadow").note, "sign-off open");
    assert_eq!(row(&page.timeline, "shadow").spans.last().map(|span| span.kind), Some(SpanKind::Waiting));
    assert_eq!(row(&page.timeline, "one-to-one").note, "6 working days overdue");
    assert!(row(&page.timeline, "novel").spans.is_empty(), "nothing happened on it");
    assert_eq!(row(&page.timeline, "laptop").note, "by IT");
}

#[test]
fn a_sign_off_ends_the_waiting_and_says_who() {
    let mut hire = story();
    let verified = Fact::StepVerified { journey: journey(), step: "shadow".into(), completion: event_id(8) };
    hire.add("2026-03-12T10:00", verified);
    let page = hire.page("2026-03-16T10:00");
    assert!(page.waiting.is_empty() && hire.summary().confirmations.is_empty());
    assert_eq!(row(&page.timeline, "shadow").note, "by manager");
    assert_eq!(
        spans(row(&page.timeline, "shadow")),
        ["Working 2026-03-03–2026-03-11", "Waiting 2026-03-11–2026-03-12"]
    );
}

#[test]
fn a_page_before_day_one_says_when_it_is() {
    let page = Hire::new().page("2026-02-25T09:00");
    assert_eq!((page.state, page.working_day), (PersonState::Ahead, -3));
    assert_eq!(page.sentence, "Day 1 is 2026-03-02.");
    assert_eq!((page.blocked_days, page.waiting_days), ((0.0, 0), (0.0, 0)));
}

#[test]
fn the_order_of_arrival_changes_nothing() {
    let forward = story();
    let mut backward = story();
    backward.events.reverse();
    assert_eq!(forward.summary(), backward.summary());
    assert_eq!(forward.page("2026-03-12T10:00"), backward.page("2026-03-12T10:00"));
}

#[test]
fn steps_of_the_manager_are_listed_apart_with_what_counts() {
    let mut hire = story();
    let shown = |hire: &Hire| -> Vec<String> {
        let page = hire.page("2026-03-12T10:00");
        page.others
            .iter()
            .map(|one| format!("{} {} {:?} {:?}", one.step, one.by, one.due, one.done.map(|(id, _)| id)))
            .collect()
    };
    assert_eq!(shown(&hire), ["one-to-one Manager Some(2026-03-04) None"]);
    let done = hire.done("2026-03-11T10:00", "one-to-one");
    assert_eq!(shown(&hire), [format!("one-to-one Manager Some(2026-03-04) {:?}", Some(done))]);
    let reopened =
        Fact::StepReopened { journey: journey(), step: "one-to-one".into(), completion: done, note: String::new() };
    hire.add("2026-03-11T11:00", reopened);
    assert_eq!(shown(&hire), ["one-to-one Manager Some(2026-03-04) None"], "taken back, and to do again");
}
