//! `bundle verify FILE`: whether a bundle keeps all rules, and which it breaks.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use jiff::Zoned;
use waymark_bundle::{Bundle, Limits, Policy, ReadBundleError};

use super::keys::TrustArgs;

/// What to check.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The bundle.
    file: PathBuf,
    #[command(flatten)]
    trust: TrustArgs,
}

/// Prints what the bundle is, or the broken rule and exit code 1.
pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let Some(bundle) = open(&options.file, &options.trust)? else { return Ok(ExitCode::FAILURE) };
    describe(&bundle, &options.trust)?;
    Ok(ExitCode::SUCCESS)
}

/// Opens a bundle; where it breaks a rule, prints which and gives nothing.
pub(super) fn open(file: &std::path::Path, trust: &TrustArgs) -> anyhow::Result<Option<Bundle>> {
    let trusted = trust.keys()?;
    let policy = Policy { allow_unsigned: trust.allow_unsigned, trusted: &trusted, limits: Limits::default() };
    match Bundle::read_file(file, &policy) {
        Ok(bundle) => Ok(Some(bundle)),
        Err(ReadBundleError::Refused(refusal)) => {
            println!("{refusal}");
            Ok(None)
        }
        Err(error) => Err(error).with_context(|| format!("could not check {}", file.display())),
    }
}

/// Says what a bundle is and whose.
pub(super) fn describe(bundle: &Bundle, trust: &TrustArgs) -> anyhow::Result<()> {
    let index = bundle.index();
    let sequence = index.sequence.map(|number| format!(", sequence {number}")).unwrap_or_default();
    let files = index.files.as_ref().map_or(0, std::collections::BTreeMap::len);
    println!("{} {}{sequence}: {files} files", index.name, index.version);
    println!("digest {}", bundle.digest());
    match bundle.signer() {
        None => println!("not signed"),
        Some(signer) if trust.keys()?.is_empty() => {
            println!("signed by {}; compare it with the publisher's fingerprint", signer.id());
        }
        Some(signer) => println!("signed by {}, trusted", signer.id()),
    }
    if let Some(day) = index.expires.filter(|day| *day < today()) {
        eprintln!("warning: it expired on {day}; ask the publisher for a newer version");
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the program has no clock port; the day only warns")]
fn today() -> jiff::civil::Date {
    Zoned::now().date()
}
