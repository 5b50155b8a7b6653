//! Where things lie. Every path is relative to the repository's root, which is also the working
//! directory of everything that xtask starts.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

/// Makes the repository's root the working directory, from wherever the command was given.
pub(crate) fn enter_root() -> anyhow::Result<()> {
    let package =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = package.ancestors().nth(2).context("xtask lies two folders below the repository's root")?;
    env::set_current_dir(root).with_context(|| format!("could not enter {}", root.display()))
}

/// The folder that cargo builds into.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// A program that cargo built.
pub(crate) fn built(profile: &str, name: &str) -> PathBuf {
    absolute(&target().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// The same path from the file system's root, for programs that run in another folder.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// A cargo call that does not inherit what the cargo around xtask has set for xtask itself.
///
/// Build scripts that watch these variables would otherwise run again whenever a person alternates
/// between `cargo build` and `cargo xtask build`.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let ours = text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_");
        if ours
            || matches!(
                text,
                "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "OUT_DIR" | "LD_LIBRARY_PATH"
            )
        {
            cargo.env_remove(&name);
        }
    }
    cargo.env("CARGO_TERM_COLOR", "never");
    cargo
}

/// Whether a program of this name can be started.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}
