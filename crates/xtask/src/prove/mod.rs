//! `cargo xtask prove`: what the team server and the exchange with it promise, each with the test that would
//! break it, the figure that was counted in this run, and the reach.
//!
//! A proof is a cargo test that counts. What it counted it says in lines `proved: …`, and each wrong rule that it
//! had to notice in a line `control: …`. A proof fails where a test fails, where nothing was counted, where a
//! control stayed quiet, and where something that it needs is not here.

mod list;
mod said;

use std::{fs, process::Command};

use clap::Args;

use self::{
    list::{PROOFS, Proof, Run},
    said::Said,
};
use crate::{
    paths,
    progress::{explain, step},
    report::{markdown, table},
};

/// What is proven.
#[derive(Args)]
pub(crate) struct Options {
    /// Proves this only; can be given more than once.
    #[arg(long, value_parser = PROOFS.map(|proof| proof.name))]
    only: Vec<String>,
    /// As often as a release asks for: some ten minutes more.
    #[arg(long)]
    full: bool,
}

/// How one proof ended.
struct Outcome {
    proof: &'static Proof,
    /// What it counted, or why there is nothing to count.
    figure: String,
    holds: bool,
}

/// Runs the proofs, prints one row for each and keeps the table.
///
/// # Errors
///
/// Where one does not hold.
pub(crate) fn run(options: Options) -> anyhow::Result<()> {
    let wanted = |proof: &&Proof| options.only.is_empty() || options.only.iter().any(|name| name == proof.name);
    let outcomes: Vec<Outcome> = PROOFS.iter().filter(wanted).map(|proof| prove(proof, options.full)).collect();
    let head = ["proof", "counted", "reach", ""].map(str::to_owned).to_vec();
    let row = |outcome: &Outcome| {
        let holds = if outcome.holds { "holds" } else { "FAILS" };
        vec![outcome.proof.what.to_owned(), outcome.figure.clone(), outcome.proof.reach.to_owned(), holds.to_owned()]
    };
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(outcomes.iter().map(row)).collect();
    let kept = paths::target().join("prove.md");
    fs::write(&kept, markdown(&rows))?;
    println!("\n{}\nkept in {}", table(&rows), paths::absolute(&kept).display());
    let failed: Vec<&str> = outcomes.iter().filter(|outcome| !outcome.holds).map(|one| one.proof.name).collect();
    anyhow::ensure!(
        failed.is_empty(),
        "not proven: {}\n  next: `cargo xtask prove --only {}`, and read what its tests say above",
        failed.join(", "),
        failed[0]
    );
    Ok(())
}

/// Runs one proof to its end; the next ones are run whatever comes of it.
fn prove(proof: &'static Proof, full: bool) -> Outcome {
    let next = "mend what its tests say, then run it again";
    let result = step(&format!("proving: {}", proof.what), next, |step| {
        let mut said = Said::default();
        for run in proof.runs {
            if run.starts_server {
                let mut cargo = paths::cargo();
                cargo.args(["build", "--locked", "--package", "waymark-server"]);
                step.run(cargo)?;
            }
            // A test that fails says why further up, and the rest of the run still counts.
            let (success, output) = step.run_to_end(command(run, full))?;
            said.add(&output, success);
        }
        said.judge(proof.controls).inspect_err(|_| said.failures.iter().for_each(|line| step.note(line)))
    });
    match result {
        Ok(figure) => Outcome { proof, figure, holds: true },
        Err(error) => {
            explain(&error);
            Outcome { proof, figure: "see above".to_owned(), holds: false }
        }
    }
}

/// The cargo call of one run.
fn command(run: &Run, full: bool) -> Command {
    let mut cargo = paths::cargo();
    cargo.args(["test", "--locked", "--package", run.package]).args(run.target);
    cargo.arg("--").arg("--nocapture").args(run.filters);
    // Without PostgreSQL or the samples, a proof that names them would prove half of what it says.
    cargo.env("WAYMARK_REQUIRE_POSTGRES", "1").env("WAYMARK_PROVE", "1").env("RUST_BACKTRACE", "0");
    if full {
        cargo.envs(run.full.iter().copied());
    }
    cargo
}
