//! Which package may import which. The table is the one of `ARCHITECTURE.md`; a new arrow is a
//! change of its own, here and there.

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use super::Findings;

/// A package, the packages of ours that it may import, and those of others that it must never see.
struct Rule {
    package: &'static str,
    ours: &'static [&'static str],
    never: &'static [&'static str],
}

const fn rule(package: &'static str, ours: &'static [&'static str], never: &'static [&'static str]) -> Rule {
    Rule { package, ours, never }
}

const RULES: &[Rule] = &[
    rule("waymark-core", &[], &["tokio", "sqlx", "reqwest", "tauri", "leptos", "rand"]),
    rule("waymark-api", &["waymark-core"], &["tokio", "sqlx", "reqwest", "tauri", "leptos"]),
    rule("waymark-docs", &["waymark-core"], &["tokio", "sqlx", "reqwest", "tauri", "leptos"]),
    rule("waymark-search", &["waymark-core"], &["tokio", "sqlx", "reqwest", "tauri", "leptos", "pulldown-cmark"]),
    rule("waymark-store", &["waymark-core"], &["reqwest", "tauri", "leptos", "pulldown-cmark"]),
    rule("waymark-bundle", &[], &["tokio", "sqlx", "reqwest", "tauri", "leptos"]),
    rule("waymark-secrets", &[], &["tokio", "sqlx", "reqwest", "tauri", "leptos"]),
    rule(
        "waymark-sync",
        &["waymark-core", "waymark-api", "waymark-bundle"],
        &["tauri", "leptos", "sqlx", "pulldown-cmark", "tantivy"],
    ),
    rule(
        "waymark-app",
        &[
            "waymark-core",
            "waymark-api",
            "waymark-docs",
            "waymark-search",
            "waymark-secrets",
            "waymark-store",
            "waymark-sync",
        ],
        &["tauri", "leptos", "axum", "sqlx", "reqwest", "tantivy"],
    ),
    rule(
        "waymark-server",
        &["waymark-core", "waymark-api", "waymark-bundle", "waymark-docs", "waymark-sync"],
        &["tauri", "leptos", "tantivy"],
    ),
    rule("waymark", &["waymark-app", "waymark-api"], &["sqlx", "reqwest", "leptos", "pulldown-cmark"]),
    rule("waymark-ui", &["waymark-core", "waymark-api"], &["tauri", "tokio", "sqlx", "reqwest", "regex"]),
    rule("waymark-xtask", &[], &["tauri", "leptos", "tokio", "sqlx"]),
    rule(
        "waymark-tests",
        &[
            "waymark-core",
            "waymark-api",
            "waymark-bundle",
            "waymark-docs",
            "waymark-store",
            "waymark-sync",
            "waymark-app",
        ],
        &["tauri", "leptos"],
    ),
    rule("waymark-floor", &[], &["leptos", "sqlx", "tokio"]),
    rule("waymark-floor-ui", &[], &["tauri"]),
];

const TABLE: &str = "crates/xtask/src/tidy/arrows.rs and ARCHITECTURE.md";

pub(super) fn check(findings: &mut Findings) -> anyhow::Result<()> {
    let metadata = MetadataCommand::new().no_deps().exec()?;
    let members = metadata.workspace_packages();
    let is_ours = |name: &str| members.iter().any(|member| member.name.as_str() == name);
    for package in &members {
        check_package(package, &is_ours, findings);
    }
    for rule in RULES.iter().filter(|rule| !is_ours(rule.package)) {
        findings.error(
            "Cargo.toml",
            "arrows",
            &format!("{} is in the table and not in the workspace; remove it from {TABLE}", rule.package),
        );
    }
    Ok(())
}

fn check_package(package: &Package, is_ours: &dyn Fn(&str) -> bool, findings: &mut Findings) {
    let here = std::env::current_dir().unwrap_or_default();
    let manifest = package.manifest_path.as_std_path();
    let file = manifest.strip_prefix(&here).unwrap_or(manifest);
    let Some(rule) = RULES.iter().find(|rule| rule.package == package.name.as_str()) else {
        findings.error(
            file,
            "arrows",
            &format!(
                "{} has no place in the table; give it one in {TABLE}, with its one reason to exist",
                package.name
            ),
        );
        return;
    };
    for dependency in &package.dependencies {
        let name = dependency.name.as_str();
        // A package may name itself among its dev-dependencies, to test with a feature switched on.
        let itself = name == package.name.as_str() && dependency.kind == DependencyKind::Development;
        if is_ours(name) && !itself && !rule.ours.contains(&name) {
            let allowed = if rule.ours.is_empty() { "none of ours".to_owned() } else { rule.ours.join(", ") };
            let advice = format!(
                "{} may not import {name}, only {allowed}; move the code, or change {TABLE} in a change of its own",
                package.name
            );
            findings.error(file, "arrows", &advice);
        }
        if dependency.kind == DependencyKind::Normal && rule.never.contains(&name) {
            findings.error(
                file,
                "arrows",
                &format!("{} must never see {name}; put what needs it behind a port in a crate that may", package.name),
            );
        }
    }
}
