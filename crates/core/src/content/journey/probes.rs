//! The checks of the local machine that a step can ask for (`journeys.md`, section 9).

/// A kind of probe with its parameters.
pub(super) struct Probe {
    pub name: &'static str,
    /// Without one of these it cannot run.
    pub needs: &'static [&'static str],
    pub more: &'static [&'static str],
    /// Whether it asks somebody else on the network.
    pub network: bool,
}

const fn local(name: &'static str, needs: &'static [&'static str], more: &'static [&'static str]) -> Probe {
    Probe { name, needs, more, network: false }
}

/// Runs only what the team's policy and the person allow.
pub(super) const COMMAND: &str = "command";

pub(super) const PROBES: [Probe; 21] = [
    local("tool-version", &["tool"], &["req"]),
    local("tool-present", &["tool"], &[]),
    local("file-exists", &["path"], &["kind", "repo"]),
    local("dir-exists", &["path"], &["kind", "repo"]),
    local("file-contains", &["path"], &["key", "format", "equals", "set", "repo"]),
    local("git-config", &["key"], &["equals", "set"]),
    local("git-remote", &["repo"], &[]),
    Probe { name: "repo-reachable", needs: &["repo"], more: &[], network: true },
    local("port-listening", &["port"], &["host"]),
    local("http", &["url"], &["expect"]),
    local("env-set", &["name"], &[]),
    local("process-running", &["name", "process"], &[]),
    local("service-running", &["name", "service"], &[]),
    local("os", &[], &["family", "min_version"]),
    local("hardware", &[], &["ram_gib", "disk_free_gib", "cpu"]),
    local("disk-encrypted", &[], &[]),
    local("screen-lock", &[], &[]),
    local("ssh-key", &[], &["kind"]),
    local("container", &["image", "name"], &[]),
    local("vpn-interface", &[], &["name"]),
    local(COMMAND, &[], &["argv"]),
];

/// Evidence from local clones (`journeys.md`, section 10).
pub(super) const GIT: [&str; 5] = ["first-clone", "first-commit", "signed-commit", "first-push", "merged-locally"];

/// Whether an address stays on this machine.
pub(super) fn is_loopback(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None if authority.matches(':').count() > 1 => authority,
        None => authority.split(':').next().unwrap_or_default(),
    };
    let host = host.to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_this_machine_is_this_machine() {
        for here in ["http://127.0.0.1:8080/health", "http://localhost", "localhost:80", "http://[::1]:3000/", "::1"] {
            assert!(is_loopback(here), "{here}");
        }
        for there in
            ["https://example.com", "http://localhost.example.com", "http://127.0.0.1.example.com", "", "0.0.0.0"]
        {
            assert!(!is_loopback(there), "{there}");
        }
    }
}
