//! Who keeps a page, since when it is as it is, and where it can be mended.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use waymark_api::ipc::docs::PageAbout;
use waymark_docs::{SiteConfig, front_matter_texts};

use crate::App;

/// Front matter that names who keeps a page, best first.
const OWNER: [&str; 7] = ["owner", "owners", "maintainer", "maintainers", "team", "author", "authors"];
/// Front matter that says when a page was changed last, best first.
const UPDATED: [&str; 6] = ["updated", "last_updated", "last-updated", "lastmod", "last_reviewed", "date"];

/// What is known about a site's pages beside their text. The library keeps it as JSON; a key that is not
/// there has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct About {
    /// Who keeps the site, as the catalog says.
    pub(crate) owner: Option<String>,
    /// Address of the repository, `http` or `https`.
    pub(crate) repository: Option<String>,
    /// What stands before a page's path in the address of its editor.
    pub(crate) editor: Option<String>,
    /// When files were changed last, by page; only where the folder is no checkout, because a checkout
    /// gives every file the time at which it was made.
    pub(crate) modified: BTreeMap<String, Timestamp>,
    /// Pages that come from another site and have no editor under this one's address.
    pub(crate) foreign: Vec<String>,
}

impl About {
    /// The addresses that a site's configuration gives.
    pub(crate) fn of(config: &SiteConfig) -> Self {
        let repository = config.repo_url.clone().filter(|url| host(url).is_some());
        let editor = repository.as_deref().and_then(|repository| editor(repository, config.edit_uri.as_deref()));
        Self { repository, editor, ..Self::default() }
    }

    /// As the library keeps it.
    pub(crate) fn to_json(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// What it says about one page, together with what the page says about itself.
    pub(super) fn page(&self, app: &App, path: &str, title: &str, source: &str) -> PageAbout {
        let own = front_matter_texts(source, &UPDATED).first().and_then(|text| date(text));
        let owners = front_matter_texts(source, &OWNER);
        let owner = if owners.is_empty() { self.owner.clone() } else { Some(owners.join(", ")) };
        let is_own = !self.foreign.iter().any(|foreign| foreign == path);
        PageAbout {
            updated: own.or_else(|| self.modified.get(path).map(|at| app.local(*at))),
            owner: owner.as_deref().map(name),
            edit: self.editor.as_ref().filter(|_| is_own).map(|editor| format!("{editor}{}", encode(path, "/"))),
            report: self.repository.as_deref().and_then(|repository| issue(repository, path, title)),
            in_folder: false,
        }
    }
}

/// `team:default/lantern`, `group:lantern` and `user:ada` as people say it.
fn name(owner: &str) -> String {
    let bare = owner.rsplit(['/', ':']).next().unwrap_or(owner);
    let is_reference = ["team:", "group:", "user:"].iter().any(|kind| owner.starts_with(kind));
    if is_reference && !bare.is_empty() { bare.to_owned() } else { owner.to_owned() }
}

/// A day, or a moment of which the day is what counts.
fn date(text: &str) -> Option<civil::DateTime> {
    let day = text.get(..10)?;
    day.parse::<civil::Date>().ok().map(|day| day.to_datetime(civil::Time::midnight()))
}

/// The host of an `http` or `https` address.
fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

/// As MkDocs puts it together: its defaults for the forges that it knows, else what the author gave.
fn editor(repository: &str, edit_uri: Option<&str>) -> Option<String> {
    let host = host(repository)?;
    let uri = edit_uri.or(match host {
        "github.com" | "gitlab.com" => Some("edit/master/docs/"),
        "bitbucket.org" => Some("src/default/docs/"),
        _ => None,
    })?;
    if uri.starts_with("http://") || uri.starts_with("https://") {
        return Some(with_slash(uri));
    }
    if uri.starts_with(['?', '#']) {
        return Some(format!("{}{uri}", repository.trim_end_matches('/')));
    }
    Some(format!("{}{}", with_slash(repository), with_slash(uri.trim_start_matches('/'))))
}

fn with_slash(url: &str) -> String {
    if url.ends_with('/') { url.to_owned() } else { format!("{url}/") }
}

/// Address of a new issue where the forge is one of those that take the text from the address.
fn issue(repository: &str, path: &str, title: &str) -> Option<String> {
    let host = host(repository)?;
    let scheme = &repository[..repository.find(host)?];
    let mut names = repository[scheme.len() + host.len()..].split('/').filter(|name| !name.is_empty());
    let heading = encode(&format!("Docs: {title}"), "");
    let text = encode(&format!("Page: {path}\n\nWhat is wrong:\n\n\nWhat would be right:\n"), "");
    if host.contains("gitlab") {
        let names: Vec<&str> = names.take_while(|name| *name != "-").collect();
        let project = names.join("/");
        return Some(format!("{scheme}{host}/{project}/-/issues/new?issue[title]={heading}&issue[description]={text}"))
            .filter(|_| names.len() >= 2);
    }
    let (owner, project) = (names.next()?, names.next()?.trim_end_matches(".git"));
    let query = ["github", "gitea", "codeberg", "forgejo"].iter().any(|forge| host.contains(forge));
    query.then(|| format!("{scheme}{host}/{owner}/{project}/issues/new?title={heading}&body={text}"))
}

/// Percent-encodes everything but letters, digits and what `kept` names.
fn encode(text: &str, kept: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || kept.contains(c) {
            out.push(c);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editor_of(repository: &str, edit_uri: Option<&str>) -> Option<String> {
        let config = SiteConfig {
            repo_url: Some(repository.to_owned()),
            edit_uri: edit_uri.map(str::to_owned),
            ..SiteConfig::default()
        };
        About::of(&config).editor
    }

    #[test]
    fn editors_are_found_as_mkdocs_finds_them() {
        for (repository, uri, expected) in [
            ("https://github.com/acme/docs", None, Some("https://github.com/acme/docs/edit/master/docs/")),
            (
                "https://github.com/acme/docs/",
                Some("edit/main/guide"),
                Some("https://github.com/acme/docs/edit/main/guide/"),
            ),
            ("https://git.example/a/b", None, None),
            ("https://git.example/a/b", Some("_edit/main/docs/"), Some("https://git.example/a/b/_edit/main/docs/")),
            ("https://git.example/a/b/", Some("?path=docs/"), Some("https://git.example/a/b?path=docs/")),
            ("https://git.example/a/b", Some("https://edit.example/x"), Some("https://edit.example/x/")),
            ("javascript:alert(1)", Some("edit/"), None),
            ("acme/docs", None, None),
        ] {
            assert_eq!(editor_of(repository, uri).as_deref(), expected, "{repository} {uri:?}");
        }
    }

    #[test]
    fn issues_are_opened_where_the_forge_takes_the_text() {
        let github = issue("https://github.com/acme/docs/tree/main", "a b.md", "A & B").expect("an address");
        assert!(github.starts_with(
            "https://github.com/acme/docs/issues/new?title=Docs%3A%20A%20%26%20B&body=Page%3A%20a%20b.md"
        ));
        let gitlab = issue("https://gitlab.acme.example/group/sub/docs", "a.md", "A").expect("an address");
        assert!(gitlab.starts_with("https://gitlab.acme.example/group/sub/docs/-/issues/new?issue[title]=Docs%3A%20A"));
        assert_eq!(issue("https://dev.azure.com/acme/docs", "a.md", "A"), None);
        assert_eq!(issue("https://github.com/acme", "a.md", "A"), None);
    }

    #[test]
    fn owners_and_days_are_read_as_people_write_them() {
        assert_eq!(name("group:default/lantern"), "lantern");
        assert_eq!(name("Platform/Runtime"), "Platform/Runtime");
        assert_eq!(date("2026-01-05T10:00:00Z").map(|at| at.date().to_string()).as_deref(), Some("2026-01-05"));
        assert_eq!(date("yesterday"), None);
        assert_eq!(date("5 January 2026"), None);
    }

    #[test]
    fn what_is_kept_comes_back_and_gaps_have_defaults() {
        let about = About { owner: Some("x".to_owned()), ..About::default() };
        let json = about.to_json().expect("it is JSON");
        assert_eq!(serde_json::from_str::<About>(&json).expect("it can be read"), about);
        assert_eq!(serde_json::from_str::<About>("{}").expect("it can be read"), About::default());
    }
}
