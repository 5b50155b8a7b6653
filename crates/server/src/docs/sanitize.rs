//! `docs sanitize --jsonl`: HTML of others through the engine's sanitiser, for tests of the sanitiser.

use std::{
    io::{self, BufRead, Write},
    process::ExitCode,
};

use anyhow::Context;
use serde::{Deserialize, Serialize};

/// How the input is written.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// One JSON object `{"id","html"}` a line, in and out.
    #[arg(long, required = true)]
    jsonl: bool,
}

#[derive(Deserialize, Serialize)]
struct Line {
    /// Whatever the caller finds its line by.
    id: serde_json::Value,
    html: String,
}

/// Sanitises line by line; fails on a line that is no such object.
pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    debug_assert!(options.jsonl, "clap asks for the option");
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (number, line) in (1..).zip(io::stdin().lock().lines()) {
        let line = line.context("could not read standard input")?;
        if line.trim().is_empty() {
            continue;
        }
        let read: Line =
            serde_json::from_str(&line).with_context(|| format!("line {number} is no object with `id` and `html`"))?;
        let clean = Line { id: read.id, html: waymark_docs::sanitize_html(&read.html) };
        let json = serde_json::to_string(&clean).context("could not write a line as JSON")?;
        writeln!(out, "{json}").context("could not write to standard output")?;
    }
    out.flush().context("could not write to standard output")?;
    Ok(ExitCode::SUCCESS)
}
