//! The checklist without a journey.

use leptos::prelude::*;
use waymark_api::{IpcError, ipc::journey::JourneyList};

use super::dialogs::TemplateList;
use crate::{
    kit::{ButtonKind, EmptyState, ErrorPanel, Icon, LinkButton, Page},
    routes::{Route, Section},
};

/// Nothing was started yet: what could be.
#[component]
pub(crate) fn NoJourney(
    /// The templates that wait.
    #[prop(into)]
    all: Signal<JourneyList>,
) -> impl IntoView {
    let available = Signal::derive(move || all.with(|all| all.available.clone()));
    let body = move || {
        if available.with(Vec::is_empty) {
            view! {
                <EmptyState
                    icon=Icon::Checklist
                    title="No checklist yet"
                    text="A source with a journey or a Markdown checklist brings one. Its steps, due days and milestones stand here then."
                >
                    <LinkButton kind=ButtonKind::Primary href=Route::Settings(Section::Sources).href()>"Add a source"</LinkButton>
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <p class="wm-checklist__lead">"These journeys wait on this computer. Start the one that is yours."</p>
                <TemplateList available on_start=|()| ()/>
            }
            .into_any()
        }
    };
    view! {
        <Page title="Checklist">
            <div class="wm-panes">
                <main class="wm-main wm-checklist__none" id="main" tabindex="-1">
                    <h1 tabindex="-1">"Checklist"</h1>
                    {body}
                </main>
            </div>
        </Page>
    }
}

/// The journey cannot be shown.
#[component]
pub(crate) fn Unreadable(
    /// Why.
    error: IpcError,
    /// Called when the person wants to try again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    view! {
        <Page title="Checklist">
            <div class="wm-panes">
                <main class="wm-main wm-checklist__none" id="main" tabindex="-1">
                    <h1 tabindex="-1">"Checklist"</h1>
                    <ErrorPanel error on_retry/>
                    <LinkButton href=Route::Checklist.href()>"Show my checklist"</LinkButton>
                </main>
            </div>
        </Page>
    }
}
