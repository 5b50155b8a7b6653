//! What MkDocs itself does with a link: where the built page sends it, and what it says about it.
//!
//! The reader follows more links than this (see `resolve`); authors are told what MkDocs would tell
//! them, in its own words, because those are what they search for. Source of the rules: the behaviour
//! of MkDocs 1.6.

use super::path::{folder_of, is_index, percent_decode, percent_encode};
use crate::config::{Absolute, Level, LinkRules};

/// What MkDocs makes of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Followed {
    /// The address in the built page.
    pub(crate) address: String,
    /// What it says, unless it is content.
    pub(crate) complaint: Option<Complaint>,
}

/// Something that MkDocs says about a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub(crate) level: Level,
    pub(crate) message: String,
}

/// A link's parts, taken apart as an address that may lack all but its path.
struct Parts<'a> {
    path: &'a str,
    query: Option<&'a str>,
    anchor: Option<&'a str>,
}

/// Follows `href` on page `from`; `exists` says which source paths there are.
pub(crate) fn follow(from: &str, href: &str, exists: &dyn Fn(&str) -> bool, rules: &LinkRules) -> Followed {
    let as_is = |complaint| Followed { address: href.to_owned(), complaint };
    let parts = parts(href);
    let has_scheme = href.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|c| c.is_ascii_alphanumeric() || b"+-.".contains(&c))
    });
    if has_scheme || href.starts_with("//") || parts.path.is_empty() {
        return as_is(None);
    }
    let path = percent_decode(parts.path);
    let absolute = href.starts_with(['/', '\\']);
    let first = target(from, &path);
    let mut complaint = match rules.absolute {
        Absolute::Left(level) if absolute => Some(Complaint {
            level,
            message: format!("Doc file '{from}' contains an absolute link '{href}', it was left as is."),
        }),
        _ => None,
    };
    if complaint.is_none() {
        if exists(&first) {
            let address = relative(&address_of(&first, rules), &address_of(from, rules));
            return Followed { address: joined(&address, &parts), complaint: None };
        }
        complaint = Some(missing(from, href, &path, &first, absolute, rules));
    }
    let complaint = complaint.filter(|complaint| complaint.level != Level::Ignore).map(|mut complaint| {
        // A path that stays as it is counts as a guess of its own.
        let tried = matches!(rules.absolute, Absolute::RelativeToDocs) || !absolute;
        let guess = guesses(from, &path, &first, rules, tried).into_iter().find(|guess| exists(guess));
        let guess = match guess {
            Some(guess) if parts.anchor.is_some() && guess == from => Some(joined("", &parts)),
            Some(guess) if absolute && rules.absolute == Absolute::RelativeToDocs => {
                Some(joined(&format!("/{guess}"), &parts))
            }
            Some(guess) => Some(joined(&relative(&guess, from), &parts)),
            None if href.contains('@') && href.contains('.') && !href.contains('/') => Some(format!("mailto:{href}")),
            None => None,
        };
        if let Some(guess) = guess {
            complaint.message.push_str(&format!(" Did you mean '{guess}'?"));
        }
        complaint
    });
    as_is(complaint)
}

fn missing(from: &str, href: &str, path: &str, first: &str, absolute: bool, rules: &LinkRules) -> Complaint {
    let name = path.rsplit('/').next().unwrap_or(path);
    let has_ending = name.trim_start_matches('.').contains('.');
    if !has_ending && !absolute {
        let message = format!("Doc file '{from}' contains an unrecognized relative link '{href}', it was left as is.");
        return Complaint { level: rules.unrecognized, message };
    }
    let shown = if first == href.trim_start_matches('/') { String::new() } else { format!(" '{first}'") };
    let message = format!(
        "Doc file '{from}' contains a link '{href}', but the target{shown} is not found among documentation files."
    );
    Complaint { level: rules.not_found, message }
}

/// Files that may have been meant, the likeliest first.
fn guesses(from: &str, path: &str, first: &str, rules: &LinkRules, tried: bool) -> Vec<String> {
    let mut list = Vec::new();
    if !tried {
        list.push(first.to_owned());
    }
    if !path.starts_with('/') && normal(path) == "." {
        list.push(from.to_owned());
        return list;
    }
    let built = address_of(from, rules);
    let by_address = normal(join(folder_of_address(&built), path).trim_start_matches('/'));
    let mut starts = vec![first.to_owned()];
    if by_address != first {
        starts.push(by_address);
    }
    let has_ending = first.rsplit('/').next().unwrap_or(first).trim_start_matches('.').contains('.');
    for start in &starts {
        let mut add = |guess: String| {
            let guess = normal(&guess);
            if !list.contains(&guess) && !guess.starts_with("../") {
                list.push(guess);
            }
        };
        if rules.directory_urls {
            add(start.clone());
        }
        if !has_ending {
            add(join(start, "index.md"));
            add(join(start, "README.md"));
        }
        if rules.directory_urls && !has_ending {
            add(format!("{start}.md"));
        }
    }
    list
}

fn parts(href: &str) -> Parts<'_> {
    let (rest, anchor) = href.split_once('#').map_or((href, None), |(rest, anchor)| (rest, Some(anchor)));
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
    Parts { path, query, anchor: anchor.filter(|anchor| !anchor.is_empty()) }
}

fn joined(path: &str, parts: &Parts<'_>) -> String {
    let query = parts.query.map(|query| format!("?{query}")).unwrap_or_default();
    let anchor = parts.anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
    format!("{path}{query}{anchor}")
}

/// The source path that `path` names, seen from page `from`.
fn target(from: &str, path: &str) -> String {
    normal(join(folder_of(from), path).trim_start_matches('/'))
}

fn join(folder: &str, path: &str) -> String {
    if path.starts_with('/') || folder.is_empty() {
        path.to_owned()
    } else {
        format!("{}/{path}", folder.trim_end_matches('/'))
    }
}

fn folder_of_address(address: &str) -> &str {
    address.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The path without `.` and `..` where they can be worked out; an empty one is `.`.
fn normal(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if out.last().is_some_and(|last| *last != "..") => drop(out.pop()),
            part => out.push(part),
        }
    }
    if out.is_empty() { ".".to_owned() } else { out.join("/") }
}

/// Where a file of the site is found once it is built.
fn address_of(path: &str, rules: &LinkRules) -> String {
    let Some(stem) = path.strip_suffix(".md") else { return percent_encode(path) };
    let folder = folder_of(path);
    let inside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    percent_encode(&match (is_index(path), rules.directory_urls) {
        (true, true) => inside(""),
        (true, false) => inside("index.html"),
        (false, true) => format!("{stem}/"),
        (false, false) => format!("{stem}.html"),
    })
}

/// `to` as seen from `from`; what ends with a slash is a folder.
fn relative(to: &str, from: &str) -> String {
    let split = |path: &str| -> Vec<String> {
        path.split('/').filter(|part| !matches!(*part, "" | ".")).map(str::to_owned).collect()
    };
    let (to_parts, mut from_parts) = (split(to), split(from));
    if !from.ends_with('/') {
        from_parts.pop();
    }
    let common = to_parts.iter().zip(&from_parts).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from_parts.len() - common);
    let path = up.chain(to_parts.iter().skip(common).map(String::as_str)).collect::<Vec<_>>().join("/");
    let path = if path.is_empty() { ".".to_owned() } else { path };
    if to.is_empty() || to.ends_with('/') { format!("{path}/") } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, href: &str, rules: LinkRules) -> String {
        let files = ["index.md", "a/index.md", "a/b.md", "c d.md", "a/p.png"];
        let followed = follow(from, href, &|path| files.contains(&path), &rules);
        let complaint = followed.complaint.map(|complaint| format!(" {:?}: {}", complaint.level, complaint.message));
        followed.address + &complaint.unwrap_or_default()
    }

    #[test]
    fn links_are_followed_by_source_path() {
        let flat = LinkRules { directory_urls: false, ..LinkRules::DEFAULT };
        assert_eq!(check("a/b.md", "../index.md#x", LinkRules::DEFAULT), "../../#x");
        assert_eq!(check("a/b.md", "../index.md", flat), "../index.html");
        assert_eq!(check("index.md", "c%20d.md?q=1", LinkRules::DEFAULT), "c%20d/?q=1");
        assert_eq!(check("a/b.md", "p.png", LinkRules::DEFAULT), "../p.png");
        for href in ["https://x.example/a.md", "mailto:a@b.example", "#x", "//x.example"] {
            assert_eq!(check("index.md", href, LinkRules::DEFAULT), href);
        }
    }

    #[test]
    fn mistakes_are_named_with_a_guess() {
        assert_eq!(
            check("a/index.md", "../no.md", LinkRules::DEFAULT),
            "../no.md Warning: Doc file 'a/index.md' contains a link '../no.md', but the target 'no.md' is not found \
             among documentation files."
        );
        assert!(check("index.md", "a/b/", LinkRules::DEFAULT).ends_with("Did you mean 'a/b.md'?"));
        let docs = LinkRules { absolute: Absolute::RelativeToDocs, ..LinkRules::DEFAULT };
        assert_eq!(check("a/b.md", "/a/index.md", docs), "../");
        let silent = LinkRules { absolute: Absolute::Left(Level::Ignore), ..LinkRules::DEFAULT };
        assert_eq!(check("a/b.md", "/a/index.md", silent), "/a/index.md");
    }
}
