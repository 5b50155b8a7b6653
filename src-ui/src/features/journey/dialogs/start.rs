//! "Start another journey…": the templates that wait on this device.

use leptos::prelude::*;
use waymark_api::ipc::journey::{StartJourney, TemplateSummary};

use crate::{
    features::journey::{Gestures, model::words},
    kit::{Dialog, DialogSize, Icon, IconView, dates},
};

/// Lists the templates that could be started.
#[component]
pub(crate) fn StartDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The templates.
    #[prop(into)]
    available: Signal<Vec<TemplateSummary>>,
) -> impl IntoView {
    view! {
        <Dialog open title="Start another journey" size=DialogSize::Wide>
            <TemplateList available on_start=move |()| open.set(false)/>
        </Dialog>
    }
}

/// The templates as rows; pressing one starts it.
#[component]
pub(crate) fn TemplateList(
    /// The templates.
    #[prop(into)]
    available: Signal<Vec<TemplateSummary>>,
    /// Called when one was chosen, before it is started.
    #[prop(into)]
    on_start: Callback<()>,
) -> impl IntoView {
    let gestures = Gestures::new();
    let row = move |template: TemplateSummary| {
        let facts = facts(&template);
        let request = StartJourney { pack: template.pack, template: template.template.clone() };
        view! {
            <li>
                <button
                    class="wm-choice"
                    type="button"
                    on:click=move |_| {
                        on_start.run(());
                        gestures.start(request.clone());
                    }
                >
                    <IconView icon=Icon::Flag large=true/>
                    <span>
                        <span class="wm-choice__title">{template.title}</span>
                        <span class="wm-choice__hint wm-num">{facts}</span>
                    </span>
                    <IconView icon=Icon::Right/>
                </button>
            </li>
        }
    };
    view! { <ul class="wm-choices">{move || available.get().into_iter().map(row).collect_view()}</ul> }
}

/// "38 steps · about 2 days · Corvane handbook".
fn facts(template: &TemplateSummary) -> String {
    let mut facts = vec![words::count(template.steps, "step", "steps")];
    if template.minutes > 0 {
        facts.push(format!("about {}", dates::minutes(template.minutes)));
    }
    facts.push(template.pack_title.clone());
    facts.join(" · ")
}
