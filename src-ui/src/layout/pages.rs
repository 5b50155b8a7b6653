//! Which page stands at which address, each behind its own error boundary.

use leptos::{
    prelude::*,
    task::{spawn_local, tick},
};
use leptos_router::{
    components::{FlatRoutes, Route as RouteView},
    path,
};
use wasm_bindgen::JsValue;
use waymark_api::ipc::start::Readiness;

use super::{
    guard::guarded,
    parts::{self, Later},
};
use crate::{
    features::today::TodayPage,
    kit::{EmptyState, Icon, LinkButton, Page},
    routes::Route,
    state::{Phase, Session, mark_ready, use_navigator, use_session},
};

/// All pages.
#[component]
pub(super) fn Pages() -> impl IntoView {
    // Parameters are optional where the same page shows several of them, so that it stays mounted.
    view! {
        <FlatRoutes fallback=NotFound>
            <RouteView path=path!("/") view=Home/>
            <RouteView path=path!("/today") view=|| guarded(|| view! { <TodayPage/> }.into_any())/>
            <RouteView path=path!("/checklist/:journey?/:step?") view=Later(parts::journey)/>
            <RouteView path=path!("/docs/:site?/*page") view=Later(async || parts::reading().await.map(|part| part.docs))/>
            <RouteView path=path!("/roadmap") view=Later(async || parts::reading().await.map(|part| part.board))/>
            <RouteView path=path!("/roadmap/:item") view=Later(async || parts::reading().await.map(|part| part.item))/>
            <RouteView path=path!("/team") view=Later(async || parts::leading().await.map(|part| part.team))/>
            <RouteView path=path!("/team/:person") view=Later(async || parts::leading().await.map(|part| part.person))/>
            <RouteView path=path!("/settings/privacy/page") view=Later(async || parts::leading().await.map(|part| part.own))/>
            <RouteView path=path!("/settings/:section?") view=Later(async || parts::setting().await.map(|part| part.settings))/>
            <RouteView path=path!("/welcome") view=Later(async || parts::setting().await.map(|part| part.welcome))/>
        </FlatRoutes>
    }
}

/// Where the person was last; before the first run, the welcome.
fn last_place(session: Session) -> Route {
    let first_run = session.phase().with_untracked(|phase| *phase == Phase::Started(Readiness::FirstRun));
    let last = session.preferences().with_untracked(|preferences| Route::parse_href(&preferences.last_route));
    match last {
        _ if first_run => Route::Welcome,
        Some(Route::Home | Route::Welcome) | None => Route::Today,
        Some(route) => route,
    }
}

/// Puts the last place into the address before there is a router, so that the first page to be built is
/// the right one.
pub(crate) fn begin_at_last_place(session: Session) {
    let Some(window) = web_sys::window() else { return };
    if window.location().pathname().is_ok_and(|path| path == "/") {
        let href = last_place(session).href();
        let history =
            window.history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&href)));
        // Without it the page at `/` leads there, a moment later.
        let _ = history;
    }
}

/// `/`: goes to where the person was last.
#[component]
fn Home() -> impl IntoView {
    let (session, navigator) = (use_session(), use_navigator());
    let target = last_place(session);
    // A moment later, because the router is still busy with this place. Not a frame later: the window is
    // hidden until the first screen is there, and a hidden window draws no frames.
    spawn_local(async move {
        tick().await;
        navigator.replace(target);
    });
}

/// An address that is no place of the app.
#[component]
fn NotFound() -> impl IntoView {
    mark_ready();
    view! {
        <Page title="Not found">
        <div class="wm-panes">
            <main class="wm-main" id="main" tabindex="-1">
                <h1 class="wm-hidden" tabindex="-1">"Not found"</h1>
                <EmptyState icon=Icon::Compass title="There is nothing at this address" text="It may have been part of a pack that is not on this computer any more.">
                    <LinkButton href=Route::Today.href()>"Go to Today"</LinkButton>
                </EmptyState>
            </main>
        </div>
        </Page>
    }
}
