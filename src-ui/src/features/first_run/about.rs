//! 3 of 3: name and first day. Both are optional and stay on this computer.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    IpcError,
    ipc::{
        journey::StartJourney,
        settings::{Preferences, SavePreferences},
    },
};

use super::{
    model::{Stage, first_day},
    page::{Bar, Chosen, Heading},
};
use crate::{
    backend::{Backend, use_backend},
    kit::{Button, ButtonKind, FieldKind, Icon, IconView, TextField},
    routes::Route,
    state::{use_navigator, use_session, use_toasts},
};

/// The third screen.
#[component]
pub(crate) fn About(
    /// Which screen is shown.
    stage: RwSignal<Stage>,
    /// What was added on the second screen.
    chosen: RwSignal<Option<Chosen>>,
) -> impl IntoView {
    let (backend, session, toasts, navigator) = (use_backend(), use_session(), use_toasts(), use_navigator());
    let before = session.preferences().get_untracked();
    let today = session.frame().with_untracked(|frame| frame.today);
    let name = RwSignal::new(before.name.clone());
    let day = RwSignal::new(before.start_date.unwrap_or(today).to_string());
    let busy = RwSignal::new(false);
    let start = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let preferences = Preferences {
            name: name.get_untracked().trim().to_owned(),
            start_date: first_day(&day.get_untracked()),
            ..session.preferences().get_untracked()
        };
        spawn_local(async move {
            match begin(backend, preferences, chosen.get_untracked()).await {
                Ok(()) => {
                    navigator.replace(Route::Today);
                    session.reload();
                }
                Err(error) => {
                    toasts.failed(&error);
                    busy.try_set(false);
                }
            }
        });
    };
    view! {
        <form
            class="wm-first__page"
            id="first-run-about"
            on:submit=move |event| {
                event.prevent_default();
                start();
            }
        >
            <Heading
                stage=Stage::About
                lead="Waymark greets you by name and counts due days from your first day. Leave out what you like."
            />
            <div class="wm-first__fields">
                <TextField label="Your name (optional)" value=name on_change=move |text| name.set(text)/>
                <TextField
                    label="Your first day (optional)"
                    kind=FieldKind::Date
                    value=day
                    on_change=move |text| day.set(text)
                    hint="It can be moved later."
                />
            </div>
            <p class="wm-first__quiet"><IconView icon=Icon::Lock/>"Both stay on this computer."</p>
        </form>
        <Bar
            stage=Stage::About
            back=move || view! { <Button kind=ButtonKind::Ghost on_press=move |()| stage.set(Stage::Content)>"Back"</Button> }
            next=move || view! {
                <button class="wm-button wm-button--primary" type="submit" form="first-run-about" disabled=move || busy.get()>
                    "Start"
                </button>
            }
        />
    }
}

/// Keeps who the person is, then starts the chosen journeys, so that they count from the right day.
async fn begin(backend: Backend, preferences: Preferences, chosen: Option<Chosen>) -> Result<(), IpcError> {
    backend.call(SavePreferences { preferences }).await?;
    if let Some(Chosen { pack, start }) = chosen {
        for template in start {
            backend.call(StartJourney { pack, template }).await?;
        }
    }
    Ok(())
}
