//! `docs check SITE`: everything that is wrong with a site, for authors and build servers.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::ValueEnum;
use serde::Serialize;
use waymark_core::diagnostic::{Diagnostic, Severity};

use super::read;

/// What to check, and how to say it.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder with `mkdocs.yml`.
    site: PathBuf,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One finding a line, `file:line:column`.
    Human,
    /// One JSON object with all findings and their counts.
    Json,
}

#[derive(Serialize)]
struct Report<'a> {
    pages: usize,
    errors: usize,
    warnings: usize,
    diagnostics: &'a [Diagnostic],
}

/// Prints the findings; the exit code is 1 when one of them is an error.
pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let found = read::read(&options.site)?;
    let (site, on_pages) = found.load();
    let mut all = found.findings;
    all.extend(on_pages);
    let count = |severity: Severity| all.iter().filter(|finding| finding.severity == severity).count();
    let (pages, errors, warnings) = (site.pages.len(), count(Severity::Error), count(Severity::Warning));
    match options.format {
        Format::Json => {
            let report = Report { pages, errors, warnings, diagnostics: &all };
            println!("{}", serde_json::to_string_pretty(&report).context("could not write the findings as JSON")?);
        }
        Format::Human => {
            all.iter().for_each(|finding| println!("{}", line(finding)));
            println!("{pages} pages, {errors} errors, {warnings} warnings");
        }
    }
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A finding as compilers print theirs, so that editors find the place.
pub(crate) fn line(finding: &Diagnostic) -> String {
    let severity = match finding.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let Diagnostic { path, line, column, code, message, help, .. } = finding;
    let help = help.as_ref().map(|help| format!("\n    {help}")).unwrap_or_default();
    format!("{path}:{line}:{column}: {severity} {code}: {message}{help}")
}
