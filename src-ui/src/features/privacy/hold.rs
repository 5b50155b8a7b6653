//! What the person holds back from the team's server, a switch for each class.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::privacy::{HeldClass, HoldBack, PrivacyView};
use waymark_core::sharing::Class;

use super::model::{class_effect, class_name, held_words};
use crate::{
    backend::use_backend,
    kit::{Eyebrow, Switch},
    state::use_toasts,
};

/// The switches; nothing where there is no team.
#[component]
pub(super) fn HoldBackSwitches(
    /// What is kept.
    #[prop(into)]
    view: Signal<PrivacyView>,
    /// Called when a choice is kept.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let rows = Class::ALL.map(|class| {
        let held = Memo::new(move |_| view.with(|view| view.held.iter().find(|one| one.class == class).copied()));
        view! { <ClassSwitch class held on_changed/> }
    });
    view! {
        <section aria-labelledby="privacy-hold">
            <Eyebrow id="privacy-hold">"Hold back"</Eyebrow>
            <p class="wm-privacy__fine">"What you hold back stays on this computer and counts here. Your manager does not see it until you let it go; what was sent before stays sent."</p>
            <ul class="wm-rows">{rows.into_iter().collect_view()}</ul>
        </section>
    }
}

/// The switch of one class.
#[component]
fn ClassSwitch(
    /// Which.
    class: Class,
    /// How it stands.
    held: Memo<Option<HeldClass>>,
    /// Called when the choice is kept.
    on_changed: Callback<()>,
) -> impl IntoView {
    let (backend, toasts) = (use_backend(), use_toasts());
    // The switch moves at once; a failure puts it back.
    let wanted = RwSignal::new(None::<bool>);
    let holds = Signal::derive(move || wanted.get().unwrap_or_else(|| held.get().is_some_and(|one| one.held)));
    let toggle = move |hold: bool| {
        wanted.set(Some(hold));
        spawn_local(async move {
            match backend.call(HoldBack { class, hold }).await {
                Ok(_) => drop(on_changed.try_run(())),
                Err(error) => toasts.failed(&error),
            }
            wanted.try_set(None);
        });
    };
    let label = format!("Hold back: {}", class_name(class));
    view! {
        <li class="wm-hold">
            <div class="wm-privacy__choice">
                <span aria-hidden="true">{class_name(class)}</span>
                <Switch label hide_label=true checked=holds on_toggle=toggle/>
            </div>
            <p class="wm-privacy__fine">{class_effect(class)}</p>
            {move || held.get().and_then(held_words).map(|text| view! { <p class="wm-hold__count wm-num" role="status">{text}</p> })}
        </li>
    }
}
