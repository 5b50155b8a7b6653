//! A team's page: numbers, words and what is not said.

use jiff::{Span, civil::Date};
use uuid::Uuid;
use waymark_core::{
    calendar::WorkCalendar,
    event::{BlockReason, Evidence},
    id::{JourneyId, PersonId, StepId, TemplateId},
    journey::{Progress, Role},
    team::{
        AttentionKind, Confirmation, Figure, JourneySummary, Line, Mark, Member, OpenStep, PersonState, Quantile,
        ReachedMark, Share, StandingBlock, StepTime, TeamOverview, bars_sentence, csv, overview, slow_sentence,
    },
};

use super::{day, event_id, instant};

const TODAY: &str = "2026-01-21";

/// The day `days` after `date`, or before it.
pub(super) fn after(date: Date, days: i64) -> Date {
    date.checked_add(Span::new().days(days)).expect("a date")
}

/// Somebody who started on `start` and opened a first PR on working day `first_pr`.
fn summary(number: u128, start: Date, first_pr: Option<u32>) -> JourneySummary {
    let reached = |n: u32| {
        let day = WorkCalendar::default().working_day(start, n as i32);
        ReachedMark { at: instant(&format!("{day}T12:00")), day, evidence: Evidence::Confirmed }
    };
    JourneySummary {
        journey: JourneyId::new(Uuid::from_u128(1000 + number)),
        template: TemplateId::new("backend"),
        title: "Backend".into(),
        start,
        progress: Progress { done: 7, total: 12 },
        steps: Vec::new(),
        open: vec![open("prod", "Prod access", Role::Hire, None)],
        blocks: Vec::new(),
        confirmations: Vec::new(),
        milestones: vec![
            Mark { milestone: "settled".into(), title: "Settled in".into(), target: None, reached: Some(reached(1)) },
            Mark {
                milestone: "first-pr".into(),
                title: "First PR".into(),
                target: None,
                reached: first_pr.map(reached),
            },
        ],
        last: Some(instant("2026-01-21T08:00")),
        last_day: Some(day(TODAY)),
        finished: None,
        withdrawn: None,
    }
}

fn open(step: &str, title: &str, role: Role, due: Option<&str>) -> OpenStep {
    let due = due.map(day);
    OpenStep { step: StepId::new(step), title: title.into(), role, who: String::new(), due, locked: false }
}

fn page(people: &[(&str, JourneySummary)]) -> TeamOverview {
    let members: Vec<Member<'_>> = people
        .iter()
        .enumerate()
        .map(|(at, (name, summary))| Member { person: PersonId::new(Uuid::from_u128(at as u128 + 1)), name, summary })
        .collect();
    overview(&Line {
        team: "Backend",
        as_of: instant("2026-01-21T09:12"),
        now: "2026-01-21T09:12".parse().expect("a time"),
        calendar: &WorkCalendar::default(),
        members: &members,
    })
}

/// Twelve people of `metrics.md`, K1, all of whom started on one day; those who are not there yet left then.
fn k1(year: i16) -> Vec<(&'static str, JourneySummary)> {
    let days = [
        (4, true),
        (6, true),
        (6, true),
        (7, false),
        (8, true),
        (9, false),
        (11, true),
        (13, true),
        (15, false),
        (17, true),
        (20, false),
        (20, false),
    ];
    let start = jiff::civil::date(year, 10, 6);
    days.into_iter()
        .enumerate()
        .map(|(number, (at, reached))| {
            let one = summary(number as u128, start, reached.then_some(at));
            let left = (!reached).then(|| WorkCalendar::default().working_day(start, at as i32));
            ("Somebody", JourneySummary { withdrawn: left, ..one })
        })
        .collect()
}

#[test]
fn the_curve_of_k1_ends_where_fewer_than_five_are_at_risk() {
    let page = page(&k1(2025));
    let chart = &page.curves[1];
    assert_eq!(chart.definition, "first-pr(start_date → reached, WD)");
    assert_eq!(chart.sentence, "Half of 12 people reached “First PR” by working day 13 (6 or later).");
    let cohort = &chart.cohorts[0];
    assert_eq!((cohort.label.as_str(), cohort.people), ("2025/26", Figure::Shown(12)));
    assert_eq!(cohort.reached, Share::Of { part: 7, whole: 12 });
    let curve = cohort.curve.as_ref().expect("a curve");
    let points: Vec<_> = curve.points.iter().map(|point| (point.day, (point.share * 1e4).round())).collect();
    assert_eq!(points, [(4, 833.0), (6, 2500.0), (8, 3438.0), (11, 4531.0), (13, 5625.0)], "17 has three at risk");
    assert_eq!(
        curve.points[0].interval.map(|(lower, upper)| ((lower * 1e4).round(), (upper * 1e4).round())),
        Some((122.0, 4610.0))
    );
    assert_eq!(curve.censored, [7, 9]);
    assert_eq!(curve.p50, Quantile { day: Some(13), from: Some(6), to: None });
    assert_eq!(curve.p75, Quantile { day: None, from: Some(11), to: None });
    let risk: Vec<_> = curve.at_risk.iter().map(|(day, people)| (*day, people.shown())).collect();
    assert_eq!(risk, [(0, Some(12)), (5, Some(11)), (10, Some(6)), (15, None)]);
}

#[test]
fn a_year_before_stands_beside_and_fewer_than_five_have_no_curve() {
    let mut people = k1(2025);
    people.extend(k1(2024));
    let both = page(&people);
    assert_eq!(
        both.curves[1].sentence,
        "Half of 12 people reached “First PR” by working day 13 (6 or later); a year before it was day 13 (6 or later)."
    );
    assert_eq!(both.curves[1].cohorts[1].label, "2024/25");
    let few = page(&k1(2025)[..4]);
    let cohort = &few.curves[1].cohorts[0];
    assert_eq!((cohort.people, cohort.reached, cohort.curve.is_none()), (Figure::UnderFive, Share::UnderFive, true));
    assert_eq!(few.curves[1].sentence, "Fewer than five people started in 2025/26, so there is no curve.");
    assert_eq!(few.reached[1].reached, Share::UnderFive);
    let some = page(&k1(2025)[..6]);
    assert_eq!(some.curves[1].cohorts[0].reached, Share::Few { whole: 6 }, "four of six");
    assert_eq!(some.curves[1].sentence, "Fewer than 5 of 6 people have reached “First PR” so far.");
}

#[test]
fn bars_are_about_the_newest_cohort() {
    let mut people = k1(2025);
    people.extend(k1(2024));
    let page = page(&people);
    let bars: Vec<_> = page.reached.iter().map(|bar| (bar.title.as_str(), bar.reached)).collect();
    assert_eq!(
        bars,
        [("Settled in", Share::Of { part: 12, whole: 12 }), ("First PR", Share::Of { part: 7, whole: 12 })]
    );
    assert_eq!(bars_sentence(&page.reached), "Everybody reached “Settled in”; 7 of 12 reached “First PR”.");
}

#[test]
fn what_waits_stands_in_order_of_pressure() {
    let start = day("2026-01-05");
    let blocked = |number, since: &str| {
        let block = StandingBlock {
            step: "prod".into(),
            title: "Prod access".into(),
            who: "access desk".into(),
            reason: BlockReason::MissingAccess,
            note: "asked twice".into(),
            since: day(since),
        };
        let late = open("prod", "Prod access", Role::Hire, Some("2026-01-16"));
        JourneySummary { blocks: vec![block], open: vec![late], ..summary(number, start, None) }
    };
    let waiting = Confirmation {
        step: "shadow".into(),
        title: "Shadow a shift".into(),
        by: Role::Manager,
        completion: event_id(9),
        since: instant("2026-01-20T16:10"),
    };
    let of_buddy = Confirmation { by: Role::Buddy, ..waiting.clone() };
    let mine = vec![
        open("talk", "Talk", Role::Manager, Some("2026-01-21")),
        open("later", "Later", Role::Manager, Some("2026-02-21")),
        open("training", "Training", Role::Hire, Some("2026-01-20")),
    ];
    let people = [
        ("Elif", JourneySummary { open: mine, ..summary(1, start, None) }),
        ("Ada", blocked(2, "2026-01-19")),
        ("Li", JourneySummary { confirmations: vec![waiting, of_buddy], ..blocked(3, "2026-01-16") }),
        ("Sam", JourneySummary { last_day: Some(day("2026-01-16")), ..summary(4, start, None) }),
        ("Ines", JourneySummary { last_day: Some(day("2026-01-19")), ..summary(5, start, None) }),
        ("Noor", JourneySummary { withdrawn: Some(day("2026-01-12")), ..blocked(6, "2026-01-08") }),
    ];
    let page = page(&people);
    let rows: Vec<_> = page.attention.iter().map(|one| (one.name.as_str(), one.title.as_str(), &one.kind)).collect();
    let note = || "asked twice".to_owned();
    assert_eq!(
        rows,
        [
            ("Li", "Prod access", &AttentionKind::Blocked { working_days: 3, note: note() }),
            ("Ada", "Prod access", &AttentionKind::Blocked { working_days: 2, note: note() }),
            (
                "Li",
                "Shadow a shift",
                &AttentionKind::SignOff { completion: event_id(9), since: instant("2026-01-20T16:10") }
            ),
            ("Elif", "Talk", &AttentionKind::YourStep { due: Some(day(TODAY)) }),
            ("Elif", "Training", &AttentionKind::Overdue { working_days: 1, due: day("2026-01-20") }),
            ("Sam", "Prod access", &AttentionKind::Quiet { working_days: 2 }),
        ],
        "a blocked step is listed once; Ines was here on Monday, and today is not over; Noor has left"
    );
    assert_eq!(page.onboarding, 5);
    let states: Vec<_> = page.people.iter().map(|row| (row.name.as_str(), row.state)).collect();
    assert_eq!(
        states,
        [
            ("Ada", PersonState::Blocked),
            ("Elif", PersonState::Overdue),
            ("Ines", PersonState::UnderWay),
            ("Li", PersonState::Blocked),
            ("Sam", PersonState::UnderWay),
        ]
    );
    assert_eq!((page.people[0].working_day, page.people[0].milestone.as_deref()), (13, Some("Settled in")));
}

fn step_time(step: &str, opened: &str, done: Option<u32>, blocked: u32, unclear: bool) -> StepTime {
    StepTime {
        step: step.into(),
        title: format!("Step {step}"),
        owner: None,
        opened: opened.parse().expect("a time"),
        done,
        blocked,
        blocked_since: None,
        unclear,
    }
}

#[test]
fn slow_steps_judge_the_step_and_count_who_is_still_on_it() {
    let days = [1, 2, 3, 4];
    let start = day("2025-12-01");
    let mut people: Vec<(&str, JourneySummary)> = days
        .iter()
        .map(|days| {
            let prod = step_time("prod", "2025-12-02T00:00", Some(days * 480), days * 240, true);
            let quick = step_time("quick", "2025-12-02T00:00", Some(48), 0, false);
            ("Somebody", JourneySummary { steps: vec![quick, prod], ..summary(u128::from(*days), start, None) })
        })
        .collect();
    // Two are on it since Mon 19 January, one of them blocked since Tuesday: two days and 12 minutes by now.
    for blocked in [None, Some("2026-01-20T09:00")] {
        let blocked_since = blocked.map(|at| at.parse().expect("a time"));
        let prod = StepTime { blocked_since, ..step_time("prod", "2026-01-19T09:00", None, 0, false) };
        people.push(("Somebody", JourneySummary { steps: vec![prod], ..summary(7, start, None) }));
    }
    let page = page(&people);
    let [prod, quick] = page.slow_steps.as_slice() else { panic!("two steps: {:?}", page.slow_steps) };
    assert_eq!((prod.title.as_str(), prod.people), ("Step prod", Figure::Shown(6)));
    // S: 5/6 at 1, 4/6 at 2, then two of four are censored at 2.0, and 1/2 of it at 3.
    assert_eq!((prod.median_days, prod.p90_days), (Some(3.0), Some(4.0)));
    // Blocked 5 + 1.025 of 10 + 2 × 2.025 working days.
    assert_eq!(prod.blocked_share, Some(0.429));
    assert_eq!(prod.unclear, Share::Few { whole: 6 });
    assert_eq!((quick.people, quick.median_days, quick.unclear), (Figure::UnderFive, None, Share::UnderFive));
    assert_eq!(
        slow_sentence(&page.slow_steps),
        "“Step prod” takes longest: half need 3 working days or more, and 43 % of the time is blocked."
    );
}

#[test]
fn two_journeys_with_one_milestone_are_one_person() {
    let people = k1(2025);
    let company = people[3].1.clone();
    let team = JourneySummary { template: TemplateId::new("company"), ..summary(50, after(company.start, 7), Some(2)) };
    let members: Vec<Member<'_>> = people
        .iter()
        .enumerate()
        .map(|(at, (name, summary))| (at, *name, summary))
        .chain([(3, "Somebody", &team)])
        .map(|(at, name, summary)| Member { person: PersonId::new(Uuid::from_u128(at as u128 + 1)), name, summary })
        .collect();
    let page = overview(&Line {
        team: "Backend",
        as_of: instant("2026-01-21T09:12"),
        now: "2026-01-21T09:12".parse().expect("a time"),
        calendar: &WorkCalendar::default(),
        members: &members,
    });
    let cohort = &page.curves[1].cohorts[0];
    assert_eq!((cohort.people, cohort.reached), (Figure::Shown(12), Share::NearlyAll { whole: 12 }));
    assert!(cohort.curve.as_ref().is_some_and(|curve| curve.points.iter().any(|point| point.day == 7)));
}

#[test]
fn the_file_has_the_numbers_of_the_page() {
    let mut people = k1(2025);
    people[0].0 = "=HYPERLINK(\"http://x\")";
    people[1].0 = "Osei, Ada";
    let file = csv(&page(&people));
    for line in [
        "section,item,group,figure,value",
        "page,Backend,,people in onboarding,7",
        "time to milestone,First PR,2025/26,people,12",
        "time to milestone,First PR,2025/26,reached,7 of 12",
        "time to milestone,First PR,2025/26,\"p50, working day\",13",
        "time to milestone,First PR,2025/26,p50 to,not yet reached",
        "time to milestone,First PR,2025/26,at risk on day 15,under 5",
        "time to milestone,First PR,2025/26,share on day 13,0.5625",
        "time to milestone,First PR,2024/25,people,under 5",
        "milestones reached,Settled in,,people,12 of 12",
        "people,\"'=HYPERLINK(\"\"http://x\"\")\",Backend,required steps done,7",
        "people,\"Osei, Ada\",Backend,started,2025-10-06",
    ] {
        assert!(file.contains(&format!("{line}\r\n")), "{line}\n{file}");
    }
    assert!(file.split("\r\n").all(|line| !line.contains('\n')));
}

#[test]
fn nobody_makes_an_empty_page() {
    let page = page(&[]);
    assert!(page.people.is_empty() && page.curves.is_empty() && page.attention.is_empty());
    assert_eq!(bars_sentence(&page.reached) + &slow_sentence(&page.slow_steps), "");
}
