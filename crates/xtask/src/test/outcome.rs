//! Reads what test programs print.

use std::fmt;

/// What one test program did.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Which program, as cargo names it.
    program: String,
    passed: u32,
    failed: u32,
    ignored: u32,
    /// Reasons of tests that could not run here and said so with a line `SKIPPED: …`.
    skipped: Vec<String>,
    /// From the heading `failures:` on.
    failures: String,
    /// Whether the program printed its result at all.
    ended: bool,
}

/// What a group of programs did together.
#[derive(Debug)]
pub(super) struct Tally {
    runner: &'static str,
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) skipped: Vec<String>,
}

/// Reads the output of `cargo test`, or of one test program under a heading like cargo's.
///
/// # Errors
///
/// Where cargo failed without any test failing: then something did not compile.
pub(super) fn read(output: &str, success: bool) -> anyhow::Result<Vec<Outcome>> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    let mut in_failures = false;
    for line in output.lines() {
        let words = line.trim_start();
        if let Some(program) =
            words.strip_prefix("Running ").or_else(|| words.strip_prefix("Doc-tests ").map(|_| words))
        {
            outcomes.push(Outcome { program: program.to_owned(), ..Outcome::default() });
            in_failures = false;
            continue;
        }
        let Some(current) = outcomes.last_mut() else { continue };
        if let Some(result) = line.strip_prefix("test result: ") {
            current.passed += count(result, "passed");
            current.failed += count(result, "failed");
            current.ignored += count(result, "ignored");
            current.ended = true;
            in_failures = false;
        } else if let Some(reason) = words.strip_prefix("SKIPPED: ") {
            current.skipped.push(reason.to_owned());
        } else if line == "failures:" {
            in_failures = true;
        }
        if in_failures {
            current.failures.push_str(line);
            current.failures.push('\n');
        }
    }
    for outcome in &mut outcomes {
        if !outcome.ended {
            // It was ended by a signal or by a time limit, perhaps in the middle of a test.
            outcome.failed += 1;
            outcome.failures = format!("{} ended without a result:\n{}", outcome.program, last_lines(output));
        }
        outcome.passed = outcome.passed.saturating_sub(outcome.skipped.len() as u32);
    }
    let failed = outcomes.iter().any(Outcome::failed);
    anyhow::ensure!(success || failed, "{}", last_lines(output));
    Ok(outcomes)
}

impl Outcome {
    pub(super) fn failed(&self) -> bool {
        self.failed > 0
    }

    pub(super) fn failures(&self) -> String {
        format!("\n✗ {}\n{}", self.program, self.failures)
    }

    /// The names of the tests that failed, as the program lists them at its end; none where it died.
    pub(super) fn names(&self) -> Vec<String> {
        let listed = self.failures.rsplit("failures:").next().unwrap_or_default();
        let names = listed.lines().filter_map(|line| line.strip_prefix("    "));
        if self.ended { names.map(|name| name.trim().to_owned()).collect() } else { Vec::new() }
    }

    /// Counts tests that failed, and passed when they were run again, as passed.
    pub(super) fn forgive(&mut self, passed_again: u32) {
        self.failed = self.failed.saturating_sub(passed_again);
        self.passed += passed_again;
    }

    /// The group in which a program is counted. Ignored tests are none: the house has no such test,
    /// and one that crept in must be seen.
    fn runner(&self) -> &'static str {
        if self.program.starts_with("Doc-tests") {
            "examples in the documentation"
        } else if self.program.contains("e2e/main.rs") {
            "the real window"
        } else if self.program.contains("flows") {
            "flows"
        } else if self.program.contains("waymark_ui-") {
            "models of the screens"
        } else {
            "units and properties"
        }
    }
}

impl Tally {
    /// Adds up programs of the same kind, in the order in which the kinds appear.
    pub(super) fn by_runner(outcomes: &[Outcome]) -> Vec<Self> {
        let mut tallies: Vec<Self> = Vec::new();
        for outcome in outcomes {
            let runner = outcome.runner();
            let place = tallies.iter().position(|tally| tally.runner == runner).unwrap_or_else(|| {
                tallies.push(Self { runner, passed: 0, failed: 0, skipped: Vec::new() });
                tallies.len() - 1
            });
            let tally = &mut tallies[place];
            tally.passed += outcome.passed;
            tally.failed += outcome.failed + outcome.ignored;
            tally.skipped.extend(outcome.skipped.iter().cloned());
        }
        tallies
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {} passed, {} failed, {} skipped", self.runner, self.passed, self.failed, self.skipped.len())
    }
}

/// The number before a word: `12 passed` in `ok. 12 passed; 0 failed`.
fn count(result: &str, what: &str) -> u32 {
    let parts = result.split([';', '.']).map(str::trim);
    let number = parts.filter_map(|part| part.strip_suffix(what)).next();
    number.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
}

fn last_lines(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "
     Running unittests src/lib.rs (target/debug/deps/waymark_core-1)

running 3 tests
test a ... ok
test b ... FAILED
test c ... ok

successes:

---- c stdout ----
SKIPPED: the corpus is not here

successes:
    a
    c

failures:

---- b stdout ----
left is not right

failures:
    b

test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s

     Running flows/main.rs (target/debug/deps/flows-1)

test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s

   Doc-tests waymark_core

test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
";

    #[test]
    fn each_runner_has_its_line() {
        let outcomes = read(OUTPUT, false).expect("tests ran");
        let lines: Vec<String> = Tally::by_runner(&outcomes).iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "units and properties: 1 passed, 1 failed, 1 skipped",
                "flows: 4 passed, 0 failed, 0 skipped",
                "examples in the documentation: 1 passed, 0 failed, 0 skipped"
            ],
            "a skipped test did not pass"
        );
        assert!(outcomes[0].failures().contains("left is not right"));
        assert_eq!(outcomes[0].names(), ["b"], "it can be run again by its name");
    }

    #[test]
    fn a_program_that_died_has_failed() {
        let outcomes = read("     Running unittests src/lib.rs (target/debug/deps/waymark_core-1)\ntest a ...", false)
            .expect("a test ran");
        assert_eq!(Tally::by_runner(&outcomes)[0].failed, 1, "no result is a failure");
    }

    #[test]
    fn what_does_not_compile_is_no_result() {
        assert!(read("error[E0432]: unresolved import", false).is_err());
    }
}
