//! "Changed since you read it": the notice over the page, and the word beside what changed.

use leptos::prelude::*;
use waymark_api::ipc::docs::{Change, ChangedSection};
use waymark_core::docs::ID_PREFIX;

use super::model::{change_line, section_name};
use crate::{
    kit::{Icon, IconButton, IconView, dates},
    state::use_session,
};

/// What changed, with links to it.
#[component]
pub(super) fn ChangeNotice(
    /// What changed.
    change: Change,
) -> impl IntoView {
    let now = use_session().frame().with_untracked(|frame| frame.now);
    let shown = RwSignal::new(true);
    let line = change_line(&change, &dates::ago(change.since, now));
    let sections = StoredValue::new(change.sections);
    let row = |section: ChangedSection| {
        let name = section_name(&section);
        let note = section.new.then(|| view! { <span class="wm-changed__new">"New"</span> });
        match section.id {
            Some(id) => {
                view! { <li><a class="wm-changed__link" href=format!("#{ID_PREFIX}{id}")>{name}</a>{note}</li> }
                    .into_any()
            }
            None => view! { <li>{name}{note}</li> }.into_any(),
        }
    };
    Effect::new(move |_| mark_headings(&sections.get_value()));
    move || {
        shown.get().then(|| {
            let sections = sections.get_value();
            let list = (!sections.is_empty())
                .then(|| view! { <ul class="wm-changed__list">{sections.into_iter().map(row).collect_view()}</ul> });
            view! {
                <section class="wm-changed" aria-label="Changed since you read it">
                    <IconView icon=Icon::Refresh/>
                    <div class="wm-changed__words"><p class="wm-changed__title">{line.clone()}</p>{list}</div>
                    <IconButton icon=Icon::Close label="Dismiss" on_press=move || shown.set(false)/>
                </section>
            }
        })
    }
}

/// Writes the word beside the headings; the text is in the page one effect after this component.
fn mark_headings(sections: &[ChangedSection]) {
    let ids: Vec<(String, bool)> =
        sections.iter().filter_map(|section| Some((section.id.clone()?, section.new))).collect();
    request_animation_frame(move || {
        for (id, new) in &ids {
            if let Some(heading) = document().get_element_by_id(&format!("{ID_PREFIX}{id}")) {
                // A fixed name and a fixed word, so the browser has nothing to refuse.
                let _ = heading.set_attribute("data-changed", if *new { "New" } else { "Changed" });
            }
        }
    });
}
