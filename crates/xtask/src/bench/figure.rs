//! One line of the result, and how its numbers are said.

use anyhow::Context as _;
use serde::Serialize;
use serde_json::Value;

/// One line of the result.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Figure {
    /// What was measured.
    pub(super) what: String,
    /// Waymark's value.
    pub(super) app: String,
    /// The value of the floor, or of what a person would use instead.
    pub(super) beside: String,
    /// What it must reach.
    pub(super) reach: String,
    /// Whether it does.
    pub(super) within: bool,
}

/// What a run of one part left behind.
pub(super) struct Measured(pub(super) Value);

impl Measured {
    /// Reads the object that a program printed in the last line of all that it said.
    pub(super) fn in_last_line(output: &str) -> anyhow::Result<Self> {
        let line = output.lines().rfind(|line| line.starts_with('{')).context("the program gave no figures")?;
        Ok(Self(serde_json::from_str(line).context("the program's figures cannot be read")?))
    }

    /// A number.
    pub(super) fn one(&self, path: &str) -> anyhow::Result<f64> {
        self.0.pointer(path).and_then(Value::as_f64).with_context(|| format!("nothing was measured under {path}"))
    }

    /// A list of numbers, which may be empty.
    pub(super) fn series(&self, path: &str) -> anyhow::Result<Vec<f64>> {
        let values = self.0.pointer(path).and_then(Value::as_array);
        let values = values.with_context(|| format!("nothing was measured under {path}"))?;
        Ok(values.iter().filter_map(Value::as_f64).collect())
    }
}

pub(super) fn median(values: &[f64]) -> f64 {
    percentile(values, 50.0)
}

/// The smallest value that this share of all values does not exceed.
pub(super) fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

/// Median and 95th percentile of milliseconds.
pub(super) fn both(values: &[f64]) -> String {
    format!("{} / {}", milliseconds(median(values)), milliseconds(percentile(values, 95.0)))
}

/// The same of the floor, where it could be measured.
pub(super) fn both_or_skipped(values: &[f64], what: &str) -> String {
    if values.is_empty() { format!("SKIPPED: no {what} here") } else { format!("{} ({what})", both(values)) }
}

pub(super) fn milliseconds(value: f64) -> String {
    match value {
        value if value < 10.0 => format!("{value:.2} ms"),
        value if value < 100.0 => format!("{value:.1} ms"),
        value => format!("{value:.0} ms"),
    }
}

/// Seconds, of milliseconds.
pub(super) fn in_seconds(value: f64) -> String {
    format!("{:.2} s", value / 1000.0)
}

pub(super) fn megabytes(value: f64) -> String {
    if value < 10e6 { format!("{:.1} MB", value / 1e6) } else { format!("{:.0} MB", value / 1e6) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let values: Vec<f64> = (1..=120).map(f64::from).collect();
        assert_eq!(percentile(&values, 95.0), 114.0);
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert!(percentile(&[], 95.0).is_nan(), "nothing measured is no figure");
        assert_eq!(both(&values), "60.0 ms / 114 ms");
    }

    #[test]
    fn a_missing_measurement_is_an_error() {
        let measured = Measured::in_last_line("▸ noise\n{\"a\":[1.5],\"b\":2}\nmore\n").expect("a line is an object");
        assert_eq!((measured.series("/a").expect("a list"), measured.one("/b").expect("a number")), (vec![1.5], 2.0));
        assert!(measured.one("/c").is_err() && measured.series("/b").is_err());
        assert!(Measured::in_last_line("nothing").is_err());
    }
}
