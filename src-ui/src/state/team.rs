//! The team's onboarding, kept for the Team screen and for the number beside its name.

use std::pin::Pin;

use leptos::{prelude::*, task::spawn_local};
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use waymark_api::{
    Code, IpcError,
    ipc::team::{OpenTeam, TeamView},
};

use crate::backend::Backend;

/// What the shell answered last.
type Answer = Option<Result<TeamView, IpcError>>;

/// The team of this window.
#[derive(Clone, Copy)]
pub(crate) struct Team {
    answer: RwSignal<Answer>,
    backend: Backend,
}

impl Team {
    /// Nothing asked yet. Made once, at the root.
    pub(crate) fn new(backend: Backend) -> Self {
        Self { answer: RwSignal::new(None), backend }
    }

    /// What the shell answered last; `None` until it did.
    pub(crate) fn answer(self) -> Signal<Answer> {
        self.answer.into()
    }

    /// How many things wait for the manager.
    pub(crate) fn waiting(self) -> Memo<u32> {
        Memo::new(move |_| {
            self.answer.with(|answer| {
                let overview = answer.as_ref().and_then(|view| view.as_ref().ok()?.overview.as_ref());
                overview.map_or(0, |overview| u32::try_from(overview.attention.len()).unwrap_or(u32::MAX))
            })
        })
    }

    /// Asks the shell for its copy; where that is old, the shell fetches another one and says so.
    pub(crate) fn reload(self) {
        spawn_local(async move {
            match ask(self).await {
                Ok(asking) => asking.await,
                Err(error) => self.answer.set(Some(Err(IpcError::new(Code::Unknown, error.to_string())))),
            }
        });
    }

    /// Forgets everything: the person left the team.
    pub(crate) fn clear(self) {
        self.answer.set(None);
    }
}

/// Asks, and takes the answer. Reading one is much code, and most people lead nobody: it is in the team's part.
#[wasm_split(team, fallible)]
fn ask(team: Team) -> Result<Pin<Box<dyn Future<Output = ()>>>, SplitLoaderError> {
    Ok(Box::pin(async move {
        let answer = Some(team.backend.call(OpenTeam {}).await);
        // What did not change is not drawn again.
        if team.answer.with_untracked(|known| *known != answer) {
            team.answer.set(answer);
        }
    }))
}

/// The team of this window.
pub(crate) fn use_team() -> Team {
    expect_context()
}
