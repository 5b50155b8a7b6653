//! Measures the real app beside the floor, on the private desktop. `cargo xtask bench` starts it.
//!
//! Usage: `bench APP FLOOR FOLDER-OF-DOCS FOLDER-OF-MANY-DOCS PART…`. It writes its measurements to
//! `measured.json`.

#![expect(clippy::print_stdout, reason = "a program that tells what it did")]

use std::{env, fs, path::Path, process::ExitCode};

use anyhow::Context as _;
use serde_json::{Map, json};
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
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [app, floor, docs, many, parts @ ..] = arguments.as_slice() else {
        anyhow::bail!("usage: bench APP FLOOR FOLDER-OF-DOCS FOLDER-OF-MANY-DOCS PART…")
    };
    let [app, floor, docs, many] = [app, floor, docs, many].map(Path::new);
    let mut measured = Map::new();
    for part in parts {
        println!("measuring: {part}");
        let value = match part.as_str() {
            "start" => ("starts", json!(bench::starts(app, floor).await?)),
            "memory" => ("memory", json!(bench::memory(app, floor).await?)),
            "tick" => ("ticks", json!(bench::ticks(app).await?)),
            "folder" => ("folder", json!(bench::folder(app, docs).await?)),
            "page" => ("pages", json!(bench::pages(app, docs).await?)),
            "palette" => ("keys", json!(bench::keys(app, many).await?)),
            _ => anyhow::bail!("no part is called {part}"),
        };
        measured.insert(value.0.to_owned(), value.1);
    }
    let path = desktop::out()?.join("measured.json");
    fs::write(&path, serde_json::to_vec_pretty(&measured)?)
        .with_context(|| format!("could not write {}", path.display()))
}
