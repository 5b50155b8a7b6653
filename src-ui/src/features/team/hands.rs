//! What a manager can do, and the question that comes before it.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    IpcError, Request,
    ipc::team::{CompleteFor, ExportFormat, ExportTeam, NudgePerson, ReopenFor},
};
use waymark_core::id::{EventId, JourneyId, PersonId, StepId};

use crate::{
    backend::{Backend, use_backend},
    state::{Team, Toasts, use_team, use_toasts},
};
use jiff::civil::Date;

/// A completion that a manager answers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Waits {
    /// Whose.
    pub(super) person: PersonId,
    /// The name.
    pub(super) name: String,
    /// In which journey.
    pub(super) journey: JourneyId,
    /// The step.
    pub(super) step: StepId,
    /// Its title.
    pub(super) title: String,
    /// The completion that is on screen.
    pub(super) completion: EventId,
}

/// A question that is open.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asking {
    /// Confirm a completion?
    SignOff(Waits),
    /// Why not yet?
    Return(Waits),
    /// Why does a step not apply?
    Waive {
        /// Whose.
        person: PersonId,
        /// The name.
        name: String,
        /// In which journey.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// Its title.
        title: String,
    },
    /// Which journey for whom?
    Assign(Option<PersonId>),
    /// Which day 1?
    MoveStart {
        /// The name.
        name: String,
        /// In which journey.
        journey: JourneyId,
        /// Day 1 as it is.
        start: Date,
    },
    /// An invite for whom?
    Invite(Option<PersonId>),
}

/// What a manager's page can do. One for each page; its parts find it in the context.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    /// The question that is open or was open last.
    pub(super) asking: RwSignal<Option<Asking>>,
    /// Whether it is open.
    pub(super) open: RwSignal<bool>,
    /// Changes when something was done, so that pages load again.
    pub(super) done: RwSignal<u32>,
    pub(super) backend: Backend,
    toasts: Toasts,
    team: Team,
}

impl Hands {
    /// For the current page.
    pub(super) fn new() -> Self {
        Self {
            asking: RwSignal::new(None),
            open: RwSignal::new(false),
            done: RwSignal::new(0),
            backend: use_backend(),
            toasts: use_toasts(),
            team: use_team(),
        }
    }

    /// Opens a question.
    pub(super) fn ask(self, asking: Asking) {
        self.asking.set(Some(asking));
        self.open.set(true);
    }

    /// Closes the question.
    pub(super) fn close(self) {
        self.open.try_set(false);
    }

    /// Sends what the person decided. A refusal goes to `refused`, so that the form stays as it is.
    pub(super) fn send<R: Request + 'static>(
        self,
        request: R,
        busy: RwSignal<bool>,
        refused: RwSignal<Option<IpcError>>,
        said: String,
    ) {
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            match self.backend.call(request).await {
                Ok(_) => {
                    self.close();
                    self.toasts.say(said);
                    self.changed();
                }
                Err(error) => {
                    // Where the page is gone, the person still learns that it did not work.
                    if refused.try_set(Some(error.clone())).is_some() {
                        self.toasts.failed(&error);
                    }
                }
            }
            busy.try_set(false);
        });
    }

    /// Completes a step that is the manager's or the buddy's, and offers to take that back.
    pub(super) fn complete(self, request: CompleteFor, title: String) {
        spawn_local(async move {
            let CompleteFor { person, journey, step } = request.clone();
            match self.backend.call(request).await {
                Ok(view) => {
                    self.changed();
                    let said = format!("“{title}” of {} is done", view.page.name);
                    let done = view.page.others.into_iter().find(|one| one.step == step).and_then(|one| one.done);
                    let Some((completion, _)) = done else { return self.toasts.say(said) };
                    let back = ReopenFor { person, journey, step, completion };
                    self.toasts.offer(said, move || self.reopen(back.clone()));
                }
                Err(error) => self.toasts.failed(&error),
            }
        });
    }

    /// Takes back what the manager completed.
    pub(super) fn reopen(self, request: ReopenFor) {
        spawn_local(async move {
            match self.backend.call(request).await {
                Ok(_) => {
                    self.changed();
                    self.toasts.say("Taken back; both facts are kept");
                }
                Err(error) => self.toasts.failed(&error),
            }
        });
    }

    /// Pages load again; this one may be gone already.
    fn changed(self) {
        self.done.try_update(|done| *done += 1);
        self.team.reload();
    }

    /// Sends a reminder that the person sees.
    pub(super) fn nudge(self, journey: JourneyId, step: StepId) {
        spawn_local(async move {
            match self.backend.call(NudgePerson { journey, step }).await {
                Ok(said) => self.toasts.say(said),
                Err(error) => self.toasts.failed(&error),
            }
        });
    }

    /// Writes the page's numbers into a file.
    pub(super) fn export(self, format: ExportFormat) {
        spawn_local(async move {
            match self.backend.call(ExportTeam { format }).await {
                Ok(Some(path)) => self.toasts.say(format!("Saved to {path}")),
                // The person changed their mind.
                Ok(None) => {}
                Err(error) => self.toasts.failed(&error),
            }
        });
    }
}

/// What this manager's page can do.
pub(super) fn use_hands() -> Hands {
    expect_context()
}
