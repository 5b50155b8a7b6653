//! The first run: a picture at the left, one question at the right.

use leptos::prelude::*;

use super::{about::About, content::Content, join::Joining, model::Stage, scene::Scene, welcome::Welcome};
use crate::{
    kit::{Icon, IconView, Page},
    state::mark_ready,
};

/// The first run.
#[component]
pub(crate) fn WelcomePage() -> impl IntoView {
    let stage = RwSignal::new(Stage::default());
    mark_ready();
    let screen = move || match stage.get() {
        Stage::Welcome => view! { <Welcome stage/> }.into_any(),
        Stage::Content => view! { <Content stage/> }.into_any(),
        Stage::Join => view! { <Joining stage/> }.into_any(),
        Stage::About => view! { <About stage/> }.into_any(),
    };
    let title = Signal::derive(move || stage.get().title().to_owned());
    view! {
        <Page title>
            <div class="wm-first">
                <header class="wm-first__scene">
                    <Scene/>
                    <p class="wm-brand">
                        <IconView icon=Icon::Mark large=true/>
                        <span class="wm-brand__name">"Waymark"</span>
                    </p>
                </header>
                <main class="wm-first__panel" id="main" tabindex="-1">{screen}</main>
            </div>
        </Page>
    }
}

/// Number, heading and lead of a screen.
#[component]
pub(crate) fn Heading(
    /// Which screen.
    stage: Stage,
    /// One or two sentences.
    lead: &'static str,
) -> impl IntoView {
    let heading = NodeRef::<leptos::html::H1>::new();
    // The next screen takes the place of the button that led to it, so the focus goes to its heading.
    if stage != Stage::Welcome {
        Effect::new(move |_| {
            if let Some(heading) = heading.get() {
                request_animation_frame(move || drop(heading.focus()));
            }
        });
    }
    view! {
        <p class="wm-eyebrow wm-num">{stage.label()}</p>
        <h1 class="wm-first__title" tabindex="-1" node_ref=heading>{stage.title()}</h1>
        <p class="wm-first__lead">{lead}</p>
    }
}

/// The bar at the bottom: back, how far, and what goes on.
#[component]
pub(crate) fn Bar(
    /// Which screen.
    stage: Stage,
    /// The button that goes back; empty on the first screen.
    #[prop(optional, into)]
    back: ViewFn,
    /// The button that goes on; empty where the screen itself does.
    #[prop(optional, into)]
    next: ViewFn,
) -> impl IntoView {
    let dots = (1..=Stage::COUNT).map(|one| {
        view! { <span class="wm-stepper__dot" class:wm-stepper__dot--on={one <= stage.number()}></span> }
    });
    view! {
        <div class="wm-first__bar">
            <div class="wm-first__back">{back.run()}</div>
            <div class="wm-stepper" aria-hidden="true">{dots.collect_view()}</div>
            <div class="wm-first__next">{next.run()}</div>
        </div>
    }
}
