//! The page's title, how many people it is about, and what can be done with the page.

use leptos::prelude::*;
use waymark_api::ipc::team::{ExportFormat, TeamView};
use waymark_core::team::TeamOverview;

use crate::{
    commands::print_window,
    features::team::{
        hands::{Asking, use_hands},
        model::{age, people_in_onboarding},
    },
    kit::{Button, Icon, MenuButton, MenuItem, dates},
    state::use_session,
};

/// Title, facts, actions.
#[component]
pub(super) fn Head(
    /// "Onboarding, Backend".
    #[prop(into)]
    title: Signal<String>,
    /// The page, once it is here.
    #[prop(into)]
    overview: Signal<Option<TeamOverview>>,
    /// The same with its age.
    #[prop(into)]
    view: Signal<Option<TeamView>>,
) -> impl IntoView {
    let (hands, session) = (use_hands(), use_session());
    let facts = move || {
        overview.with(|overview| {
            overview.as_ref().map(|overview| {
                view! {
                    <span>{people_in_onboarding(overview.onboarding)}</span>
                    <span>{dates::full(overview.today)}</span>
                }
            })
        })
    };
    let fetched = move || {
        let now = session.frame().with(|frame| frame.now);
        view.with(|view| view.as_ref()?.fetched).map(|at| view! { <span class="wm-num">{age(at, now)}</span> })
    };
    let item = |title: &str, icon, run: Callback<()>| MenuItem { icon: Some(icon), ..MenuItem::new(title, run) };
    let items = vec![
        item("Invite somebody…", Icon::Link, Callback::new(move |()| hands.ask(Asking::Invite(None)))),
        item("Export as CSV…", Icon::Download, Callback::new(move |()| hands.export(ExportFormat::Csv))),
        item("Export as JSON…", Icon::Download, Callback::new(move |()| hands.export(ExportFormat::Json))),
        item("Print…", Icon::Print, Callback::new(move |()| print_window())),
    ];
    let tools = move || {
        let items = items.clone();
        overview.with(Option::is_some).then(|| {
            view! {
                <div class="wm-team__tools">
                    <Button icon=Icon::Flag on_press=move || hands.ask(Asking::Assign(None))>"Assign a journey…"</Button>
                    <Button icon=Icon::Download on_press=move || hands.export(ExportFormat::Csv)>"Export CSV"</Button>
                    <MenuButton label="More" items/>
                </div>
            }
        })
    };
    view! {
        <header class="wm-team__head">
            <div class="wm-team__words">
                <h1 class="wm-team__title" tabindex="-1">{move || title.get()}</h1>
                <p class="wm-team__facts">{facts}{fetched}</p>
            </div>
            {tools}
        </header>
    }
}
