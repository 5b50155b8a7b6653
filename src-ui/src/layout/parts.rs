//! The screens that the start does not need. The build cuts each part into files of its own, which are
//! fetched when one of its screens is opened for the first time.
//!
//! A part gives out plain functions, so that opening a screen whose part is there already waits for nothing.

use leptos::prelude::*;
use leptos_router::ChooseView;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use waymark_api::{Code, IpcError};

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

/// What is read: docs and roadmap, which share how they show documents.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// A page of the docs.
    pub(super) docs: Draw,
    /// The roadmap's board.
    pub(super) board: Draw,
    /// One item of the roadmap.
    pub(super) item: Draw,
}

/// What is set: the settings, and the first run, which asks for some of them.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    /// All settings.
    pub(super) settings: Draw,
    /// The first run.
    pub(super) welcome: Draw,
}

/// What a manager looks at, and what the manager sees of oneself.
#[derive(Clone, Copy)]
pub(super) struct Leading {
    /// The team's page.
    pub(super) team: Draw,
    /// One person's page.
    pub(super) person: Draw,
    /// One's own page.
    pub(super) own: Draw,
}

/// The checklist.
#[wasm_split(journey, fallible)]
pub(super) fn journey() -> Result<Draw, SplitLoaderError> {
    Ok(|| view! { <ChecklistPage/> }.into_any())
}

/// The screens to read.
#[wasm_split(reading, fallible)]
pub(super) fn reading() -> Result<Reading, SplitLoaderError> {
    Ok(Reading {
        docs: || view! { <DocsPage/> }.into_any(),
        board: || view! { <BoardPage/> }.into_any(),
        item: || view! { <ItemPage/> }.into_any(),
    })
}

/// The screens with settings.
#[wasm_split(setting, fallible)]
pub(super) fn setting() -> Result<Setting, SplitLoaderError> {
    Ok(Setting { settings: || view! { <SettingsPage/> }.into_any(), welcome: || view! { <WelcomePage/> }.into_any() })
}

/// The screens of a team.
#[wasm_split(team, fallible)]
pub(super) fn leading() -> Result<Leading, SplitLoaderError> {
    Ok(Leading {
        team: || view! { <TeamPage/> }.into_any(),
        person: || view! { <PersonPage/> }.into_any(),
        own: || view! { <OwnPage/> }.into_any(),
    })
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

/// Why a screen without its part is not shown. The parts are inside the app, so this is a broken build.
fn missing() -> IpcError {
    IpcError::new(Code::Unknown, "this part of Waymark could not be fetched; start Waymark again")
}
