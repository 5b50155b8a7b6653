//! The machine, because a figure means nothing without it.

use std::fs;

/// How many programs wanted to run in the last minute, besides the measured one.
pub(super) fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(f64::NAN)
}

/// Cores, processor, kernel, and how busy the machine was before anything was measured.
pub(super) fn machine(busy: f64) -> String {
    let line = |file: &str, key: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        text.lines()
            .find(|line| line.starts_with(key))
            .and_then(|line| line.split_once(':'))
            .map(|(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = line("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let warning =
        if busy > cores as f64 / 2.0 { "; other programs were running, so every time here is too long" } else { "" };
    format!(
        "machine: {cores} cores, {processor}, {} {}, load {busy:.1} before measuring{warning}",
        std::env::consts::OS,
        kernel.trim()
    )
}
