//! Going somewhere.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate, location::State};

use crate::routes::Route;

/// What the router gives to go somewhere.
type Go = Box<dyn Fn(&str, NavigateOptions)>;

/// Goes to places. A copy of it can live in any callback.
#[derive(Clone, Copy)]
pub(crate) struct Navigator(StoredValue<Go, LocalStorage>);

impl Navigator {
    /// Takes the router of the current owner. Made once, inside the router.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new_local(Box::new(use_navigate())))
    }

    /// Goes to a place; it becomes a new entry of the history.
    pub(crate) fn go(self, route: Route) {
        self.go_href(&route.href());
    }

    /// Goes to an address of the app.
    pub(crate) fn go_href(self, href: &str) {
        self.0.with_value(|navigate| navigate(href, NavigateOptions::default()));
    }

    /// Goes to a place that takes the current one's entry in the history.
    pub(crate) fn replace(self, route: Route) {
        self.replace_href(&route.href());
    }

    /// Goes to an address of the app that takes the current one's entry in the history, its number included.
    pub(crate) fn replace_href(self, href: &str) {
        let state = web_sys::window().and_then(|window| window.history().ok()?.state().ok());
        let options =
            NavigateOptions { replace: true, scroll: false, state: State::new(state), ..NavigateOptions::default() };
        self.0.with_value(|navigate| navigate(href, options));
    }
}

/// The navigator of this window.
pub(crate) fn use_navigator() -> Navigator {
    expect_context()
}

/// A function that goes to a place.
pub(crate) fn use_navigate_to() -> impl Fn(Route) + Copy + Send + Sync + 'static {
    let navigator = use_navigator();
    move |route| navigator.go(route)
}
