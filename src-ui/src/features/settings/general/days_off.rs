//! Public holidays and leave.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use crate::{
    features::settings::model::{DayError, Span, add_span, parse_day, remove_span, spans},
    kit::{FieldKind, Icon, IconView, TextField, dates},
    state::use_session,
};

/// The days off in lines, and a form that adds some.
#[component]
pub(super) fn DaysOff() -> impl IntoView {
    let session = use_session();
    let list = NodeRef::<html::Div>::new();
    let said = RwSignal::new(String::new());
    let lines = Memo::new(move |_| session.preferences().with(|preferences| spans(&preferences.days_off)));
    let none = Memo::new(move |_| lines.with(Vec::is_empty));
    let remove = move |span: Span| {
        session.update_preferences(|preferences| remove_span(&mut preferences.days_off, span));
        said.set(format!("Removed {}", words(span)));
        // The button that had the focus is gone: the next thing that can be pressed takes it.
        request_animation_frame(move || focus_first(list));
    };
    let line = move |span: Span| {
        view! {
            <li class="wm-days__line">
                <span class="wm-num">{words(span)}</span>
                // No tooltip: its words would reach over the edge of the page.
                <button
                    class="wm-icon-button"
                    type="button"
                    aria-label=format!("Remove {}", words(span))
                    title="Remove"
                    on:click=move |_| remove(span)
                >
                    <IconView icon=Icon::Close/>
                </button>
            </li>
        }
    };
    view! {
        <fieldset class="wm-days">
            <legend class="wm-setting__title">"Days off"</legend>
            <p class="wm-setting__text">"Public holidays and leave. Nothing falls due on them."</p>
            <div node_ref=list>
                {move || (!none.get()).then(|| view! {
                    <ul class="wm-days__list"><For each=move || lines.get() key=|span| *span children=line/></ul>
                })}
                <AddDays said/>
            </div>
            <p class="wm-hidden" role="status">{move || said.get()}</p>
        </fieldset>
    }
}

/// First and last day of what is added.
#[component]
fn AddDays(
    /// What a screen reader hears afterwards.
    said: RwSignal<String>,
) -> impl IntoView {
    let session = use_session();
    let (first, last) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let complaint = RwSignal::new(None::<DayError>);
    let add = move || {
        let wanted = parse_day(&first.get_untracked()).and_then(|first| Ok((first, parse_day(&last.get_untracked())?)));
        let outcome = wanted.and_then(|(first, last)| {
            let first = first.ok_or(DayError::Missing)?;
            let mut days = session.preferences().with_untracked(|preferences| preferences.days_off.clone());
            add_span(&mut days, first, last)?;
            session.update_preferences(|preferences| preferences.days_off = days);
            said.set(format!("Added {}", words(Span { first, last: last.unwrap_or(first) })));
            Ok(())
        });
        complaint.set(outcome.err());
        if outcome.is_ok() {
            first.set(String::new());
            last.set(String::new());
        }
    };
    view! {
        <form class="wm-days__add" on:submit=move |event| {
            event.prevent_default();
            add();
        }>
            <TextField label="From" kind=FieldKind::Date value=first on_change=move |text| first.set(text) placeholder="2026-12-24"/>
            <TextField label="To (optional)" kind=FieldKind::Date value=last on_change=move |text| last.set(text) placeholder="2026-12-31"/>
            <button class="wm-button" type="submit">"Add"</button>
            <p class="wm-days__wrong" role="alert">{move || complaint.get().map(DayError::sentence)}</p>
        </form>
    }
}

/// "Thu 24 Dec 2026", "Thu 24 Dec 2026 to Fri 1 Jan 2027".
fn words(span: Span) -> String {
    let day = |day| format!("{} {}", dates::day(day), day.year());
    if span.first == span.last { day(span.first) } else { format!("{} to {}", day(span.first), day(span.last)) }
}

fn focus_first(list: NodeRef<html::Div>) {
    let Some(list) = list.try_get_untracked().flatten() else { return };
    let next = list.query_selector("button, input").ok().flatten();
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        // An element of this page can always take the focus.
        let _ = next.focus();
    }
}
