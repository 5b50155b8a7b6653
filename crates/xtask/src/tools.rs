//! Tools from the npm registry, by exact version, kept under `target/tools`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::{paths, progress::step};

/// The rules of accessibility that the window is held against.
const AXE: Tool = Tool { package: "axe-core", version: "4.14.1" };
/// A real `OpenID` provider, for the tests of signing in (`tests/oidc`).
const OIDC_PROVIDER: Tool = Tool { package: "oidc-provider", version: "9.13.3" };
/// Packs the app; `cargo build` does everything else.
const TAURI: Tool = Tool { package: "@tauri-apps/cli", version: "2.12.5" };

struct Tool {
    package: &'static str,
    version: &'static str,
}

/// Fetches axe-core and puts it where the window driver looks for it.
pub(crate) fn axe() -> anyhow::Result<()> {
    let folder = install(&AXE)?;
    let wanted = paths::target().join("tools/axe-core");
    fs::create_dir_all(&wanted)?;
    fs::copy(folder.join("axe.min.js"), wanted.join("axe.min.js")).context("the package axe-core has no axe.min.js")?;
    Ok(())
}

/// Fetches the `OpenID` provider to where its tests look for it. Without it they say that they were skipped.
pub(crate) fn oidc_provider() {
    let fetched = if paths::program("npm").is_some() {
        install(&OIDC_PROVIDER).map(drop)
    } else {
        Err(anyhow::anyhow!("there is no npm (apt install nodejs npm)"))
    };
    if let Err(error) = fetched {
        println!("\nnote: signing in by an identity provider is not tested: {error:#}");
    }
}

/// Fetches the Tauri command line and answers with the program.
pub(crate) fn tauri() -> anyhow::Result<PathBuf> {
    let folder = install(&TAURI)?;
    let program = folder.join("../../.bin/tauri");
    anyhow::ensure!(program.exists(), "the package {} brought no program", TAURI.package);
    Ok(paths::absolute(&program))
}

/// Installs a package without running its scripts, and answers with its folder.
fn install(tool: &Tool) -> anyhow::Result<PathBuf> {
    let prefix =
        paths::target().join("tools/npm").join(format!("{}-{}", tool.package.replace(['@', '/'], ""), tool.version));
    let folder = prefix.join("node_modules").join(tool.package);
    if is_whole(&folder, tool) {
        return Ok(folder);
    }
    let name = format!("{}@{}", tool.package, tool.version);
    let next = "check that the npm registry can be reached (`npm ping`), then run this again";
    step(&format!("fetching {name}"), next, |step| {
        fs::create_dir_all(&prefix)?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
            .arg(&prefix)
            .arg(&name);
        step.run(npm)?;
        anyhow::ensure!(is_whole(&folder, tool), "npm ended well, but {} is not there", folder.display());
        Ok(())
    })?;
    Ok(folder)
}

fn is_whole(folder: &Path, tool: &Tool) -> bool {
    let manifest = fs::read(folder.join("package.json")).unwrap_or_default();
    serde_json::from_slice::<serde_json::Value>(&manifest).is_ok_and(|manifest| manifest["version"] == tool.version)
}
