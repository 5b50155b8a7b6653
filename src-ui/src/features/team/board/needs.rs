//! What waits for the manager, the most pressing first.

use jiff::civil::Date;
use leptos::prelude::*;
use waymark_api::ipc::team::CompleteFor;
use waymark_core::team::{Attention, AttentionKind};

use crate::{
    backend::local_time,
    features::team::{
        hands::{Asking, Waits, use_hands},
        model::{Need, need, nudge},
    },
    kit::{
        Button, ButtonKind, ButtonSize, CopyButton, Eyebrow, Icon, IconView, LinkButton, MenuButton, MenuItem,
        StatusKind,
    },
    routes::Route,
};

/// The rows.
#[component]
pub(super) fn Needs(
    /// What waits.
    attention: Vec<Attention>,
    /// The manager's day.
    today: Date,
) -> impl IntoView {
    let rows = if attention.is_empty() {
        view! { <p class="wm-team__calm"><IconView icon=Icon::Check/>"Nothing waits for you."</p> }.into_any()
    } else {
        let rows = attention.into_iter().map(|one| view! { <Row attention=one today/> }).collect::<Vec<_>>();
        view! { <ul class="wm-rows">{rows}</ul> }.into_any()
    };
    view! {
        <section class="wm-team__needs" aria-labelledby="team-needs">
            <Eyebrow id="team-needs">"Needs you"</Eyebrow>
            {rows}
        </section>
    }
}

#[component]
fn Row(
    /// What waits.
    attention: Attention,
    /// The manager's day.
    today: Date,
) -> impl IntoView {
    let Need { mark: (kind, word), before, step, after, meta } = need(&attention, today, local_time);
    let class = match kind {
        StatusKind::Blocked => "wm-need__state wm-need__state--blocked",
        StatusKind::Due => "wm-need__state wm-need__state--due",
        _ => "wm-need__state",
    };
    let icon = if kind == StatusKind::Progress { Icon::Clock } else { kind.icon() };
    let href = Route::Person(attention.person).href();
    let note = match &attention.kind {
        AttentionKind::Blocked { note, .. } if !note.is_empty() => Some(format!("“{note}”")),
        _ => None,
    };
    view! {
        <li class="wm-row wm-need">
            <span class=class><IconView icon/><span class="wm-hidden">{word}</span></span>
            <p class="wm-row__title wm-need__text">
                <a class="wm-need__name" href=href.clone()>{attention.name.clone()}</a>
                " "
                {before}<strong>{step}</strong>{after}
                {note.map(|note| view! { <span class="wm-need__note">{note}</span> })}
            </p>
            <span class="wm-row__meta">{meta}</span>
            <span class="wm-need__actions"><Actions attention/></span>
            <LinkButton href kind=ButtonKind::Ghost size=ButtonSize::Small>"Open"</LinkButton>
        </li>
    }
}

/// What can be done about it.
#[component]
fn Actions(
    /// What waits.
    attention: Attention,
) -> impl IntoView {
    let hands = use_hands();
    let message = nudge(&attention);
    let Attention { person, name, journey, step, title, kind, .. } = attention;
    let item = |title: &str, icon, run: Callback<()>| MenuItem { icon: Some(icon), ..MenuItem::new(title, run) };
    let waive = {
        let asking = Asking::Waive { person, name: name.clone(), journey, step: step.clone(), title: title.clone() };
        item("Waive with a reason…", Icon::StatusSkipped, Callback::new(move |()| hands.ask(asking.clone())))
    };
    let remind = {
        let step = step.clone();
        item("Nudge in Waymark", Icon::Message, Callback::new(move |()| hands.nudge(journey, step.clone())))
    };
    match kind {
        AttentionKind::SignOff { completion, .. } => {
            let waits = Waits { person, name, journey, step, title, completion };
            let back = waits.clone();
            let items =
                vec![item("Not yet…", Icon::Undo, Callback::new(move |()| hands.ask(Asking::Return(back.clone()))))];
            view! {
                <Button size=ButtonSize::Small on_press=move || hands.ask(Asking::SignOff(waits.clone()))>"Sign off…"</Button>
                <MenuButton label="More about this step" items/>
            }
            .into_any()
        }
        AttentionKind::YourStep { .. } => {
            let about = format!(": {title}");
            let complete = move || {
                hands.complete(CompleteFor { person, journey, step: step.clone() }, title.clone());
            };
            view! {
                <Button size=ButtonSize::Small on_press=complete>"Mark as done"<span class="wm-hidden">{about}</span></Button>
                <MenuButton label="More about this step" items=vec![waive]/>
            }
            .into_any()
        }
        AttentionKind::Blocked { .. } | AttentionKind::Overdue { .. } | AttentionKind::Quiet { .. } => view! {
            <CopyButton text=message label="Copy nudge" size=ButtonSize::Small/>
            <MenuButton label="More about this step" items=vec![remind, waive]/>
        }
        .into_any(),
    }
}
