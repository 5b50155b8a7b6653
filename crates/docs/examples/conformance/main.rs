//! Runs a captured Markdown suite against the engine: `conformance SUITE [--show N] [--only TEXT]`.
//!
//! The last line is `N passed, M failed`. Cases that the list of intended differences names are neither;
//! they are counted apart. `cargo xtask conformance` runs this for every suite.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod cases;
mod dom;
mod intended;
mod table;
mod unrecorded;

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;

/// Runs a captured Markdown suite against the engine.
#[derive(Parser)]
struct Options {
    /// A suite as `markdown-suites/README.md` describes it.
    suite: PathBuf,
    /// Prints this many failing cases in full.
    #[arg(long, default_value_t = 0)]
    show: usize,
    /// Runs only cases whose name or extensions contain this.
    #[arg(long)]
    only: Option<String>,
    /// Prints the names of failing cases.
    #[arg(long)]
    names: bool,
}

fn main() -> anyhow::Result<ExitCode> {
    let options = Options::parse();
    let only = options.only.as_deref().unwrap_or_default();
    let mut cases = cases::read(&options.suite)?;
    cases.retain(|case| case.id.contains(only) || case.groups.iter().any(|group| group == only));
    let mut table = table::Table::default();
    let mut shown = 0;
    for case in &cases {
        let (mut got, mut want, mut got_dom) = judged(case, false);
        if want != got_dom && !case.knows_text {
            // The suites of CommonMark and Python-Markdown leave bare addresses, signs and marks alone: these
            // cases are about something else.
            let (plain, plain_want, plain_dom) = judged(case, true);
            if plain_want == plain_dom {
                (got, want, got_dom) = (plain, plain_want, plain_dom);
            }
        }
        let outcome = if want == got_dom { table::Outcome::Passed } else { outcome(case, &got) };
        table.add(case, outcome);
        if outcome == table::Outcome::Failed {
            if options.names {
                println!("FAILED {}", case.id);
            }
            if shown < options.show {
                shown += 1;
                println!(
                    "##### {} {:?}\n{}\n----- expected\n{}\n----- got\n{got}",
                    case.id, case.groups, case.source, case.expected
                );
                println!("----- as trees\n{want}\n-----\n{got_dom}\n");
            }
        }
    }
    Ok(if table.print() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How a case ends that was not passed at once: with one of the settings that it may have had, or with a
/// difference that is meant.
fn outcome(case: &cases::Case, got: &str) -> table::Outcome {
    let others: Vec<String> = case.alternatives().collect();
    let agrees = |got: &String| {
        let (want, got) = dom::pair(&case.expected, got, dom::Ignoring::default());
        want == got
    };
    if others.iter().any(agrees) {
        return table::Outcome::Passed;
    }
    let plain = case.render(true);
    let reason = |got: &str| intended::reason(case, got, &plain);
    let found = reason(got).or_else(|| others.iter().find_map(|got| reason(got)));
    found.map_or(table::Outcome::Failed, table::Outcome::Intended)
}

/// What the engine makes of a case, and both sides as trees.
fn judged(case: &cases::Case, plain_text: bool) -> (String, String, String) {
    let got = case.render(plain_text);
    let (want, got_dom) = dom::pair(&case.expected, &got, dom::Ignoring::default());
    (got, want, got_dom)
}
