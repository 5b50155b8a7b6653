//! The manager's page and the person's page, from facts to words.

mod hidden;
mod one_person;
mod overview;

use jiff::{
    Timestamp,
    civil::{Date, DateTime, date},
    tz::TimeZone,
};
use uuid::Uuid;
use waymark_core::{
    calendar::WorkCalendar,
    content::parse_journey,
    event::{BlockReason, Event, Evidence, Fact},
    id::{ActionId, EventId, JourneyId, MilestoneId, PackId, PersonId, StepId, TemplateId},
    journey::{History, Profile, Template},
    team::{JourneyFacts, JourneySummary, PersonPage, Whose, person_page, summarize},
};

/// Berlin, whose clocks change in the middle of the story.
pub(crate) fn zone() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone")
}

pub(crate) fn journey() -> JourneyId {
    JourneyId::new(Uuid::from_u128(7))
}

pub(crate) fn event_id(number: u128) -> EventId {
    EventId::new(Uuid::from_u128(number))
}

const SOURCE: &str = "---
schema: waymark.journey/1
id: backend
title: Backend
version: 1.0.0
owner: team:backend
phases:
  - {id: day1, title: First day, from: 1wd, to: 1wd}
  - {id: weeks, title: First weeks, from: 2wd, to: 10wd}
milestones:
  - {id: settled, title: Settled in, kind: step, target: 3wd}
  - {id: first-pr, title: First PR, kind: forge.pr-opened, target: 10wd}
---

## First day {#day1}

- [ ] Collect the laptop {#laptop}

  ```yaml step
  role: it
  ```

- [ ] Sign in {#sign-in}

  ```yaml step
  needs: [laptop]
  milestone: settled
  ```

## First weeks {#weeks}

- [ ] Prod access {#prod}

  ```yaml step
  owner: team:access-desk
  due: 4wd
  ```

- [ ] Shadow a shift {#shadow}

  ```yaml step
  verify: {any: [{attest: true}, {confirm_by: manager}]}
  ```

- [ ] Meet the manager {#one-to-one}

  ```yaml step
  role: manager
  due: 3wd
  ```

- [ ] Read the novel {#novel}

  ```yaml step
  required: false
  ```
";

pub(crate) fn template() -> Template {
    let (template, findings) = parse_journey("backend.md", SOURCE);
    let template = template.expect("a template");
    assert_eq!(template.steps().count(), 6, "{findings:?}");
    assert!(template.step(&"shadow".into()).is_some_and(|step| step.confirm_by.is_some()), "{findings:?}");
    template
}

/// One person's facts, written as they happen.
pub(crate) struct Hire {
    pub(crate) events: Vec<Event>,
    pub(crate) calendar: WorkCalendar,
}

impl Hire {
    /// Somebody who starts on Mon 2026-03-02.
    pub(crate) fn new() -> Self {
        let mut hire = Self { events: Vec::new(), calendar: WorkCalendar::default() };
        let assigned = Fact::JourneyAssigned {
            journey: journey(),
            template: TemplateId::new("backend"),
            version: "1.0.0".into(),
            hash: String::new(),
            pack: PackId::new(Uuid::nil()),
            start: date(2026, 3, 2),
        };
        hire.add("2026-02-20T10:00", assigned);
        hire
    }

    /// Adds a fact at a local time.
    pub(crate) fn add(&mut self, at: &str, fact: Fact) -> EventId {
        let id = event_id(self.events.len() as u128 + 1);
        let at: DateTime = at.parse().expect("a local time");
        let time = at.to_zoned(zone()).expect("a time").timestamp();
        self.events.push(Event { id, action: ActionId::new(id.uuid()), time, fact });
        id
    }

    pub(crate) fn done(&mut self, at: &str, step: &str) -> EventId {
        let evidence = Evidence::Attested;
        self.add(at, Fact::StepCompleted { journey: journey(), step: StepId::new(step), evidence })
    }

    pub(crate) fn blocked(&mut self, at: &str, step: &str, reason: BlockReason) -> EventId {
        let note = "asked twice".to_owned();
        self.add(at, Fact::StepBlocked { journey: journey(), step: StepId::new(step), reason, note })
    }

    pub(crate) fn unblocked(&mut self, at: &str, step: &str, block: EventId) {
        self.add(at, Fact::StepUnblocked { journey: journey(), step: StepId::new(step), block });
    }

    pub(crate) fn reached(&mut self, at: &str, milestone: &str) -> EventId {
        let local: DateTime = at.parse().expect("a local time");
        let fact = Fact::MilestoneReached {
            journey: journey(),
            milestone: MilestoneId::new(milestone),
            at: local.to_zoned(zone()).expect("a time").timestamp(),
            evidence: Evidence::Confirmed,
            reference: "github:acme/api#412".into(),
        };
        self.add(at, fact)
    }

    fn with<T>(&self, make: impl FnOnce(&JourneyFacts<'_>) -> T) -> T {
        let template = template();
        let history = History::of(journey(), &self.events);
        let zone = zone();
        make(&JourneyFacts {
            journey: journey(),
            template: &template,
            history: &history,
            events: &self.events,
            calendar: &self.calendar,
            profile: &Profile::new(),
            fallback_start: date(2026, 3, 2),
            local: &|at| at.to_zoned(zone.clone()).datetime(),
        })
    }

    pub(crate) fn summary(&self) -> JourneySummary {
        self.with(summarize)
    }

    /// The page at a local time.
    pub(crate) fn page(&self, now: &str) -> PersonPage {
        let whose = Whose {
            person: PersonId::new(Uuid::from_u128(1)),
            name: "Li Wei",
            buddy: Some("Petra Novak"),
            as_of: instant(now),
        };
        self.with(|facts| person_page(&whose, facts))
    }
}

pub(crate) fn instant(local: &str) -> Timestamp {
    local.parse::<DateTime>().expect("a local time").to_zoned(zone()).expect("a time").timestamp()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a date")
}
