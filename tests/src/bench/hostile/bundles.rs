//! One bundle, in this process.

use std::{path::Path, time::Instant};

use anyhow::Context as _;
use waymark_bundle::{Bundle, Limits, Policy, ReadBundleError};

use super::Cost;
use crate::{bench::device::milliseconds, process::Peak};

/// Judges a bundle, as `waymark-server bundle verify` does.
///
/// # Errors
///
/// Where the file cannot be read.
pub fn bundle(file: &Path) -> anyhow::Result<Cost> {
    let policy = Policy { allow_unsigned: true, trusted: &[], limits: Limits::default() };
    let peak = Peak::begin()?;
    let begin = Instant::now();
    let judged = Bundle::read_file(file, &policy);
    let took = milliseconds(begin);
    let over = peak.over()?;
    let said = match judged {
        Ok(_) => "accepted".to_owned(),
        Err(ReadBundleError::Refused(refusal)) => format!("refused: {refusal}"),
        Err(error @ ReadBundleError::UnknownFormat) => format!("refused: {error}"),
        Err(error) => return Err(error).with_context(|| format!("could not judge {}", file.display())),
    };
    Ok(Cost { took, over, said })
}
