//! A batch as it came, taken apart: each event with its bytes, their digest and what they say.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use waymark_api::http::{
    MAX_BATCH, MAX_EVENT_BYTES,
    envelope::{CloudEvent, subject},
    events::Refusal,
    problem::ProblemKind,
};
use waymark_core::{
    event::{Event, Fact},
    id::{EventId, PersonId},
};

use crate::error::ApiError;

/// One event as it came.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    /// Its bytes.
    pub body: String,
    /// SHA-256 of them, hex.
    pub hash: String,
    /// Its id.
    pub id: EventId,
    /// Who says to have recorded it.
    pub source: String,
    /// The source's epoch.
    pub epoch: u32,
    /// The source's number.
    pub sequence: u64,
    /// `CloudEvents` type.
    pub event_type: String,
    /// What it says.
    pub content: Content,
}

/// What an event says.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A fact that this code knows.
    Known(Event),
    /// A fact of a newer app: kept as it came.
    Unknown {
        /// When it happened.
        time: Timestamp,
    },
    /// It can never be valid.
    Bad(Refusal),
}

/// What every answer needs, whatever else is wrong with an event.
#[derive(Deserialize)]
struct Head {
    id: EventId,
    source: String,
    sequence: String,
    wmepoch: String,
}

/// Takes a batch apart. `person` is who sends it.
///
/// # Errors
/// Where the bytes are no JSON array, hold too many events, or one of them has no number: nothing could be
/// answered about it.
pub(crate) fn read_batch(bytes: &[u8], person: PersonId) -> Result<Vec<Arrival>, ApiError> {
    let raws: Vec<&RawValue> = serde_json::from_slice(bytes).map_err(|error| not_json(&error))?;
    if raws.len() > MAX_BATCH {
        let detail = format!("A batch has at most {MAX_BATCH} events, this one has {}.", raws.len());
        return Err(ApiError::new(ProblemKind::TooLarge, detail));
    }
    let read = |(index, raw): (usize, &&RawValue)| {
        read_one(raw.get(), person).ok_or_else(|| {
            let detail = format!("Event {index} of the batch has no id, source, sequence or wmepoch that can be read.");
            ApiError::new(ProblemKind::BadRequest, detail)
        })
    };
    raws.iter().enumerate().map(read).collect()
}

/// Takes a single event apart.
///
/// # Errors
/// As [`read_batch`].
pub(crate) fn read_single(bytes: &[u8], person: PersonId) -> Result<Vec<Arrival>, ApiError> {
    let raw: &RawValue = serde_json::from_slice(bytes).map_err(|error| not_json(&error))?;
    let one = read_one(raw.get(), person);
    let missing = || ApiError::new(ProblemKind::BadRequest, "The event has no id, source, sequence or wmepoch.");
    Ok(vec![one.ok_or_else(missing)?])
}

fn not_json(error: &serde_json::Error) -> ApiError {
    ApiError::new(ProblemKind::BadRequest, format!("The body is not the JSON that its type says: {error}."))
}

fn read_one(raw: &str, person: PersonId) -> Option<Arrival> {
    let whole = if raw.len() > MAX_EVENT_BYTES { None } else { serde_json::from_str::<CloudEvent>(raw).ok() };
    let Some(event) = whole else {
        let head: Head = serde_json::from_str(raw).ok()?;
        let refusal = if raw.len() > MAX_EVENT_BYTES { Refusal::TooLarge } else { Refusal::Malformed };
        return Some(Arrival {
            body: raw.to_owned(),
            hash: sha256(raw),
            id: head.id,
            source: head.source,
            epoch: head.wmepoch.parse().ok()?,
            sequence: number(&head.sequence)?,
            event_type: String::new(),
            content: Content::Bad(refusal),
        });
    };
    Some(Arrival {
        body: raw.to_owned(),
        hash: sha256(raw),
        id: event.id,
        epoch: event.epoch()?,
        sequence: number(&event.sequence)?,
        content: content(&event, person),
        source: event.source,
        // A type that is kept must be one that the database can keep.
        event_type: event.event_type.chars().filter(char::is_ascii_graphic).take(200).collect(),
    })
}

/// Sequence numbers are 20 digits, so that they sort as text; the database counts to 2^63.
fn number(text: &str) -> Option<u64> {
    let plain = text.len() == 20 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| plain && (1..=i64::MAX as u64).contains(number))
}

fn content(event: &CloudEvent, person: PersonId) -> Content {
    // A device speaks for the person whose it is, and for nobody else.
    if event.authid != format!("p:{person}") {
        return Content::Bad(Refusal::NotYours);
    }
    if event.specversion != "1.0" {
        return Content::Bad(Refusal::Malformed);
    }
    if !Fact::is_known_type(&event.event_type) {
        return Content::Unknown { time: event.time };
    }
    match event.event() {
        Ok(fact) if subject(&fact.fact) == event.subject => Content::Known(fact),
        Ok(_) | Err(_) => Content::Bad(Refusal::Malformed),
    }
}

/// SHA-256, hex.
pub(crate) fn sha256(text: &str) -> String {
    hex_of(&Sha256::digest(text.as_bytes()))
}

/// Bytes as hex.
pub(crate) fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
