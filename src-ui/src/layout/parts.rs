//! The screens that the start does not need. The build cuts each part into files of its own, which are
//! fetched when one of its screens is opened for the first time.
//!
//! A part gives out plain functions, so that opening a screen whose part is there already waits for nothing.

use leptos::prelude::*;
use leptos_router::ChooseView;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::guard::guarded;
use crate::{
    features::{
        docs::DocsPage,
        first_run::WelcomePage,
        journey::ChecklistPage,
        roadmap::{BoardPage, ItemPage},
        settings::SettingsPage,
        team::{OwnPage, PersonPage, TeamPage},
    },
    kit::ErrorPanel,
};

/// What draws a screen.
pub(super) type Draw = fn() -> AnyView;

/// The screens of the team's part.
#[derive(Clone, Copy)]
pub(super) struct TeamScreens {
    pub(super) team: Draw,
    pub(super) person: Draw,
    pub(super) own: Draw,
}

/// The screens of the roadmap's part.
#[derive(Clone, Copy)]
pub(super) struct RoadmapScreens {
    pub(super) board: Draw,
    pub(super) item: Draw,
}

#[wasm_split(journey, fallible)]
pub(super) fn journey() -> Result<Draw, SplitLoaderError> {
    Ok(|| view! { <ChecklistPage/> }.into_any())
}

#[wasm_split(docs, fallible)]
pub(super) fn docs() -> Result<Draw, SplitLoaderError> {
    Ok(|| view! { <DocsPage/> }.into_any())
}

#[wasm_split(roadmap, fallible)]
pub(super) fn roadmap() -> Result<RoadmapScreens, SplitLoaderError> {
    Ok(RoadmapScreens { board: || view! { <BoardPage/> }.into_any(), item: || view! { <ItemPage/> }.into_any() })
}

#[wasm_split(team, fallible)]
pub(super) fn team() -> Result<TeamScreens, SplitLoaderError> {
    Ok(TeamScreens {
        team: || view! { <TeamPage/> }.into_any(),
        person: || view! { <PersonPage/> }.into_any(),
        own: || view! { <OwnPage/> }.into_any(),
    })
}

#[wasm_split(settings, fallible)]
pub(super) fn settings() -> Result<Draw, SplitLoaderError> {
    Ok(|| view! { <SettingsPage/> }.into_any())
}

#[wasm_split(welcome, fallible)]
pub(super) fn welcome() -> Result<Draw, SplitLoaderError> {
    Ok(|| view! { <WelcomePage/> }.into_any())
}

/// A screen whose part may still have to be fetched. The router keeps the old screen until it is there.
#[derive(Clone)]
pub(super) struct Later<Load>(pub(super) Load);

impl<Load, Loading> ChooseView for Later<Load>
where
    Load: Fn() -> Loading + Clone + Send + 'static,
    Loading: Future<Output = Result<Draw, SplitLoaderError>>,
{
    async fn choose(self) -> AnyView {
        match self.0().await {
            Ok(draw) => guarded(draw),
            Err(_) => guarded(|| view! { <ErrorPanel error=missing()/> }.into_any()),
        }
    }

    async fn preload(&self) {
        // A part that cannot be fetched now is asked for again when its screen is opened.
        let _ = self.0().await;
    }
}

fn missing() -> waymark_api::IpcError {
    waymark_api::IpcError::new(waymark_api::Code::Unknown, "fetch this screen")
}
