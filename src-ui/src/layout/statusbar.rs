//! The status bar: is it saved, does anything leave, what am I looking at.

use jiff::civil::Date;
use leptos::prelude::*;
use waymark_api::ipc::{
    account::SyncState,
    sources::{PackKind, PackSummary},
};

use super::sidebar::pack_icon;
use crate::{
    backend::{SaveState, use_backend, wall_clock},
    kit::{Icon, IconView, dates, sentence},
    routes::{Route, Section, use_route},
    state::{use_account, use_session},
};

/// The status bar.
#[component]
pub(super) fn StatusBar() -> impl IntoView {
    let session = use_session();
    let route = use_route();
    let pack = Memo::new(move |_| {
        let route = route.get();
        session.frame().with(|frame| pack_of(route.as_ref(), &frame.packs).cloned())
    });
    let sync = use_account().sync();
    let standing =
        Memo::new(move |_| session.frame().with(|frame| sync.with(|sync| standing(sync, &frame.packs, frame.today))));
    view! {
        <footer class="wm-statusbar">
            <Saved/>
            {move || {
                let Standing { icon, text, title, section, alarm } = standing.get();
                view! {
                    <a
                        class="wm-statusbar__item wm-statusbar__link wm-statusbar__sync"
                        class:wm-statusbar__item--attention=alarm
                        href=Route::Settings(section).href()
                        title=title
                    >
                        <IconView icon/>
                        <span class="wm-statusbar__words">{text}</span>
                    </a>
                }
            }}
            {move || pack.get().map(|pack| view! {
                <span class="wm-statusbar__item wm-statusbar__end">
                    <IconView icon=pack_icon(pack.kind)/>
                    {format!("{} · {}", pack.title, origin(pack.kind))}
                </span>
            })}
        </footer>
    }
}

/// What the bar says about the world outside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Standing {
    icon: Icon,
    text: String,
    /// The same in full, where the bar has not room for it.
    title: Option<String>,
    /// Where the person can read more.
    section: Section,
    /// Whether the person has to act.
    alarm: bool,
}

/// How the exchange stands; alone, what the app keeps to, given where its content comes from.
fn standing(sync: &SyncState, packs: &[PackSummary], today: Date) -> Standing {
    let calm = |icon, text: String| Standing { icon, text, title: None, section: Section::Account, alarm: false };
    match sync {
        SyncState::Alone => {
            let backstage = packs.iter().any(|pack| pack.kind == PackKind::Backstage);
            let text = if backstage { "Only your Backstage is asked" } else { "Nothing leaves this computer" };
            Standing { section: Section::Privacy, ..calm(Icon::Lock, text.to_owned()) }
        }
        SyncState::Syncing { waiting: 0 } => calm(Icon::Refresh, "Asking the server…".to_owned()),
        SyncState::Syncing { waiting } => calm(Icon::Refresh, format!("Sending {waiting}…")),
        SyncState::Sent { at } if at.date() == today => calm(Icon::Check, format!("All sent {}", dates::time(*at))),
        SyncState::Sent { at } => {
            calm(Icon::Check, format!("All sent {}, {}", dates::day_of_year(at.date(), today), dates::time(*at)))
        }
        SyncState::Offline { waiting: 0 } => calm(Icon::Offline, "Offline".to_owned()),
        SyncState::Offline { waiting } => calm(Icon::Offline, format!("Offline · {waiting} waiting")),
        SyncState::Attention { waiting, message, refused } => {
            let rest = if *waiting > 0 { format!(" · {waiting} waiting") } else { String::new() };
            Standing {
                title: Some(sentence(message)),
                alarm: true,
                section: if *refused > 0 { Section::Privacy } else { Section::Account },
                ..calm(Icon::Warning, format!("{}{rest}", sentence(message).trim_end_matches('.')))
            }
        }
    }
}

/// Whether the last change is on disk. The word appears only after the commit.
#[component]
fn Saved() -> impl IntoView {
    let backend = use_backend();
    let word = move || {
        // A second save says nothing new in words, but its time is newer.
        backend.writes().track();
        match backend.saved().get() {
            SaveState::Untouched => ().into_any(),
            SaveState::Saved => view! {
                <span class="wm-statusbar__item wm-statusbar__item--ok" title=format!("Saved at {}", dates::time(wall_clock()))>
                    <IconView icon=Icon::Check/>
                    "Saved"
                </span>
            }
            .into_any(),
            SaveState::Failed(why) => view! {
                <span class="wm-statusbar__item wm-statusbar__item--failed">
                    <IconView icon=Icon::Warning/>
                    {format!("Not saved: {why}")}
                </span>
            }
            .into_any(),
        }
    };
    view! { <span class="wm-statusbar__saved" role="status">{word}</span> }
}

fn origin(kind: PackKind) -> &'static str {
    match kind {
        PackKind::Sample => "bundled sample",
        PackKind::Folder => "folder on this computer",
        PackKind::Bundle => "bundle that was carried here",
        PackKind::Backstage => "copy of a Backstage",
        PackKind::Team => "published by your team",
    }
}

/// The pack that a place belongs to, as far as the frame can tell.
fn pack_of<'a>(route: Option<&Route>, packs: &'a [PackSummary]) -> Option<&'a PackSummary> {
    if let [only] = packs {
        return Some(only);
    }
    let Some(Route::Page { site, .. }) = route else { return None };
    packs
        .iter()
        .find(|pack| matches!(Route::parse_href(&pack.route), Some(Route::Page { site: home, .. }) if home == *site))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(number: u8, title: &str, route: &str) -> PackSummary {
        PackSummary {
            id: format!("0190a5b2-0000-7000-8000-0000000000{number:02x}").parse().expect("a UUID"),
            title: title.into(),
            kind: PackKind::Folder,
            route: route.into(),
        }
    }

    #[test]
    fn alone_the_promise_names_who_is_asked() {
        let folder = pack(1, "Handbook", "/docs/handbook");
        let server = PackSummary { kind: PackKind::Backstage, ..folder.clone() };
        let text = |packs: &[PackSummary]| standing(&SyncState::Alone, packs, Date::ZERO).text;
        assert_eq!(text(std::slice::from_ref(&folder)), "Nothing leaves this computer");
        assert_eq!(text(&[folder, server]), "Only your Backstage is asked");
    }

    #[test]
    fn with_a_server_the_exchange_is_said() {
        let today = jiff::civil::date(2026, 1, 21);
        let text = |sync: SyncState| standing(&sync, &[], today).text;
        assert_eq!(text(SyncState::Syncing { waiting: 3 }), "Sending 3…");
        assert_eq!(text(SyncState::Sent { at: today.at(9, 14, 0, 0) }), "All sent 09:14");
        let yesterday = jiff::civil::date(2026, 1, 20).at(9, 14, 0, 0);
        assert_eq!(text(SyncState::Sent { at: yesterday }), "All sent Tue 20 Jan, 09:14");
        assert_eq!(text(SyncState::Offline { waiting: 3 }), "Offline · 3 waiting");
        assert_eq!(text(SyncState::Offline { waiting: 0 }), "Offline");
        let trouble = SyncState::Attention { waiting: 2, message: "sign in again".to_owned(), refused: 0 };
        assert_eq!(text(trouble.clone()), "Sign in again · 2 waiting");
        assert!(standing(&trouble, &[], today).alarm);
    }

    #[test]
    fn a_page_names_its_pack() {
        let packs = [pack(1, "Handbook", "/docs/handbook/index.md"), pack(2, "Backend", "/docs/backend")];
        let page = Route::Page { site: "backend".into(), page: "a.md".into(), heading: None };
        assert_eq!(pack_of(Some(&page), &packs).map(|pack| pack.title.as_str()), Some("Backend"));
        assert_eq!(pack_of(Some(&Route::Today), &packs), None, "several packs share Today");
        assert_eq!(pack_of(Some(&Route::Today), &packs[..1]).map(|pack| pack.title.as_str()), Some("Handbook"));
        assert_eq!(pack_of(None, &[]), None);
    }
}
