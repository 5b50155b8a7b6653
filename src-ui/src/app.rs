//! The root: what every screen may ask for, the start, the router.

use leptos::prelude::*;
use leptos_router::components::Router;
use waymark_api::ipc::start::Readiness;

use crate::{
    backend::{Backend, tauri},
    kit::{Arrival, Viewer},
    layout::{FailurePanel, Frame, FrameState, OutsidePanel, ToastRegion, TroublePanel, begin_at_last_place},
    state::{
        Account, FindRequest, PageActs, Phase, Session, Team, Toasts, Topics, UndoStack, VisitLog, apply_theme,
        system_contrast,
    },
};

/// The whole interface.
#[component]
pub(crate) fn App() -> impl IntoView {
    if !tauri::is_available() {
        return view! { <OutsidePanel/> }.into_any();
    }
    let backend = Backend::new();
    let undo = UndoStack::new(backend);
    let toasts = Toasts::new(undo);
    let session = Session::new(backend, toasts);
    let topics = Topics::new();
    provide_context(backend);
    provide_context(undo);
    provide_context(toasts);
    provide_context(session);
    provide_context(topics);
    provide_context(Account::new(backend, toasts));
    provide_context(Team::new(backend));
    provide_context(VisitLog::new());
    provide_context(FindRequest::new());
    provide_context(PageActs::new());
    provide_context(FrameState::new());
    provide_context(Arrival::new());
    provide_context(Viewer::new());
    if let Err(error) = tauri::listen(move |topic| topics.publish(&topic)) {
        toasts.failed(&error);
    }
    let contrast = system_contrast();
    Effect::new(move |_| session.preferences().with(|preferences| apply_theme(preferences, contrast.get())));
    session.reload();
    view! {
        <Stage session/>
        <ToastRegion/>
    }
    .into_any()
}

/// What the window shows at all.
#[derive(Clone, PartialEq, Eq)]
enum Shown {
    Nothing,
    Panel(Phase),
    Screens,
}

/// The panel of the start, or the screens. A second answer of the same kind leaves the screens in place.
#[component]
fn Stage(
    /// The session of this window.
    session: Session,
) -> impl IntoView {
    let shown = Memo::new(move |_| match session.phase().get() {
        Phase::Starting => Shown::Nothing,
        Phase::Started(Readiness::Ready | Readiness::FirstRun) => Shown::Screens,
        other => Shown::Panel(other),
    });
    move || match shown.get() {
        Shown::Nothing => ().into_any(),
        Shown::Panel(Phase::Started(Readiness::Trouble(trouble))) => view! { <TroublePanel trouble/> }.into_any(),
        Shown::Panel(Phase::Failed(error)) => view! { <FailurePanel error/> }.into_any(),
        Shown::Panel(_) => ().into_any(),
        Shown::Screens => {
            begin_at_last_place(session);
            view! { <Router><Frame/></Router> }.into_any()
        }
    }
}
