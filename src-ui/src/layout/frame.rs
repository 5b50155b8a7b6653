//! The window's grid, and everything that happens around the pages.

use std::time::Duration;

use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use waymark_api::{
    ipc::{
        docs::SaveFile,
        start::Readiness,
        system::{OpenLink, SetZoom},
    },
    topic::Topic,
};

use super::{
    keyboard, pages::Pages, palette::Palette, parts, sidebar::Sidebar, statusbar::StatusBar, topbar::Topbar,
    use_frame_state,
};
use waymark_core::id::SiteId;

use crate::{
    backend::use_backend,
    commands::{Commands, registry},
    kit::{Arrival, Icon, IconView, piece, use_viewer},
    routes::{Route, decode, use_route},
    state::{
        Navigator, OPEN_LINK_EVENT, Phase, SAVE_FILE_EVENT, VisitLog, event_text, file_of, use_account, use_session,
        use_team, use_toasts, use_topics, use_visits,
    },
};

/// How long a place must be shown before the next start leads to it.
const SETTLED: Duration = Duration::from_millis(400);

/// How long a place's entry of the history is waited for before it is looked for again, and how often that is.
const ENTRY_WAIT: Duration = Duration::from_millis(20);
const ENTRY_TRIES: u32 = 100;

/// How often the frame asks what day it is while nobody touches it.
const DAY_CHECK: Duration = Duration::from_mins(10);

/// The frame with the page in it. Inside the router.
#[component]
pub(crate) fn Frame() -> impl IntoView {
    let session = use_session();
    provide_context(Navigator::new());
    provide_context(Commands::new(registry()));
    let route = use_route();
    let bare = Memo::new(move |_| matches!(route.get(), Some(Route::Welcome)));
    keyboard::listen();
    follow_visits();
    follow_outside_links();
    follow_topics();
    follow_account();
    keep_current();
    // Once it was opened, a dialog stays: it closes itself and gives the focus back.
    let (shortcuts, viewer) = (use_frame_state().shortcuts(), use_viewer());
    let sheet_asked = Memo::new(move |before: Option<&bool>| shortcuts.get() || before.copied().unwrap_or(false));
    let image_asked = Memo::new(move |before: Option<&bool>| viewer.is_open() || before.copied().unwrap_or(false));
    let banner = move || {
        let why = session.frame().with(|frame| frame.read_only.clone());
        why.map(|why| {
            view! {
                <div class="wm-banner" role="status"><IconView icon=Icon::Lock/><span>{why}</span></div>
            }
        })
    };
    view! {
        <div class="wm-app" class:wm-app--bare=move || bare.get()>
            <a class="wm-skip wm-button" href="#main" on:click=skip_to_main>"Skip to content"</a>
            {move || (!bare.get()).then(|| view! { <Sidebar/> })}
            <div class="wm-stage">
                {move || (!bare.get()).then(|| view! { <Topbar/> })}
                {banner}
                <Pages/>
            </div>
            {move || (!bare.get()).then(|| view! { <StatusBar/> })}
        </div>
        <Palette/>
        {move || sheet_asked.get().then(|| piece(async { Ok(parts::over().await?.shortcuts) }, ()))}
        {move || image_asked.get().then(|| piece(async { Ok(parts::over().await?.image) }, ()))}
    }
}

/// The skip link moves the focus; as a plain link it would become an entry of the history.
fn skip_to_main(event: web_sys::MouseEvent) {
    event.prevent_default();
    let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(main) = main {
        // An element of this page can always take the focus.
        let _ = main.focus();
    }
}

/// Numbers the history's entries, tells the page that somebody arrived, and keeps the last place.
fn follow_visits() {
    let (visits, session, location) = (use_visits(), use_session(), use_location());
    let arrival = expect_context::<Arrival>();
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |previous: Option<String>| {
        let (path, hash) = (location.pathname.get(), location.hash.get());
        let first = previous.is_none();
        let address = format!("{path}{hash}");
        let moved = previous.as_ref().is_some_and(|old| old.split('#').next() != Some(path.as_str()));
        if moved {
            arrival.announce();
        }
        number_entry(visits, first, path.clone(), ENTRY_TRIES);
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        if !matches!(Route::parse(&path, &hash), None | Some(Route::Home | Route::Welcome)) {
            let kept = address.clone();
            let handle = set_timeout_with_handle(move || session.remember_route(&kept), SETTLED).ok();
            waiting.set_value(handle);
        }
        address
    });
}

/// Gives the history's entry its number once it is there: the router adds it when the page is in place, and the
/// page's code may have to be fetched first. The browser does not tell, but the address bar changes with it.
fn number_entry(visits: VisitLog, first: bool, path: String, tries: u32) {
    let look_again = move || {
        let there = window().location().pathname().is_ok_and(|shown| decode(&shown) == decode(&path));
        // After the last try the person has gone on, and the entry that is shown has its number already.
        if there || tries == 0 { visits.arrive(first) } else { number_entry(visits, first, path, tries - 1) }
    };
    set_timeout(look_again, ENTRY_WAIT);
}

/// Opens outside addresses and saves files that code without an owner asked for by a DOM event.
fn follow_outside_links() {
    let (backend, toasts) = (use_backend(), use_toasts());
    let link = window_event_listener_untyped(OPEN_LINK_EVENT, move |event| {
        let url = event_text(&event);
        spawn_local(async move {
            if let Err(error) = backend.call(OpenLink { url }).await {
                toasts.failed(&error);
            }
        });
    });
    let file = window_event_listener_untyped(SAVE_FILE_EVENT, move |event| {
        let Some((site, path)) = file_of(&event_text(&event)) else { return };
        spawn_local(async move {
            match backend.call(SaveFile { site: SiteId::new(site), path }).await {
                Ok(Some(saved)) => toasts.say(format!("Saved as {saved}")),
                Ok(None) => {}
                Err(error) => toasts.failed(&error),
            }
        });
    });
    on_cleanup(move || {
        link.remove();
        file.remove();
    });
}

/// Counts and packs follow what changed; a second start of the app may ask for a place.
fn follow_topics() {
    let (session, topics) = (use_session(), use_topics());
    let navigator = expect_context::<Navigator>();
    let counted = topics.track(|topic| {
        matches!(topic, Topic::Journey(_) | Topic::Journeys | Topic::Pack(_) | Topic::Packs | Topic::Preferences)
    });
    Effect::new(move |previous: Option<u32>| {
        let count = counted.get();
        if previous.is_some_and(|previous| previous != count) {
            session.refresh_frame();
        }
        count
    });
    topics.on_navigate(move |href| {
        if Route::parse_href(href).is_some() {
            navigator.go_href(href);
        }
    });
    // After everything was erased, the app starts from the beginning.
    Effect::new(move |previous: Option<bool>| {
        let first_run = session.phase().with(|phase| *phase == Phase::Started(Readiness::FirstRun));
        if first_run && previous == Some(false) {
            navigator.replace(Route::Welcome);
        }
        first_run
    });
}

/// Membership, the exchange with the server and, for a manager, the team.
fn follow_account() {
    let (account, team, topics) = (use_account(), use_team(), use_topics());
    let changed = topics.track(|topic| matches!(topic, Topic::Account));
    Effect::new(move |_| {
        changed.track();
        account.refresh();
    });
    let moved = topics.track(|topic| matches!(topic, Topic::Team));
    let leads = account.leads();
    Effect::new(move |_| {
        moved.track();
        if leads.get() {
            team.reload();
        } else {
            team.clear();
        }
    });
}

/// Zoom follows the preferences; the day follows the clock.
fn keep_current() {
    let (backend, session, toasts) = (use_backend(), use_session(), use_toasts());
    let zoom = Memo::new(move |_| session.preferences().with(|preferences| preferences.zoom));
    Effect::new(move |previous: Option<u16>| {
        let percent = zoom.get();
        if previous.unwrap_or(100) != percent {
            spawn_local(async move {
                if let Err(error) = backend.call(SetZoom { percent }).await {
                    toasts.failed(&error);
                }
            });
        }
        percent
    });
    let focus = window_event_listener(ev::focus, move |_| session.refresh_frame());
    let clock = set_interval_with_handle(move || session.refresh_frame(), DAY_CHECK).ok();
    on_cleanup(move || {
        focus.remove();
        if let Some(clock) = clock {
            clock.clear();
        }
    });
}
