//! The addresses of the app: one enum, printed and parsed in one place.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use waymark_core::id::{ItemId, JourneyId, PersonId, SiteId, StepId};

/// A place in the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Wherever the person was last.
    Home,
    /// The first screen of the day.
    Today,
    /// The journey that the person looked at last.
    Checklist,
    /// One journey.
    Journey(JourneyId),
    /// One step of a journey.
    Step(JourneyId, StepId),
    /// The documentation, at the page that was read last.
    Docs,
    /// One page of documentation.
    Page {
        /// Which site.
        site: SiteId,
        /// Source path of the page; empty for the site's first page.
        page: String,
        /// Heading to scroll to, without the `doc-` prefix.
        heading: Option<String>,
    },
    /// The roadmap's board.
    Roadmap,
    /// One roadmap item.
    Item(ItemId),
    /// The manager's page.
    Team,
    /// One person of the manager's line.
    Person(PersonId),
    /// A part of the settings.
    Settings(Section),
    /// What the manager sees of oneself.
    OwnPage,
    /// The first run.
    Welcome,
}

/// A part of the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Section {
    /// Name, team, dates, people.
    #[default]
    General,
    /// Theme, contrast, motion, sizes.
    Appearance,
    /// Where content comes from.
    Sources,
    /// The team's server: joining, devices, leaving.
    Account,
    /// What is kept, and what leaves.
    Privacy,
    /// Keys.
    Shortcuts,
    /// Version, log, data folder.
    Diagnostics,
}

impl Section {
    /// All parts in the order of the list.
    pub(crate) const ALL: [Self; 7] = [
        Self::General,
        Self::Appearance,
        Self::Sources,
        Self::Account,
        Self::Privacy,
        Self::Shortcuts,
        Self::Diagnostics,
    ];

    /// Its segment in the address.
    pub(crate) fn segment(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Appearance => "appearance",
            Self::Sources => "sources",
            Self::Account => "account",
            Self::Privacy => "privacy",
            Self::Shortcuts => "shortcuts",
            Self::Diagnostics => "diagnostics",
        }
    }

    /// Its name for people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::General => "General",
            Self::Appearance => "Appearance",
            Self::Sources => "Sources",
            Self::Account => "Account",
            Self::Privacy => "Privacy",
            Self::Shortcuts => "Shortcuts",
            Self::Diagnostics => "Diagnostics",
        }
    }
}

impl Route {
    /// The address, ready for an anchor.
    pub(crate) fn href(&self) -> String {
        match self {
            Self::Home => "/".into(),
            Self::Today => "/today".into(),
            Self::Checklist => "/checklist".into(),
            Self::Journey(journey) => format!("/checklist/{journey}"),
            Self::Step(journey, step) => format!("/checklist/{journey}/{}", encode(step.as_str())),
            Self::Docs => "/docs".into(),
            Self::Page { site, page, heading } => {
                let mut href = format!("/docs/{}", encode(site.as_str()));
                for segment in page.split('/').filter(|segment| !segment.is_empty()) {
                    href.push('/');
                    href.push_str(&encode(segment));
                }
                if let Some(heading) = heading {
                    href.push_str(&format!("#{}{}", waymark_core::docs::ID_PREFIX, encode(heading)));
                }
                href
            }
            Self::Roadmap => "/roadmap".into(),
            Self::Item(item) => format!("/roadmap/{}", encode(item.as_str())),
            Self::Team => "/team".into(),
            Self::Person(person) => format!("/team/{person}"),
            Self::Settings(section) => format!("/settings/{}", section.segment()),
            Self::OwnPage => "/settings/privacy/page".into(),
            Self::Welcome => "/welcome".into(),
        }
    }

    /// `#id` as it stands in a deep link, without the prefix that ids have inside the app.
    pub(crate) fn fragment(id: &str) -> String {
        format!("#{}", encode(id))
    }

    /// Reads an address as [`Route::href`] prints it: path, and hash with or without `#`.
    pub(crate) fn parse(path: &str, hash: &str) -> Option<Self> {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let segments: Vec<String> = path.split('/').filter(|segment| !segment.is_empty()).map(decode).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        Some(match segments.as_slice() {
            [] => Self::Home,
            ["today"] => Self::Today,
            ["checklist"] => Self::Checklist,
            ["checklist", journey] => Self::Journey(journey.parse().ok()?),
            ["checklist", journey, step] => Self::Step(journey.parse().ok()?, (*step).into()),
            ["docs"] => Self::Docs,
            ["docs", site, page @ ..] => Self::Page {
                site: (*site).into(),
                page: page.join("/"),
                heading: decode(hash.trim_start_matches('#'))
                    .strip_prefix(waymark_core::docs::ID_PREFIX)
                    .map(str::to_owned),
            },
            ["roadmap"] => Self::Roadmap,
            ["roadmap", item] => Self::Item((*item).into()),
            ["team"] => Self::Team,
            ["team", person] => Self::Person(person.parse().ok()?),
            ["settings", "privacy", "page"] => Self::OwnPage,
            ["settings"] => Self::Settings(Section::default()),
            ["settings", name] => Self::Settings(*Section::ALL.iter().find(|section| section.segment() == *name)?),
            ["welcome"] => Self::Welcome,
            _ => return None,
        })
    }

    /// Reads a whole address, for instance one that the shell sent or that was kept.
    pub(crate) fn parse_href(href: &str) -> Option<Self> {
        let (path, hash) = href.split_once('#').unwrap_or((href, ""));
        path.starts_with('/').then(|| Self::parse(path, hash)).flatten()
    }
}

/// The place that the address bar names now; `None` for an address that is no place of the app.
pub(crate) fn use_route() -> Memo<Option<Route>> {
    let location = use_location();
    Memo::new(move |_| Route::parse(&location.pathname.read(), &location.hash.read()))
}

/// Percent-encodes everything that could end or change a path segment.
fn encode(segment: &str) -> String {
    let mut text = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// Takes percent-encoding back; what is not valid stays as it is.
pub(crate) fn decode(segment: &str) -> String {
    let bytes = segment.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = segment.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| segment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journey() -> JourneyId {
        "0190a5b2-0000-7000-8000-000000000001".parse().expect("a UUID")
    }

    #[test]
    fn every_place_survives_printing_and_parsing() {
        let places = [
            Route::Home,
            Route::Today,
            Route::Checklist,
            Route::Journey(journey()),
            Route::Step(journey(), "set-up-the-vpn".into()),
            Route::Docs,
            Route::Page { site: "corvane".into(), page: String::new(), heading: None },
            Route::Page {
                site: "corvane".into(),
                page: "services/billing/index.md".into(),
                heading: Some("data-flow".into()),
            },
            Route::Page { site: "a b".into(), page: "Über uns/50 %.md".into(), heading: Some("größe".into()) },
            Route::Roadmap,
            Route::Item("self-service-databases".into()),
            Route::Team,
            Route::Person("0190a5b2-0000-7000-8000-000000000002".parse().expect("a UUID")),
            Route::Settings(Section::Privacy),
            Route::Settings(Section::Account),
            Route::OwnPage,
            Route::Welcome,
        ];
        for place in places {
            assert_eq!(Route::parse_href(&place.href()), Some(place.clone()), "{}", place.href());
        }
    }

    #[test]
    fn a_slash_inside_an_id_stays_one_segment() {
        let item = Route::Item("a/b#c?d".into());
        assert_eq!(item.href(), "/roadmap/a%2Fb%23c%3Fd");
        assert_eq!(Route::parse_href(&item.href()), Some(item));
    }

    #[test]
    fn what_is_no_place_is_none() {
        for address in
            ["/nowhere", "/checklist/not-a-uuid", "/team/ada", "/settings/other", "https://example.org/today", ""]
        {
            assert_eq!(Route::parse_href(address), None, "{address}");
        }
    }

    #[test]
    fn an_invite_in_the_address_leads_to_the_account() {
        let href = "/settings/account?invite=waymark%3A%2F%2Fjoin%3Fcode%3DABCD%23x";
        assert_eq!(Route::parse_href(href), Some(Route::Settings(Section::Account)));
    }

    #[test]
    fn a_broken_percent_sign_is_kept() {
        assert_eq!(decode("50%"), "50%");
        assert_eq!(decode("a%zzb"), "a%zzb");
        assert_eq!(decode("%C3%BC"), "ü");
    }
}
