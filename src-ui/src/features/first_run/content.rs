//! 2 of 3: where the content is.

use leptos::prelude::*;

use super::{
    model::Stage,
    page::{Bar, Heading},
};
use crate::{
    features::sources::{BackstageFlow, FolderFlow, Pick},
    kit::{Button, ButtonKind, Dialog, DialogSize, Icon, IconView},
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
    let connecting = RwSignal::new(false);
    let on_connected = move |_| {
        connecting.set(false);
        stage.set(Stage::About);
    };
    let asks_at_once = added.with_untracked(Vec::is_empty).then_some(Pick::Folder);
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
            <p class="wm-first__quiet">
                <Button kind=ButtonKind::Ghost icon=Icon::Server on_press=move |()| connecting.set(true)>"Add a Backstage instead…"</Button>
            </p>
            <Dialog open=connecting title="Add a Backstage" size=DialogSize::Wide>
                <BackstageFlow on_added=on_connected/>
            </Dialog>
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
