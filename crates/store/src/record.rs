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
        Slot, StepStatus, device,
        event::{self, Appended},
        heard, held, journey, outbox, shared, step_status,
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

/// A fact that the team's server gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The fact.
    pub event: Event,
    /// Who recorded it, for people.
    pub by: String,
    /// The server's seal on a fact of its own; a restored one gets it back.
    pub receipt: Option<String>,
    /// Where this very device recorded it and does not know that any more: what the server has of it.
    pub own: Option<OwnFact>,
}

/// What the server has of a fact of this device.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnFact {
    /// The number that it had.
    pub slot: Slot,
    /// When this device stored it then.
    pub recorded_at: Timestamp,
    /// Its envelope.
    pub bytes: Vec<u8>,
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
    /// queues those of shared journeys for the team's server, or holds them back. A fact that is already there changes nothing.
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
            if shared::goes_out(self, event, context.recorded_at).await? {
                match held::holds(self, event).await? {
                    Some(class) => {
                        held::append(self, event, class, body, &context.recorded_at.to_string()).await?;
                    }
                    None => {
                        let number = device::take_number(self).await?;
                        outbox::append(self, number, event, body, context.recorded_at).await?;
                    }
                }
            }
            if let Fact::JourneyAssigned { journey, template, .. } = &event.fact {
                let pinned = context
                    .pinned
                    .filter(|pinned| pinned.id == *template)
                    .ok_or_else(|| RecordError::TemplateMissing { journey: *journey, template: template.clone() })?;
                journey::pin(self, event, pinned, None).await?;
            }
            touched.insert(event.fact.journey());
        }
        for journey in touched {
            self.project(journey).await?;
        }
        Ok(())
    }

    /// Takes in facts that the team's server gave: appends them to the log and brings the projections up to
    /// date. They are queued for nobody. One that is already there changes nothing but what is known of it;
    /// one whose id another fact has is passed over, since the log is never edited. Gives the journeys that
    /// changed.
    ///
    /// An assignment whose template is not here yet is kept; [`Tx::pin_waiting`] pins it once it is.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn import(&mut self, facts: &[Imported], now: Timestamp) -> Result<BTreeSet<JourneyId>, RecordError> {
        let mut touched = BTreeSet::new();
        for Imported { event, by, receipt, own } in facts {
            match event::append(self, event, now, None).await? {
                Appended::New(_) => drop(touched.insert(event.fact.journey())),
                Appended::Known => {}
                // What the server has of a fact of this device may lack the person's words.
                Appended::Diverged if own.is_some() => {}
                Appended::Diverged => {
                    tracing::warn!(event = %event.id, "the server has another fact under an id of this device");
                    continue;
                }
            }
            shared::share(self, event.fact.journey(), now).await?;
            match own {
                Some(own) => {
                    self.outbox().known_to_server(own.slot, event, own.recorded_at, &own.bytes, now).await?;
                }
                None => heard::attribute(self, event.id, by, receipt.as_deref()).await?,
            }
        }
        self.pin_waiting().await?;
        for journey in &touched {
            self.project(*journey).await?;
        }
        Ok(touched)
    }

    /// Pins journeys whose assignment arrived before their template: to the template of that hash, or where the
    /// team's content has only another version of it, to that one. Gives the journeys that are here now.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn pin_waiting(&mut self) -> Result<BTreeSet<JourneyId>, RecordError> {
        let mut pinned = BTreeSet::new();
        for event in journey::unpinned(self).await? {
            let Some((pack, template)) = journey::template_for(self, &event).await? else { continue };
            journey::pin(self, &event, &template, Some(pack)).await?;
            pinned.insert(event.fact.journey());
        }
        for journey in &pinned {
            self.project(*journey).await?;
        }
        Ok(pinned)
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
