//! 2 of 3: where the content is.

use leptos::prelude::*;

use super::{
    model::Stage,
    page::{Bar, Heading},
};
use crate::{
    features::sources::FolderFlow,
    kit::{Button, ButtonKind, Icon, IconView},
    state::use_session,
};

/// The second screen.
#[component]
pub(crate) fn Content(
    /// Which screen is shown.
    stage: RwSignal<Stage>,
) -> impl IntoView {
    let session = use_session();
    // Somebody who comes back from the next screen has added a folder and can go on with it.
    let added = Memo::new(move |_| {
        session.frame().with(|frame| frame.packs.iter().map(|pack| pack.title.clone()).collect::<Vec<_>>())
    });
    let asks_at_once = added.with_untracked(Vec::is_empty);
    view! {
        <div class="wm-first__page wm-first__page--tall">
            <Heading
                stage=Stage::Content
                lead="Waymark reads the folder and shows you what it found before anything is added. Your files stay as they are."
            />
            {move || {
                let titles = added.get();
                (!titles.is_empty()).then(|| view! {
                    <p class="wm-first__quiet"><IconView icon=Icon::Check/>{format!("Added: {}", titles.join(", "))}</p>
                })
            }}
            <FolderFlow asks_at_once on_opened=move |_| stage.set(Stage::About)/>
        </div>
        <Bar
            stage=Stage::Content
            back=move || view! { <Button kind=ButtonKind::Ghost on_press=move |()| stage.set(Stage::Welcome)>"Back"</Button> }
            next=move || view! {
                {move || (!added.with(Vec::is_empty)).then(|| view! {
                    <Button kind=ButtonKind::Primary on_press=move |()| stage.set(Stage::About)>"Continue"</Button>
                })}
            }
        />
    }
}
