//! A step that two people complete: one says so, the other confirms it.

use leptos::prelude::*;
use waymark_core::{
    event::Evidence,
    team::{PersonPage, Waiting},
};

use super::Eyes;
use crate::{
    backend::local_time,
    features::team::{
        hands::{Asking, Waits, use_hands},
        model::{evidence_icon, evidence_word},
    },
    kit::{Button, ButtonKind, Icon, IconView, dates, unique_id},
};

/// The step with both halves, and the manager's answer.
#[component]
pub(super) fn WaitingCard(
    /// What waits.
    waiting: Waiting,
    /// The page that it stands on.
    page: PersonPage,
    /// Who looks.
    eyes: Eyes,
) -> impl IntoView {
    let id = unique_id("signoff");
    let labelled_by = id.clone();
    let at = local_time(waiting.since);
    let when = format!("{}, {}", dates::day_of_year(at.date(), page.today), dates::time(at));
    let row = page.timeline.iter().find(|row| row.step == waiting.step);
    let evidence = row.and_then(|row| row.evidence).unwrap_or(Evidence::Attested);
    let (first, second) = match eyes {
        Eyes::Manager => ((page.name.clone(), " says it is done"), ("You", " confirm it")),
        Eyes::Own => (("You".to_owned(), " say it is done"), ("Your manager", " confirms it")),
    };
    let waits = Waits {
        person: page.person,
        name: page.name,
        journey: page.journey,
        step: waiting.step,
        title: waiting.title.clone(),
        completion: waiting.completion,
    };
    view! {
        <section class="wm-card wm-signoff" aria-labelledby=labelled_by>
            <div class="wm-signoff__head">
                <h2 class="wm-signoff__title" id=id>{waiting.title}</h2>
                <span class="wm-status">
                    <IconView icon=Icon::Clock/>
                    {if eyes == Eyes::Manager { "Waits for your sign-off" } else { "Waits for your manager" }}
                </span>
            </div>
            <ol class="wm-parties">
                <li class="wm-party wm-party--done">
                    <IconView icon=Icon::StatusDone/>
                    <p><strong>{first.0}</strong>{first.1}<span class="wm-party__when wm-num">{when}</span></p>
                    <span class="wm-evidence"><IconView icon=evidence_icon(evidence)/>{evidence_word(evidence)}</span>
                </li>
                <li class="wm-party">
                    <IconView icon=Icon::StatusTodo/>
                    <p><strong>{second.0}</strong>{second.1}<span class="wm-party__when">"both facts are kept"</span></p>
                </li>
            </ol>
            {(eyes == Eyes::Manager).then(|| view! { <Answer waits/> })}
        </section>
    }
}

#[component]
fn Answer(
    /// What is answered.
    waits: Waits,
) -> impl IntoView {
    let hands = use_hands();
    let back = waits.clone();
    view! {
        <div class="wm-signoff__actions">
            <Button kind=ButtonKind::Primary on_press=move || hands.ask(Asking::SignOff(waits.clone()))>"Sign off…"</Button>
            <Button on_press=move || hands.ask(Asking::Return(back.clone()))>"Not yet…"</Button>
        </div>
    }
}
