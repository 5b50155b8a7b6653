//! `waymark-server publish DIR`: a folder's content for everybody in the organisation.

pub(crate) mod content;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::Args;

use crate::{
    bundle::tree,
    cli::Place,
    docs::line,
    serve::now,
    state::{Settings, State},
    store::About as _,
    usecase::{
        archives::Archives,
        publish::{Offer, Outcome, PublishError, publish},
    },
};

/// What to publish, and where.
#[derive(Args)]
pub(crate) struct Publish {
    /// The folder or git checkout.
    dir: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Where the server's archives lie, as given to `serve`.
    #[arg(long)]
    bundles: Option<String>,
    /// The bundle's name; the folder's without.
    #[arg(long)]
    name: Option<String>,
    /// The version in words; the number of the publication without.
    #[arg(long = "as", value_name = "VERSION")]
    version: Option<String>,
    /// Refuses to publish while a link of a journey or of the roadmap leads to no page of it or of another bundle.
    #[arg(long)]
    strict: bool,
}

/// Publishes and prints what readers get; the exit code is 1 where the content has errors.
pub(crate) fn run(options: Publish) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let name = match &options.name {
            Some(name) => name.clone(),
            None => tree::folder_name(&options.dir)?,
        };
        let files = match read_folder(&options.dir, &options.place.data)? {
            Ok(files) => files,
            Err(broken) => {
                broken.iter().for_each(|refusal| println!("{refusal}"));
                return Ok(ExitCode::FAILURE);
            }
        };
        let state = open(&options).await?;
        let links = if options.strict { content::Links::Strict } else { content::Links::Lenient };
        let offer = Offer { name, version: options.version.clone(), tree: files, links };
        match publish(&state, offer, "cli").await {
            Ok(done) => {
                done.content.problems.iter().for_each(|finding| println!("{}", line(finding)));
                let row = done.row;
                let what = match done.outcome {
                    Outcome::New => "published",
                    Outcome::Same => "is published already; nothing changed",
                };
                let content = done.content;
                let sites = content.sites.iter().map(|title| format!(", site {title}")).collect::<String>();
                let roadmap = if content.roadmap { ", roadmap" } else { "" };
                println!("{}: {} journeys{sites}{roadmap}", content.title, content.templates.len());
                println!(
                    "{} {}, sequence {}, {} bytes, {}: {what}",
                    row.name, row.version, row.sequence, row.bytes, row.digest
                );
                Ok(ExitCode::SUCCESS)
            }
            Err(PublishError::Content(errors)) => {
                errors.iter().for_each(|error| println!("{}", line(error)));
                println!("nothing was published: {} errors", errors.len());
                Ok(ExitCode::FAILURE)
            }
            Err(error @ (PublishError::Exists { .. } | PublishError::Empty | PublishError::Refused(_))) => {
                println!("{error}");
                Ok(ExitCode::FAILURE)
            }
            Err(error) => Err(error.into()),
        }
    })
}

/// The files of a folder that can be published, without those below `data`; or the rules that some break.
pub(crate) fn read_folder(dir: &Path, data: &Path) -> anyhow::Result<Result<content::Tree, Vec<String>>> {
    let listed = tree::list(dir, data)?;
    listed.left_out.iter().for_each(|line| eprintln!("left out: {line}"));
    if !listed.broken.is_empty() {
        return Ok(Err(listed.broken.iter().map(ToString::to_string).collect()));
    }
    let mut files = content::Tree::new();
    for path in listed.paths {
        let bytes = tree::read(dir, &path).with_context(|| format!("could not read {path}"))?;
        files.insert(path, bytes);
    }
    Ok(Ok(files))
}

async fn open(options: &Publish) -> anyhow::Result<State> {
    let store = options.place.open().await?;
    let archives = Archives::of(&options.place.data, options.bundles.as_deref())?;
    // The server's address stays as it is.
    let url: Option<String> = sqlx::query_scalar("SELECT url FROM server")
        .fetch_optional(store.read())
        .await
        .about("the server's address")?;
    Ok(State::new(store, Box::new(now), Settings::alone("Waymark", &url.unwrap_or_default(), archives)).await?)
}
