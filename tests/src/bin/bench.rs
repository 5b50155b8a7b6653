//! Measures the real app beside the floor, on the private desktop. `cargo xtask bench` starts it.
//!
//! Usage: `bench APP FLOOR FOLDER-OF-DOCS`. It writes its measurements to `measured.json`.

#![expect(clippy::print_stdout, reason = "a program that tells what it did")]

use std::{env, fs, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use serde_json::json;
use waymark_tests::{bench, desktop};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match measure().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn measure() -> anyhow::Result<()> {
    let paths: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [app, floor, docs] = paths.as_slice() else { anyhow::bail!("usage: bench APP FLOOR FOLDER-OF-DOCS") };

    println!("starting both in turn");
    let starts = bench::starts(app, floor).await.context("could not measure the start")?;
    println!("memory after the tour");
    let memory = bench::memory(app, floor).await.context("could not measure memory")?;
    println!("ticking steps");
    let ticks = bench::ticks(app).await.context("could not measure ticking a step")?;
    println!("opening a folder");
    let folder = bench::folder(app, docs).await.context("could not measure opening a folder")?;

    let measured = json!({ "starts": starts, "memory": memory, "ticks": ticks, "folder": folder });
    let path = desktop::out()?.join("measured.json");
    fs::write(&path, serde_json::to_vec_pretty(&measured)?)
        .with_context(|| format!("could not write {}", path.display()))
}
