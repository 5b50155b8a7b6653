//! Runs a program on the private desktop of `tests/e2e/desktop`: own home, display and session bus.

use std::{path::Path, process::Command};

use crate::paths;

/// A command that runs `program` on a private desktop and leaves its files in `out`.
pub(crate) fn command(out: &Path, program: &Path) -> Command {
    let mut command = Command::new("bash");
    command.arg("tests/e2e/desktop/run.sh").arg(paths::absolute(out)).arg(program);
    command.env("WAYMARK_ROOT", paths::absolute(Path::new(".")));
    command.env("WAYMARK_TOOLS", paths::absolute(&paths::target().join("tools")));
    command
}

/// Whether a person can see a window here.
pub(crate) fn is_present() -> bool {
    let named = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}
