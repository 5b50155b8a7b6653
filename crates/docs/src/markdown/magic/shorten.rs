//! Long addresses of repositories and people, as they are shown.

use super::{Host, Project, Thing, hosts, is_hash, user};
use crate::config::{Forge, MagicLinks};

/// What is shown for an address that stands for itself, if it is one that is shortened.
pub(in crate::markdown) fn shortened(url: &str, links: &MagicLinks) -> Option<String> {
    let wanted = |host: &Host<'_>| match (host.forge, host.own) {
        (Forge::Social, _) => links.social_shortener,
        _ => links.shortener,
    };
    hosts(links).filter(wanted).find_map(|host| on_host(url, host, links))
}

fn on_host(url: &str, host: Host<'_>, links: &MagicLinks) -> Option<String> {
    let path = path_on(url, host)?;
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut parts = path.split('/');
    let name = parts.next().filter(|name| user(name, host.forge) == Some(name))?;
    if is_reserved(name, host) {
        return None;
    }
    if host.forge == Forge::Social {
        return parts.next().is_none().then(|| format!("@{name}"));
    }
    let Some(repo) = parts.next() else { return Some(format!("@{name}")) };
    let mut rest: Vec<&str> = parts.collect();
    if repo.is_empty() {
        return None;
    }
    if rest.is_empty() {
        return Some(format!("{name}/{repo}"));
    }
    if host.forge == Forge::GitLab && rest[0] == "-" {
        rest.remove(0);
    }
    let thing = thing(&rest, host.forge)?;
    Some(Project { host, user: name, repo }.shown(thing, links))
}

/// What stands behind the host's address and a slash.
fn path_on<'u>(url: &'u str, host: Host<'_>) -> Option<&'u str> {
    let (scheme, host) = host.url.split_once("://")?;
    let (its, rest) = url.split_once("://")?;
    let rest = if rest.get(..4).is_some_and(|www| www.eq_ignore_ascii_case("www.")) { &rest[4..] } else { rest };
    let (name, path) = rest.split_at_checked(host.len())?;
    (its.eq_ignore_ascii_case(scheme) && name.eq_ignore_ascii_case(host)).then(|| path.strip_prefix('/'))?
}

fn thing<'t>(rest: &[&'t str], forge: Forge) -> Option<Thing<'t>> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let at_least = if forge == Forge::GitLab { 8 } else { 7 };
    match (forge, rest) {
        (Forge::Bitbucket, ["issues", number, ..]) if is_number(number) && rest.len() <= 3 => {
            Some(Thing::Issue(number))
        }
        (Forge::Bitbucket, ["pull-requests", number, ..]) if is_number(number) && rest.len() <= 4 => {
            Some(Thing::Pull(number))
        }
        (Forge::Bitbucket, ["commits", "commit", hash]) if is_hash(hash, at_least) => Some(Thing::Commit(hash)),
        (Forge::Bitbucket, ["branches", "commits", range]) => {
            let (from, to) = range.strip_suffix("#diff")?.split_once("..")?;
            (is_hash(from, at_least) && is_hash(to, at_least)).then_some(Thing::Compare(from, to))
        }
        (Forge::Bitbucket, _) => None,
        (_, ["issues", number]) if is_number(number) => Some(Thing::Issue(number)),
        (Forge::GitHub, ["pull", number]) if is_number(number) => Some(Thing::Pull(number)),
        (Forge::GitHub, ["discussions", number]) if is_number(number) => Some(Thing::Discussion(number)),
        (Forge::GitLab, ["merge_requests", number]) if is_number(number) => Some(Thing::Pull(number)),
        (_, ["commit", hash]) if is_hash(hash, at_least) => Some(Thing::Commit(hash)),
        (_, ["compare", range]) => {
            let (from, to) = range.split_once("...")?;
            (is_hash(from, at_least) && is_hash(to, at_least)).then_some(Thing::Compare(from, to))
        }
        _ => None,
    }
}

/// Whether a path that looks like a person's name leads to a part of the host itself.
fn is_reserved(name: &str, host: Host<'_>) -> bool {
    let names: &[&str] = match host.name {
        "github" => &["marketplace", "notifications", "issues", "pull", "sponsors", "settings", "support"],
        "gitlab" => &["dashboard", "-", "explore", "help", "projects"],
        "bitbucket" => &["dashboard", "account", "plans", "support", "repo"],
        "twitter" | "x" => &["i", "messages", "bookmarks", "home"],
        _ => &[],
    };
    names.iter().any(|reserved| name.eq_ignore_ascii_case(reserved))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::GitHost;

    #[test]
    fn addresses_are_shown_short() {
        let host = GitHost { name: "own".into(), url: "https://git.example".into(), forge: Forge::GitLab };
        let links = MagicLinks {
            user: "u".into(),
            repo: "r".into(),
            shortener: true,
            social_shortener: true,
            custom: vec![host],
            ..MagicLinks::PLAIN
        };
        let hash = "0123456789abcdef0123456789abcdef01234567";
        for (url, expected) in [
            ("https://github.com/u/r/issues/7", Some("#7")),
            ("https://www.github.com/u/other/pull/7/", Some("other!7")),
            ("https://github.com/a/b/discussions/7", Some("a/b?7")),
            (&format!("https://github.com/u/r/commit/{hash}"), Some("0123456")),
            (&format!("https://gitlab.com/a/b/-/commit/{hash}"), Some("a/b@01234567")),
            ("https://git.example/a/b/-/merge_requests/2", Some("a/b!2")),
            ("https://bitbucket.org/a/b/issues/2/some-title", Some("a/b#2")),
            ("https://github.com/a/b", Some("a/b")),
            ("https://github.com/a", Some("@a")),
            ("https://x.com/a", Some("@a")),
            ("https://github.com/support", None),
            ("https://github.com/a/b/issues", None),
            ("https://github.com/", None),
            ("https://github.community/a", None),
        ] {
            assert_eq!(shortened(url, &links).as_deref(), expected, "{url}");
        }
        assert_eq!(shortened("https://github.com/a/b", &MagicLinks::PLAIN), None);
    }
}
