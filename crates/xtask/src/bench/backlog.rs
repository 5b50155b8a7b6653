//! Ten thousand facts of one device go to the team's server at once, while its person goes on working.

use std::{path::Path, process::Command};

use super::figure::{Figure, Measured, both, in_seconds, percentile};
use crate::{paths, progress::step};

/// Until nothing waits, in milliseconds.
const DRAINED: f64 = 20_000.0;
/// What the 95th percentile of the person's commands may take meanwhile, in milliseconds.
const COMMAND: f64 = 100.0;

/// Fills a device's outbox while the server is away, and lets it come back.
pub(super) fn measure(speed: &Path) -> anyhow::Result<(Vec<Figure>, Measured)> {
    let next = "run `target/release/speed backlog` with WAYMARK_SERVER by hand";
    let measured = step("10,000 facts that waited go to the team's server", next, |step| {
        let mut cargo = paths::cargo();
        cargo.args(["build", "--locked", "--release", "--package", "waymark-server", "--bin", "waymark-server"]);
        step.run(cargo)?;
        let mut command = Command::new(speed);
        command.arg("backlog").env("WAYMARK_SERVER", paths::built("release", "waymark-server"));
        Measured::in_last_line(&step.run(command)?)
    })?;
    let (facts, drained) = (measured.one("/facts")?, measured.one("/drained")?);
    let (quiet, meanwhile) = (measured.series("/quiet")?, measured.series("/meanwhile")?);
    anyhow::ensure!(meanwhile.len() >= 20, "{} commands say nothing about the 95th percentile", meanwhile.len());
    let figures = vec![
        Figure {
            what: format!("{facts:.0} facts of one device drained"),
            app: in_seconds(drained),
            beside: "–".to_owned(),
            reach: format!("≤ {}", in_seconds(DRAINED)),
            within: drained <= DRAINED,
        },
        Figure {
            what: "the person's commands meanwhile".to_owned(),
            app: both(&meanwhile),
            beside: format!("{} (the server away)", both(&quiet)),
            reach: format!("p95 ≤ {COMMAND} ms"),
            within: percentile(&meanwhile, 95.0) <= COMMAND,
        },
    ];
    Ok((figures, measured))
}
