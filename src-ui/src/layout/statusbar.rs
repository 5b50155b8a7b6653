//! The status bar: is it saved, does anything leave, what am I looking at.

use leptos::prelude::*;
use waymark_api::ipc::sources::{PackKind, PackSummary};

use super::sidebar::pack_icon;
use crate::{
    backend::{SaveState, use_backend, wall_clock},
    kit::{Icon, IconView, dates},
    routes::{Route, Section, use_route},
    state::use_session,
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
    let promise = Memo::new(move |_| session.frame().with(|frame| promise(&frame.packs)));
    view! {
        <footer class="wm-statusbar">
            <Saved/>
            <a class="wm-statusbar__item wm-statusbar__link" href=Route::Settings(Section::Privacy).href()>
                <IconView icon=Icon::Lock/>
                {move || promise.get()}
            </a>
            {move || pack.get().map(|pack| view! {
                <span class="wm-statusbar__item wm-statusbar__end">
                    <IconView icon=pack_icon(pack.kind)/>
                    {format!("{} · {}", pack.title, origin(pack.kind))}
                </span>
            })}
        </footer>
    }
}

/// What the app keeps to, given where its content comes from.
fn promise(packs: &[PackSummary]) -> &'static str {
    if packs.iter().any(|pack| pack.kind == PackKind::Backstage) {
        "Only your Backstage is asked"
    } else {
        "Nothing leaves this computer"
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
    fn the_promise_names_who_is_asked() {
        let folder = pack(1, "Handbook", "/docs/handbook");
        let server = PackSummary { kind: PackKind::Backstage, ..folder.clone() };
        assert_eq!(promise(std::slice::from_ref(&folder)), "Nothing leaves this computer");
        assert_eq!(promise(&[folder, server]), "Only your Backstage is asked");
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
