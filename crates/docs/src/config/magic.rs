//! `pymdownx.magiclink`: which addresses are shown short, and which short forms are addresses.

use serde::{Deserialize, Serialize};

use super::yaml::Node;

/// The settings of links that are written without any mark.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MagicLinks {
    /// Whose repositories `repo#12` means.
    pub user: String,
    /// The repository that `#12` means.
    pub repo: String,
    /// The name of the host that short forms mean; empty for GitHub.
    pub provider: String,
    /// Whether `@name` and `#12` are links (`repo_url_shorthand`).
    pub shorthand: bool,
    /// Whether `@x:name` is one (`social_url_shorthand`).
    pub social_shorthand: bool,
    /// Whether the address of an issue is shown as `user/repo#12` (`repo_url_shortener`).
    pub shortener: bool,
    /// Whether the address of a person on a social network is shown as `@name` (`social_url_shortener`).
    pub social_shortener: bool,
    /// Whether pull requests and discussions are shown with `#` as issues are.
    pub only_hashes: bool,
    /// Whether addresses are shown without `https://`.
    pub hide_protocol: bool,
    /// Hosts of the site's own.
    pub custom: Vec<GitHost>,
}

/// A host of repositories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GitHost {
    /// How short forms name it.
    pub name: String,
    /// Its address, without a slash at the end.
    pub url: String,
    /// What runs there.
    pub forge: Forge,
}

/// What runs on a host, which says how its addresses are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Forge {
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
    /// Bitbucket.
    Bitbucket,
    /// A network of people without any repositories.
    Social,
}

impl MagicLinks {
    /// As without settings.
    pub(crate) const PLAIN: Self = Self {
        user: String::new(),
        repo: String::new(),
        provider: String::new(),
        shorthand: false,
        social_shorthand: false,
        shortener: false,
        social_shortener: false,
        only_hashes: false,
        hide_protocol: false,
        custom: Vec::new(),
    };
}

/// Reads the extension's settings.
pub(super) fn read(options: &Node) -> MagicLinks {
    let text = |key: &str| options.get(key).and_then(Node::text).unwrap_or_default().to_owned();
    let is_on = |key: &str| text(key).eq_ignore_ascii_case("true");
    let hosts = options.get("custom").map_or(&[][..], Node::entries);
    MagicLinks {
        user: text("user"),
        repo: text("repo"),
        provider: text("provider"),
        shorthand: is_on("repo_url_shorthand"),
        social_shorthand: is_on("social_url_shorthand"),
        shortener: is_on("repo_url_shortener"),
        social_shortener: is_on("social_url_shortener"),
        only_hashes: is_on("normalize_issue_symbols"),
        hide_protocol: is_on("hide_protocol"),
        custom: hosts.iter().filter_map(|(name, host)| own_host(name, host)).collect(),
    }
}

fn own_host(name: &str, host: &Node) -> Option<GitHost> {
    let forge = match host.get("type").and_then(Node::text)? {
        "github" => Forge::GitHub,
        "gitlab" => Forge::GitLab,
        "bitbucket" => Forge::Bitbucket,
        _ => return None,
    };
    let url = host.get("host").and_then(Node::text)?.trim_end_matches('/').to_lowercase();
    let is_name = !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric());
    (is_name && url.contains("://")).then(|| GitHost { name: name.to_owned(), url, forge })
}
