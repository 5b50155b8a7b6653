//! The lock file: one version of what must be one, and no pre-release of what carries the app.

use std::collections::BTreeMap;

use super::{Findings, read};

/// Two versions of these do not work together, in the page or in one process.
const SINGLE: [&str; 5] = ["leptos", "reactive_graph", "tachys", "wasm-bindgen", "libsqlite3-sys"];
/// Families of crates that are taken from their stable line only.
const STABLE: [&str; 2] = ["tauri", "leptos"];
const FILE: &str = "Cargo.lock";

pub(super) fn check(findings: &mut Findings) -> anyhow::Result<()> {
    let lock: toml::Table = read(FILE)?.parse()?;
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in lock.get("package").and_then(toml::Value::as_array).into_iter().flatten() {
        let text = |key: &str| package.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        versions.entry(text("name")).or_default().push(text("version"));
    }
    for name in SINGLE {
        if let Some(several) = versions.get(name).filter(|found| found.len() > 1) {
            let advice = format!(
                "{name} is there as {}; `cargo tree --invert {name}` says who wants which",
                several.join(" and ")
            );
            findings.error(FILE, "lock file", &advice);
        }
    }
    for (name, found) in &versions {
        let family = STABLE.iter().any(|family| {
            name == family || name.starts_with(&format!("{family}-")) || name.starts_with(&format!("{family}_"))
        });
        for version in found
            .iter()
            .filter(|version| family && version.split('+').next().is_some_and(|version| version.contains('-')))
        {
            findings.error(
                FILE,
                "lock file",
                &format!("{name} {version} is a pre-release; ask for a stable version in Cargo.toml"),
            );
        }
    }
    Ok(())
}
