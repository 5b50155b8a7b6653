//! `bundle install FILE --to DIR`: a bundle in its place, or nothing.

use std::{path::PathBuf, process::ExitCode};

use waymark_bundle::{InstallError, Outcome, install};

use super::{keys::TrustArgs, verify};

/// What to install, and where.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The bundle.
    file: PathBuf,
    /// The folder of installed bundles; it is made where there is none.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    #[command(flatten)]
    trust: TrustArgs,
}

/// Installs the bundle and prints where and whose it is; a broken rule sets the exit code to 1.
pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let Some(bundle) = verify::open(&options.file, &options.trust)? else { return Ok(ExitCode::FAILURE) };
    let done = match install(&bundle, &options.to, &options.trust.keys()?) {
        Ok(done) => done,
        Err(InstallError::Refused(refusal)) => {
            println!("{refusal}");
            return Ok(ExitCode::FAILURE);
        }
        Err(error) => return Err(error.into()),
    };
    verify::describe(&bundle, &options.trust)?;
    let what = match done.outcome {
        Outcome::First => "installed; later versions must come from the same publisher",
        Outcome::Newer => "installed in place of the older version",
        Outcome::Same => "was installed already",
    };
    println!("{what}: {}", options.to.join(&done.digest).display());
    Ok(ExitCode::SUCCESS)
}
