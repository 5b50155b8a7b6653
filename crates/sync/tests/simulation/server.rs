//! The server's rule table (`protocol.md`, section 3), executable. A backup is a clone.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;
use waymark_api::http::{
    envelope::{CloudEvent, device_source},
    events::{BatchAnswer, Cursor, CursorAnswer, EventResult, Outcome, Refusal},
    feed::{Change, ChangeKind, Feed},
};
use waymark_core::id::{ActionId, DeviceId, EventId};
use waymark_sync::team::machine::{Row, Slot};

use crate::{disk::Key, world::SeededBug};

/// The server's own facts have this device.
pub(crate) const SERVER: usize = 99;

/// What the server makes of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    /// It never can be valid.
    Invalid,
    /// It makes the server fail.
    Poison,
    /// An empty record in a fact's place.
    Void,
}

/// A fact on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wire {
    pub(crate) device: usize,
    pub(crate) slot: Slot,
    pub(crate) id: EventId,
    pub(crate) key: Key,
    pub(crate) kind: Kind,
}

impl Wire {
    pub(crate) fn to_bytes(self) -> Vec<u8> {
        let Self { device, slot, id, key, kind } = self;
        let kind = match kind {
            Kind::Plain => 0,
            Kind::Invalid => 1,
            Kind::Poison => 2,
            Kind::Void => 3,
        };
        format!("{device} {} {} {id} {key} {kind}", slot.epoch, slot.sequence).into_bytes()
    }

    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).unwrap();
        let mut parts = text.split(' ');
        let mut part = || parts.next().unwrap();
        Self {
            device: part().parse().unwrap(),
            slot: Slot { epoch: part().parse().unwrap(), sequence: part().parse().unwrap() },
            id: part().parse().unwrap(),
            key: part().parse().unwrap(),
            kind: match part() {
                "0" => Kind::Plain,
                "1" => Kind::Invalid,
                "2" => Kind::Poison,
                _ => Kind::Void,
            },
        }
    }

    /// As the feed gives it; the contract's type, with the model's fact inside.
    fn to_event(self) -> CloudEvent {
        CloudEvent {
            specversion: "1.0".into(),
            id: self.id,
            source: device_source(DeviceId::new(Uuid::from_u128(self.device as u128))),
            event_type: "model".into(),
            subject: String::new(),
            time: Timestamp::UNIX_EPOCH,
            recordedtime: Timestamp::UNIX_EPOCH,
            sequence: format!("{:020}", self.slot.sequence),
            wmepoch: self.slot.epoch.to_string(),
            wmaction: ActionId::new(Uuid::nil()),
            authtype: "app_user".into(),
            authid: String::new(),
            dataclassification: "internal".into(),
            datacontenttype: "application/json".into(),
            data: String::from_utf8(self.to_bytes()).unwrap().into(),
        }
    }

    pub(crate) fn of_event(event: &CloudEvent) -> Self {
        Self::of_bytes(event.data.as_str().unwrap().as_bytes())
    }
}

#[derive(Clone, Debug)]
struct Stored {
    bytes: Vec<u8>,
    outcome: Outcome,
}

/// What the server knows.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) epoch: u64,
    cursors: BTreeMap<usize, Cursor>,
    stored: BTreeMap<(usize, Slot), Stored>,
    ids: BTreeMap<EventId, (usize, Slot)>,
    /// The first slot of a device that has a fact: the feed asks for it at every change.
    first: BTreeMap<(usize, Key), Slot>,
    /// Effects in the order in which they happened: fact and device.
    pub(crate) applied: Vec<(Key, usize)>,
    /// Bug 5: the only ids that are remembered.
    window: Vec<EventId>,
}

impl Server {
    pub(crate) fn new() -> Self {
        Self {
            epoch: 1,
            cursors: BTreeMap::new(),
            stored: BTreeMap::new(),
            ids: BTreeMap::new(),
            first: BTreeMap::new(),
            applied: Vec::new(),
            window: Vec::new(),
        }
    }

    pub(crate) fn has(&self, key: Key) -> bool {
        self.applied.iter().any(|(applied, _)| *applied == key)
    }

    /// Something that a manager did, or that a device gives back: it is nobody's device's.
    pub(crate) fn record(&mut self, key: Key) {
        if !self.has(key) {
            self.applied.push((key, SERVER));
        }
    }

    pub(crate) fn bytes_at(&self, device: usize, slot: Slot) -> Option<&[u8]> {
        let stored = self.stored.get(&(device, slot))?;
        matches!(stored.outcome, Outcome::Accepted).then_some(stored.bytes.as_slice())
    }

    pub(crate) fn cursor(&self, device: usize) -> CursorAnswer {
        let cursor = self.cursors.get(&device).copied().unwrap_or_default();
        CursorAnswer { server_epoch: self.epoch, cursor }
    }

    /// A batch, in one transaction; `None` where the server fails at it and changes nothing.
    pub(crate) fn take(&mut self, device: usize, rows: &[Row], bug: Option<SeededBug>) -> Option<BatchAnswer> {
        if rows.iter().any(|row| Wire::of_bytes(&row.bytes).kind == Kind::Poison && !self.ids.contains_key(&row.id)) {
            return None;
        }
        let mut results = Vec::new();
        let mut stopped = false;
        for row in rows {
            let outcome = if stopped { Outcome::NotTried } else { self.take_one(device, row, bug) };
            stopped |= matches!(outcome, Outcome::Diverged | Outcome::Gap { .. });
            results.push(EventResult { id: row.id, seq: row.slot.sequence, outcome });
        }
        let CursorAnswer { server_epoch, cursor } = self.cursor(device);
        Some(BatchAnswer { server_epoch, cursor, results })
    }

    fn take_one(&mut self, device: usize, row: &Row, bug: Option<SeededBug>) -> Outcome {
        let cursor = self.cursors.get(&device).copied().unwrap_or_default();
        let last = Slot::from(cursor);
        let wire = Wire::of_bytes(&row.bytes);
        let opens = row.slot.epoch > cursor.epoch && row.slot.sequence == 1;
        if bug == Some(SeededBug::DuplicateWindow) && row.slot <= last && !self.window.contains(&row.id) {
            self.apply(device, &wire, row, bug);
            return Outcome::Accepted;
        }
        if row.slot <= last {
            return match self.stored.get(&(device, row.slot)) {
                Some(stored) if stored.bytes == row.bytes => match &stored.outcome {
                    Outcome::Accepted => Outcome::Duplicate,
                    refused => refused.clone(),
                },
                _ if bug == Some(SeededBug::NoHashCompare) => Outcome::Duplicate,
                _ => Outcome::Diverged,
            };
        }
        if !opens && (row.slot.epoch != cursor.epoch || row.slot.sequence != cursor.last + 1) {
            let expected = if row.slot.epoch == cursor.epoch { cursor.last + 1 } else { 1 };
            return Outcome::Gap { expected };
        }
        if self.ids.contains_key(&row.id) {
            return Outcome::Diverged;
        }
        self.cursors.insert(device, Cursor { epoch: row.slot.epoch, last: row.slot.sequence });
        self.apply(device, &wire, row, bug)
    }

    fn apply(&mut self, device: usize, wire: &Wire, row: &Row, bug: Option<SeededBug>) -> Outcome {
        let outcome = match wire.kind {
            Kind::Invalid => Outcome::Refused { reason: Refusal::UnknownStep },
            _ => Outcome::Accepted,
        };
        if matches!(wire.kind, Kind::Plain | Kind::Poison) {
            self.applied.push((wire.key, device));
        }
        self.ids.insert(row.id, (device, row.slot));
        if bug == Some(SeededBug::DuplicateWindow) {
            self.window.push(row.id);
            let forgotten = self.window.len().saturating_sub(10);
            self.window.drain(..forgotten);
        }
        let first = self.first.entry((device, wire.key)).or_insert(row.slot);
        *first = row.slot.min(*first);
        self.stored.insert((device, row.slot), Stored { bytes: row.bytes.clone(), outcome: outcome.clone() });
        outcome
    }

    /// Whether a device at `after` can go on from there. Messages among the older half of the feed are gone, as those
    /// of more than 90 days are; facts are there for ever.
    pub(crate) fn reaches(&self, after: u64) -> bool {
        after == 0 || after >= self.applied.len() as u64 / 2
    }

    /// The feed: effects in the order of their commits, at most three at a time, so that there are pages.
    pub(crate) fn feed(&self, device: usize, after: u64, own: bool) -> Feed {
        let mut changes = Vec::new();
        let mut next = after;
        for (at, (key, from)) in self.applied.iter().enumerate().skip(after as usize).take(3) {
            next = at as u64 + 1;
            if *from == device && !own {
                continue;
            }
            let wire = self.wire(*key, *from);
            changes.push(Change {
                number: next,
                kind: ChangeKind::Event { event: Box::new(wire.to_event()), by: "Somebody".into(), receipt: None },
            });
        }
        Feed { server_epoch: self.epoch, changes, next, more: (next as usize) < self.applied.len() }
    }

    fn wire(&self, key: Key, from: usize) -> Wire {
        let stored = self.first.get(&(from, key)).and_then(|slot| self.stored.get(&(from, *slot)));
        let found = stored.map(|stored| Wire::of_bytes(&stored.bytes)).filter(|wire| wire.key == key);
        let id = EventId::new(Uuid::from_u128(u128::from(key)));
        found.unwrap_or(Wire { device: from, slot: Slot::default(), id, key, kind: Kind::Plain })
    }
}
