//! Recording facts: log, projections and outbox in one go.

use std::collections::BTreeSet;

use jiff::Timestamp;
use waymark_core::{
    event::{Event, Fact},
    id::{ActionId, EventId, JourneyId, TemplateId},
    journey::{History, Template},
};

use crate::{
    ReadError, Trouble, Tx, WriteError,
    table::{
        StepStatus, device,
        event::{self, Appended},
        journey, outbox, step_status,
    },
};

/// What goes with facts without being part of them.
#[derive(Clone, Copy, Debug)]
pub struct RecordContext<'a> {
    /// When this device stores them.
    pub recorded_at: Timestamp,
    /// The gesture that these facts take back, where this is an undo.
    pub undoes: Option<ActionId>,
    /// The template that a [`Fact::JourneyAssigned`] among the facts pins.
    pub pinned: Option<&'a Template>,
}

/// Facts that could not be recorded. Nothing of their transaction is on disk.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// A journey cannot be assigned without the template to pin.
    #[error("could not assign the journey {journey}, because its template `{template}` was not given along")]
    TemplateMissing {
        /// The journey.
        journey: JourneyId,
        /// The template that the fact names.
        template: TemplateId,
    },
    /// The log has another fact with this id.
    #[error("could not record the fact {event}, because another one has its id")]
    Diverged {
        /// The id.
        event: EventId,
    },
    /// The library could not be written.
    #[error("could not record what happened")]
    Write(#[from] WriteError),
    /// The library could not be read.
    #[error("could not record what happened")]
    Read(#[from] ReadError),
}

impl RecordError {
    /// What the failure means.
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::TemplateMissing { .. } | Self::Diverged { .. } => Trouble::Other,
            Self::Write(source) => source.trouble(),
            Self::Read(source) => source.trouble(),
        }
    }
}

impl Tx {
    /// Records facts of this device: appends them to the log, brings the projections up to date and
    /// queues them for a server. A fact that is already there changes nothing.
    ///
    /// The facts are saved once [`Tx::commit`] has returned, and not before.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn record(&mut self, events: &[Event], context: RecordContext<'_>) -> Result<(), RecordError> {
        let mut touched = BTreeSet::new();
        for event in events {
            let body = match event::append(self, event, context.recorded_at, context.undoes).await? {
                Appended::New(body) => body,
                Appended::Known => continue,
                Appended::Diverged => return Err(RecordError::Diverged { event: event.id }),
            };
            let number = device::take_number(self).await?;
            outbox::append(self, number, event, body).await?;
            if let Fact::JourneyAssigned { journey, template, .. } = &event.fact {
                let pinned = context
                    .pinned
                    .filter(|pinned| pinned.id == *template)
                    .ok_or_else(|| RecordError::TemplateMissing { journey: *journey, template: template.clone() })?;
                journey::pin(self, event, pinned).await?;
            }
            touched.insert(event.fact.journey());
        }
        for journey in touched {
            self.project(journey).await?;
        }
        Ok(())
    }

    /// Makes all projections anew from the log, for instance after the fold learnt something.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn rebuild_projections(&mut self) -> Result<(), RecordError> {
        self.run("states of steps", sqlx::query("DELETE FROM step_status")).await?;
        for journey in event::journeys(self).await? {
            self.project(journey).await?;
        }
        Ok(())
    }

    /// Folds all facts of a journey: what ends something may name a fact of any step of it.
    async fn project(&mut self, journey: JourneyId) -> Result<(), RecordError> {
        let events = self.events().for_journey(journey).await?;
        let history = History::of(journey, &events);
        journey::project(self, journey, &history).await?;
        step_status::project(self, journey, StepStatus::of_all(&history, &events)).await?;
        Ok(())
    }
}
