//! Whatever the summaries hold: the page is made, and it gives no small group away.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime, date};
use proptest::prelude::*;
use uuid::Uuid;
use waymark_core::{
    calendar::WorkCalendar,
    event::{BlockReason, Evidence},
    id::{JourneyId, PersonId},
    journey::{Progress, Role},
    team::{
        Cohort, Confirmation, Figure, JourneySummary, Line, Mark, Member, OpenStep, ReachedMark, Share, StandingBlock,
        StepTime, TeamOverview, csv, overview,
    },
};

use super::{event_id, instant, overview::after};

const TODAY: Date = date(2026, 1, 21);

/// Most days lie in the two years that are shown, some anywhere.
fn days() -> impl Strategy<Value = Date> {
    let anywhere = (-9999i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| date(year, month, day));
    prop_oneof![20 => (-760i64..40).prop_map(|days| after(TODAY, days)), 1 => anywhere]
}

fn times() -> impl Strategy<Value = DateTime> {
    (days(), 0i8..24).prop_map(|(day, hour)| day.at(hour, 30, 0, 0))
}

fn marks(start: Date) -> impl Strategy<Value = Vec<Mark>> {
    let reached = prop_oneof![
        4 => (-3i64..60).prop_map(move |days| Some(start.checked_add(jiff::Span::new().days(days)).unwrap_or(start))),
        2 => Just(None),
        1 => days().prop_map(Some),
    ];
    prop::collection::vec((0usize..3, reached), 0..4).prop_map(|marks| {
        let mark = |(number, reached): (usize, Option<Date>)| Mark {
            milestone: ["a", "b", "c"][number].into(),
            title: ["A", "B", "C"][number].into(),
            target: None,
            reached: reached.map(|day| ReachedMark {
                at: instant("2026-01-05T12:00"),
                day,
                evidence: Evidence::Observed,
            }),
        };
        marks.into_iter().map(mark).collect()
    })
}

fn steps() -> impl Strategy<Value = Vec<StepTime>> {
    let one = (0usize..4, times(), any::<Option<u32>>(), any::<u32>(), prop::option::of(times()), any::<bool>());
    let step = one.prop_map(|(number, opened, done, blocked, blocked_since, unclear)| StepTime {
        step: ["p", "q", "r", "s"][number].into(),
        title: "Step".into(),
        owner: None,
        opened,
        done,
        blocked,
        blocked_since,
        unclear,
    });
    prop::collection::vec(step, 0..4)
}

fn open() -> impl Strategy<Value = Vec<OpenStep>> {
    let role = prop::sample::select(vec![Role::Hire, Role::Manager, Role::It]);
    let step = (role, prop::option::of(days()), any::<bool>()).prop_map(|(role, due, locked)| OpenStep {
        step: "p".into(),
        title: "Step".into(),
        role,
        who: String::new(),
        due,
        locked,
    });
    prop::collection::vec(step, 0..3)
}

fn summary() -> impl Strategy<Value = JourneySummary> {
    let marks = days().prop_flat_map(|start| (Just(start), marks(start)));
    let ends = (prop::option::weighted(0.2, days()), prop::option::weighted(0.1, days()), prop::option::of(days()));
    (any::<u128>(), marks, steps(), open(), ends, prop::option::weighted(0.2, days())).prop_map(
        |(number, (start, milestones), steps, open, (finished, withdrawn, last_day), blocked)| JourneySummary {
            journey: JourneyId::new(Uuid::from_u128(number)),
            template: "backend".into(),
            title: "Backend".into(),
            start,
            progress: Progress { done: 3, total: 5 },
            steps,
            open,
            blocks: blocked.into_iter().map(block).collect(),
            confirmations: blocked.into_iter().map(|_| confirmation()).collect(),
            milestones,
            last: None,
            last_day,
            finished,
            withdrawn,
        },
    )
}

fn block(since: Date) -> StandingBlock {
    let (who, note) = (String::new(), String::new());
    StandingBlock { step: "q".into(), title: "Step".into(), who, reason: BlockReason::Other, note, since }
}

fn confirmation() -> Confirmation {
    let since = instant("2026-01-05T12:00");
    Confirmation { step: "r".into(), title: "Step".into(), by: Role::Manager, completion: event_id(1), since }
}

fn page(summaries: &[JourneySummary]) -> TeamOverview {
    let members: Vec<Member<'_>> = summaries
        .iter()
        .enumerate()
        .map(|(at, summary)| Member { person: PersonId::new(Uuid::from_u128(at as u128)), name: "Somebody", summary })
        .collect();
    overview(&Line {
        team: "Backend",
        as_of: instant("2026-01-21T09:12"),
        now: TODAY.at(9, 12, 0, 0),
        calendar: &WorkCalendar::default(),
        members: &members,
    })
}

/// How many may have reached something, as far as a share says.
fn range(share: Share) -> (u32, u32) {
    match share {
        Share::Of { part, .. } => (part, part),
        Share::Few { .. } => (1, 4),
        Share::NearlyAll { whole } => (whole - 4, whole - 1),
        Share::Near { part, .. } => (part.saturating_sub(4), part + 4),
        Share::UnderFive => (0, 4),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_summaries_make_a_page_that_hides_small_groups(summaries in prop::collection::vec(summary(), 0..40)) {
        let page = page(&summaries);
        prop_assert!(csv(&page).starts_with("section,"));
        let back: TeamOverview = serde_json::from_str(&serde_json::to_string(&page).expect("JSON")).expect("a page");
        prop_assert_eq!(&back.people, &page.people);
        for cohort in page.curves.iter().flat_map(|chart| &chart.cohorts) {
            let shown = |figure: Figure<u32>| figure.shown().is_none_or(|people| people >= 5);
            prop_assert!(shown(cohort.people));
            let Some(curve) = &cohort.curve else { continue };
            prop_assert!(curve.at_risk.iter().all(|(_, people)| shown(*people)));
            let people = cohort.people.shown().expect("a curve is about five or more");
            match cohort.reached {
                Share::Of { part, .. } => prop_assert!(part == 0 || part >= 5),
                // The curve leaves open how many of the last few are there.
                Share::NearlyAll { whole } => {
                    let events = curve.points.len() as f64;
                    prop_assert!(events <= f64::from(whole - 5) && whole == people);
                }
                other => prop_assert!(false, "{other:?} beside a curve"),
            }
        }
        for step in &page.slow_steps {
            let hidden = step.people == Figure::UnderFive;
            prop_assert!(!hidden || (step.median_days.is_none() && step.p90_days.is_none()));
            prop_assert!(!hidden || (step.blocked_share.is_none() && step.unclear == Share::UnderFive));
            prop_assert!(step.blocked_share.is_none_or(|share| (0.0..=1.0).contains(&share)), "{step:?}");
        }
        let exact: Vec<u32> = page.reached.iter().filter_map(|bar| match bar.reached {
            Share::Of { part, whole } if part != 0 && part != whole => Some(part),
            _ => None,
        }).collect();
        let different: BTreeSet<u32> = exact.iter().copied().collect();
        prop_assert!(different.iter().zip(different.iter().skip(1)).all(|(a, b)| b - a >= 5), "{exact:?}");
    }

    #[test]
    fn one_more_person_takes_no_milestone_away(
        summaries in prop::collection::vec(summary(), 5..30), one in summary()
    ) {
        let before = page(&summaries);
        let mut more = summaries.clone();
        more.push(one);
        let after = page(&more);
        // Named rows keep what they had; nobody else's arrival changes them.
        for row in &before.people {
            prop_assert!(after.people.contains(row));
        }
        // As far as both pages say how many reached a milestone, they are not fewer.
        let charts = |page: &TeamOverview| -> BTreeMap<String, Vec<(u32, u32)>> {
            let shares = |cohorts: &[Cohort]| cohorts.iter().map(|cohort| range(cohort.reached)).collect();
            page.curves.iter().map(|chart| (chart.milestone.to_string(), shares(&chart.cohorts))).collect()
        };
        let (old, new) = (charts(&before), charts(&after));
        for (milestone, ranges) in &old {
            for ((least, _), (_, most)) in ranges.iter().zip(&new[milestone]) {
                prop_assert!(most >= least, "{milestone}: at least {least}, then at most {most}");
            }
        }
    }
}
