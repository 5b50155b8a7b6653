//! What the tests of a proof said.

/// All that the runs of one proof said.
#[derive(Debug, Default)]
pub(super) struct Said {
    proved: Vec<String>,
    controls: Vec<String>,
    skipped: Vec<String>,
    /// What was printed from the first failure on, or by a test that never ended.
    pub(super) failures: Vec<String>,
    failed: bool,
    passed: u32,
    /// Worked examples of a design page that tests are named after: `c5_and_c6_other_weeks` stands for two.
    examples: u32,
}

impl Said {
    /// Reads the output of one run.
    pub(super) fn add(&mut self, output: &str, success: bool) {
        // Without capture, the harness may have begun the line with the test's name.
        let after = |line: &str, word: &str| line.find(word).map(|at| line[at + word.len()..].trim().to_owned());
        for line in output.lines() {
            if let Some(result) = line.strip_prefix("test result: ") {
                let passed = result.split([';', '.']).find_map(|part| part.trim().strip_suffix(" passed"));
                self.passed += passed.and_then(|number| number.parse().ok()).unwrap_or(0);
            } else if let Some(name) = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... ok")) {
                self.examples += examples(name.rsplit("::").next().unwrap_or_default());
            } else if let Some(text) = after(line, "proved: ") {
                self.proved.push(text);
            } else if let Some(text) = after(line, "control: ") {
                self.controls.push(text);
            } else if let Some(text) = after(line, "SKIPPED") {
                self.skipped.push(text);
            }
        }
        if !success {
            self.failed = true;
            let lines: Vec<&str> = output.lines().filter(|line| !line.trim().is_empty()).collect();
            let is_failure = |line: &&str| line.contains("panicked at") || line.starts_with("error");
            let first = lines.iter().position(is_failure).unwrap_or(lines.len().saturating_sub(20));
            self.failures.extend(lines.iter().skip(first).take(20).map(|line| (*line).to_owned()));
        }
    }

    /// The figure, if all of it holds and each of `controls` wrong rules was noticed.
    pub(super) fn judge(&self, controls: usize) -> anyhow::Result<String> {
        anyhow::ensure!(!self.failed, "a test failed");
        anyhow::ensure!(self.skipped.is_empty(), "something that it needs is not here: {}", self.skipped.join("; "));
        anyhow::ensure!(self.passed > 0, "no test ran; their names have changed");
        let counted = !self.proved.is_empty() || self.examples > 0 || controls > 0;
        anyhow::ensure!(counted, "its tests counted nothing");
        let mut noticed = self.controls.clone();
        noticed.sort();
        noticed.dedup();
        let all = noticed.len() == controls;
        anyhow::ensure!(all, "{} of {controls} controls spoke: {}", noticed.len(), noticed.join("; "));
        let mut figures = self.proved.clone();
        if self.examples > 0 {
            figures.push(format!("{} worked examples", self.examples));
        }
        if controls > 0 {
            figures.push(format!("{controls} of {controls} controls caught"));
        }
        Ok(figures.join("; "))
    }
}

/// How many worked examples a test's name stands for: `p1_and_p2_…` and `n1_to_n6_…` name two ends.
fn examples(name: &str) -> u32 {
    let number = |word: Option<&str>| -> Option<u32> {
        let mut letters = word?.chars();
        letters.next().filter(char::is_ascii_lowercase)?;
        letters.as_str().parse().ok()
    };
    let mut words = name.split('_');
    let Some(first) = number(words.next()) else { return 0 };
    match words.next() {
        Some("and" | "to") => number(words.next()).map_or(1, |last| last.saturating_sub(first) + 1),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "running 2 tests\ntest a ... proved: 20 runs, 0 violations\nok\ncontrol: bug 4, seed 2\n\
        test b ... ok\n\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n";

    fn said(output: &str, success: bool) -> Said {
        let mut said = Said::default();
        said.add(output, success);
        said
    }

    #[test]
    fn what_was_counted_is_the_figure() {
        let figure = said(OUTPUT, true).judge(1).expect("it holds");
        assert_eq!(figure, "20 runs, 0 violations; 1 of 1 controls caught");
    }

    #[test]
    fn a_failure_a_quiet_control_a_skip_and_silence_are_no_proof() {
        assert!(said(OUTPUT, false).judge(1).is_err(), "cargo says that it failed");
        assert!(said(OUTPUT, true).judge(2).is_err(), "one control of two");
        assert!(said(&format!("SKIPPED: no PostgreSQL\n{OUTPUT}"), true).judge(1).is_err());
        assert!(said(&OUTPUT.replace("proved", "done").replace("control", "x"), true).judge(0).is_err());
        assert!(said("proved: 1\ntest result: ok. 0 passed; 0 failed\n", true).judge(0).is_err(), "no test ran");
        let twice = format!("{OUTPUT}control: bug 4, seed 2\n");
        assert!(said(&twice, true).judge(2).is_err(), "the same control twice is one");
    }

    #[test]
    fn a_test_stands_for_the_worked_examples_of_its_name() {
        let names = ["c3_a_saturday", "c5_and_c6_other_weeks", "n1_to_n6_scores", "a_window", "bug_3_a_feed"];
        assert_eq!(names.map(examples), [1, 2, 6, 0, 0]);
        let said =
            said("test metrics::survey::tests::n1_to_n6_scores ... ok\ntest result: ok. 1 passed; 0 failed", true);
        assert_eq!(said.judge(0).expect("it counts"), "6 worked examples");
    }

    #[test]
    fn a_failure_is_told_from_its_panic_on() {
        let said = said("test a ... ok\nthread 'b' panicked at x.rs:1:\nI4: lost\n", false);
        assert_eq!(said.failures, ["thread 'b' panicked at x.rs:1:", "I4: lost"]);
    }
}
