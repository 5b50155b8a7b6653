//! The job that reads deliveries, after they were answered.

use std::{collections::BTreeSet, time::Duration};

use jiff::Timestamp;
use waymark_core::{
    id::PersonId,
    milestone::{Account, ForgeAction, ForgeEvent, Observed, Organisation, Who, observe, revokes},
};

use super::{Read, Settings, Source, gitlab, reach::reach};
use crate::{
    state::State,
    store::{
        About, StoreError, Tx,
        forge::{
            account,
            commit::{self, Deployment, Repository},
            delivery::{self, Delivery},
            sighting::{self, Row},
        },
    },
};

/// Between two looks for deliveries.
const PAUSE: Duration = Duration::from_secs(1);
/// Deliveries of one look.
const MOST: i64 = 100;

/// Works until the server ends.
pub(crate) async fn run(state: State) {
    loop {
        match work_through(&state).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "could not work on deliveries"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Works on what waits; how many deliveries were done.
///
/// # Errors
/// Where the database cannot be read or written; the delivery then waits for the next look.
pub(crate) async fn work_through(state: &State) -> Result<usize, StoreError> {
    let mut done = 0;
    for delivery in delivery::open(state.store(), MOST).await? {
        let source: Source = match delivery.forge.parse() {
            Ok(source) => source,
            Err(_) => continue,
        };
        let settings = Settings::load(state.store(), source).await?;
        let mut tx = state.store().begin().await?;
        if !delivery::take(&mut tx, &delivery, state.now()).await? {
            continue;
        }
        let taken = work(&mut tx, state, &settings, source, &delivery).await?;
        delivery::conclude(&mut tx, &delivery, &taken.outcome).await?;
        told(state, tx, taken.people).await?;
        done += 1;
    }
    Ok(done)
}

/// Takes one delivery in; what became of it, in words for the admin.
async fn work(
    tx: &mut Tx,
    state: &State,
    settings: &Settings,
    source: Source,
    delivery: &Delivery,
) -> Result<Taken, StoreError> {
    let nothing = |outcome: String| Taken { people: BTreeSet::new(), outcome };
    let received = Timestamp::from_millisecond(delivery.received).unwrap_or_default();
    let Ok(body) = serde_json::from_str(json_of(&delivery.body).as_ref()) else {
        return Ok(nothing("could not be read: it is no JSON".to_owned()));
    };
    match source.read(&delivery.kind, &body, received) {
        Ok(read) => {
            let taken = take_in(tx, &settings.organisation(), read, state.now()).await?;
            let mut facts = 0;
            for &person in &taken.people {
                facts += reach(tx, state, person).await?;
            }
            let outcome = if facts > 0 { format!("{}; {facts} facts recorded", taken.outcome) } else { taken.outcome };
            Ok(Taken { outcome, ..taken })
        }
        Err(error) => Ok(nothing(format!("could not be read: {error}"))),
    }
}

/// GitHub sends a form where the webhook was not set to JSON: the JSON is its field `payload`.
fn json_of(body: &str) -> std::borrow::Cow<'_, str> {
    if !body.starts_with("payload=") {
        return body.into();
    }
    let payload = form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == "payload");
    payload.map_or(body.into(), |(_, value)| value.into_owned().into())
}

/// What became of something that was read.
pub(crate) struct Taken {
    /// Whose milestones are to be looked at anew.
    pub people: BTreeSet<PersonId>,
    /// For the admin.
    pub outcome: String,
}

/// Keeps everything that was read.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn take_in(
    tx: &mut Tx,
    organisation: &Organisation<'_>,
    mut read: Read,
    now: Timestamp,
) -> Result<Taken, StoreError> {
    let forge = read.event.forge.to_string();
    let mut people = BTreeSet::new();
    for (number, login) in &read.accounts {
        if account::learn(tx, &forge, *number, login).await? {
            people.extend(account::person(tx, &forge, login).await?);
        }
    }
    name_author(tx, &forge, &mut read.event).await?;
    if let ForgeAction::Other { name } = &read.event.action {
        return Ok(Taken { people, outcome: format!("not used: {name}") });
    }
    if !organisation.has(&read.event.place) {
        return Ok(Taken { people, outcome: "not of the organisation".to_owned() });
    }
    let path = path_of(&read.event);
    let at = Repository { forge: &forge, path: &path };
    if let Some(push) = &read.push {
        commit::pushed(tx, at, push, now).await?;
    }
    if let ForgeAction::ChangeClosed { change, merged: true } = &read.event.action {
        for sha in &read.merged {
            commit::authored(tx, at, sha, &change.author.login, now).await?;
        }
    }
    if let Some(reference) = revokes(&read.event, organisation) {
        for login in sighting::revert(tx, &forge, &reference, read.event.at).await? {
            people.extend(account::person(tx, &forge, &login).await?);
        }
    }
    let mut outcome = "nothing that counts".to_owned();
    if let Some(observed) = observe(&read.event, organisation) {
        if let (Who::AuthorsUpTo { commit: sha }, ForgeAction::Deployed { environment, .. }) =
            (&observed.who, &read.event.action)
        {
            let deployment = Deployment {
                forge: forge.clone(),
                repository: path.clone(),
                environment: environment.name.clone(),
                sha: sha.clone(),
                before: None,
                event: serde_json::to_string(&read.event)
                    .map_err(|source| StoreError::Stored { what: "deployment", source: Box::new(source) })?,
            };
            commit::deployed(tx, &deployment, read.event.at, now).await?;
            outcome = "a deployment; its authors are looked for".to_owned();
        }
        let (seen, found) = keep(tx, &forge, &observed, now).await?;
        people.extend(found);
        if seen > 0 {
            outcome = format!("counts for {seen} accounts");
        }
    }
    people.extend(resolve(tx, organisation, at, now).await?);
    Ok(Taken { people, outcome })
}

/// Keeps sightings; how many accounts, and which people of ours have them.
async fn keep(
    tx: &mut Tx,
    forge: &str,
    observed: &Observed,
    now: Timestamp,
) -> Result<(usize, BTreeSet<PersonId>), StoreError> {
    let mut people = BTreeSet::new();
    let Who::Known(sightings) = &observed.who else { return Ok((0, people)) };
    for one in sightings {
        let reference = one.reference.clone();
        let row = Row { seen: observed.seen, reference, at: one.at, approximate: observed.approximate };
        sighting::keep(tx, forge, &one.login, &row, now).await?;
        people.extend(account::person(tx, forge, &one.login).await?);
    }
    Ok((sightings.len(), people))
}

/// Looks for the authors of a repository's deployments among the pushes that are kept.
async fn resolve(
    tx: &mut Tx,
    organisation: &Organisation<'_>,
    at: Repository<'_>,
    now: Timestamp,
) -> Result<BTreeSet<PersonId>, StoreError> {
    let mut people = BTreeSet::new();
    for deployment in commit::unresolved(tx, at).await? {
        let found = commit::authors(tx, at, &deployment.sha, deployment.before.as_deref()).await?;
        if let Some(logins) = found {
            people.extend(credit(tx, organisation, &deployment, logins, now).await?);
        }
    }
    Ok(people)
}

/// Gives a deployment to the authors of its commits.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn credit(
    tx: &mut Tx,
    organisation: &Organisation<'_>,
    deployment: &Deployment,
    logins: Vec<String>,
    now: Timestamp,
) -> Result<BTreeSet<PersonId>, StoreError> {
    let stored = |source| StoreError::Stored { what: "deployment", source: Box::new(source) };
    let mut event: ForgeEvent = serde_json::from_str(&deployment.event).map_err(stored)?;
    if let ForgeAction::Deployed { authors, .. } = &mut event.action {
        *authors = Some(logins.into_iter().map(|login| Account { login, bot: false }).collect());
    }
    commit::resolved(tx, deployment).await?;
    match observe(&event, organisation) {
        Some(observed) => Ok(keep(tx, &deployment.forge, &observed, now).await?.1),
        None => Ok(BTreeSet::new()),
    }
}

/// Writes the author's name where only the number was given and the name was learnt before.
async fn name_author(tx: &mut Tx, forge: &str, event: &mut ForgeEvent) -> Result<(), StoreError> {
    let (ForgeAction::ChangeOpened { change }
    | ForgeAction::ChangeReady { change }
    | ForgeAction::ChangeClosed { change, .. }
    | ForgeAction::Reviewed { change, .. }) = &mut event.action
    else {
        return Ok(());
    };
    let number = change.author.login.strip_prefix('#').and_then(|number| number.parse().ok());
    let Some(number) = number else { return Ok(()) };
    if let Some(login) = account::login_of(tx, forge, number).await? {
        change.author.login = login;
    } else {
        change.author.login = gitlab::numbered(number);
    }
    Ok(())
}

/// `acme/api`.
fn path_of(event: &ForgeEvent) -> String {
    match &event.place.repository {
        Some(repository) => format!("{}/{repository}", event.place.owner),
        None => event.place.owner.clone(),
    }
}

/// Commits, and then wakes the devices of those of whom something may have been recorded.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn told(state: &State, tx: Tx, people: impl IntoIterator<Item = PersonId>) -> Result<(), StoreError> {
    tx.commit().await.about("what a forge told")?;
    people.into_iter().for_each(|person| state.facts().wakes.wake(person));
    Ok(())
}
