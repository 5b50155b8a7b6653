//! The fold over facts: any order, any number of times, and back again.

use std::sync::LazyLock;

use jiff::{Timestamp, civil::date};
use proptest::prelude::*;
use uuid::Uuid;
use waymark_core::{
    calendar::WorkCalendar,
    content::parse_journey,
    event::{BlockReason, Event, Evidence, Fact},
    id::{ActionId, EventId, JourneyId, PackId, StepId, TemplateId},
    journey::{History, Profile, Resolved, StepState, Template, inverse, resolve},
};

use crate::support;

fn journey() -> JourneyId {
    JourneyId::new(Uuid::from_u128(7))
}

fn event(number: u128, fact: Fact) -> Event {
    let time = Timestamp::from_second(1_767_600_000 + number as i64 * 60).expect("a time");
    Event { id: EventId::new(Uuid::from_u128(number)), action: ActionId::new(Uuid::from_u128(number)), time, fact }
}

/// Parsed once; the properties below need it thousands of times.
fn template() -> &'static Template {
    static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
        let path = "journeys/lantern-backend.md";
        parse_journey(path, &support::fixture(path)).0.expect("a template")
    });
    &TEMPLATE
}

fn resolved(template: &Template, history: &History) -> Resolved {
    let profile = Profile::new();
    let day = |_| date(2026, 1, 5);
    resolve(template, history, &WorkCalendar::default(), &profile, date(2026, 1, 5), &day)
}

/// States without the ids of the facts behind them: what a person sees.
fn seen(template: &Template, events: &[Event]) -> Vec<String> {
    let history = History::of(journey(), events);
    let mut seen: Vec<String> = resolved(template, &history)
        .steps()
        .iter()
        .map(|step| match &step.state {
            StepState::Done { evidence, .. } => format!("{} done {evidence:?}", step.id),
            StepState::Blocked { reason, note, .. } => format!("{} blocked {reason:?} {note}", step.id),
            StepState::Waived { reason, .. } => format!("{} waived {reason}", step.id),
            other => format!("{} {other:?}", step.id),
        })
        .collect();
    seen.push(format!("start {:?}, on the list: {}", history.start(), history.withdrawal().is_none()));
    seen
}

/// A fact about one of few steps, which may end one of the facts before it.
fn fact(number: u8, step: u8, target: u128) -> Fact {
    let journey = journey();
    let step = StepId::new(["tools", "tool-git", "signing", "run-service"][step as usize % 4]);
    let target = EventId::new(Uuid::from_u128(target));
    match number % 10 {
        0 => Fact::JourneyAssigned {
            journey,
            template: TemplateId::new("lantern-backend"),
            version: "2.3.0".into(),
            hash: String::new(),
            pack: PackId::new(Uuid::nil()),
            start: date(2026, 1, 5),
        },
        1 => Fact::JourneyWithdrawn { journey },
        2 => Fact::JourneyRestored { journey, withdrawal: target },
        3 => Fact::StartMoved { journey, start: date(2026, 2, 2) },
        4 => Fact::StepCompleted { journey, step, evidence: Evidence::Attested },
        5 => Fact::StepReopened { journey, step, completion: target, note: String::new() },
        6 => Fact::StepBlocked { journey, step, reason: BlockReason::Unclear, note: "why?".into() },
        7 => Fact::StepUnblocked { journey, step, block: target },
        8 => Fact::StepWaived { journey, step, reason: "known".into() },
        _ => Fact::WaiverLifted { journey, step, waiver: target },
    }
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec((any::<u8>(), any::<u8>(), 1u128..20), 0..20).prop_map(|facts| {
        let numbered = facts.into_iter().enumerate();
        numbered.map(|(at, (kind, step, target))| event(at as u128 + 1, fact(kind, step, target))).collect()
    })
}

proptest! {
    #[test]
    fn order_and_repetition_do_not_matter(events in events(), shuffled in any::<u64>()) {
        let history = History::of(journey(), &events);
        let mut other = events.clone();
        other.extend(events.iter().take(5).cloned());
        // A small deterministic shuffle; the seed is what proptest varies.
        let mut seed = shuffled | 1;
        for at in (1..other.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            other.swap(at, (seed >> 33) as usize % (at + 1));
        }
        prop_assert_eq!(History::of(journey(), &other), history);
    }

    #[test]
    fn facts_of_other_journeys_change_nothing(events in events()) {
        let other = JourneyId::new(Uuid::from_u128(8));
        prop_assert_eq!(History::of(other, &events), History::default());
    }

    #[test]
    fn undo_of_undo_restores_what_a_person_sees(events in events(), kind in prop::sample::select(vec![3u8, 4, 6, 8]), step in any::<u8>()) {
        let template = template();
        let mut log = vec![event(1000, fact(0, 0, 0))];
        log.extend(events);
        let last = event(2000, fact(kind, step, 0));
        log.push(last.clone());
        let done = seen(template, &log);
        let Some(undo) = inverse(&last, &History::of(journey(), &log)) else { return Ok(()) };
        let undo = event(2001, undo);
        log.push(undo.clone());
        if let Some(redo) = inverse(&undo, &History::of(journey(), &log)) {
            log.push(event(2002, redo));
            prop_assert_eq!(seen(template, &log), done);
        }
    }
}

#[test]
fn each_gesture_can_be_taken_back_and_done_again() {
    let template = template();
    let step = StepId::new("tools");
    let gestures = [
        Fact::StartMoved { journey: journey(), start: date(2026, 3, 2) },
        Fact::StepCompleted { journey: journey(), step: StepId::new("run-service"), evidence: Evidence::Observed },
        Fact::StepBlocked {
            journey: journey(),
            step: step.clone(),
            reason: BlockReason::MissingAccess,
            note: "n".into(),
        },
        Fact::StepWaived { journey: journey(), step, reason: "r".into() },
        Fact::JourneyWithdrawn { journey: journey() },
    ];
    for gesture in gestures {
        let mut log = vec![event(1, fact(0, 0, 0))];
        let before = seen(template, &log);
        log.push(event(2, gesture));
        let after = seen(template, &log);
        assert_ne!(after, before, "the gesture shows");
        let undo = inverse(&log[1], &History::of(journey(), &log)).expect("it can be taken back");
        log.push(event(3, undo));
        assert_eq!(seen(template, &log), before, "undo");
        let redo = inverse(&log[2], &History::of(journey(), &log)).expect("and done again");
        log.push(event(4, redo));
        assert_eq!(seen(template, &log), after, "redo");
    }
}

#[test]
fn parts_of_a_hidden_step_are_hidden() {
    let source = "---\nschema: waymark.journey/1\nid: t\ntitle: T\nversion: 1.0.0\nowner: o\n---\n## P {#p}\n- [ ] A {#a}\n\n  ```yaml step\n  when: {os: windows}\n  ```\n\n  - [ ] B {#b}\n";
    let template = parse_journey("t.md", source).0.expect("a template");
    let profile = Profile::from([("os".to_owned(), vec!["linux".to_owned()])]);
    let day = |_| date(2026, 1, 5);
    let resolved = resolve(&template, &History::default(), &WorkCalendar::default(), &profile, date(2026, 1, 5), &day);
    assert!(resolved.steps().iter().all(|step| step.state == StepState::Hidden), "{resolved:?}");
}
