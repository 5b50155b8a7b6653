//! Short forms that are links: `@name`, `@name/repo`, `#12`, `repo!12`, `user/repo?12`, hashes of commits.

use super::{Host, Project, Thing, default_host, hosts, is_hash, user};
use crate::config::{Forge, MagicLinks};

/// A short form: where it starts and ends, its address, and what is shown.
type Reference = (usize, usize, String, String);

/// Characters that a short form is looked for around.
pub(in crate::markdown) const MARKS: [u8; 4] = [b'@', b'#', b'!', b'?'];

/// The short form whose mark stands at `at`, or the hash that starts there; nothing before `floor` may
/// become part of it.
pub(in crate::markdown) fn read(text: &str, at: usize, floor: usize, links: &MagicLinks) -> Option<Reference> {
    match text.as_bytes()[at] {
        b'@' => commit(text, at, floor, links).or_else(|| mention(text, at, links)),
        b'#' | b'!' | b'?' if links.shorthand => numbered(text, at, floor, links),
        _ if links.shorthand => bare_commit(text, at, links),
        _ => None,
    }
}

/// `@name`, `@host:name` and the same with a repository.
fn mention(text: &str, at: usize, links: &MagicLinks) -> Option<Reference> {
    if text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '&')) {
        return None;
    }
    let inside = &text[at + 1..];
    let named = hosts(links).find(|host| {
        let allowed = if host.forge == Forge::Social { links.social_shorthand } else { links.shorthand };
        allowed && inside.strip_prefix(host.name).is_some_and(|rest| rest.starts_with(':'))
    });
    let (host, from) = match named {
        Some(host) => (host, at + 1 + host.name.len() + 1),
        None if links.shorthand => (default_host(links), at + 1),
        None => return None,
    };
    let name = user(&text[from..], host.forge)?;
    let end = from + name.len();
    let project = text[end..].strip_prefix('/').filter(|_| host.forge != Forge::Social).and_then(repository);
    Some(match project {
        Some(repo) => (at, end + 1 + repo.len(), format!("{}/{name}/{repo}", host.url), format!("{name}/{repo}")),
        None => (at, end, format!("{}/{name}", host.url), format!("@{name}")),
    })
}

/// `#12`, and with a repository before it.
fn numbered(text: &str, at: usize, floor: usize, links: &MagicLinks) -> Option<Reference> {
    let inside = &text[at + 1..];
    let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    let ends = !inside[digits..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if !((1..=9).contains(&digits) && ends && !inside.starts_with('0')) {
        return None;
    }
    let number = &inside[..digits];
    let thing = match text.as_bytes()[at] {
        b'#' => Thing::Issue(number),
        b'!' => Thing::Pull(number),
        _ => Thing::Discussion(number),
    };
    let (project, from) = project_before(text, at, floor, links)?;
    Some((from, at + 1 + digits, project.address(thing)?, project.shown(thing, links)))
}

/// `repo@hash` and `user/repo@hash...hash`.
fn commit(text: &str, at: usize, floor: usize, links: &MagicLinks) -> Option<Reference> {
    let (thing, end) = hashes(text, at + 1).filter(|_| links.shorthand)?;
    let (project, from) = project_before(text, at, floor, links).filter(|(_, from)| *from < at)?;
    Some((from, end, project.address(thing)?, project.shown(thing, links)))
}

fn bare_commit(text: &str, at: usize, links: &MagicLinks) -> Option<Reference> {
    let joined = text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '/'));
    let (thing, end) = hashes(text, at).filter(|_| !joined)?;
    let project = own_project(links)?;
    Some((at, end, project.address(thing)?, project.shown(thing, links)))
}

/// A hash, or two with dots between, that start at `at`.
fn hashes(text: &str, at: usize) -> Option<(Thing<'_>, usize)> {
    let hash = |from: usize| text.get(from..from + 40).filter(|hash| is_hash(hash, 40));
    let ends = |at: usize| !text[at..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let first = hash(at)?;
    // Signs of print may have come before; in UTF-8 the one for three dots is three bytes long as well.
    let dots = ["...", "…"].iter().any(|dots| text[at + 40..].starts_with(dots));
    let second = hash(at + 43).filter(|_| dots);
    match second {
        Some(second) if ends(at + 83) => Some((Thing::Compare(first, second), at + 83)),
        _ => ends(at + 40).then_some((Thing::Commit(first), at + 40)),
    }
}

/// The project that is named right before `at`, or the site's own; and where that starts.
fn project_before<'t>(text: &'t str, at: usize, floor: usize, links: &'t MagicLinks) -> Option<(Project<'t>, usize)> {
    let before = &text[floor..at];
    let tail = |text: &str, allowed: fn(u8) -> bool| {
        text.len() - text.bytes().rev().take(100).take_while(|c| allowed(*c)).count()
    };
    let repo_at = tail(before, |c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.'));
    let repo = &before[repo_at..];
    if repo.is_empty() {
        let joined = before.ends_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '&' | '@'));
        return own_project(links).filter(|_| !joined).map(|project| (project, at));
    }
    if !repo.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let Some(path) = before[..repo_at].strip_suffix('/') else {
        let joined = before[..repo_at].ends_with(['@', '/']);
        let host = default_host(links);
        let project = Project { host, user: &links.user, repo };
        return (!links.user.is_empty() && !joined).then_some((project, floor + repo_at));
    };
    let user_at = tail(path, |c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.'));
    let named = path[..user_at].strip_suffix(':').and_then(|path| {
        let hosts = hosts(links).filter(|host| host.forge != Forge::Social);
        hosts.filter(|host| path.ends_with(host.name)).max_by_key(|host| host.name.len())
    });
    let host: Host<'t> = named.unwrap_or_else(|| default_host(links));
    let from = named.map_or(user_at, |host| user_at - 1 - host.name.len());
    let name = &path[user_at..];
    let joined = path[..from].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '@' | '/' | '_' | ':'));
    (user(name, host.forge) == Some(name) && !joined).then_some((Project { host, user: name, repo }, floor + from))
}

fn own_project(links: &MagicLinks) -> Option<Project<'_>> {
    let known = !links.user.is_empty() && !links.repo.is_empty();
    known.then(|| Project { host: default_host(links), user: &links.user, repo: &links.repo })
}

/// The name of a repository at the start of `text`; it ends with a letter or a digit.
fn repository(text: &str) -> Option<&str> {
    let is_part = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.');
    let length = text.bytes().take(100).take_while(is_part).count();
    let name = text[..length].trim_end_matches(['-', '_', '.']);
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_from_marks_in_text() {
        let links = MagicLinks {
            user: "u".into(),
            repo: "r".into(),
            shorthand: true,
            social_shorthand: true,
            ..MagicLinks::PLAIN
        };
        let check = |text: &str| {
            let at = text.find(['@', '#', '!', '?']).unwrap_or(0);
            read(text, at, 0, &links).map(|(from, to, href, shown)| format!("{}|{href}|{shown}", &text[from..to]))
        };
        let hash = "0123456789abcdef0123456789abcdef01234567";
        let own = format!("{hash}|https://github.com/u/r/commit/{hash}|0123456");
        assert_eq!(check(hash).as_deref(), Some(&*own));
        for (text, expected) in [
            ("see #12.", "#12|https://github.com/u/r/issues/12|#12"),
            ("@ada-l, hi", "@ada-l|https://github.com/ada-l|@ada-l"),
            ("@ada/x.y.", "@ada/x.y|https://github.com/ada/x.y|ada/x.y"),
            ("@gitlab:ada/x", "@gitlab:ada/x|https://gitlab.com/ada/x|ada/x"),
            ("@x:ada", "@x:ada|https://x.com/ada|@ada"),
            ("a other!3", "other!3|https://github.com/u/other/pull/3|other!3"),
            ("(a/b#3)", "a/b#3|https://github.com/a/b/issues/3|a/b#3"),
            ("gitlab:a/b#3", "gitlab:a/b#3|https://gitlab.com/a/b/-/issues/3|a/b#3"),
        ] {
            assert_eq!(check(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["C#12a", "really? 12", "wait!", "a@b", "#12a", "&#39", "@ x", "#0", "gitlab:a/b?3", "/a#3"] {
            assert_eq!(check(text), None, "{text}");
        }
    }
}
