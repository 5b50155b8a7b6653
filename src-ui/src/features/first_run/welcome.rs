//! 1 of 3: what Waymark is, and the ways in.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::sources::AddSample;

use super::{
    model::Stage,
    page::{Bar, Heading},
};
use crate::{
    backend::use_backend,
    kit::{Icon, IconView},
    routes::Route,
    state::{use_navigator, use_session, use_toasts},
};

/// The first screen.
#[component]
pub(crate) fn Welcome(
    /// Which screen is shown.
    stage: RwSignal<Stage>,
) -> impl IntoView {
    let (backend, session, toasts, navigator) = (use_backend(), use_session(), use_toasts(), use_navigator());
    let busy = RwSignal::new(false);
    let sample = move |_| {
        busy.set(true);
        spawn_local(async move {
            match backend.call(AddSample {}).await {
                Ok(_) => {
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
    let hint =
        move || if busy.get() { "Getting it ready…" } else { "An invented freight company, ready in a second" };
    view! {
        <div class="wm-first__page">
            <Heading
                stage=Stage::Welcome
                lead="Your first weeks as clear steps, with the docs beside them and the platform roadmap one key away."
            />
            <ul class="wm-choices">
                <li>
                    <button class="wm-choice wm-choice--lead" type="button" disabled=move || busy.get() on:click=sample>
                        <IconView icon=Icon::Compass large=true/>
                        <span>
                            <span class="wm-choice__title">"Look around with a sample"</span>
                            <span class="wm-choice__hint">{hint}</span>
                        </span>
                        <IconView icon=Icon::Right/>
                    </button>
                </li>
                <li>
                    <button
                        class="wm-choice"
                        type="button"
                        disabled=move || busy.get()
                        on:click=move |_| stage.set(Stage::Join)
                    >
                        <IconView icon=Icon::Team large=true/>
                        <span>
                            <span class="wm-choice__title">"Connect my team"</span>
                            <span class="wm-choice__hint">"With the invite link or code that you were sent"</span>
                        </span>
                        <IconView icon=Icon::Right/>
                    </button>
                </li>
                <li>
                    <button
                        class="wm-choice"
                        type="button"
                        disabled=move || busy.get()
                        on:click=move |_| stage.set(Stage::Content)
                    >
                        <IconView icon=Icon::Folder large=true/>
                        <span>
                            <span class="wm-choice__title">"Open my team’s folder"</span>
                            <span class="wm-choice__hint">"A folder or git checkout, a bundle, or a Backstage"</span>
                        </span>
                        <IconView icon=Icon::Right/>
                    </button>
                </li>
            </ul>
            <p class="wm-first__quiet"><IconView icon=Icon::Lock/>"Nothing leaves this computer until you join a team."</p>
        </div>
        <Bar stage=Stage::Welcome/>
    }
}
