//! Asking the API for what no delivery told: GitHub does not send a failed delivery again, GitLab switches
//! failing hooks off, and accounts are mapped late. What is found goes through the same functions.

use std::{collections::BTreeSet, time::Duration};

use jiff::{SignedDuration, Timestamp};
use waymark_core::milestone::{ForgeAction, Seen, observe};

use super::{
    Read, Settings, Source,
    api::{Api, ApiFailure, Wanted, github, gitlab},
    reach::reach,
    work::{credit, take_in, told},
};
use crate::{
    state::State,
    store::{
        About, StoreError,
        forge::{
            account::{self, Account},
            commit, secret, sighting,
        },
    },
};

/// Between two rounds, whichever server makes them.
const ROUND: SignedDuration = SignedDuration::from_hours(1);
/// Between two looks whether a round is due.
const PAUSE: Duration = Duration::from_secs(60);
const WHAT: &str = "a round through a forge's API";

/// Why a round ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReconcileError {
    /// The forge.
    #[error("the forge's API could not be asked")]
    Api(#[from] ApiFailure),
    /// The database.
    #[error("what was found could not be kept")]
    Store(#[from] StoreError),
}

/// Works until the server ends.
pub(crate) async fn run(state: State) {
    loop {
        for source in [Source::GitHub, Source::GitLab] {
            let due = secret::take_round(state.store(), &source.to_string(), state.now(), ROUND).await;
            let done = match due {
                Ok(true) => reconcile(&state, source).await,
                Ok(false) => continue,
                Err(error) => Err(error.into()),
            };
            if let Err(error) = done {
                tracing::warn!(%source, error = &error as &dyn std::error::Error, "a round through the API ended early");
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// One round: everything that the API knows of mapped accounts, then everybody's milestones anew.
///
/// # Errors
/// Where the API or the database cannot be asked; what was found before that is kept.
pub(crate) async fn reconcile(state: &State, source: Source) -> Result<(), ReconcileError> {
    let settings = Settings::load(state.store(), source).await?;
    let accounts: Vec<Account> =
        account::all(state.store()).await?.into_iter().filter(|one| one.forge == source.to_string()).collect();
    let asked = match Api::of(source, &settings)? {
        // Without owners a search would find what people do in their own time, anywhere.
        Some(api) if !settings.owners.is_empty() => ask(state, source, &settings, &api, &accounts).await,
        _ => Ok(()),
    };
    // Also for what needs no API: a journey that began after its first sightings.
    for account in &accounts {
        let mut tx = state.store().begin().await?;
        reach(&mut tx, state, account.person).await?;
        told(state, tx, [account.person]).await?;
    }
    asked
}

async fn ask(
    state: &State,
    source: Source,
    settings: &Settings,
    api: &Api,
    accounts: &[Account],
) -> Result<(), ReconcileError> {
    if source == Source::GitLab {
        name_accounts(state, api).await?;
    }
    let (mut repositories, mut earliest) = (BTreeSet::new(), state.now());
    for account in accounts {
        let Some(since) = since(state, account).await? else { continue };
        earliest = earliest.min(since);
        match of_account(state, source, settings, api, account, since).await {
            Ok(found) => repositories.extend(found),
            // A renamed account, for instance: the others are asked all the same.
            Err(ReconcileError::Api(error)) if error.is_about_one_thing() => {
                tracing::warn!(%source, %error, "the API does not tell of an account");
            }
            Err(error) => return Err(error),
        }
    }
    for repository in repositories {
        match deployments(state, source, settings, api, &repository, earliest).await {
            Err(ReconcileError::Api(error)) if error.is_about_one_thing() => {
                tracing::debug!(%source, %error, "the API does not tell of deployments");
            }
            done => done?,
        }
    }
    resolve(state, source, settings, api).await
}

/// Keeps what the API knows of one account; the repositories in which something of it was merged.
async fn of_account(
    state: &State,
    source: Source,
    settings: &Settings,
    api: &Api,
    account: &Account,
    since: Timestamp,
) -> Result<BTreeSet<String>, ReconcileError> {
    let mut tx = state.store().begin().await?;
    let known = sighting::of_person(&mut tx, account.person).await?;
    drop(tx);
    let references =
        |seen: Seen| known.iter().filter(|row| row.seen == seen).map(|row| row.reference.clone()).collect();
    let (opened, reviewed) = (references(Seen::Opened), references(Seen::Review));
    let wanted =
        Wanted { login: &account.login, since, owners: &settings.owners, opened: &opened, reviewed: &reviewed };
    let mut reads;
    match source {
        Source::GitLab => {
            reads = gitlab::changes(api, &wanted).await?;
            reads.extend(gitlab::reviews(api, &wanted).await?);
        }
        Source::GitHub | Source::CdEvents => {
            reads = github::changes(api, &wanted).await?;
            reads.extend(github::reviews(api, &wanted).await?);
            reads.extend(github::commits(api, &wanted).await?);
        }
    }
    let organisation = settings.organisation();
    let merged =
        reads.iter().filter(|read| matches!(read.event.action, ForgeAction::ChangeClosed { merged: true, .. }));
    let places = merged.filter(|read| organisation.has(&read.event.place)).map(|read| &read.event.place);
    let repositories =
        places.filter_map(|place| Some(format!("{}/{}", place.owner, place.repository.as_ref()?))).collect();
    keep(state, settings, reads).await?;
    Ok(repositories)
}

/// Keeps what was found, all of it before anybody's milestones are looked at: an exact time stands in for an
/// approximate one, and ten changes are counted once.
async fn keep(state: &State, settings: &Settings, reads: Vec<Read>) -> Result<(), StoreError> {
    let organisation = settings.organisation();
    let mut people = BTreeSet::new();
    let mut tx = state.store().begin().await?;
    for read in reads {
        people.extend(take_in(&mut tx, &organisation, read, state.now()).await?.people);
    }
    for &person in &people {
        reach(&mut tx, state, person).await?;
    }
    told(state, tx, people).await
}

async fn deployments(
    state: &State,
    source: Source,
    settings: &Settings,
    api: &Api,
    repository: &str,
    since: Timestamp,
) -> Result<(), ReconcileError> {
    let at = commit::Repository { forge: &source.to_string(), path: repository };
    let known = commit::known_deployments(state.store(), at).await?;
    let is_known = |environment: &str, sha: &str| known.contains(&(environment.to_owned(), sha.to_owned()));
    let reads = match source {
        Source::GitLab => gitlab::deployments(api, repository, since, &is_known).await?,
        Source::GitHub | Source::CdEvents => github::deployments(api, repository, since, &is_known).await?,
    };
    let organisation = settings.organisation();
    let counting = reads.into_iter().filter(|read| observe(&read.event, &organisation).is_some());
    Ok(keep(state, settings, counting.collect()).await?)
}

/// Asks for the authors of deployments that the kept pushes do not explain.
async fn resolve(state: &State, source: Source, settings: &Settings, api: &Api) -> Result<(), ReconcileError> {
    let forge = source.to_string();
    let mut tx = state.store().begin().await?;
    let mut open = Vec::new();
    for (_, repository) in commit::waiting(&mut tx).await?.into_iter().filter(|(one, _)| *one == forge) {
        open.extend(commit::unresolved(&mut tx, commit::Repository { forge: &forge, path: &repository }).await?);
    }
    drop(tx);
    for deployment in open {
        let found = match source {
            Source::GitLab => gitlab::authors(api, &deployment).await,
            Source::GitHub | Source::CdEvents => github::authors(api, &deployment).await,
        };
        let logins = match found {
            Ok(logins) => logins,
            Err(error) if error.is_about_one_thing() => continue,
            Err(error) => return Err(error.into()),
        };
        let mut tx = state.store().begin().await?;
        let people = credit(&mut tx, &settings.organisation(), &deployment, logins, state.now()).await?;
        for &person in &people {
            reach(&mut tx, state, person).await?;
        }
        told(state, tx, people).await?;
    }
    Ok(())
}

/// Asks for the names of accounts that deliveries named by number.
async fn name_accounts(state: &State, api: &Api) -> Result<(), ReconcileError> {
    let forge = Source::GitLab.to_string();
    for number in account::unnamed(state.store(), &forge).await? {
        let login = match gitlab::login(api, number).await {
            Ok(login) => login,
            Err(error) if error.is_about_one_thing() => continue,
            Err(error) => return Err(error.into()),
        };
        let mut tx = state.store().begin().await?;
        account::learn(&mut tx, &forge, number, &login).await?;
        tx.commit().await.about(WHAT)?;
    }
    Ok(())
}

/// The earliest start of the person's journeys, a day before it because of zones; `None` without a journey.
async fn since(state: &State, account: &Account) -> Result<Option<Timestamp>, StoreError> {
    let start: Option<String> =
        sqlx::query_scalar("SELECT MIN(start) FROM journey WHERE person = $1 AND withdrawn IS NULL")
            .bind(account.person.to_string())
            .fetch_one(state.store().read())
            .await
            .about(WHAT)?;
    let Some(start) = start else { return Ok(None) };
    let start: jiff::civil::Date =
        start.parse().map_err(|source| StoreError::Stored { what: "journey's start", source: Box::new(source) })?;
    let before = start.yesterday().unwrap_or(start);
    Ok(before.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp()))
}
