//! `waymark-server bundle …`: content as one file, for machines that have no network.

mod install;
mod keygen;
mod keys;
mod pack;
pub(crate) mod tree;
mod verify;

use std::process::ExitCode;

use clap::Subcommand;

/// What to do with bundles.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Writes a folder's content into one file, with an index and, given a key, a signature.
    Pack(pack::Options),
    /// Checks a bundle; a broken rule is named, and the exit code is 1.
    Verify(verify::Options),
    /// Checks a bundle and puts it into a folder, in place of an older version.
    Install(install::Options),
    /// Makes a publisher's key: FILE is secret, FILE.pub is for everybody.
    Keygen(keygen::Options),
}

/// Runs a command; errors are those of the disk, a broken rule sets the exit code.
pub(crate) fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Pack(options) => pack::run(&options),
        Command::Verify(options) => verify::run(&options),
        Command::Install(options) => install::run(&options),
        Command::Keygen(options) => keygen::run(&options),
    }
}
