//! A piece of a screen whose code is fetched when it is first needed.

use leptos::{prelude::*, task::spawn_local};
use wasm_split_helpers::SplitLoaderError;
use waymark_api::{Code, IpcError};

use super::ErrorPanel;

/// What draws a piece, given what it shows.
pub(crate) type Draw<T> = fn(T) -> AnyView;

/// Shows a piece once its code is there, and nothing until then. The code is asked for at once.
pub(crate) fn piece<T>(code: impl Future<Output = Result<Draw<T>, SplitLoaderError>> + 'static, shows: T) -> AnyView
where
    T: Clone + Send + Sync + 'static,
{
    let there = RwSignal::new(None::<Option<Draw<T>>>);
    spawn_local(async move {
        let code = code.await.ok();
        // Its screen may be gone by now.
        there.try_set(Some(code));
    });
    let drawn = move || match there.get() {
        None => ().into_any(),
        Some(None) => view! { <ErrorPanel error=fetch_failed()/> }.into_any(),
        Some(Some(draw)) => draw(shows.clone()),
    };
    drawn.into_any()
}

/// Why something without its code is not shown. The parts are inside the app, so this is a broken build.
pub(crate) fn fetch_failed() -> IpcError {
    IpcError::new(Code::Unknown, "this part of Waymark could not be fetched; start Waymark again")
}
