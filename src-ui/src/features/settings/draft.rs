//! A field that keeps what is typed to itself until the person is done with it.

use leptos::prelude::*;

use crate::kit::{FieldKind, TextField};

/// A text field whose value is taken when the focus leaves it, on Enter, and when the page goes away.
/// Escape puts the kept value back. A value that `check` refuses stays in the field with the reason under it.
#[component]
pub(super) fn DraftField(
    /// What goes in.
    #[prop(into)]
    label: String,
    /// What is kept.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the trimmed text when it differs from what is kept.
    #[prop(into)]
    on_commit: Callback<String>,
    /// Says what is wrong with a text; `None` where it may be kept.
    #[prop(optional, into)]
    check: Option<Callback<String, Option<String>>>,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: String,
    /// An example.
    #[prop(optional, into)]
    placeholder: String,
    /// What it takes.
    #[prop(optional)]
    kind: FieldKind,
) -> impl IntoView {
    let draft = RwSignal::new(None::<String>);
    let complaint = RwSignal::new(None::<String>);
    let shown = Signal::derive(move || draft.get().unwrap_or_else(|| value.get()));
    let commit = move || {
        let Some(text) = draft.try_get_untracked().flatten() else { return };
        let text = text.trim().to_owned();
        let wrong = check.and_then(|check| check.try_run(text.clone()).flatten());
        let refused = wrong.is_some();
        complaint.set(wrong);
        if refused {
            return;
        }
        let kept = value.get_untracked();
        // The kept value changes first, so that the field never shows the old one in between.
        if text != kept {
            on_commit.run(text);
        }
        draft.set(None);
    };
    on_cleanup(commit);
    let keydown = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => commit(),
        "Escape" => {
            draft.set(None);
            complaint.set(None);
        }
        _ => {}
    };
    let hint = Signal::derive(move || complaint.get().unwrap_or_else(|| hint.clone()));
    view! {
        <div class="wm-draft" class:wm-draft--wrong=move || complaint.with(Option::is_some) on:focusout=move |_| commit() on:keydown=keydown>
            <TextField label value=shown hint placeholder kind on_change=move |text| draft.set(Some(text))/>
        </div>
    }
}
