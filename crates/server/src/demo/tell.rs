//! Telling the company's two years: who joins, what their managers give them, what they do, who signs off.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;
use waymark_api::http::{
    MAX_BATCH,
    auth::{Enrol, Enrolled},
    envelope::{Origin, envelope},
    events::Outcome,
    journeys::{Assign, Plan, SignOff},
};
use waymark_core::{
    calendar::WorkCalendar,
    content::parse_journey,
    event::{Event, Fact},
    id::{DeviceId, PersonId},
    journey::Template,
    team::PersonPage,
};

use super::{
    company::{self, Colleague},
    history::{self, Hire},
    http::Http,
    random::Chance,
};
use crate::{
    publish::{self, content::Links},
    state::State,
    store::org as people_rows,
    usecase::{
        invite::{self, Maker},
        org::{self, Leavers, Writer},
        publish::{Offer, publish},
    },
};

const BUNDLE: &str = "corvane";
const ZONE: &str = "Europe/Berlin";
const FIRST_WEEKS: &str = "journeys/corvane-first-weeks.md";
const BILLING: &str = "journeys/new-to-billing.md";
/// Who the manager of the demo is, and who the new hire: somebody whose first day is today.
const MANAGER: &str = "Petra Novotna";
/// The same company at every start.
const SEED: u64 = 2_026;

/// Name and link of the two invites.
pub(super) struct Invites {
    pub(super) hire: (String, String),
    pub(super) manager: (String, String),
}

/// What the company is told with.
pub(super) struct Teller<'a> {
    state: &'a State,
    http: Http,
    content: &'a Path,
}

/// Somebody's device during the telling.
struct Device {
    id: DeviceId,
    person: PersonId,
    token: String,
}

impl<'a> Teller<'a> {
    pub(super) fn new(state: &'a State, http: Http, content: &'a Path) -> Self {
        Self { state, http, content }
    }

    /// Whether the database has somebody in it already.
    pub(super) async fn has_people(&self) -> anyhow::Result<bool> {
        Ok(people_rows::find_by_key(self.state.store().read(), &company::key(MANAGER)).await?.is_some())
    }

    /// Tells everything.
    pub(super) async fn tell(&self) -> anyhow::Result<()> {
        let calendar = WorkCalendar::default();
        let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
        let today = self.state.now().to_zoned(zone.clone()).date();
        let mut chance = Chance::new(SEED);
        let people = company::company(today, &calendar, &mut chance);
        // The content first: it is what can be missing.
        let templates = [self.template(FIRST_WEEKS)?, self.template(BILLING)?];
        self.publish().await?;
        self.import(&people).await?;

        let mut managers = BTreeMap::new();
        for person in people.iter().filter(|person| person.told) {
            let key = person.manager.clone().unwrap_or_default();
            if !managers.contains_key(&key) {
                let device = self.join(&key, &mut chance).await?;
                managers.insert(key.clone(), device);
            }
            let manager = &managers[&key];
            let mut device = self.join(&person.key, &mut chance).await?;
            let told = Told { calendar: &calendar, zone: &zone, person };
            self.journey(&told, &mut device, manager, (&templates[0], person.start), &mut chance).await?;
            // Payments takes new people into billing after their second month.
            let takes_on = calendar.step(person.start, 45);
            if person.team == "Payments" && takes_on < today {
                self.journey(&told, &mut device, manager, (&templates[1], takes_on), &mut chance).await?;
            }
        }
        Ok(())
    }

    /// The invites that the demo prints.
    pub(super) async fn invites(&self) -> anyhow::Result<Invites> {
        let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
        let today = self.state.now().to_zoned(zone).date();
        let people = company::company(today, &WorkCalendar::default(), &mut Chance::new(SEED));
        let newest = people.iter().filter(|person| person.told).max_by_key(|person| person.start);
        let newest = newest.context("nobody is new")?;
        Ok(Invites {
            hire: (newest.name.clone(), self.invite(&newest.key).await?.0),
            manager: (MANAGER.to_owned(), self.invite(&company::key(MANAGER)).await?.0),
        })
    }

    async fn import(&self, people: &[Colleague]) -> anyhow::Result<()> {
        let (entries, problems) = org::read(company::csv(people, ZONE).as_bytes());
        let entries = org::people(entries, problems)
            .map_err(|problems| anyhow::anyhow!("the company has {} mistakes: {}", problems.len(), problems[0]))?;
        let writer = Writer { actor: "cli", now: self.state.now(), facts: self.state.facts() };
        let wish = org::Import { entries: &entries, teams: &[], leavers: Leavers::Any, run: org::Run::Real };
        org::import(self.state.store(), writer, wish).await?;
        Ok(())
    }

    async fn publish(&self) -> anyhow::Result<()> {
        let nothing = self.content.join("..").join("no-data-in-here");
        let tree = publish::read_folder(self.content, &nothing)?.map_err(|broken| {
            anyhow::anyhow!("{} cannot be published: {}", self.content.display(), broken.join("; "))
        })?;
        let offer = Offer { name: BUNDLE.to_owned(), version: None, tree, links: Links::Lenient };
        publish(self.state, offer, "cli").await?;
        Ok(())
    }

    fn template(&self, path: &str) -> anyhow::Result<Template> {
        let file: PathBuf = self.content.join(path);
        let text = std::fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
        parse_journey(path, &text).0.with_context(|| format!("{} is no journey", file.display()))
    }

    /// Link and code of a new invite for the person with this key.
    async fn invite(&self, key: &str) -> anyhow::Result<(String, String)> {
        let store = self.state.store();
        let person = people_rows::find_by_key(store.read(), key).await?.with_context(|| format!("no person {key}"))?;
        let maker = Maker { by: None, hours: 168, url: &self.state.identity().url };
        let invite = invite::make(store, self.state.now(), &person, maker).await?;
        Ok((invite.link, invite.code))
    }

    /// Makes a device of the person's.
    async fn join(&self, key: &str, chance: &mut Chance) -> anyhow::Result<Device> {
        let (_, code) = self.invite(key).await?;
        let signing = ed25519_dalek::SigningKey::from_bytes(&chance.bytes());
        let enrol = Enrol {
            code,
            device: DeviceId::new(Uuid::from_bytes(chance.bytes())),
            public_key: STANDARD.encode(signing.verifying_key().as_bytes()),
            label: "Work laptop".to_owned(),
        };
        let Enrolled { person, device, tokens } = self.http.post("", "/v1/enrol", &enrol).await?;
        Ok(Device { id: device, person, token: tokens.access })
    }

    /// A journey: the manager gives it, the person walks it, the manager confirms what is older than a week.
    async fn journey(
        &self,
        told: &Told<'_>,
        device: &mut Device,
        manager: &Device,
        (template, start): (&Template, jiff::civil::Date),
        chance: &mut Chance,
    ) -> anyhow::Result<()> {
        let assign = Assign {
            person: device.person,
            bundle: BUNDLE.to_owned(),
            template: template.id.clone(),
            start,
            preview: false,
        };
        let plan: Plan = self.http.post(&manager.token, "/v1/journeys", &assign).await?;
        let journey = plan.journey.context("the assignment named no journey")?;
        let hire =
            Hire { journey, template, start, calendar: told.calendar, zone: told.zone, stuck_on: told.person.stuck_on };
        let events = history::facts(&hire, self.state.now(), chance);
        self.send(device, &events).await?;
        let page: PersonPage =
            self.http.get(&manager.token, &format!("/v1/people/{}/page?journey={journey}", device.person)).await?;
        let week_ago = self.state.now().as_second() - 7 * 86_400;
        for waiting in page.waiting.iter().filter(|waiting| waiting.since.as_second() < week_ago) {
            let sign_off = SignOff { step: waiting.step.clone(), completion: waiting.completion };
            let path = format!("/v1/journeys/{journey}/signoff");
            let _: serde_json::Value = self.http.post(&manager.token, &path, &sign_off).await?;
        }
        Ok(())
    }

    async fn send(&self, device: &mut Device, events: &[Event]) -> anyhow::Result<()> {
        let cursor: waymark_api::http::events::CursorAnswer = self.http.get(&device.token, "/v1/events/cursor").await?;
        let mut sequence = cursor.cursor.last;
        for batch in events.chunks(MAX_BATCH) {
            let mut enveloped = Vec::with_capacity(batch.len());
            for event in batch {
                sequence += 1;
                enveloped.push(envelope(event, &origin(device, sequence, event))?);
            }
            let answer = self.http.events(&device.token, &enveloped).await?;
            let bad = answer.results.iter().find(|result| result.outcome != Outcome::Accepted);
            anyhow::ensure!(bad.is_none(), "an event was not taken: {bad:?}");
        }
        Ok(())
    }
}

/// Whose history it is, and by which days.
struct Told<'a> {
    calendar: &'a WorkCalendar,
    zone: &'a TimeZone,
    person: &'a Colleague,
}

fn origin(device: &Device, sequence: u64, event: &Event) -> Origin {
    // Most people let their words go along, as the switch in Settings is set at first.
    let with_notes = matches!(event.fact, Fact::StepBlocked { .. });
    let recorded: Timestamp = event.time;
    Origin { person: device.person, device: device.id, epoch: 1, sequence, recorded, with_notes }
}
