//! A fact on the wire: `CloudEvents` 1.0 in JSON (`protocol.md`, section 2).
//!
//! [`envelope`] is the only function that makes one. The page "what leaves this computer" calls it too, so
//! what is shown and what is sent are the same bytes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use waymark_core::{
    event::{Event, Fact},
    id::{ActionId, DeviceId, EventId, PersonId, ServerId},
};

/// A fact with its envelope. Field order is the order of the bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CloudEvent {
    /// Always `1.0`.
    pub specversion: String,
    /// Made once; a resend keeps it.
    pub id: EventId,
    /// `urn:waymark:device:` or `urn:waymark:server:` and its id.
    pub source: String,
    /// For instance `dev.waymark.step.completed.v1`.
    #[serde(rename = "type")]
    pub event_type: String,
    /// `journey/<id>`, followed by `/step/<id>` or `/milestone/<id>`.
    pub subject: String,
    /// When it happened, by the device's clock.
    pub time: Timestamp,
    /// When the device stored it.
    pub recordedtime: Timestamp,
    /// The source's number in its epoch, 20 digits, so that it sorts as text.
    pub sequence: String,
    /// The source's epoch.
    pub wmepoch: String,
    /// The gesture that the fact belongs to.
    pub wmaction: ActionId,
    /// `app_user` or `service_account`.
    pub authtype: String,
    /// Pseudonym of the person who did it: `p:` and an id, never a name.
    pub authid: String,
    /// Always `internal`.
    pub dataclassification: String,
    /// Always `application/json`.
    pub datacontenttype: String,
    /// The fact's own fields.
    pub data: serde_json::Value,
}

/// What goes around a fact of a device.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// Whose fact it is.
    pub person: PersonId,
    /// The device that recorded it.
    pub device: DeviceId,
    /// Its epoch.
    pub epoch: u32,
    /// Its number, from 1.
    pub sequence: u64,
    /// When it was stored.
    pub recorded: Timestamp,
    /// Whether the person's words about a block go along. Without, only the reason does.
    pub with_notes: bool,
}

/// What goes around a fact that the server records, for a manager or for a forge.
#[derive(Clone, Copy, Debug)]
pub struct ServerOrigin<'a> {
    /// The server.
    pub server: ServerId,
    /// Its epoch.
    pub epoch: u64,
    /// Its number, from 1.
    pub sequence: u64,
    /// When it was stored.
    pub recorded: Timestamp,
    /// Who did it.
    pub actor: Actor<'a>,
}

/// Who did what the server recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor<'a> {
    /// Somebody who may: the manager, an admin.
    Person(PersonId),
    /// A system of record by name: `github`.
    Service(&'a str),
}

/// Puts a device's fact into its envelope.
///
/// # Errors
/// Where the fact is no JSON object with `type` and `data`, which no fact of this code is.
pub fn envelope(event: &Event, origin: &Origin) -> Result<CloudEvent, serde_json::Error> {
    let mut event = event.clone();
    if !origin.with_notes
        && let Fact::StepBlocked { note, .. } = &mut event.fact
    {
        note.clear();
    }
    let numbers = (origin.sequence, origin.epoch.to_string());
    let actor = Actor::Person(origin.person);
    wrap(&event, device_source(origin.device), numbers, origin.recorded, actor)
}

/// Puts a fact that the server recorded into its envelope.
///
/// # Errors
/// As [`envelope`].
pub fn server_envelope(event: &Event, origin: &ServerOrigin<'_>) -> Result<CloudEvent, serde_json::Error> {
    let numbers = (origin.sequence, origin.epoch.to_string());
    wrap(event, server_source(origin.server), numbers, origin.recorded, origin.actor)
}

fn wrap(
    event: &Event,
    source: String,
    (sequence, epoch): (u64, String),
    recorded: Timestamp,
    actor: Actor<'_>,
) -> Result<CloudEvent, serde_json::Error> {
    let fact = serde_json::to_value(&event.fact)?;
    let (authtype, authid) = match actor {
        Actor::Person(person) => ("app_user", format!("p:{person}")),
        Actor::Service(name) => ("service_account", format!("s:{name}")),
    };
    Ok(CloudEvent {
        specversion: "1.0".to_owned(),
        id: event.id,
        source,
        event_type: event.fact.event_type().to_owned(),
        subject: subject(&event.fact),
        time: event.time,
        recordedtime: recorded,
        sequence: format!("{sequence:020}"),
        wmepoch: epoch,
        wmaction: event.action,
        authtype: authtype.to_owned(),
        authid,
        dataclassification: "internal".to_owned(),
        datacontenttype: "application/json".to_owned(),
        data: fact.get("data").cloned().unwrap_or_default(),
    })
}

/// Type of an empty record: it goes in the place of a fact that could not be delivered, so that the numbers
/// after it can go on (`protocol.md`, section 3, poison guard). It has no effect.
pub const VOID_TYPE: &str = "dev.waymark.void.v1";

/// An empty record in the place of a fact. Nothing of the fact is in it.
pub fn void(id: EventId, origin: &Origin) -> CloudEvent {
    CloudEvent {
        specversion: "1.0".to_owned(),
        id,
        source: device_source(origin.device),
        event_type: VOID_TYPE.to_owned(),
        subject: format!("device/{}", origin.device),
        time: origin.recorded,
        recordedtime: origin.recorded,
        sequence: format!("{:020}", origin.sequence),
        wmepoch: origin.epoch.to_string(),
        wmaction: ActionId::new(id.uuid()),
        authtype: "app_user".to_owned(),
        authid: format!("p:{}", origin.person),
        dataclassification: "internal".to_owned(),
        datacontenttype: "application/json".to_owned(),
        data: serde_json::Value::Object(serde_json::Map::new()),
    }
}

impl CloudEvent {
    /// The fact inside, where this code knows its type.
    ///
    /// # Errors
    /// Where the type is unknown (a newer app's) or its fields are not those of the type.
    pub fn event(&self) -> Result<Event, serde_json::Error> {
        let fact = serde_json::json!({ "type": self.event_type, "data": self.data });
        Ok(Event { id: self.id, action: self.wmaction, time: self.time, fact: serde_json::from_value(fact)? })
    }

    /// The source's number.
    pub fn number(&self) -> Option<u64> {
        self.sequence.parse().ok()
    }

    /// The source's epoch.
    pub fn epoch(&self) -> Option<u32> {
        self.wmepoch.parse().ok()
    }
}

/// The source of a device's facts.
pub fn device_source(device: DeviceId) -> String {
    format!("urn:waymark:device:{device}")
}

/// The source of a server's facts.
pub fn server_source(server: ServerId) -> String {
    format!("urn:waymark:server:{server}")
}

/// What a fact is about: `journey/<id>/step/<id>`. Control characters cannot be in it: ids have none.
pub fn subject(fact: &Fact) -> String {
    let journey = fact.journey();
    match fact {
        Fact::MilestoneReached { milestone, .. } | Fact::MilestoneRevoked { milestone, .. } => {
            format!("journey/{journey}/milestone/{milestone}")
        }
        _ => match fact.step() {
            Some(step) => format!("journey/{journey}/step/{step}"),
            None => format!("journey/{journey}"),
        },
    }
}
