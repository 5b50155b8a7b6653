//! The settings' page: its parts at the left, the chosen one at the right.

use leptos::prelude::*;

use super::{appearance::Appearance, diagnostics::DiagnosticsPart, general::General, shortcuts::Shortcuts};
use crate::{
    features::{account::AccountSection, privacy::PrivacySection, sources::SourcesSection},
    kit::Page,
    routes::{Route, Section, use_route},
    state::use_account,
};

/// The settings.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let route = use_route();
    let section = Memo::new(move |before: Option<&Section>| match route.get() {
        Some(Route::Settings(section)) => section,
        // The address already names another screen while this one is still on its way out.
        _ => before.copied().unwrap_or_default(),
    });
    let title = Signal::derive(move || format!("{} · Settings", section.get().title()));
    view! {
        <Page title>
            <div class="wm-panes wm-settings">
                <Parts section/>
                <main class="wm-main wm-settings__main" id="main" tabindex="-1">
                    {move || view! { <Part section=section.get()/> }}
                </main>
            </div>
        </Page>
    }
}

/// The list of parts.
#[component]
fn Parts(
    /// The part that is shown.
    #[prop(into)]
    section: Signal<Section>,
) -> impl IntoView {
    let item = |one: Section| {
        let current = move || (section.get() == one).then_some("page");
        view! {
            <li><a class="wm-settings__link" href=Route::Settings(one).href() aria-current=current>{one.title()}</a></li>
        }
    };
    view! {
        <nav class="wm-settings__nav" aria-labelledby="settings-parts">
            <p class="wm-settings__title" id="settings-parts">"Settings"</p>
            <ul class="wm-settings__list">{Section::ALL.into_iter().map(item).collect_view()}</ul>
        </nav>
    }
}

/// Heading, lead and body of one part.
#[component]
fn Part(
    /// Which part.
    section: Section,
) -> impl IntoView {
    let member = use_account().member();
    let joined = Memo::new(move |_| member.with(Option::is_some));
    let (title, lead) = words(section);
    let body = match section {
        Section::General => view! { <General/> }.into_any(),
        Section::Appearance => view! { <Appearance/> }.into_any(),
        Section::Sources => view! { <SourcesSection/> }.into_any(),
        Section::Account => view! { <AccountSection/> }.into_any(),
        Section::Privacy => view! { <PrivacySection/> }.into_any(),
        Section::Shortcuts => view! { <Shortcuts/> }.into_any(),
        Section::Diagnostics => view! { <DiagnosticsPart/> }.into_any(),
    };
    // What leaves depends on whether there is a server at all.
    let lead = move || match (section, joined.get()) {
        (Section::Privacy, false) => {
            view! { <strong class="wm-settings__strong">"Nothing."</strong>" "{ALONE} }.into_any()
        }
        _ => lead.into_any(),
    };
    view! {
        <div class="wm-settings__part">
            <header>
                <h1 class="wm-settings__heading" tabindex="-1">{title}</h1>
                <p class="wm-settings__lead">{lead}</p>
            </header>
            {body}
        </div>
    }
}

/// What is said about privacy while there is no server.
const ALONE: &str = "You have not joined a team. Everything that Waymark keeps about you lies in one library on this computer, and nothing of it is sent.";

/// Heading and lead of a part.
fn words(section: Section) -> (&'static str, &'static str) {
    match section {
        Section::General => (
            "General",
            "Your steps are addressed to you and counted from your first day. All of this stays on this device.",
        ),
        Section::Appearance => ("Appearance", "Everything follows the system until you say otherwise."),
        Section::Sources => (
            "Sources",
            "Folders with docs, journeys and roadmaps. Waymark reads them where they lie and keeps a copy, so you can read without a network.",
        ),
        Section::Account => (
            "Account",
            "Your membership of a team. Without one, Waymark works alone; with one, your steps reach your manager and your team’s content reaches you.",
        ),
        Section::Privacy => (
            "What leaves this device",
            "Your team’s server gets what is listed at the left, and nothing else. Each event that was sent stands below, byte for byte.",
        ),
        Section::Shortcuts => {
            ("Shortcuts", "Everything can be done from the keyboard. Press ? anywhere to see this list.")
        }
        Section::Diagnostics => (
            "Diagnostics",
            "For the moment when something does not work. Nothing is sent: you copy it and decide who gets it.",
        ),
    }
}
