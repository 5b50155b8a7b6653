//! Four lists that must agree: what the interface can ask, what the shell answers, what the
//! permission files allow, and what the window is given.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use serde_json::Value;

use super::{Findings, files, read};

const HANDLER: &str = "src-tauri/src/commands/mod.rs";
const CONTRACT: &str = "crates/api/src/ipc";
const PERMISSIONS: &str = "src-tauri/permissions";
const CAPABILITIES: &str = "src-tauri/capabilities";

pub(super) fn check(findings: &mut Findings) -> anyhow::Result<()> {
    let registered = registered(&read(HANDLER)?).with_context(|| format!("{HANDLER} has no generate_handler! list"))?;
    let mut asked = BTreeSet::new();
    for file in files::with_extension(CONTRACT, "rs")? {
        asked.extend(requests(&read(&file)?));
    }
    for name in asked.difference(&registered) {
        findings.error(
            HANDLER,
            "commands",
            &format!("`{name}` can be asked for and is not registered; add it to generate_handler!"),
        );
    }
    for name in registered.difference(&asked) {
        findings.error(
            HANDLER,
            "commands",
            &format!(
                "`{name}` is registered and no request names it; add the request in {CONTRACT}, or remove the command"
            ),
        );
    }
    let permissions = permissions(findings)?;
    for name in &registered {
        match permissions.values().filter(|commands| commands.contains(name)).count() {
            0 => findings.error(
                PERMISSIONS,
                "commands",
                &format!("`{name}` is allowed nowhere and would be refused; add it to its feature's file"),
            ),
            1 => {}
            _ => findings.error(
                PERMISSIONS,
                "commands",
                &format!("`{name}` is allowed in more than one permission; keep the one of its feature"),
            ),
        }
    }
    for (permission, commands) in &permissions {
        for name in commands.difference(&registered) {
            findings.error(
                PERMISSIONS,
                "commands",
                &format!("{permission} allows `{name}`, which is not registered; remove it"),
            );
        }
    }
    check_capabilities(&permissions, findings)
}

/// Names of the commands in `generate_handler![…]`, without their modules.
fn registered(source: &str) -> Option<BTreeSet<String>> {
    let (_, list) = source.split_once("generate_handler![")?;
    let (list, _) = list.split_once(']')?;
    let lines = list.lines().map(|line| line.split("//").next().unwrap_or_default());
    let names = lines.flat_map(|line| line.split(',')).map(str::trim).filter(|name| !name.is_empty());
    Some(names.filter_map(|name| name.rsplit("::").next()).map(str::to_owned).collect())
}

/// Command names in the contract: `… = "open_page" -> …`.
fn requests(source: &str) -> Vec<String> {
    let named = source.match_indices("= \"").filter_map(|(at, _)| {
        let (name, rest) = source[at + 3..].split_once('"')?;
        rest.trim_start().starts_with("->").then(|| name.to_owned())
    });
    named.collect()
}

/// Permissions by identifier, each with the commands that it allows.
fn permissions(findings: &mut Findings) -> anyhow::Result<BTreeMap<String, BTreeSet<String>>> {
    let mut found = BTreeMap::new();
    for file in files::with_extension(PERMISSIONS, "toml")? {
        let parsed: toml::Table = read(&file)?.parse().with_context(|| format!("{} is no TOML", file.display()))?;
        for permission in parsed.get("permission").and_then(toml::Value::as_array).into_iter().flatten() {
            let identifier =
                permission.get("identifier").and_then(toml::Value::as_str).context("a permission has an identifier")?;
            let allowed =
                permission.get("commands").and_then(|commands| commands.get("allow")).and_then(toml::Value::as_array);
            let commands = allowed.into_iter().flatten().filter_map(toml::Value::as_str).map(str::to_owned).collect();
            if found.insert(identifier.to_owned(), commands).is_some() {
                findings.error(
                    &file,
                    "commands",
                    &format!("{identifier} is declared twice; give each feature one permission"),
                );
            }
        }
    }
    Ok(found)
}

fn check_capabilities(permissions: &BTreeMap<String, BTreeSet<String>>, findings: &mut Findings) -> anyhow::Result<()> {
    let mut given = BTreeSet::new();
    for file in files::with_extension(CAPABILITIES, "json")? {
        let capability: Value =
            serde_json::from_str(&read(&file)?).with_context(|| format!("{} is no JSON", file.display()))?;
        let texts = |key: &str| -> Vec<String> {
            capability[key].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let windows = [texts("windows"), texts("webviews")].concat();
        if windows.iter().any(|window| window.contains('*')) {
            findings.error(
                &file,
                "access",
                "a capability names its windows; a wildcard gives the same rights to every window that will ever exist",
            );
        }
        if windows.is_empty() {
            findings.error(&file, "access", "a capability names the windows that it is for");
        }
        if !capability["remote"].is_null() {
            findings.error(&file, "access", "no page from elsewhere may call commands; remove the `remote` block");
        }
        for permission in texts("permissions") {
            if permission.ends_with(":default") || permission.contains('*') {
                findings.error(
                    &file,
                    "access",
                    &format!("{permission} gives whatever the plugin's next version adds; name each permission"),
                );
            }
            given.insert(permission);
        }
    }
    for permission in permissions.keys().filter(|permission| !given.contains(*permission)) {
        findings.error(
            CAPABILITIES,
            "access",
            &format!("no window is given {permission}; add it to a capability, or remove the permission"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handler_list_is_read_without_its_comments() {
        let source = "tauri::generate_handler![\n  // docs\n  use_cases::open_page,\n  system::ui_ready, // first\n]";
        assert_eq!(registered(source), Some(["open_page", "ui_ready"].map(str::to_owned).into()));
    }

    #[test]
    fn requests_are_found_by_their_arrow() {
        let source = "OpenPage { site: SiteId } = \"open_page\" -> PageView;\nconst NAME: &str = \"no_request\";";
        assert_eq!(requests(source), ["open_page"]);
    }
}
