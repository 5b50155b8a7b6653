//! Printing: one page as it is, or a whole site as one long page.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use waymark_api::ipc::docs::{OpenPage, PrintPage, SiteView};
use web_sys::{Element, HtmlImageElement};

use super::model::{PrintState, pages_in_order};
use crate::{
    backend::{Backend, use_backend},
    kit::{Button, Dialog, ProgressBar},
    state::{PageAct, Toasts, use_page_acts, use_toasts},
};

/// How often images are asked whether they are there, and how many times at most.
const ASK: (Duration, u32) = (Duration::from_millis(100), 80);

/// Prints what the window shows.
pub(super) fn page() {
    let (backend, toasts) = (use_context::<Backend>(), use_context::<Toasts>());
    if let (Some(backend), Some(toasts)) = (backend, toasts) {
        open_folds();
        when_images_are_there(0, move || send(backend, toasts));
    }
}

fn send(backend: Backend, toasts: Toasts) {
    spawn_local(async move {
        if let Err(error) = backend.call(PrintPage {}).await {
            toasts.failed(&error);
        }
    });
}

/// What is folded in is printed as well; it is folded again afterwards.
fn open_folds() {
    let Ok(folds) = document().query_selector_all(".wm-prose details:not([open])") else { return };
    let folds: Vec<Element> = (0..folds.length()).filter_map(|index| folds.get(index)?.dyn_into().ok()).collect();
    for fold in &folds {
        // A fixed name, so the browser has nothing to refuse.
        let _ = fold.set_attribute("open", "");
    }
    let close = wasm_bindgen::closure::Closure::once_into_js(move || {
        for fold in &folds {
            let _ = fold.remove_attribute("open");
        }
    });
    let options = web_sys::AddEventListenerOptions::new();
    options.set_once(true);
    // Without it the folds stay open, and that is all.
    let _ = window().add_event_listener_with_callback_and_add_event_listener_options(
        "afterprint",
        close.unchecked_ref(),
        &options,
    );
}

/// Asks for images that are loaded when they come into view, and goes on when all are there.
fn when_images_are_there(asked: u32, then: impl FnOnce() + 'static) {
    let Ok(images) = document().query_selector_all(".wm-prose img") else { return then() };
    let images = (0..images.length()).filter_map(|index| images.get(index)?.dyn_into::<HtmlImageElement>().ok());
    let mut waiting = false;
    for image in images {
        if asked == 0 {
            // A fixed name and a fixed word, so the browser has nothing to refuse.
            let _ = image.set_attribute("loading", "eager");
        }
        waiting |= !image.complete();
    }
    if waiting && asked < ASK.1 {
        set_timeout(move || when_images_are_there(asked + 1, then), ASK.0);
    } else {
        then();
    }
}

/// Gathers the pages of a site, shows how far it is, and prints them.
#[component]
pub(super) fn SitePrint(
    /// The site that is open.
    #[prop(into)]
    site: Signal<Option<SiteView>>,
) -> impl IntoView {
    let (backend, toasts) = (use_backend(), use_toasts());
    let open = RwSignal::new(false);
    let state = RwSignal::new(PrintState::default());
    let pages = RwSignal::new(Vec::<(String, String)>::new());
    use_page_acts().answer(move |act| {
        let found = site.with_untracked(|site| site.as_ref().map(|site| pages_in_order(&site.nav)));
        if let (PageAct::PrintSite, Some(found)) = (act, found) {
            pages.set(Vec::new());
            state.set(PrintState::new(found));
            open.set(true);
        }
    });
    let start = move || {
        let Some(id) = site.with_untracked(|site| site.as_ref().map(|site| site.summary.id.clone())) else { return };
        state.update(PrintState::start);
        spawn_local(async move {
            let mut gathered = Vec::new();
            while let Some(page) = state.try_update(PrintState::next).flatten() {
                if open.try_get_untracked() != Some(true) {
                    return;
                }
                // A page that cannot be shown is left out of the print as well.
                if let Ok(view) = backend.call(OpenPage { site: id.clone(), page }).await {
                    gathered.push((view.title, view.html));
                }
            }
            if open.try_set(false).is_none() && pages.try_set(gathered).is_none() {
                // One frame later the text is in the page.
                request_animation_frame(move || when_images_are_there(0, move || send(backend, toasts)));
            }
        });
    };
    let title = Signal::derive(move || {
        site.with(|site| site.as_ref().map(|site| format!("Print {}", site.summary.title)).unwrap_or_default())
    });
    view! {
        <Dialog open title>
            <p class="wm-dialog__text">{move || state.with(PrintState::line)}</p>
            {move || state.with(|state| state.under_way()).then(|| view! {
                <ProgressBar
                    done=Signal::derive(move || state.with(|state| state.done()))
                    total=Signal::derive(move || state.with(|state| state.total()))
                    text=Signal::derive(move || state.with(PrintState::line))
                />
            })}
            <div class="wm-dialog__actions">
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
                {move || (!state.with(|state| state.under_way())).then(|| view! {
                    <Button kind=crate::kit::ButtonKind::Primary on_press=move |()| start()>"Print"</Button>
                })}
            </div>
        </Dialog>
        {move || (!pages.with(Vec::is_empty)).then(|| {
            let page = |(title, html): (String, String)| view! {
                <section class="wm-printsite__page">
                    <h1 class="wm-docpage__title">{title}</h1>
                    <div class="wm-prose" inner_html=html></div>
                </section>
            };
            view! { <div class="wm-printsite" aria-hidden="true">{pages.get().into_iter().map(page).collect_view()}</div> }
        })}
    }
}
