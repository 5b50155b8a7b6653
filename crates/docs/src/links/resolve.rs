//! Resolution by source path, the way MkDocs does it, and by built address for links that authors
//! wrote for the finished site.

use std::collections::{BTreeMap, BTreeSet};

use super::path::{address_of, folder_of, normalise, percent_decode};

/// The files of a site.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Map<'a> {
    /// Pages by source path; only the keys matter here.
    pub(crate) pages: &'a BTreeMap<String, String>,
    /// All other files.
    pub(crate) assets: &'a BTreeSet<String>,
    /// Former pages.
    pub(crate) redirects: &'a BTreeMap<String, String>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A page, by source path, and perhaps an id on it.
    Page { path: String, anchor: Option<String> },
    /// An id on the same page.
    Anchor(String),
    /// A file that is no page.
    Asset(String),
    /// An `http` or `https` address, in its canonical form.
    External(String),
    /// A `mailto:` address, in its canonical form.
    Mail(String),
    /// Nowhere.
    Dead(Problem),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The finding's code.
    pub(crate) code: &'static str,
    /// The sentence for the author.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
}

/// How many redirects follow one another before a circle is assumed.
const MAX_REDIRECTS: usize = 8;
/// Longer addresses are not links.
const MAX_LENGTH: usize = 8192;

/// Resolves what stands in a link on page `from`.
pub(crate) fn resolve(from: &str, href: &str, map: &Map<'_>) -> Place {
    let href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
    if href.is_empty() || href.len() > MAX_LENGTH {
        return dead("D010", "the link has no usable address".to_owned(), None);
    }
    if let Some(anchor) = href.strip_prefix('#') {
        return Place::Anchor(percent_decode(anchor));
    }
    if let Some(place) = absolute(&href) {
        return place;
    }
    let (rest, anchor) = href.split_once('#').map_or((href.as_str(), None), |(rest, anchor)| (rest, Some(anchor)));
    let anchor = anchor.map(percent_decode).filter(|anchor| !anchor.is_empty());
    let written = percent_decode(rest.split('?').next().unwrap_or(rest));
    if written.is_empty() {
        return anchor.map_or_else(|| Place::Page { path: from.to_owned(), anchor: None }, Place::Anchor);
    }
    match find(from, &written, map, 0) {
        Some(Place::Page { path, anchor: redirected }) => Place::Page { path, anchor: anchor.or(redirected) },
        Some(place) => place,
        None => dead("D010", format!("the link `{href}` leads to no page or file of this site"), None),
    }
}

/// Whether MkDocs itself follows this link: a relative path that names a file by its source path.
pub(crate) fn is_exact(from: &str, href: &str, map: &Map<'_>) -> bool {
    let rest = href.trim().split(['#', '?']).next().unwrap_or_default();
    let written = percent_decode(rest);
    !written.starts_with('/')
        && (written.is_empty()
            || normalise(folder_of(from), &written)
                .is_some_and(|path| map.pages.contains_key(&path) || map.assets.contains(&path)))
}

/// Resolves the source of an image on page `from`: a file of the site, or why not.
pub(crate) fn resolve_image(from: &str, src: &str, map: &Map<'_>) -> Result<String, Problem> {
    match resolve(from, src, map) {
        Place::Asset(path) => Ok(path),
        Place::External(_) => Err(Problem {
            code: "D013",
            message: format!("the image `{src}` is on the internet and is not shown offline"),
            help: Some("Put a copy beside the page.".to_owned()),
        }),
        Place::Dead(Problem { code: "D014", message, help }) => Err(Problem { code: "D014", message, help }),
        _ => Err(Problem { code: "D011", message: format!("the image `{src}` is missing"), help: None }),
    }
}

/// Addresses with a scheme, and `//host/…`.
fn absolute(href: &str) -> Option<Place> {
    let (scheme, _) = href.split_once(':').unwrap_or(("", ""));
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'-' | b'.'));
    let parsed = if is_scheme {
        ammonia::Url::parse(href)
    } else if href.starts_with("//") {
        ammonia::Url::parse(&format!("https:{href}"))
    } else {
        return None;
    };
    Some(match parsed {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Place::External(url.into()),
        Ok(url) if url.scheme() == "mailto" => Place::Mail(url.into()),
        Ok(url) => dead(
            "D014",
            format!("links with `{}:` do not work in Waymark", url.scheme()),
            Some("Only http, https and mailto leave the app.".to_owned()),
        ),
        Err(error) => dead("D010", format!("the link `{href}` is no valid address: {error}"), None),
    })
}

fn dead(code: &'static str, message: String, help: Option<String>) -> Place {
    Place::Dead(Problem { code, message, help })
}

/// The page or file that `written` names, seen from page `from`.
fn find(from: &str, written: &str, map: &Map<'_>, redirects: usize) -> Option<Place> {
    let by_source = match written.strip_prefix('/') {
        Some(rest) => normalise("", rest),
        None => normalise(folder_of(from), written),
    };
    let by_address = if written.starts_with('/') { None } else { normalise(address_of(from), written) };
    let exact = |path: &String| {
        if map.pages.contains_key(path) {
            Some(Place::Page { path: path.clone(), anchor: None })
        } else if map.assets.contains(path) {
            Some(Place::Asset(path.clone()))
        } else {
            None
        }
    };
    let candidates = || by_source.iter().chain(&by_address);
    if let Some(place) = candidates().find_map(exact) {
        return Some(place);
    }
    if redirects < MAX_REDIRECTS
        && let Some((old, new)) = by_source.iter().find_map(|path| map.redirects.get_key_value(path))
    {
        // Targets are relative to the docs folder, whatever page they are written for.
        let (new, anchor) = new.split_once('#').map_or((new.as_str(), None), |(path, id)| (path, Some(id.to_owned())));
        if let Some(place) = absolute(new) {
            return Some(place);
        }
        return match find("", new, map, redirects + 1)? {
            Place::Page { path, .. } if path != *old => Some(Place::Page { path, anchor }),
            place => Some(place),
        };
    }
    // A link that was written for the built site: `../setup/`, `setup`, `setup.html`.
    by_address
        .iter()
        .chain(&by_source)
        .find_map(|path| page_at(path, map))
        .map(|path| Place::Page { path, anchor: None })
}

/// The page whose built address is the folder `address`.
fn page_at(address: &str, map: &Map<'_>) -> Option<String> {
    let address = address.strip_suffix("index.html").map_or(address, |rest| rest.trim_end_matches('/'));
    let stem = address.strip_suffix(".html").unwrap_or(address);
    let inside = |name: &str| if stem.is_empty() { name.to_owned() } else { format!("{stem}/{name}") };
    [format!("{stem}.md"), inside("index.md"), inside("README.md")]
        .into_iter()
        .find(|path| map.pages.contains_key(path))
}

/// What to tell the author of a dead link: the only page or file with the same name.
///
/// Looks at every file of the site, so it is asked for findings that are kept, not for every link.
pub(crate) fn hint(href: &str, map: &Map<'_>) -> Option<String> {
    let written = percent_decode(href.split(['#', '?']).next().unwrap_or(href));
    let name = super::path::name_of(written.trim_end_matches('/'));
    if name.is_empty() || matches!(name, "index.md" | "README.md" | "." | "..") {
        return None;
    }
    let mut same = map.pages.keys().chain(map.assets).filter(|path| super::path::name_of(path) == name);
    same.next().filter(|_| same.next().is_none()).map(|path| format!("Did you mean `{path}`?"))
}
