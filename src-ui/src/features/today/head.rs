//! Date, greeting and the trail of the journey that is under way.

use leptos::prelude::*;
use waymark_api::ipc::today::{DayState, TodayView};

use super::{
    model::greeting::{day_line, greeting},
    trail::TrailLine,
};

/// The head of the screen.
#[component]
pub(crate) fn Head(
    /// What Today shows.
    #[prop(into)]
    view: Signal<TodayView>,
) -> impl IntoView {
    let date = Memo::new(move |_| {
        view.with(|view| {
            let worked = view.week.iter().filter(|day| day.state != DayState::Off).count();
            let week = if worked == 0 { 5 } else { worked };
            day_line(view.now.date(), view.trail.as_ref().map(|trail| trail.day), week)
        })
    });
    let hello = Memo::new(move |_| view.with(|view| greeting(view.now, &view.name)));
    let trail = Memo::new(move |_| view.with(|view| view.trail.clone()));
    view! {
        <header>
            <p class="wm-today__date">{move || date.get()}</p>
            <h1 class="wm-today__title" tabindex="-1">{move || hello.get()}</h1>
            {move || trail.get().map(|trail| view! { <TrailLine trail/> })}
        </header>
    }
}
