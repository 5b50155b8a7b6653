//! Who the page is about, where they stand, and that both see the same.

use leptos::prelude::*;
use waymark_core::team::{PersonPage, PersonState};

use super::Eyes;
use crate::{
    features::team::{
        hands::{Asking, use_hands},
        model::state_word,
    },
    kit::{Avatar, Icon, IconView, MenuButton, MenuItem, Status, dates},
    routes::{Route, Section},
};

/// Name, state, facts.
#[component]
pub(super) fn Head(
    /// The page.
    page: PersonPage,
    /// Who looks.
    eyes: Eyes,
    /// Stands in place of the journey's title.
    choice: Option<ViewFn>,
) -> impl IntoView {
    let (kind, word) = state_word(page.state);
    let started = dates::long(page.started, page.today);
    let started = if page.state == PersonState::Ahead {
        format!("Starts {started}")
    } else {
        format!("Started {started}, working day {}", page.working_day.max(0))
    };
    let same = match eyes {
        Eyes::Manager => format!("{} sees this same page.", page.name),
        Eyes::Own => "Your manager sees exactly this page.".to_owned(),
    };
    let holds = match eyes {
        // What the person shares is written on their own Privacy page.
        Eyes::Manager => ().into_any(),
        Eyes::Own => {
            view! { <a class="wm-link" href=Route::Settings(Section::Privacy).href()>"What is sent"</a> }.into_any()
        }
    };
    let name = page.name.clone();
    let journey = match choice {
        Some(choice) => choice.run(),
        None => view! { <span>{page.journey_title.clone()}</span> }.into_any(),
    };
    view! {
        <header class="wm-person__head">
            <Avatar name/>
            <div>
                <h1 class="wm-person__title" tabindex="-1">{page.name.clone()}</h1>
                <p class="wm-person__facts">
                    <Status kind>{word}</Status>
                    {journey}
                    <span class="wm-num">{started}</span>
                    {page.buddy.clone().map(|buddy| view! { <span>{format!("Buddy: {buddy}")}</span> })}
                </p>
            </div>
            <div class="wm-person__tools">
                <p class="wm-person__same"><IconView icon=Icon::Eye/><span>{same}</span>{holds}</p>
                {(eyes == Eyes::Manager).then(|| view! { <Tools page/> })}
            </div>
        </header>
    }
}

/// What a manager can do for the person.
#[component]
fn Tools(
    /// The page.
    page: PersonPage,
) -> impl IntoView {
    let hands = use_hands();
    let PersonPage { person, name, journey, started, .. } = page;
    let item = |title: &str, icon, asking: Asking| MenuItem {
        icon: Some(icon),
        ..MenuItem::new(title, Callback::new(move |()| hands.ask(asking.clone())))
    };
    let items = vec![
        item("Assign a journey…", Icon::Flag, Asking::Assign(Some(person))),
        item("Move the first day…", Icon::Today, Asking::MoveStart { name, journey, start: started }),
        item("Invite…", Icon::Link, Asking::Invite(Some(person))),
    ];
    view! { <MenuButton label="More about this person" items/> }
}
