//! 2 of 3: where the content is.

use leptos::prelude::*;

use super::{
    model::Stage,
    page::{Bar, Chosen, Heading},
};
use crate::{
    features::sources::{FolderFlow, FolderOpened, JourneysStart},
    kit::{Button, ButtonKind},
};

/// The second screen.
#[component]
pub(crate) fn Content(
    /// Which screen is shown.
    stage: RwSignal<Stage>,
    /// What was added.
    chosen: RwSignal<Option<Chosen>>,
) -> impl IntoView {
    let opened = move |FolderOpened { added, start }: FolderOpened| {
        chosen.set(Some(Chosen { pack: added.pack.id, start }));
        stage.set(Stage::About);
    };
    view! {
        <div class="wm-first__page wm-first__page--tall">
            <Heading
                stage=Stage::Content
                lead="Waymark reads the folder and shows you what it found before anything is added. Your files stay as they are."
            />
            // The first day is asked on the next screen, so journeys start there.
            <FolderFlow journeys=JourneysStart::Later on_opened=opened/>
        </div>
        <Bar
            stage=Stage::Content
            back=move || view! { <Button kind=ButtonKind::Ghost on_press=move |()| stage.set(Stage::Welcome)>"Back"</Button> }
        />
    }
}
