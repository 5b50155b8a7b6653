//! `waymark-server forge …`: webhook secrets, API tokens, and whose account is whose.

use std::{
    io::{IsTerminal as _, Read as _},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;

use super::Place;
use crate::{
    forge::{Source, reach, settings},
    serve,
    standard_webhooks::Secret,
    state::{Settings, State},
    store::{
        About, Store, Tx,
        audit::{self, Act},
        forge::{account, delivery, secret},
    },
    usecase::archives::Archives,
};

/// What to do with forges.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Makes a new webhook secret and prints it, this once. The one before holds for another week.
    Secret(SecretOptions),
    /// Sets what the server knows of a forge; the token is read from standard input.
    Set(Set),
    /// Gives a forge's account to a person of the organisation, and records what it has reached.
    Map(Map),
    /// Takes an account off its person, and revokes what was recorded because of it.
    Unmap(Unmap),
    /// Prints forges with their deliveries, and accounts with their people.
    List(Place),
}

/// A sender of deliveries.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Kind {
    /// GitHub and GitHub Enterprise.
    Github,
    /// GitLab.
    Gitlab,
    /// Any sender of `CDEvents`.
    Cdevents,
}

/// Whose secret.
#[derive(clap::Args)]
pub(crate) struct SecretOptions {
    forge: Kind,
    /// Take the secret from standard input, for instance the signing token that GitLab made.
    #[arg(long)]
    stdin: bool,
    #[command(flatten)]
    place: Place,
}

/// One setting.
#[derive(clap::Args)]
pub(crate) struct Set {
    forge: Kind,
    /// token: for reading the API. api: its address. owners: organisations or groups whose repositories count.
    /// production: names of production environments.
    #[arg(value_parser = settings::NAMES)]
    name: String,
    /// The value; several are separated by commas. Empty takes it away. A token is read from standard input.
    value: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// An account and a person.
#[derive(clap::Args)]
pub(crate) struct Map {
    /// Login name on the forge.
    login: String,
    /// The person's key in the organisation, for instance the e-mail address.
    key: String,
    #[arg(long)]
    forge: Kind,
    #[command(flatten)]
    place: Place,
}

/// An account.
#[derive(clap::Args)]
pub(crate) struct Unmap {
    /// Login name on the forge.
    login: String,
    #[arg(long)]
    forge: Kind,
    #[command(flatten)]
    place: Place,
}

impl Kind {
    fn source(self) -> Source {
        match self {
            Self::Github => Source::GitHub,
            Self::Gitlab => Source::GitLab,
            Self::Cdevents => Source::CdEvents,
        }
    }
}

/// Runs a command.
///
/// # Errors
/// Where the database cannot be used.
pub(crate) async fn run(command: Command, now: Timestamp) -> anyhow::Result<ExitCode> {
    match command {
        Command::Secret(options) => new_secret(&options, now).await,
        Command::Set(options) => set(options).await,
        Command::Map(options) => map(&options, now).await,
        Command::Unmap(options) => unmap(&options, now).await,
        Command::List(place) => list(&place.open().await?).await,
    }
}

async fn new_secret(options: &SecretOptions, now: Timestamp) -> anyhow::Result<ExitCode> {
    let text = if options.stdin { from_stdin("the secret")? } else { Secret::random().reveal() };
    if text.len() < 16 {
        bail!("a secret has at least 16 characters");
    }
    let (store, forge) = (options.place.open().await?, options.forge.source().to_string());
    secret::rotate(&store, &forge, &text, now).await?;
    let mut tx = store.begin().await?;
    written(&mut tx, "forge.secret", &forge, now).await?;
    tx.commit().await.about("a forge's secret")?;
    if options.stdin {
        println!("the secret of {forge} is set; the one before holds for another week");
    } else {
        println!("{text}");
    }
    Ok(ExitCode::SUCCESS)
}

async fn set(options: Set) -> anyhow::Result<ExitCode> {
    let value = match (options.name.as_str(), options.value) {
        // Whatever stands on a command line is seen by everybody on the machine.
        ("token", Some(value)) if !value.is_empty() => {
            bail!("give the token on standard input: … forge set github token < FILE")
        }
        ("token", None) => from_stdin("the token")?,
        (_, Some(value)) => value,
        (name, None) => bail!("a value for {name} is missing"),
    };
    if options.name == "api" && !value.is_empty() {
        let url = reqwest::Url::parse(&value).context("the address of the API is no web address")?;
        let here = ["localhost", "127.0.0.1", "[::1]"].contains(&url.host_str().unwrap_or_default());
        if url.scheme() != "https" && !here {
            bail!("the token would cross the network readably; use https://");
        }
    }
    let (store, forge) = (options.place.open().await?, options.forge.source().to_string());
    secret::set(&store, &forge, &options.name, &value).await?;
    println!("{} of {forge} is {}", options.name, if value.is_empty() { "taken away" } else { "set" });
    Ok(ExitCode::SUCCESS)
}

async fn map(options: &Map, now: Timestamp) -> anyhow::Result<ExitCode> {
    let (state, forge) = (state(&options.place).await?, options.forge.source().to_string());
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.[]".contains(c);
    if options.login.is_empty() || !options.login.chars().all(is_name) {
        bail!("{} is no login name", options.login);
    }
    let mut tx = state.store().begin().await?;
    let key = options.key.to_lowercase();
    let Some(mapped) = account::map(&mut tx, &forge, &options.login, &key, now.as_millisecond()).await? else {
        println!("nobody has the key {}; `waymark-server org list` shows who there is", options.key);
        return Ok(ExitCode::FAILURE);
    };
    let mut facts = 0;
    for person in [Some(mapped.person), mapped.before].into_iter().flatten() {
        facts += reach(&mut tx, &state, person).await?;
    }
    written(&mut tx, "forge.mapped", &format!("p:{}", mapped.person), now).await?;
    tx.commit().await.about("a forge's account")?;
    println!("{} on {forge} is {key}; {facts} facts recorded", options.login);
    Ok(ExitCode::SUCCESS)
}

async fn unmap(options: &Unmap, now: Timestamp) -> anyhow::Result<ExitCode> {
    let (state, forge) = (state(&options.place).await?, options.forge.source().to_string());
    let mut tx = state.store().begin().await?;
    let Some(person) = account::unmap(&mut tx, &forge, &options.login).await? else {
        println!("{} on {forge} is nobody's", options.login);
        return Ok(ExitCode::FAILURE);
    };
    let facts = reach(&mut tx, &state, person).await?;
    written(&mut tx, "forge.unmapped", &format!("p:{person}"), now).await?;
    tx.commit().await.about("a forge's account")?;
    println!("{} on {forge} is nobody's now; {facts} facts recorded", options.login);
    Ok(ExitCode::SUCCESS)
}

async fn list(store: &Store) -> anyhow::Result<ExitCode> {
    for (forge, deliveries, waiting, last) in delivery::summary(store).await? {
        let last = Timestamp::from_millisecond(last).unwrap_or_default();
        println!("{forge}: {deliveries} deliveries, {waiting} waiting, the last one {last:.0}");
    }
    for (forge, kind, outcome) in delivery::unreadable(store, 20).await? {
        println!("{forge} {kind}: {outcome}");
    }
    for account in account::all(store).await? {
        println!("{} {} is {}", account.forge, account.login, account.key);
    }
    Ok(ExitCode::SUCCESS)
}

/// The server's state without a server: facts are recorded in its name.
async fn state(place: &Place) -> anyhow::Result<State> {
    let (store, archives) = (place.open().await?, Archives::of(&place.data, None)?);
    let url = store.url().await?.unwrap_or_default();
    Ok(State::new(store, Box::new(serve::now), Settings::alone("Waymark", &url, archives)).await?)
}

async fn written(tx: &mut Tx, action: &str, object: &str, now: Timestamp) -> anyhow::Result<()> {
    Ok(audit::append(tx, now, &Act { actor: "cli", action, object, outcome: "done" }).await?)
}

fn from_stdin(what: &str) -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        eprintln!("type {what}, then Ctrl-D");
    }
    let mut text = String::new();
    std::io::stdin().take(4096).read_to_string(&mut text).with_context(|| format!("could not read {what}"))?;
    let text = text.trim().to_owned();
    if text.is_empty() {
        bail!("{what} is empty");
    }
    Ok(text)
}
