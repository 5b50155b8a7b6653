//! 2 of 3: where the content is.

use leptos::prelude::*;

use super::{
    model::Stage,
    page::{Bar, Heading},
};
use crate::{
    features::sources::FolderFlow,
    kit::{Button, ButtonKind},
};

/// The second screen.
#[component]
pub(crate) fn Content(
    /// Which screen is shown.
    stage: RwSignal<Stage>,
) -> impl IntoView {
    view! {
        <div class="wm-first__page wm-first__page--tall">
            <Heading
                stage=Stage::Content
                lead="Waymark reads the folder and shows you what it found before anything is added. Your files stay as they are."
            />
            <FolderFlow on_opened=move |_| stage.set(Stage::About)/>
        </div>
        <Bar
            stage=Stage::Content
            back=move || view! { <Button kind=ButtonKind::Ghost on_press=move |()| stage.set(Stage::Welcome)>"Back"</Button> }
        />
    }
}
