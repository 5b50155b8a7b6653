//! 3 of 3: name and first day. Both are optional and stay on this computer.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    IpcError,
    ipc::{
        journey::{ListJourneys, MoveStart},
        settings::{Preferences, SavePreferences},
    },
};

use super::{
    model::{Stage, first_day, to_move},
    page::{Bar, Heading},
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
            match begin(backend, preferences).await {
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

/// Keeps who the person is, and moves what was started on the screen before to the first day.
async fn begin(backend: Backend, preferences: Preferences) -> Result<(), IpcError> {
    let day = preferences.start_date;
    backend.call(SavePreferences { preferences }).await?;
    if let Some(start) = day {
        for journey in to_move(&backend.call(ListJourneys {}).await?, start) {
            backend.call(MoveStart { journey, start }).await?;
        }
    }
    Ok(())
}
