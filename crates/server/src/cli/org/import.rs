//! `waymark-server org import`: from CSV, from a file of entities, or from a Backstage.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use jiff::Timestamp;
use waymark_sync::backstage::{Address, Client, Limits, Token};

use crate::{
    cli::Place,
    usecase::{
        facts::Facts,
        org::{
            self, Entry, Leavers, Problem, Run, Writer,
            catalog::{self, KeyFrom, Options},
        },
    },
};

/// Where the people are, and where they go.
#[derive(clap::Args)]
pub(crate) struct Import {
    /// A CSV with columns in any order: key, name, and where known team, manager, buddy, roles, start, leave, zone,
    /// week, days off, role, site, contract, os, service, tag, `profile.…`. Or, by its ending, YAML or JSON
    /// with User and Group entities of Backstage.
    #[arg(required_unless_present = "backstage", conflicts_with = "backstage")]
    file: Option<PathBuf>,
    /// Reads User and Group entities from this Backstage.
    #[arg(long, value_name = "URL")]
    backstage: Option<String>,
    /// The environment variable with the Backstage's token; without it nobody is signed in there.
    #[arg(long, value_name = "NAME", requires = "backstage")]
    token_env: Option<String>,
    /// The annotation of entities that names a person's manager, and a group's leader.
    #[arg(long, value_name = "NAME", default_value = catalog::MANAGER)]
    manager_annotation: String,
    /// What people of a catalog are known by.
    #[arg(long, value_enum, default_value_t = KeyFrom::Email)]
    key: KeyFrom,
    #[command(flatten)]
    place: Place,
    /// Also when more than half of the people are not in it any more.
    #[arg(long)]
    allow_leavers: bool,
    /// Only prints what would change.
    #[arg(long, alias = "preview")]
    dry_run: bool,
}

/// What was read, and where.
struct Read {
    source: String,
    entries: Vec<Entry>,
    teams: Vec<(String, Option<String>)>,
    problems: Vec<Problem>,
    remarks: Vec<Problem>,
}

pub(super) async fn run(options: &Import, now: Timestamp) -> anyhow::Result<ExitCode> {
    let Read { source, entries, teams, problems, remarks } = match &options.backstage {
        Some(url) => from_backstage(url, options).await?,
        None => from_file(options)?,
    };
    remarks.iter().for_each(|remark| println!("{source}: {remark} (a remark; it stops nothing)"));
    let entries = match org::people(entries, problems) {
        Ok(entries) => entries,
        Err(problems) => {
            problems.iter().for_each(|problem| println!("{source}: {problem}"));
            println!("{} to put right; nothing was changed", problems.len());
            return Ok(ExitCode::FAILURE);
        }
    };
    let store = options.place.open().await?;
    let facts = Facts::default();
    let wish = org::Import {
        entries: &entries,
        teams: &teams,
        leavers: if options.allow_leavers { Leavers::Any } else { Leavers::Few },
        run: if options.dry_run { Run::Dry } else { Run::Real },
    };
    let plan = org::import(&store, Writer { actor: "cli", now, facts: &facts }, wish).await;
    let plan = plan.with_context(|| format!("could not import {source}"))?;
    if options.dry_run {
        plan.lines().iter().for_each(|line| println!("{line}"));
        println!("{}; a preview, nothing was changed", plan.counts);
    } else {
        println!("{}", plan.counts);
    }
    Ok(ExitCode::SUCCESS)
}

fn from_file(options: &Import) -> anyhow::Result<Read> {
    let path = options.file.as_ref().context("name a file, or a Backstage with --backstage")?;
    let source = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("could not read {source}"))?;
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    if !matches!(ending.as_str(), "yaml" | "yml" | "json") {
        let (entries, problems) = org::read(&bytes);
        return Ok(Read { source, entries, problems, teams: Vec::new(), remarks: Vec::new() });
    }
    let text = String::from_utf8(bytes).with_context(|| format!("{source} is not UTF-8"))?;
    Ok(match catalog::read_file(&text) {
        Ok(entities) => of_catalog(source, &entities, Vec::new(), options),
        Err(problem) => {
            Read { source, entries: Vec::new(), teams: Vec::new(), problems: vec![problem], remarks: Vec::new() }
        }
    })
}

async fn from_backstage(url: &str, options: &Import) -> anyhow::Result<Read> {
    let address = Address::parse(url).with_context(|| format!("could not use {url}"))?;
    let token = match &options.token_env {
        Some(name) => {
            let value = std::env::var(name).with_context(|| format!("could not read the token from ${name}"))?;
            let Some(token) = Token::new(&value) else { bail!("what is in ${name} is no token") };
            Some(token)
        }
        None => None,
    };
    let client = Client::new(address, token, Limits::default())?;
    let entities = client.people().await.context("could not read the people of the catalog")?;
    let (entities, problems) = catalog::read_answers(entities);
    Ok(of_catalog(client.address().host(), &entities, problems, options))
}

fn of_catalog(source: String, entities: &[catalog::Sourced], mut problems: Vec<Problem>, options: &Import) -> Read {
    let how = Options { manager: options.manager_annotation.clone(), key: options.key };
    let catalog = catalog::judge(entities, &how);
    problems.extend(catalog.problems);
    Read { source, entries: catalog.entries, teams: catalog.teams, problems, remarks: catalog.remarks }
}
