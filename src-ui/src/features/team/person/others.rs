//! Steps of the journey that somebody else performs: the manager ticks theirs here, and the person sees what was done.

use jiff::civil::Date;
use leptos::prelude::*;
use waymark_api::ipc::team::{CompleteFor, ReopenFor};
use waymark_core::team::{OthersStep, PersonPage};

use super::Eyes;
use crate::{
    backend::local_time,
    features::team::hands::use_hands,
    kit::{Button, ButtonSize, Icon, IconView, dates, unique_id},
};

/// The steps, in the order of the journey; nothing where there are none.
#[component]
pub(super) fn OthersCard(
    /// The page that it stands on.
    page: PersonPage,
    /// Who looks.
    eyes: Eyes,
) -> impl IntoView {
    if page.others.is_empty() {
        return ().into_any();
    }
    let id = unique_id("others");
    let labelled_by = id.clone();
    let title = match eyes {
        Eyes::Manager => "Steps of yours and of the buddy",
        Eyes::Own => "What others do for you",
    };
    let rows = page.others.iter().map(|step| {
        let acts = (eyes == Eyes::Manager).then(|| view! { <Act step=step.clone() page=page.clone()/> });
        row(step, page.today, acts.into_any())
    });
    let rows = rows.collect::<Vec<_>>();
    view! {
        <section class="wm-card wm-others" aria-labelledby=labelled_by>
            <h2 class="wm-others__title" id=id>{title}</h2>
            <ul class="wm-others__list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(step: &OthersStep, today: Date, acts: AnyView) -> AnyView {
    let (icon, state) = match &step.done {
        Some((_, at)) => {
            let at = local_time(*at);
            (Icon::StatusDone, format!("Done {}", dates::day_of_year(at.date(), today)))
        }
        None if step.locked => (Icon::StatusTodo, "After other steps".to_owned()),
        None => (
            Icon::StatusTodo,
            step.due.map_or("To do".to_owned(), |due| format!("Due {}", dates::day_of_year(due, today))),
        ),
    };
    let class = if step.done.is_some() { "wm-others__row wm-others__row--done" } else { "wm-others__row" };
    view! {
        <li class=class>
            <IconView icon/>
            <p class="wm-others__text">
                <strong>{step.title.clone()}</strong>
                <span class="wm-others__meta">{format!("{} · {state}", step.by)}</span>
            </p>
            {acts}
        </li>
    }
    .into_any()
}

/// What the manager can do about a step.
#[component]
fn Act(
    /// The step.
    step: OthersStep,
    /// Whose, and in which journey.
    page: PersonPage,
) -> impl IntoView {
    let hands = use_hands();
    let (person, journey) = (page.person, page.journey);
    let OthersStep { step, title, locked, done, .. } = step;
    match done {
        Some((completion, _)) => {
            let take_back = move || hands.reopen(ReopenFor { person, journey, step: step.clone(), completion });
            let about = format!(": {title}");
            view! { <Button size=ButtonSize::Small on_press=take_back>"Take back"<span class="wm-hidden">{about}</span></Button> }
                .into_any()
        }
        None if locked => ().into_any(),
        None => {
            let about = format!(": {title}");
            let complete = move || {
                hands.complete(CompleteFor { person, journey, step: step.clone() }, title.clone());
            };
            view! { <Button size=ButtonSize::Small on_press=complete>"Mark as done"<span class="wm-hidden">{about}</span></Button> }
                .into_any()
        }
    }
}
