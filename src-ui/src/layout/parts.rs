//! The screens that the start does not need. The build cuts each part into files of its own, which are
//! fetched when one of its screens is opened for the first time.
//!
//! A part gives out plain functions, so that opening a screen whose part is there already waits for nothing.

use std::{future::ready, pin::Pin};

use leptos::prelude::*;
use leptos_router::ChooseView;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{guard::guarded, shortcut_sheet::ShortcutSheet};
use crate::{
    features::{
        docs::DocsPage,
        first_run::WelcomePage,
        journey::ChecklistPage,
        roadmap::{BoardPage, ItemPage},
        settings::SettingsPage,
        team::{OwnPage, PersonPage, TeamPage},
    },
    kit::{self, ErrorPanel, ImageViewer, fetch_failed},
};

/// What draws a screen.
pub(super) type Draw = kit::Draw<()>;

/// The code of a screen on its way.
pub(super) type Loading = Pin<Box<dyn Future<Output = Result<Draw, SplitLoaderError>>>>;

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

/// What opens over every screen.
#[derive(Clone, Copy)]
pub(super) struct Over {
    /// The shortcut sheet.
    pub(super) shortcuts: Draw,
    /// An image of a document.
    pub(super) image: Draw,
}

/// What opens over every screen.
#[wasm_split(over, fallible)]
pub(super) fn over() -> Result<Over, SplitLoaderError> {
    Ok(Over { shortcuts: |()| view! { <ShortcutSheet/> }.into_any(), image: |()| view! { <ImageViewer/> }.into_any() })
}

/// The checklist.
#[wasm_split(journey, fallible)]
pub(super) fn journey() -> Result<Draw, SplitLoaderError> {
    Ok(|()| view! { <ChecklistPage/> }.into_any())
}

/// The screens to read.
#[wasm_split(reading, fallible)]
pub(super) fn reading() -> Result<Reading, SplitLoaderError> {
    Ok(Reading {
        docs: |()| view! { <DocsPage/> }.into_any(),
        board: |()| view! { <BoardPage/> }.into_any(),
        item: |()| view! { <ItemPage/> }.into_any(),
    })
}

/// The screens with settings.
#[wasm_split(setting, fallible)]
pub(super) fn setting() -> Result<Setting, SplitLoaderError> {
    Ok(Setting {
        settings: |()| view! { <SettingsPage/> }.into_any(),
        welcome: |()| view! { <WelcomePage/> }.into_any(),
    })
}

/// The screens of a team.
#[wasm_split(team, fallible)]
pub(super) fn leading() -> Result<Leading, SplitLoaderError> {
    Ok(Leading {
        team: |()| view! { <TeamPage/> }.into_any(),
        person: |()| view! { <PersonPage/> }.into_any(),
        own: |()| view! { <OwnPage/> }.into_any(),
    })
}

/// The code of a screen that the start has.
pub(super) fn here(draw: Draw) -> Loading {
    Box::pin(ready(Ok(draw)))
}

/// A screen whose part may still have to be fetched. The router keeps the old screen until it is there.
#[derive(Clone, Copy)]
pub(super) struct Later(pub(super) fn() -> Loading);

impl ChooseView for Later {
    async fn choose(self) -> AnyView {
        match self.0().await {
            Ok(draw) => guarded(draw),
            Err(_) => guarded(|()| view! { <ErrorPanel error=fetch_failed()/> }.into_any()),
        }
    }

    async fn preload(&self) {
        // A part that cannot be fetched now is asked for again when its screen is opened.
        let _ = self.0().await;
    }
}
