//! The log: one file a day beside the library, seven days kept.

use std::{fs, path::Path};

use anyhow::Context;
use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{RollingFileAppender, Rotation},
};
use tracing_subscriber::EnvFilter;

/// Keeps the log's writer alive; dropping it flushes.
pub(crate) struct Log(#[expect(dead_code, reason = "held for its destructor")] WorkerGuard);

/// Starts logging into `folder`. `WAYMARK_LOG` overrides the level, for instance `waymark_app=debug`.
pub(crate) fn start(folder: &Path) -> anyhow::Result<Option<Log>> {
    // A library that cannot be written is shown in the window; without a log it still starts.
    if fs::create_dir_all(folder).is_err() {
        return Ok(None);
    }
    let Ok(file) = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("waymark")
        .filename_suffix("log")
        .max_log_files(7)
        .build(folder)
    else {
        return Ok(None);
    };
    let (writer, guard) = tracing_appender::non_blocking(file);
    let filter = EnvFilter::try_from_env("WAYMARK_LOG")
        .or_else(|_| EnvFilter::try_new("info"))
        .context("the default log filter is not valid")?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).with_ansi(false).init();
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "a thread panicked")));
    tracing::info!(version = env!("CARGO_PKG_VERSION"), os = std::env::consts::OS, "Waymark starts");
    Ok(Some(Log(guard)))
}

/// The last `lines` lines of the newest log file in `folder`; empty where there is none.
pub(crate) fn tail(folder: &Path, lines: usize) -> String {
    let newest = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "log"))
        .max();
    let text = newest.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}
