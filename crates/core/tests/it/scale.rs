//! Large content: figures are printed, and the outcome is checked.

use std::time::Instant;

use jiff::{Timestamp, civil::date};
use uuid::Uuid;
use waymark_core::{
    calendar::WorkCalendar,
    content::{import_checklist, parse_journey},
    event::{Event, Evidence, Fact},
    id::{ActionId, EventId, JourneyId, StepId},
    journey::{History, Profile, resolve},
};

#[test]
fn ten_thousand_steps_resolve() {
    let mut source =
        "---\nschema: waymark.journey/1\nid: big\ntitle: Big\nversion: 1.0.0\nowner: team:x\n---\n\n".to_owned();
    for number in 0..10_000 {
        if number % 500 == 0 {
            source.push_str(&format!("## Phase {number} {{#p{number}}}\n\n"));
        }
        let needs = if number > 0 { format!("needs: [s{}]", number - 1) } else { String::new() };
        source.push_str(&format!(
            "- [ ] **Step {number}** {{#s{number}}}\n\n  ```yaml step\n  role: it\n  due: 3wd\n  {needs}\n  ```\n\n"
        ));
    }
    let began = Instant::now();
    let (template, findings) = parse_journey("big.md", &source);
    eprintln!("10,000 steps parsed in {:?}", began.elapsed());
    assert!(findings.is_empty(), "{}", crate::support::lines(&findings[..findings.len().min(5)]));
    let template = template.expect("a template");
    assert_eq!(template.steps().count(), 10_000);

    let journey = JourneyId::new(Uuid::nil());
    let events: Vec<Event> = (0..5_000u128)
        .map(|number| Event {
            id: EventId::new(Uuid::from_u128(number)),
            action: ActionId::new(Uuid::from_u128(number)),
            time: Timestamp::UNIX_EPOCH,
            fact: Fact::StepCompleted {
                journey,
                step: StepId::new(format!("s{number}")),
                evidence: Evidence::Attested,
            },
        })
        .collect();
    let began = Instant::now();
    let history = History::of(journey, &events);
    let resolved = resolve(&template, &history, &WorkCalendar::default(), &Profile::new(), date(2026, 1, 5), &|_| {
        date(2026, 1, 5)
    });
    eprintln!("10,000 steps folded and resolved in {:?}", began.elapsed());
    assert_eq!((resolved.progress.done, resolved.progress.total), (5_000, 10_000));
}

#[test]
fn hostile_nesting_ends() {
    let depth = 20_000;
    for source in [
        "- ".repeat(depth) + "- [ ] x",
        "> ".repeat(depth) + "- [ ] x",
        "- > ".repeat(depth) + "- [ ] x",
        "<details>\n\n".repeat(depth) + "- [ ] x",
        "- [ ] x (".to_owned() + &"(".repeat(depth),
        "{{ ".repeat(depth),
        (0..300).map(|level| format!("{}- [ ] s\n", "  ".repeat(level))).collect(),
    ] {
        let began = Instant::now();
        let (_, report, _) = import_checklist("deep.md", &source);
        assert_eq!(report.boxes, report.steps);
        parse_journey("deep.md", &source);
        eprintln!("{:?} for {:?}…", began.elapsed(), source.get(..12));
    }
}
