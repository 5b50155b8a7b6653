//! What a hire of the demo does, day by day: facts as a device would have recorded them.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use uuid::Uuid;
use waymark_core::{
    calendar::WorkCalendar,
    event::{BlockReason, Event, Evidence, Fact},
    id::{ActionId, EventId, JourneyId, StepId},
    journey::{History, Need, Profile, Role, Step, Template, resolve},
};

use super::random::Chance;

/// A hire whose days are to be told.
pub(super) struct Hire<'a> {
    /// The journey that the manager gave them.
    pub journey: JourneyId,
    /// Its template.
    pub template: &'a Template,
    /// Day 1.
    pub start: Date,
    /// Working days.
    pub calendar: &'a WorkCalendar,
    /// Where they live.
    pub zone: &'a TimeZone,
    /// The person cannot go on with this step today, and nobody has helped yet.
    pub stuck_on: Option<&'a str>,
}

/// What goes wrong on a step: how likely, for how many working days at most, why and in whose words.
struct Friction {
    step: &'static str,
    probability: f64,
    days: i64,
    reason: BlockReason,
    note: &'static str,
}

const FRICTION: &[Friction] = &[
    friction(
        "vpn-profile",
        0.30,
        3,
        BlockReason::MissingAccess,
        "The profile link asks for a login that I do not have yet",
    ),
    friction("forge-ssh-key", 0.15, 1, BlockReason::Unclear, "Which of the two keys goes here?"),
    friction(
        "start-billing",
        0.35,
        3,
        BlockReason::BrokenInstructions,
        "The compose file wants a newer version than the page says",
    ),
    friction("first-change", 0.25, 4, BlockReason::WaitingForPerson, "Waiting for a review"),
    friction("first-review", 0.10, 2, BlockReason::Unclear, "Nobody told me what to look for"),
    friction("first-deploy", 0.45, 6, BlockReason::MissingAccess, "No rights on the production pipeline"),
    friction("billing-access", 0.40, 3, BlockReason::MissingAccess, "Finance grants once a day, and today it did not"),
    friction("run-billing", 0.20, 2, BlockReason::FailingCheck, "The sandbox answers 503"),
];

const fn friction(
    step: &'static str,
    probability: f64,
    days: i64,
    reason: BlockReason,
    note: &'static str,
) -> Friction {
    Friction { step, probability, days, reason, note }
}

/// Facts of `hire` until `now`, in order of time.
pub(super) fn facts(hire: &Hire<'_>, now: Timestamp, chance: &mut Chance) -> Vec<Event> {
    let mut teller = Teller { hire, chance, now, done: BTreeMap::new(), events: Vec::new() };
    let pace = teller.chance.factor(0.4);
    let due = teller.due_days();
    for phase in &hire.template.phases {
        for step in &phase.steps {
            teller.step(step, pace, &due, None);
        }
    }
    teller.events.retain(|event| event.time <= now);
    teller.events.sort_by_key(|event| (event.time, event.id));
    teller.events
}

struct Teller<'a, 'h> {
    hire: &'a Hire<'h>,
    chance: &'a mut Chance,
    now: Timestamp,
    /// Working day on which each step was done, counted from day 1.
    done: BTreeMap<StepId, i64>,
    events: Vec<Event>,
}

impl Teller<'_, '_> {
    /// Due working day of each step that has a fixed one.
    fn due_days(&self) -> BTreeMap<StepId, i64> {
        let hire = self.hire;
        let nothing = History::default();
        let profile = Profile::default();
        let resolved = resolve(hire.template, &nothing, hire.calendar, &profile, hire.start, &|at| self.local(at));
        resolved.steps().into_iter().filter_map(|step| Some((step.id.clone(), self.number(step.due?)))).collect()
    }

    fn local(&self, at: Timestamp) -> Date {
        at.to_zoned(self.hire.zone.clone()).date()
    }

    /// Which working day a date is; day 1 is 1, the working day before it 0.
    fn number(&self, date: Date) -> i64 {
        let first = self.hire.calendar.first_working_day(self.hire.start);
        let (mut day, mut number) = (first, 1);
        while day < date && number < 400 {
            day = self.hire.calendar.step(day, 1);
            number += 1;
        }
        while day > date && number > -60 {
            day = self.hire.calendar.step(day, -1);
            number -= 1;
        }
        number
    }

    /// Tells of a step and its parts; `earliest` is the day before which nothing of it can begin.
    fn step(&mut self, step: &Step, pace: f64, due: &BTreeMap<StepId, i64>, earliest: Option<i64>) {
        let needs = step.needs.iter().filter_map(|need| self.ready(need)).max();
        let earliest = earliest.max(needs);
        if !step.required && self.chance.happens(0.45) {
            return;
        }
        for part in &step.children {
            self.step(part, pace, due, earliest);
        }
        if !step.has_own_box() {
            let parts = step.children.iter().filter_map(|part| self.done.get(&part.id)).max().copied();
            self.done.extend(parts.map(|day| (step.id.clone(), day)));
            return;
        }
        // People finish things around their day, each at their own pace.
        let planned = due.get(&step.id).copied().or(earliest.map(|day| day + 1)).unwrap_or(1);
        // Most are through a little before it, some take twice as long.
        let wished = planned as f64 * (0.35 + 0.55 * pace * self.chance.factor(0.35));
        let wished = if planned < 1 { planned as f64 } else { wished };
        let mut day = (wished.round() as i64).max(earliest.unwrap_or(i64::MIN));
        if step.role == Role::Hire {
            day = day.max(1);
        }
        if let Some(day_of_block) = self.block(step, day) {
            day = day_of_block;
        }
        if self.hire.stuck_on == Some(step.id.as_str()) {
            return;
        }
        let evidence = if step.milestone.is_some() { Evidence::Observed } else { Evidence::Attested };
        let at = self.moment(day, 9.2, 17.6);
        let fact = Fact::StepCompleted { journey: self.hire.journey, step: step.id.clone(), evidence };
        self.record(at, fact);
        self.done.insert(step.id.clone(), day);
    }

    /// Blocks a step on `day` where chance has it, and says on which day it is done instead.
    fn block(&mut self, step: &Step, day: i64) -> Option<i64> {
        let friction = FRICTION.iter().find(|friction| friction.step == step.id.as_str())?;
        let stuck = self.hire.stuck_on == Some(friction.step);
        if !stuck && !self.chance.happens(friction.probability) {
            return None;
        }
        let (journey, name) = (self.hire.journey, step.id.clone());
        // Who is stuck today has been so for two or three working days.
        let day = if stuck { self.number(self.local(self.now)) - self.chance.between(2, 3) } else { day };
        let at = self.moment(day, 9.5, 12.0);
        let fact =
            Fact::StepBlocked { journey, step: name.clone(), reason: friction.reason, note: friction.note.to_owned() };
        let block = self.record(at, fact);
        if stuck {
            return None;
        }
        let until = day + self.chance.between(1, friction.days);
        let at = self.moment(until, 9.0, 9.2);
        self.record(at, Fact::StepUnblocked { journey, step: name, block });
        Some(until)
    }

    /// The working day on which a need was met.
    fn ready(&self, need: &Need) -> Option<i64> {
        match need {
            Need::Step(step) => self.done.get(step).copied(),
            Need::All(all) => all.iter().filter_map(|need| self.ready(need)).max(),
            Need::Any(any) => any.iter().filter_map(|need| self.ready(need)).min(),
        }
    }

    /// A moment on a working day between two hours of the clock.
    fn moment(&mut self, day: i64, from: f64, to: f64) -> Timestamp {
        let first = self.hire.calendar.first_working_day(self.hire.start);
        let date = self.hire.calendar.step(first, (day - 1) as i32);
        let seconds = ((from + (to - from) * self.chance.unit()) * 3_600.0) as i64;
        let midnight = date.to_zoned(self.hire.zone.clone()).map(|midnight| midnight.timestamp());
        let at = midnight.ok().and_then(|midnight| midnight.checked_add(seconds.seconds()).ok());
        at.unwrap_or(self.now)
    }

    fn record(&mut self, at: Timestamp, fact: Fact) -> EventId {
        let id = EventId::new(self.id(at));
        let action = ActionId::new(self.id(at));
        self.events.push(Event { id, action, time: at, fact });
        id
    }

    /// A `UUIDv7` of that moment, as the device would have made it.
    fn id(&mut self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.chance.bytes()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use waymark_core::content::parse_journey;

    use super::*;

    fn first_weeks() -> Template {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs-content/journeys/corvane-first-weeks.md");
        let text = std::fs::read_to_string(path).expect("the sample's journey");
        parse_journey("journeys/corvane-first-weeks.md", &text).0.expect("a journey")
    }

    #[test]
    fn a_hire_of_long_ago_is_through_and_one_of_today_is_not() {
        let (template, calendar, zone) = (first_weeks(), WorkCalendar::default(), TimeZone::UTC);
        let now = date(2026, 11, 20).at(15, 0, 0, 0).to_zoned(zone.clone()).expect("a moment").timestamp();
        let tell = |start, stuck_on, seed| {
            let journey = JourneyId::new(Uuid::from_u128(7));
            let hire = Hire { journey, template: &template, start, calendar: &calendar, zone: &zone, stuck_on };
            facts(&hire, now, &mut Chance::new(seed))
        };
        for seed in 0..20 {
            let old = tell(date(2026, 3, 2), None, seed);
            let history = History::of(JourneyId::new(Uuid::from_u128(7)), &old);
            let resolved = resolve(&template, &history, &calendar, &Profile::default(), date(2026, 3, 2), &|at| {
                at.to_zoned(zone.clone()).date()
            });
            assert!(resolved.progress.complete(), "seed {seed}: {:?}", resolved.progress);
            assert!(old.is_sorted_by_key(|event| event.time), "facts are in order");

            let new = tell(date(2026, 11, 17), None, seed);
            assert!(new.len() < old.len() && new.iter().all(|event| event.time <= now));

            let stuck = tell(date(2026, 11, 9), Some("vpn-profile"), seed);
            let history = History::of(JourneyId::new(Uuid::from_u128(7)), &stuck);
            assert!(history.block(&StepId::new("vpn-profile")).is_some(), "somebody is stuck");
        }
    }
}
