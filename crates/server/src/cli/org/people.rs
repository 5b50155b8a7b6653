//! `waymark-server org show|add|set|end`: one person by hand.

use std::process::ExitCode;

use anyhow::{Context, bail};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use waymark_api::http::org::{AddPerson, PersonFields};
use waymark_core::{calendar::WorkCalendar, id::PersonId, journey::Profile};

use super::told;
use crate::{
    cli::Place,
    store::{
        Store,
        org::{self as store_org, PersonRow},
    },
    usecase::{
        facts::Facts,
        org::{Writer, edit, fields},
    },
};

/// Whom to show.
#[derive(clap::Args)]
pub(crate) struct Show {
    /// The person's key.
    key: String,
    #[command(flatten)]
    place: Place,
}

/// Who is new.
#[derive(clap::Args)]
pub(crate) struct Add {
    /// The person's key: e-mail address or Backstage entity. It never changes.
    key: String,
    /// The name.
    #[arg(long)]
    name: String,
    #[command(flatten)]
    said: Said,
    #[command(flatten)]
    place: Place,
}

/// Who changes.
#[derive(clap::Args)]
pub(crate) struct Set {
    /// The person's key.
    key: String,
    /// The name.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    said: Said,
    #[command(flatten)]
    place: Place,
}

/// Who leaves.
#[derive(clap::Args)]
pub(crate) struct End {
    /// The person's key.
    key: String,
    /// The last day, as 2026-01-31; without it, yesterday was the last.
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// The key of whoever leads the person's line from now on; their own manager without.
    #[arg(long, value_name = "KEY")]
    line_to: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// What can be said of somebody; an empty text is "none".
#[derive(clap::Args)]
struct Said {
    /// The team.
    #[arg(long)]
    team: Option<String>,
    /// The manager's key.
    #[arg(long)]
    manager: Option<String>,
    /// The buddy's key.
    #[arg(long)]
    buddy: Option<String>,
    /// hire, buddy, manager, author, admin; several with blanks between them.
    #[arg(long)]
    roles: Option<String>,
    /// Day 1, as 2026-01-31.
    #[arg(long)]
    start: Option<String>,
    /// The last day; empty for somebody who stays or comes back.
    #[arg(long)]
    leave: Option<String>,
    /// The zone, as Europe/Berlin.
    #[arg(long)]
    zone: Option<String>,
    /// Working weekdays, as mon-fri.
    #[arg(long)]
    week: Option<String>,
    /// Days off: days and ranges such as 2026-12-24..2026-12-31.
    #[arg(long)]
    days_off: Option<String>,
    /// What conditions of journeys ask for, as `site=Berlin`; `site=` for nothing. Can be said several times.
    #[arg(long, value_name = "KEY=VALUES")]
    profile: Vec<String>,
}

pub(super) async fn show(options: Show) -> anyhow::Result<ExitCode> {
    let store = options.place.open().await?;
    let row = known(&store, &options.key).await?;
    let key = async |id: Option<&String>| -> anyhow::Result<String> {
        let Some(id) = id else { return Ok("nobody".to_owned()) };
        Ok(store_org::find(store.read(), id).await?.map_or_else(|| id.clone(), |row| row.key))
    };
    let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "unknown".to_owned());
    println!("key       {}\nid        {}\nname      {}\nteam      {}", row.key, row.id, row.name, row.team);
    println!("manager   {}", key(row.manager.as_ref()).await?);
    println!("buddy     {}", key(row.buddy.as_ref()).await?);
    println!("roles     {}\nstart     {}\nlast day  {}", row.roles, day(&row.start), day(&row.leave));
    println!("zone      {}\ncalendar  {}\nprofile   {}", row.zone, row.calendar, row.profile);
    let joined = store_org::has_joined(store.read(), &row.id).await?;
    println!("works here: {}, a device has joined: {}", yes(row.active), yes(joined));
    for (manager, since, until) in store_org::managers(store.read(), &row.id).await? {
        let moment = |at: i64| Timestamp::from_millisecond(at).map(|at| at.to_string()).unwrap_or_default();
        let until = until.map_or_else(|| "now".to_owned(), moment);
        println!("reported to {} from {} until {until}", key(Some(&manager)).await?, moment(since));
    }
    Ok(ExitCode::SUCCESS)
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

pub(super) async fn add(options: Add, now: Timestamp) -> anyhow::Result<ExitCode> {
    let store = options.place.open().await?;
    let said = options.said.read(&store, None).await?;
    let wish = AddPerson {
        key: options.key,
        name: options.name,
        team: said.team.unwrap_or_default(),
        manager: said.manager.flatten(),
        buddy: said.buddy.flatten(),
        roles: said.roles.unwrap_or_default(),
        start: said.start.flatten(),
        leave: said.leave.flatten(),
        zone: said.zone,
        calendar: said.calendar,
        profile: said.profile.unwrap_or_default(),
    };
    let facts = Facts::default();
    let done = edit::add(&store, Writer { actor: "cli", now, facts: &facts }, wish).await;
    told(done, |row| format!("{} {} is added; `waymark-server invite {}` lets them in", row.key, row.name, row.key))
}

pub(super) async fn set(options: Set, now: Timestamp) -> anyhow::Result<ExitCode> {
    let store = options.place.open().await?;
    let row = known(&store, &options.key).await?;
    let mut wish = options.said.read(&store, Some(&row)).await?;
    wish.name = options.name;
    change(&store, now, &row, wish).await
}

pub(super) async fn end(options: End, now: Timestamp) -> anyhow::Result<ExitCode> {
    let store = options.place.open().await?;
    let row = known(&store, &options.key).await?;
    let day = match &options.on {
        Some(day) => self::day("--on", day)?,
        None => {
            let zone = TimeZone::get(&row.zone).unwrap_or(TimeZone::UTC);
            now.to_zoned(zone).date().yesterday().context("could not count back from today")?
        }
    };
    let line_to = match &options.line_to {
        Some(key) => Some(id(&known(&store, key).await?)?),
        None => None,
    };
    change(&store, now, &row, PersonFields { leave: Some(Some(day)), line_to, ..PersonFields::default() }).await
}

async fn change(store: &Store, now: Timestamp, row: &PersonRow, wish: PersonFields) -> anyhow::Result<ExitCode> {
    let facts = Facts::default();
    let done = edit::change(store, Writer { actor: "cli", now, facts: &facts }, &row.id, wish).await;
    told(done, |row| match (row.active, &row.leave) {
        (false, _) => format!("{} {} does not work here any more; what happened stays", row.key, row.name),
        (true, Some(last)) => format!("{} {} works here until {last}", row.key, row.name),
        (true, None) => format!("{} {} is changed", row.key, row.name),
    })
}

impl Said {
    /// What is said as the API takes it; `row` is the person as they are.
    async fn read(self, store: &Store, row: Option<&PersonRow>) -> anyhow::Result<PersonFields> {
        let person = async |key: Option<String>| -> anyhow::Result<Option<Option<PersonId>>> {
            match key.as_deref().map(str::trim) {
                None => Ok(None),
                Some("") => Ok(Some(None)),
                Some(key) => Ok(Some(Some(id(&known(store, key).await?)?))),
            }
        };
        let any_day = |name: &str, text: Option<String>| match text.as_deref().map(str::trim) {
            None => Ok(None),
            Some("") => Ok(Some(None)),
            Some(text) => day(name, text).map(|day| Some(Some(day))),
        };
        let mut calendar: Option<WorkCalendar> = None;
        if self.week.is_some() || self.days_off.is_some() {
            let mut new: WorkCalendar = match row {
                Some(row) => serde_json::from_str(&row.calendar).context("could not read the stored calendar")?,
                None => WorkCalendar::default(),
            };
            if let Some(week) = &self.week {
                new.week = fields::week(week).map_err(|why| anyhow::anyhow!("--week: {why}"))?;
            }
            if let Some(days) = &self.days_off {
                new.days_off = fields::days_off(days).map_err(|why| anyhow::anyhow!("--days-off: {why}"))?;
            }
            calendar = Some(new);
        }
        let mut profile: Option<Profile> = None;
        for said in &self.profile {
            let Some((key, values)) = said.split_once('=') else { bail!("--profile {said}: write it as site=Berlin") };
            let all = match profile.take() {
                Some(profile) => profile,
                None => match row {
                    Some(row) => serde_json::from_str(&row.profile).context("could not read the stored profile")?,
                    None => Profile::new(),
                },
            };
            let mut all = all;
            let values: Vec<String> = fields::list(values).map(str::to_owned).collect();
            match values.is_empty() {
                true => all.remove(key.trim()),
                false => all.insert(key.trim().to_owned(), values),
            };
            profile = Some(all);
        }
        Ok(PersonFields {
            name: None,
            team: self.team,
            manager: person(self.manager).await?,
            buddy: person(self.buddy).await?,
            roles: self.roles.map(|roles| fields::list(&roles).map(str::to_owned).collect()),
            start: any_day("--start", self.start)?,
            leave: any_day("--leave", self.leave)?,
            line_to: None,
            zone: self.zone,
            calendar,
            profile,
        })
    }
}

fn day(name: &str, text: &str) -> anyhow::Result<Date> {
    fields::date(text).map_err(|why| anyhow::anyhow!("{name}: {why}"))
}

fn id(row: &PersonRow) -> anyhow::Result<PersonId> {
    row.id.parse().context("could not read a stored id")
}

/// Somebody by their key, also one who has left.
async fn known(store: &Store, key: &str) -> anyhow::Result<PersonRow> {
    let key = key.trim().to_lowercase();
    match store_org::find_by_key(store.read(), &key).await? {
        Some(row) => Ok(row),
        None => bail!("there is nobody with the key {key:?}; `waymark-server org list` prints all"),
    }
}
