//! Which weekdays are working days.

use leptos::{html, prelude::*};

use crate::{
    features::settings::model::{WEEKDAYS, is_last, set_day},
    state::use_session,
};

/// Seven boxes, Monday first.
#[component]
pub(super) fn WorkingDays() -> impl IntoView {
    let days = (0..WEEKDAYS.len()).map(|day| view! { <Weekday day/> }).collect_view();
    view! {
        <fieldset class="wm-week">
            <legend class="wm-setting__title">"Working days"</legend>
            <div class="wm-week__days">{days}</div>
        </fieldset>
    }
}

/// One weekday.
#[component]
fn Weekday(
    /// 0 for Monday.
    day: usize,
) -> impl IntoView {
    let session = use_session();
    let input = NodeRef::<html::Input>::new();
    let week = Memo::new(move |_| session.preferences().with(|preferences| preferences.week));
    let works = Memo::new(move |_| week.get()[day]);
    let is_needed = Memo::new(move |_| is_last(&week.get(), day));
    let (long, short) = WEEKDAYS[day];
    let change = move |_| {
        session.update_preferences(|preferences| {
            preferences.week = set_day(&preferences.week, day, !preferences.week[day])
        });
        // The browser ticked the box itself; where the week kept its last day, it must be put back.
        if let Some(input) = input.get_untracked() {
            input.set_checked(works.get_untracked());
        }
    };
    let title = move || is_needed.get().then_some("One working day must stay");
    view! {
        <label class="wm-week__day" title=title>
            <input
                node_ref=input
                class="wm-week__box"
                type="checkbox"
                aria-label=long
                prop:checked=move || works.get()
                on:change=change
            />
            <span aria-hidden="true">{short}</span>
        </label>
    }
}
