//! A small team for the tests of this folder.

use jiff::{
    Timestamp,
    civil::{Date, date},
};
use waymark_core::{
    event::Evidence,
    journey::Progress,
    team::{
        Attention, AttentionKind, Cohort, Curve, CurvePoint, Figure, MilestoneChart, MilestoneLine, PersonPage,
        PersonRow, PersonState, Quantile, Share, Span, SpanKind, TimelineRow,
    },
};

fn uuid<T: std::str::FromStr>(last: u8) -> T {
    let parsed = format!("0190a5b2-0000-7000-8000-0000000000{last:02x}").parse();
    parsed.unwrap_or_else(|_| unreachable!("a UUID"))
}

/// Something that waits on "Prod access".
pub(super) fn attention(kind: AttentionKind) -> Attention {
    Attention {
        person: uuid(1),
        name: "Li Wei".to_owned(),
        journey: uuid(2),
        step: "prod-access".into(),
        title: "Prod access".to_owned(),
        kind,
        who: "Access desk".to_owned(),
    }
}

/// One cohort with a curve, and one that is too small.
pub(super) fn chart() -> MilestoneChart {
    let point = |day, share| CurvePoint { day, share, interval: Some((share / 2.0, (share * 1.2).min(1.0))) };
    let curve = Curve {
        points: vec![point(3, 0.1), point(5, 0.258), point(8, 0.51), point(10, 0.699), point(12, 0.75)],
        censored: vec![3, 8, 12],
        at_risk: vec![(0, Figure::Shown(28)), (5, Figure::Shown(23)), (10, Figure::Shown(9)), (15, Figure::UnderFive)],
        p50: Quantile { day: Some(8), from: Some(6), to: Some(10) },
        p75: Quantile { day: Some(12), from: Some(9), to: None },
        p90: Quantile::default(),
    };
    MilestoneChart {
        milestone: "first-pr".into(),
        title: "First PR".to_owned(),
        definition: "first-pr(start_date → reached, WD)".to_owned(),
        sentence: "Half open a first PR by working day 8.".to_owned(),
        cohorts: vec![
            Cohort {
                label: "2025/26".to_owned(),
                people: Figure::Shown(28),
                reached: Share::Of { part: 22, whole: 28 },
                curve: Some(curve),
            },
            Cohort { label: "2024/25".to_owned(), people: Figure::UnderFive, reached: Share::UnderFive, curve: None },
        ],
    }
}

/// A line of the list of people.
pub(super) fn person_row(name: &str, started: Date, state: PersonState) -> PersonRow {
    PersonRow {
        person: uuid(3),
        name: name.to_owned(),
        journey: uuid(2),
        journey_title: "Backend".to_owned(),
        started,
        working_day: 3,
        progress: Progress { done: 7, total: 12 },
        milestone: None,
        state,
        last: None,
    }
}

/// The page of somebody who waits for an access.
pub(super) fn page() -> PersonPage {
    let span = |kind, from, to| Span { kind, from, to };
    let row = |title: &str, phase: &str, spans, due, evidence, note: &str, milestone: Option<&str>| TimelineRow {
        step: title.into(),
        title: title.to_owned(),
        phase: phase.to_owned(),
        required: true,
        spans,
        due,
        evidence,
        note: note.to_owned(),
        waived: false,
        milestone: milestone.map(Into::into),
    };
    let stone = |id: &str, title: &str, reached, working_day, evidence, target| MilestoneLine {
        milestone: id.into(),
        title: title.to_owned(),
        reached,
        working_day,
        evidence,
        target,
    };
    PersonPage {
        person: uuid(1),
        name: "Li Wei".to_owned(),
        buddy: None,
        journey: uuid(2),
        journey_title: "Backend".to_owned(),
        as_of: Timestamp::UNIX_EPOCH,
        today: date(2026, 1, 21),
        started: date(2025, 12, 8),
        working_day: 30,
        state: PersonState::Blocked,
        progress: Progress { done: 9, total: 11 },
        blocked_days: (6.5, 29),
        waiting_days: (2.0, 29),
        waiting: Vec::new(),
        others: Vec::new(),
        milestones: vec![
            stone("first-pr", "First PR", Some(date(2025, 12, 19)), Some(10), Some(Evidence::Confirmed), None),
            stone("first-deploy", "First deploy", None, None, None, Some(date(2026, 1, 30))),
        ],
        sentence: "Two blocks cost 6.5 of 29 working days.".to_owned(),
        timeline: vec![
            row(
                "Laptop admin rights",
                "Week 1",
                vec![
                    span(SpanKind::Working, date(2025, 12, 10), date(2025, 12, 10)),
                    span(SpanKind::Blocked, date(2025, 12, 11), date(2025, 12, 14)),
                    span(SpanKind::Working, date(2025, 12, 15), date(2025, 12, 15)),
                ],
                Some(date(2025, 12, 12)),
                Some(Evidence::Confirmed),
                "by IT desk",
                None,
            ),
            row(
                "First PR",
                "Week 1",
                vec![span(SpanKind::Working, date(2025, 12, 16), date(2025, 12, 19))],
                None,
                Some(Evidence::Confirmed),
                "by forge",
                Some("first-pr"),
            ),
            row(
                "Prod access",
                "Month 1",
                vec![
                    span(SpanKind::Working, date(2026, 1, 14), date(2026, 1, 15)),
                    span(SpanKind::Blocked, date(2026, 1, 16), date(2026, 1, 21)),
                ],
                Some(date(2026, 1, 16)),
                None,
                "Access desk",
                None,
            ),
            row("First deploy", "Month 1", Vec::new(), Some(date(2026, 1, 30)), None, "planned", Some("first-deploy")),
        ],
    }
}
