//! Addresses of repositories, issues and people: short forms that are links, and links that are shown
//! short. The forms are those of `pymdownx.magiclink` and hold only where a site turns them on.

mod shorten;
mod shorthand;

use std::borrow::Cow;

pub(super) use shorten::shortened;
pub(super) use shorthand::{MARKS, read};

use crate::config::{Forge, MagicLinks};

/// A host that short forms may name.
#[derive(Clone, Copy)]
struct Host<'a> {
    name: &'a str,
    url: &'a str,
    forge: Forge,
    /// Whether the site brought it.
    own: bool,
}

const KNOWN: [Host<'static>; 5] = [
    Host { name: "github", url: "https://github.com", forge: Forge::GitHub, own: false },
    Host { name: "bitbucket", url: "https://bitbucket.org", forge: Forge::Bitbucket, own: false },
    Host { name: "gitlab", url: "https://gitlab.com", forge: Forge::GitLab, own: false },
    Host { name: "twitter", url: "https://twitter.com", forge: Forge::Social, own: false },
    Host { name: "x", url: "https://x.com", forge: Forge::Social, own: false },
];

/// All hosts, those that everyone knows first.
fn hosts(links: &MagicLinks) -> impl Iterator<Item = Host<'_>> {
    let own = links.custom.iter().map(|host| Host { name: &host.name, url: &host.url, forge: host.forge, own: true });
    KNOWN.into_iter().chain(own)
}

/// The host that short forms without a name mean.
fn default_host(links: &MagicLinks) -> Host<'_> {
    hosts(links).find(|host| host.name == links.provider).unwrap_or(KNOWN[0])
}

/// What an address of a repository is about.
#[derive(Clone, Copy)]
enum Thing<'t> {
    Issue(&'t str),
    Pull(&'t str),
    Discussion(&'t str),
    Commit(&'t str),
    Compare(&'t str, &'t str),
}

/// A repository on a host.
#[derive(Clone, Copy)]
struct Project<'t> {
    host: Host<'t>,
    user: &'t str,
    repo: &'t str,
}

impl Project<'_> {
    /// What is shown for a thing of this project: the site's own user and repository go without saying.
    fn shown(&self, thing: Thing<'_>, links: &MagicLinks) -> String {
        let mine = self.user == links.user && self.host.name == default_host(links).name;
        let whose: Cow<'_, str> = match (mine, self.repo == links.repo) {
            (true, true) => "".into(),
            (true, false) => self.repo.into(),
            _ => format!("{}/{}", self.user, self.repo).into(),
        };
        // GitLab shows one character more, so that its hashes are told from numbers.
        let size = if self.host.forge == Forge::GitLab { 8 } else { 7 };
        let short = |hash: &str| hash.get(..size).unwrap_or(hash).to_owned();
        let at = if whose.is_empty() { "" } else { "@" };
        let mark = |mark: char| if links.only_hashes { '#' } else { mark };
        match thing {
            Thing::Issue(number) => format!("{whose}#{number}"),
            Thing::Pull(number) => format!("{whose}{}{number}", mark('!')),
            Thing::Discussion(number) => format!("{whose}{}{number}", mark('?')),
            Thing::Commit(hash) => format!("{whose}{at}{}", short(hash)),
            Thing::Compare(from, to) => format!("{whose}{at}{}...{}", short(from), short(to)),
        }
    }

    /// Where a thing of this project is; a host without discussions has no address for one.
    fn address(&self, thing: Thing<'_>) -> Option<String> {
        let base = format!("{}/{}/{}", self.host.url, self.user, self.repo);
        Some(match (self.host.forge, thing) {
            (Forge::Social, _) => return None,
            (Forge::GitHub, Thing::Pull(number)) => format!("{base}/pull/{number}"),
            (Forge::GitHub, Thing::Discussion(number)) => format!("{base}/discussions/{number}"),
            (_, Thing::Discussion(_)) => return None,
            (Forge::GitLab, Thing::Issue(number)) => format!("{base}/-/issues/{number}"),
            (Forge::GitLab, Thing::Pull(number)) => format!("{base}/-/merge_requests/{number}"),
            (Forge::GitLab, Thing::Commit(hash)) => format!("{base}/-/commit/{hash}"),
            (Forge::GitLab, Thing::Compare(from, to)) => format!("{base}/-/compare/{from}...{to}"),
            (Forge::Bitbucket, Thing::Pull(number)) => format!("{base}/pull-requests/{number}"),
            (Forge::Bitbucket, Thing::Commit(hash)) => format!("{base}/commits/commit/{hash}"),
            (Forge::Bitbucket, Thing::Compare(from, to)) => format!("{base}/branches/commits/{from}..{to}#diff"),
            (_, Thing::Issue(number)) => format!("{base}/issues/{number}"),
            (_, Thing::Commit(hash)) => format!("{base}/commit/{hash}"),
            (_, Thing::Compare(from, to)) => format!("{base}/compare/{from}...{to}"),
        })
    }
}

/// The name of a person or a group at the start of `text`, by the rules of what runs there.
fn user(text: &str, forge: Forge) -> Option<&str> {
    let (more, limit): (&[u8], usize) = match forge {
        Forge::GitHub => (b"-_", 39),
        Forge::GitLab => (b"-_.", 39),
        Forge::Bitbucket => (b"-_", 39),
        Forge::Social => (b"_", 15),
    };
    let length = text.bytes().take(limit).take_while(|c| c.is_ascii_alphanumeric() || more.contains(c)).count();
    let name = match forge {
        Forge::GitHub => text[..length].trim_end_matches(['-', '_']),
        _ => text[..length].trim_end_matches(['-', '.']),
    };
    let first = name.bytes().next()?;
    (forge != Forge::GitHub || first.is_ascii_alphanumeric()).then_some(name)
}

/// Whether all of `text` is a hash of so many characters or up to 40.
fn is_hash(text: &str, at_least: usize) -> bool {
    (at_least..=40).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_hexdigit())
}
