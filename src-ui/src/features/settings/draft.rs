//! A field that keeps what is typed to itself until the person is done with it.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

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
    let echo = RwSignal::new(None::<String>);
    let complaint = RwSignal::new(None::<String>);
    let shown = Signal::derive(move || echo.get().unwrap_or_else(|| value.get()));
    let forget = move || {
        draft.set(None);
        echo.set(None);
    };
    let change = move |text: String| {
        // A day that is half typed has no text; to write that back would empty its other parts.
        if kind != FieldKind::Date || !text.is_empty() {
            echo.set(Some(text.clone()));
        }
        draft.set(Some(text));
    };
    let commit = move |text: String| {
        let text = text.trim().to_owned();
        let wrong = check.and_then(|check| check.try_run(text.clone()).flatten());
        let refused = wrong.is_some();
        complaint.set(wrong);
        if refused {
            return;
        }
        // The kept value changes first, so that the field never shows the old one in between.
        if text != value.get_untracked() {
            on_commit.run(text);
        }
        forget();
    };
    let leave = move |event: &web_sys::Event| match draft.get_untracked() {
        None => {}
        Some(_) if is_half_typed(event) => complaint.set(Some(HALF_TYPED.to_owned())),
        Some(text) => commit(text),
    };
    on_cleanup(move || {
        // Whether an empty day is half typed cannot be asked any more, so it changes nothing.
        let left = draft.try_get_untracked().flatten();
        if let Some(text) = left.filter(|text| kind != FieldKind::Date || !text.is_empty()) {
            commit(text);
        }
    });
    let keydown = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => leave(&event),
        "Escape" => {
            forget();
            complaint.set(None);
        }
        _ => {}
    };
    let hint = Signal::derive(move || complaint.get().unwrap_or_else(|| hint.clone()));
    view! {
        <div
            class:wm-draft--wrong=move || complaint.with(Option::is_some)
            on:focusout=move |event| leave(&event)
            on:keydown=keydown
        >
            <TextField label value=shown hint placeholder kind on_change=change/>
        </div>
    }
}

/// What is said about a day that lacks a part.
const HALF_TYPED: &str = "Fill in the whole day, or clear it.";

/// Whether the field holds something that it cannot turn into a value, for instance a day without a year.
fn is_half_typed(event: &web_sys::Event) -> bool {
    let read = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).ok();
    let validity = event.target().and_then(|field| read(&field, "validity"));
    validity.and_then(|validity| read(&validity, "badInput")).is_some_and(|bad| bad.is_truthy())
}
