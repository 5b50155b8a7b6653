//! Which page stands at which address, each behind its own error boundary.

use leptos::{
    prelude::*,
    task::{spawn_local, tick},
};
use leptos_router::{
    PartialPathMatch, PathSegment, PossibleRouteMatch,
    components::{FlatRoutes, Route as RouteView},
};
use wasm_bindgen::JsValue;
use waymark_api::ipc::start::Readiness;

use super::parts::{self, Later, here};
use crate::{
    features::today::TodayPage,
    kit::{EmptyState, Icon, LinkButton, Page},
    routes::Route,
    state::{Phase, Session, mark_ready, use_navigator, use_session},
};

/// All pages.
#[component]
pub(super) fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=NotFound>
            <RouteView path=Place(|route| matches!(route, Route::Home)) view=Later(|| here(|()| view! { <Home/> }.into_any()))/>
            <RouteView path=Place(|route| matches!(route, Route::Today)) view=Later(|| here(|()| view! { <TodayPage/> }.into_any()))/>
            <RouteView
                path=Place(|route| matches!(route, Route::Checklist | Route::Journey(_) | Route::Step(..)))
                view=Later(|| Box::pin(parts::journey()))
            />
            <RouteView
                path=Place(|route| matches!(route, Route::Docs | Route::Page { .. }))
                view=Later(|| Box::pin(async { Ok(parts::reading().await?.docs) }))
            />
            <RouteView
                path=Place(|route| matches!(route, Route::Roadmap))
                view=Later(|| Box::pin(async { Ok(parts::reading().await?.board) }))
            />
            <RouteView
                path=Place(|route| matches!(route, Route::Item(_)))
                view=Later(|| Box::pin(async { Ok(parts::reading().await?.item) }))
            />
            <RouteView
                path=Place(|route| matches!(route, Route::Team))
                view=Later(|| Box::pin(async { Ok(parts::leading().await?.team) }))
            />
            <RouteView
                path=Place(|route| matches!(route, Route::Person(_)))
                view=Later(|| Box::pin(async { Ok(parts::leading().await?.person) }))
            />
            <RouteView
                path=Place(|route| matches!(route, Route::OwnPage))
                view=Later(|| Box::pin(async { Ok(parts::leading().await?.own) }))
            />
            <RouteView
                path=Place(|route| matches!(route, Route::Settings(_)))
                view=Later(|| Box::pin(async { Ok(parts::setting().await?.settings) }))
            />
            <RouteView
                path=Place(|route| matches!(route, Route::Welcome))
                view=Later(|| Box::pin(async { Ok(parts::setting().await?.welcome) }))
            />
        </FlatRoutes>
    }
}

/// The addresses of one screen, read by [`Route`] alone: the router asks and learns no parameters. A screen with
/// several places stays mounted between them. One type for all screens makes the router's code once.
#[derive(Clone, Copy, Debug)]
struct Place(fn(&Route) -> bool);

impl PossibleRouteMatch for Place {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let Self(is_here) = self;
        Route::parse(path, "").filter(is_here).map(|_| PartialPathMatch::new("", Vec::new(), path))
    }

    // Only a server that renders pages lists their paths.
    fn generate_path(&self, _path: &mut Vec<PathSegment>) {}
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
