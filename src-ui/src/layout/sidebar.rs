//! The sidebar: places, packs, help. Below 1000 px it is a rail of icons.

use leptos::prelude::*;
use waymark_api::ipc::sources::{PackKind, PackSummary};

use super::use_frame_state;
use crate::{
    kit::{Icon, IconView, Kbd, Tooltip},
    routes::{Route, Section, use_route},
    state::{use_account, use_session, use_team},
};

/// A place of the app that the sidebar names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    Today,
    Checklist,
    Docs,
    Roadmap,
    Team,
    Settings,
}

impl Entry {
    /// Which entry a place belongs to.
    fn of(route: &Route) -> Option<Self> {
        Some(match route {
            Route::Today => Self::Today,
            Route::Checklist | Route::Journey(_) | Route::Step(..) => Self::Checklist,
            Route::Docs | Route::Page { .. } => Self::Docs,
            Route::Roadmap | Route::Item(_) => Self::Roadmap,
            Route::Team | Route::Person(_) => Self::Team,
            Route::Settings(_) | Route::OwnPage => Self::Settings,
            Route::Home | Route::Welcome => return None,
        })
    }
}

/// The sidebar.
#[component]
pub(super) fn Sidebar() -> impl IntoView {
    let (session, frame) = (use_session(), use_frame_state());
    let route = use_route();
    let here = Memo::new(move |_| route.get().as_ref().and_then(Entry::of));
    let count = Signal::derive(move || session.frame().with(|frame| frame.open_steps));
    let packs = Memo::new(move |_| session.frame().with(|frame| frame.packs.clone()));
    let (leads, waiting) = (use_account().leads(), use_team().waiting());
    let entry = move |entry, icon, text: &str, keys, route: Route, count: Signal<u32>| {
        view! { <NavItem href=route.href() icon text=text.to_owned() shortcut=keys current=Signal::derive(move || here.get() == Some(entry)) count/> }
    };
    let none = Signal::from(0);
    view! {
        <nav class="wm-sidebar" aria-label="Main">
            <div class="wm-brand"><IconView icon=Icon::Mark large=true/><span class="wm-brand__name">"Waymark"</span></div>
            <ul class="wm-nav">
                {entry(Entry::Today, Icon::Today, "Today", Some("Ctrl+1"), Route::Today, none)}
                {entry(Entry::Checklist, Icon::Checklist, "Checklist", Some("Ctrl+2"), Route::Checklist, count)}
                {entry(Entry::Docs, Icon::Docs, "Docs", Some("Ctrl+3"), Route::Docs, none)}
                {entry(Entry::Roadmap, Icon::Roadmap, "Roadmap", Some("Ctrl+4"), Route::Roadmap, none)}
                {move || leads.get().then(|| entry(Entry::Team, Icon::Team, "Team", Some("Ctrl+5"), Route::Team, waiting.into()))}
                {entry(Entry::Settings, Icon::Settings, "Settings", Some("Ctrl+,"), Route::Settings(Section::General), none)}
            </ul>
            {move || {
                let packs = packs.get();
                (!packs.is_empty()).then(|| view! { <Packs packs/> })
            }}
            <div class="wm-sidebar__foot wm-nav">
                <Tooltip text="Help" shortcut=Some("?") beside=true>
                    <button class="wm-nav__item" type="button" aria-haspopup="dialog" on:click=move |_| frame.open_shortcuts()>
                        <IconView icon=Icon::Help/>
                        <span class="wm-nav__text">"Help"</span>
                        <span aria-hidden="true" class="wm-nav__keys"><Kbd keys="?"/></span>
                    </button>
                </Tooltip>
            </div>
        </nav>
    }
}

/// Where content comes from.
#[component]
fn Packs(
    /// The packs in order.
    packs: Vec<PackSummary>,
) -> impl IntoView {
    let item = |pack: PackSummary| {
        let icon = pack_icon(pack.kind);
        view! { <NavItem href=pack.route icon text=pack.title shortcut=None current=false count=0/> }
    };
    view! {
        <h2 class="wm-eyebrow wm-nav__label" id="packs">"Packs"</h2>
        <ul class="wm-nav wm-nav--packs" aria-labelledby="packs">{packs.into_iter().map(item).collect_view()}</ul>
    }
}

/// The drawing of a pack's kind.
pub(crate) fn pack_icon(kind: PackKind) -> Icon {
    match kind {
        PackKind::Sample => Icon::Compass,
        PackKind::Folder => Icon::Folder,
        PackKind::Bundle => Icon::Package,
        PackKind::Backstage | PackKind::Team => Icon::Server,
    }
}

/// A line of the sidebar.
#[component]
fn NavItem(
    /// Where it leads.
    href: String,
    /// Its drawing.
    icon: Icon,
    /// Its name.
    text: String,
    /// Its keys, for the rail's tooltip. An option on purpose: packs have none.
    shortcut: Option<&'static str>,
    /// Whether the person is there.
    #[prop(into)]
    current: Signal<bool>,
    /// How many things wait there; 0 is not printed.
    #[prop(into)]
    count: Signal<u32>,
) -> impl IntoView {
    let number = move || {
        let count = count.get();
        (count > 0).then(|| view! { <span class="wm-nav__count">{count}<span class="wm-hidden">" open"</span></span> })
    };
    view! {
        <li>
            <Tooltip text=text.clone() shortcut beside=true>
                <a class="wm-nav__item" href=href aria-current=move || current.get().then_some("page")>
                    <IconView icon/>
                    <span class="wm-nav__text">{text}</span>
                    {number}
                </a>
            </Tooltip>
        </li>
    }
}
