//! The private desktop that `tests/e2e/desktop/run.sh` makes, as seen from inside.

use std::{env, path::PathBuf};

use anyhow::Context as _;

/// Where pictures and logs go.
///
/// # Errors
///
/// Outside the private desktop.
pub fn out() -> anyhow::Result<PathBuf> {
    folder("DESKTOP_OUT")
}

/// Where the desktop's scripts lie.
///
/// # Errors
///
/// Outside the private desktop.
pub fn scripts() -> anyhow::Result<PathBuf> {
    folder("DESKTOP_DIR")
}

/// Where xtask keeps tools from package registries.
///
/// # Errors
///
/// Where the program was not started by xtask.
pub fn tools() -> anyhow::Result<PathBuf> {
    folder("WAYMARK_TOOLS")
}

/// The repository's root.
///
/// # Errors
///
/// Where the program was not started by xtask.
pub fn root() -> anyhow::Result<PathBuf> {
    folder("WAYMARK_ROOT")
}

/// The app under test.
///
/// # Errors
///
/// Where the program was not started by xtask.
pub fn app() -> anyhow::Result<PathBuf> {
    folder("WAYMARK_APP")
}

/// The team server under test.
///
/// # Errors
///
/// Where the program was not started by xtask.
pub fn server() -> anyhow::Result<PathBuf> {
    folder("WAYMARK_SERVER")
}

fn folder(name: &str) -> anyhow::Result<PathBuf> {
    let value = env::var_os(name).filter(|value| !value.is_empty());
    value
        .map(PathBuf::from)
        .with_context(|| format!("{name} is not set: these tests run on a private desktop, by `cargo xtask test`"))
}
