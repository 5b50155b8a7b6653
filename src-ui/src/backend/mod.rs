//! The interface's only way out: typed requests to the shell.

pub(crate) mod early;
pub(crate) mod tauri;

use jiff::{Timestamp, civil::DateTime};
use leptos::prelude::*;
use waymark_api::{
    Code, IpcError, Request,
    ipc::{journey as j, privacy::ShareNotes, settings::SavePreferences, sources as s},
};

/// What the status bar says about the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum SaveState {
    /// Nothing was written in this session.
    #[default]
    Untouched,
    /// The last write is on disk.
    Saved,
    /// The last write did not reach the disk: why.
    Failed(String),
}

/// A cheap handle; every component may hold one.
#[derive(Clone, Copy)]
pub(crate) struct Backend {
    saved: RwSignal<SaveState>,
    writes: RwSignal<u32>,
}

/// Requests whose success puts something of the person's on disk.
const WRITES: &[&str] = &[
    j::StartJourney::COMMAND,
    j::WithdrawJourney::COMMAND,
    j::MoveStart::COMMAND,
    j::CompleteStep::COMMAND,
    j::ReopenStep::COMMAND,
    j::BlockStep::COMMAND,
    j::UnblockStep::COMMAND,
    j::WaiveStep::COMMAND,
    j::RestoreStep::COMMAND,
    j::Undo::COMMAND,
    j::SaveNote::COMMAND,
    s::AddSample::COMMAND,
    s::AddFolder::COMMAND,
    s::RefreshPack::COMMAND,
    s::RemovePack::COMMAND,
    SavePreferences::COMMAND,
    ShareNotes::COMMAND,
];

impl Backend {
    /// A handle whose signals live in the current owner. Made once, at the root.
    pub(crate) fn new() -> Self {
        Self { saved: RwSignal::default(), writes: RwSignal::default() }
    }

    /// Sends `request` and decodes its reply. The command's name comes from the type.
    ///
    /// # Errors
    ///
    /// What the shell answered, or [`Code::Unknown`] where the bridge itself failed.
    pub(crate) async fn call<R: Request>(self, request: R) -> Result<R::Reply, IpcError> {
        let reply = tauri::send(&request).await;
        if WRITES.contains(&R::COMMAND) {
            self.note_write(reply.as_ref().err());
        }
        reply
    }

    /// Whether the last write reached the disk.
    pub(crate) fn saved(self) -> Signal<SaveState> {
        self.saved.into()
    }

    /// How many writes reached the disk in this session.
    pub(crate) fn writes(self) -> Signal<u32> {
        self.writes.into()
    }

    fn note_write(self, error: Option<&IpcError>) {
        match error {
            None => {
                self.saved.set(SaveState::Saved);
                self.writes.update(|count| *count += 1);
            }
            Some(error) if matches!(error.code, Code::DiskFull | Code::ReadOnly) => {
                self.saved.set(SaveState::Failed(error.message.clone()));
            }
            // A refused request wrote nothing and broke nothing: the last word on the disk stands.
            Some(_) => {}
        }
    }
}

/// The backend of this window.
pub(crate) fn use_backend() -> Backend {
    expect_context()
}

/// The clock of the webview as civil time, for the moment of the last save.
pub(crate) fn wall_clock() -> DateTime {
    civil(&js_sys::Date::new_0())
}

/// A moment in the zone of this computer. The interface has no zones of its own; the webview knows the system's.
pub(crate) fn local_time(at: Timestamp) -> DateTime {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of our millennia fit into a double")]
    let milliseconds = at.as_millisecond() as f64;
    civil(&js_sys::Date::new(&milliseconds.into()))
}

fn civil(date: &js_sys::Date) -> DateTime {
    let small = |value: u32| i8::try_from(value).unwrap_or(0);
    DateTime::new(
        i16::try_from(date.get_full_year()).unwrap_or(1970),
        small(date.get_month() + 1),
        small(date.get_date()),
        small(date.get_hours()),
        small(date.get_minutes()),
        small(date.get_seconds()),
        0,
    )
    .unwrap_or(DateTime::ZERO)
}
