//! A native modal dialog.

use leptos::{html, prelude::*};

use super::{Icon, IconView, unique_id};

/// How wide a dialog is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DialogSize {
    /// A question.
    #[default]
    Small,
    /// A form or a list.
    Wide,
}

/// A modal dialog. The browser keeps the focus inside, closes it on Escape and gives the focus back.
/// Its content is made when it opens, so it always starts fresh.
#[component]
pub(crate) fn Dialog(
    /// Whether it is open; set to false by Escape and by its close button.
    open: RwSignal<bool>,
    /// Its title: a verb and an object.
    #[prop(into)]
    title: Signal<String>,
    /// How wide it is.
    #[prop(optional)]
    size: DialogSize,
    /// What is in it.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let title_id = unique_id("dialog");
    let labelled_by = title_id.clone();
    follow(dialog, open);
    // The close button comes last in the page, so that the first thing in the body has the focus.
    view! {
        <dialog
            node_ref=dialog
            class="wm-dialog"
            class:wm-dialog--wide={size == DialogSize::Wide}
            aria-labelledby=labelled_by
            on:close=move |_| open.set(false)
        >
            <h2 class="wm-dialog__title" id=title_id>{move || title.get()}</h2>
            <div class="wm-dialog__body">{move || open.get().then(|| children())}</div>
            <button class="wm-icon-button wm-dialog__close" type="button" aria-label="Close" on:click=move |_| open.set(false)>
                <IconView icon=Icon::Close/>
            </button>
        </dialog>
    }
}

/// Opens and closes the element as the signal says.
pub(crate) fn follow(dialog: NodeRef<html::Dialog>, open: RwSignal<bool>) {
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(element) = dialog.get() else { return };
        if !wanted {
            if element.open() {
                element.close();
            }
            return;
        }
        // One frame later the content is in the page, so that the browser finds what to focus.
        request_animation_frame(move || {
            // By then the screen that has the dialog may be gone.
            if open.try_get_untracked() == Some(true) && element.is_connected() && !element.open() {
                // A connected dialog that is not open can be shown.
                let _ = element.show_modal();
            }
        });
    });
}
