//! The question before a pack is removed: what goes, what stays.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::sources::{PackView, RemovePack};

use super::model::removal;
use crate::{
    backend::use_backend,
    kit::{Button, ButtonKind, Dialog, Icon, focus_soon},
    state::{use_session, use_toasts},
};

/// Asks before a pack is removed.
#[component]
pub(super) fn RemoveDialog(
    /// The pack.
    pack: Signal<PackView>,
    /// Whether the question is asked.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (backend, session, toasts) = (use_backend(), use_session(), use_toasts());
    let busy = RwSignal::new(false);
    let title = Signal::derive(move || pack.with(|pack| format!("Remove {}?", pack.summary.title)));
    let remove = move || {
        let summary = pack.with_untracked(|pack| pack.summary.clone());
        busy.set(true);
        spawn_local(async move {
            match backend.call(RemovePack { pack: summary.id }).await {
                Ok(()) => {
                    open.try_set(false);
                    toasts.say(format!("Removed {}", summary.title));
                    // The row that had the focus is gone.
                    focus_soon("#main h1");
                    session.refresh_frame();
                }
                Err(error) => toasts.failed(&error),
            }
            busy.try_set(false);
        });
    };
    let lists = move || {
        let removal = pack.with(removal);
        let list = |lines: Vec<String>| lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <div class="wm-removal">
                <h3 class="wm-removal__title">"Goes from this device"</h3>
                <ul class="wm-removal__list">{list(removal.goes)}</ul>
                <h3 class="wm-removal__title">"Stays"</h3>
                <ul class="wm-removal__list">{list(removal.stays)}</ul>
            </div>
        }
    };
    // The safe button comes first, so it has the focus when the dialog opens.
    view! {
        <Dialog open title>
            {lists}
            <div class="wm-dialog__actions">
                <Button on_press=move || open.set(false)>"Keep it"</Button>
                <Button kind=ButtonKind::Danger icon=Icon::Trash disabled=busy on_press=remove>"Remove"</Button>
            </div>
        </Dialog>
    }
}
