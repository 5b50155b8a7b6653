//! Measures what the app does without its window. `cargo xtask bench` starts it, built as it ships.
//!
//! Usage: `speed take-in FOLDER`, `speed change FOLDER`, `speed hostile`, `speed backlog`; each prints one JSON
//! object. `speed one KIND PATH` is how it starts itself once more, for one hostile thing.

#![expect(clippy::print_stdout, reason = "a program that tells what it measured")]

use std::{env, path::Path, process::ExitCode};

use serde::Serialize;
use waymark_tests::bench;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match measure(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).await {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(arguments: &[&str]) -> anyhow::Result<String> {
    match *arguments {
        ["take-in", folder] => json(&bench::take_in(Path::new(folder)).await?),
        ["change", folder] => json(&bench::change_one_page(Path::new(folder)).await?),
        ["backlog"] => json(&bench::backlog().await?),
        ["hostile"] => json(&bench::hostile()?),
        ["one", "folder", path] => json(&bench::hostile_folder(Path::new(path)).await?),
        ["one", "attacks", path] => json(&bench::attacks(Path::new(path))?),
        ["one", "bundle", path] => json(&bench::bundle(Path::new(path))?),
        _ => anyhow::bail!("usage: speed take-in FOLDER | change FOLDER | hostile | backlog"),
    }
}

fn json(measured: &impl Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string(measured)?)
}
