//! Who uses this window, how they want it, and what the frame shows.

use jiff::civil::{Date, DateTime};
use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::{
    settings::{Preferences, SavePreferences},
    start::{Frame, FrameView, Platform, Readiness, Start, Started},
};

use super::toasts::Toasts;
use crate::backend::Backend;

/// How far the start is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Asked, not answered.
    Starting,
    /// The shell could not answer: why.
    Failed(waymark_api::IpcError),
    /// The shell answered.
    Started(Readiness),
}

/// The session of this window. Its signals hold placeholders until the shell answered [`Start`].
#[derive(Clone, Copy)]
pub(crate) struct Session {
    phase: RwSignal<Phase>,
    frame: RwSignal<FrameView>,
    preferences: RwSignal<Preferences>,
    version: RwSignal<String>,
    platform: RwSignal<Platform>,
    saving: StoredValue<Saving>,
    backend: Backend,
    toasts: Toasts,
}

/// What the person hears about a save.
#[derive(Clone, Copy)]
enum Report {
    Failures,
    Nothing,
}

/// Preferences are saved one request at a time, so that an older one cannot overtake a newer one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Saving {
    under_way: bool,
    again: bool,
}

impl Session {
    /// Nothing asked yet. Made once, at the root.
    pub(crate) fn new(backend: Backend, toasts: Toasts) -> Self {
        let frame =
            FrameView { today: Date::ZERO, now: DateTime::ZERO, open_steps: 0, packs: Vec::new(), read_only: None };
        Self {
            phase: RwSignal::new(Phase::Starting),
            frame: RwSignal::new(frame),
            preferences: RwSignal::default(),
            version: RwSignal::default(),
            platform: RwSignal::new(Platform::Linux),
            saving: StoredValue::default(),
            backend,
            toasts,
        }
    }

    /// How far the start is.
    pub(crate) fn phase(self) -> Signal<Phase> {
        self.phase.into()
    }

    /// Counts, packs, and what day it is.
    pub(crate) fn frame(self) -> Signal<FrameView> {
        self.frame.into()
    }

    /// How the person wants it.
    pub(crate) fn preferences(self) -> Signal<Preferences> {
        self.preferences.into()
    }

    /// Waymark's version.
    pub(crate) fn version(self) -> Signal<String> {
        self.version.into()
    }

    /// Which system it runs on.
    pub(crate) fn platform(self) -> Platform {
        self.platform.get_untracked()
    }

    /// Changes the preferences on screen at once and keeps them; a failure puts the old ones back.
    pub(crate) fn update_preferences(self, change: impl FnOnce(&mut Preferences)) {
        let before = self.preferences.get_untracked();
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            self.preferences.set(after);
            self.save(before, Report::Failures);
        }
    }

    /// Keeps where the person is, so that the next start leads there. Nobody asked for it, so a failure
    /// is not worth a message.
    pub(crate) fn remember_route(self, href: &str) {
        let before = self.preferences.get_untracked();
        if before.last_route != href {
            self.preferences.update(|preferences| preferences.last_route = href.to_owned());
            self.save(before, Report::Nothing);
        }
    }

    fn save(self, before: Preferences, report: Report) {
        if self.saving.get_value().under_way {
            self.saving.set_value(Saving { under_way: true, again: true });
            return;
        }
        self.saving.set_value(Saving { under_way: true, again: false });
        spawn_local(async move {
            loop {
                let sent = self.preferences.get_untracked();
                let reply = self.backend.call(SavePreferences { preferences: sent.clone() }).await;
                let again = self.saving.get_value().again;
                match reply {
                    Ok(kept) if !again => {
                        if kept != sent {
                            self.preferences.set(kept);
                        }
                        break;
                    }
                    Err(error) if !again => {
                        self.preferences.set(before);
                        if matches!(report, Report::Failures) {
                            self.toasts.failed(&error);
                        }
                        break;
                    }
                    // The person changed something meanwhile: the newest state is what counts.
                    Ok(_) | Err(_) => self.saving.set_value(Saving { under_way: true, again: false }),
                }
            }
            self.saving.set_value(Saving::default());
        });
    }

    /// Asks the shell to start again: after trouble, after content came or went.
    pub(crate) fn reload(self) {
        spawn_local(async move {
            match self.backend.call(Start {}).await {
                Ok(started) => self.take(started),
                Err(error) => self.phase.set(Phase::Failed(error)),
            }
        });
    }

    /// Takes what the shell answered.
    pub(crate) fn take(self, started: Started) {
        super::mark("shell-answered");
        self.preferences.set(started.preferences);
        self.frame.set(started.frame);
        self.version.set(started.version);
        self.platform.set(started.platform);
        self.phase.set(Phase::Started(started.readiness));
    }

    /// Asks for the frame's counts, packs and day again.
    pub(crate) fn refresh_frame(self) {
        spawn_local(async move {
            // The old counts stay where the shell does not answer; the screen itself will say so.
            if let Ok(frame) = self.backend.call(Frame {}).await
                && frame != self.frame.get_untracked()
            {
                self.frame.set(frame);
            }
        });
    }
}

/// The session of this window.
pub(crate) fn use_session() -> Session {
    expect_context()
}
