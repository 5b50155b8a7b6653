//! A model of the device's disk: the same rules as `waymark_store`'s outbox and import, in memory, so that a
//! backup is a clone. `crates/app/tests` runs the real one.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;
use waymark_api::http::feed::ChangeKind;
use waymark_core::id::EventId;
use waymark_sync::team::machine::{Change, Fate, Row, Slot, Standing};

use crate::server::{Kind, SERVER, Wire};

/// A fact, by the order in which facts were recorded anywhere.
pub(crate) type Key = u64;

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    pub(crate) kind: Kind,
    pub(crate) id: EventId,
    pub(crate) bytes: Option<Vec<u8>>,
    pub(crate) void: Option<EventId>,
    pub(crate) answer: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub(crate) struct Disk {
    pub(crate) device: usize,
    /// Every fact that the person sees.
    pub(crate) log: BTreeSet<Key>,
    pub(crate) outbox: BTreeMap<Slot, Entry>,
    epoch: u32,
    next: u64,
    server_epoch: u64,
    feed: u64,
    relearn: bool,
    /// Facts of the server that this device has read: their receipts.
    pub(crate) heard: Vec<Key>,
    give_back: Option<u64>,
}

impl Disk {
    pub(crate) fn new(device: usize, server_epoch: u64) -> Self {
        Self {
            device,
            log: BTreeSet::new(),
            outbox: BTreeMap::new(),
            epoch: 1,
            next: 1,
            server_epoch,
            feed: 0,
            relearn: false,
            heard: Vec::new(),
            give_back: None,
        }
    }

    pub(crate) fn record(&mut self, key: Key, kind: Kind) {
        self.log.insert(key);
        let slot = Slot { epoch: self.epoch, sequence: self.next };
        self.next += 1;
        let id = EventId::new(Uuid::from_u128(u128::from(key)));
        self.outbox.insert(slot, Entry { key, kind, id, bytes: None, void: None, answer: None });
    }

    pub(crate) fn standing(&self) -> Standing {
        Standing {
            last: Slot { epoch: self.epoch, sequence: self.next - 1 },
            server_epoch: self.server_epoch,
            feed: self.feed,
            relearn: self.relearn,
            give_back: self.give_back,
        }
    }

    /// The first that wait; envelopes are made and kept now. With `new_id`, bug 6: a retry gets another id.
    pub(crate) fn read(&mut self, limit: usize, mut new_id: Option<&mut dyn FnMut() -> u64>) -> Vec<Row> {
        let device = self.device;
        let waiting = self.outbox.iter_mut().filter(|(_, entry)| entry.answer.is_none()).take(limit);
        waiting
            .map(|(slot, entry)| {
                if let (Some(new_id), Some(_)) = (&mut new_id, &entry.bytes) {
                    entry.id = EventId::new(Uuid::from_u128(u128::from(new_id()) << 64));
                    entry.bytes = None;
                }
                let id = entry.void.unwrap_or(entry.id);
                let kind = if entry.void.is_some() { Kind::Void } else { entry.kind };
                let wire = Wire { device, slot: *slot, id, key: entry.key, kind };
                let bytes = entry.bytes.get_or_insert_with(|| wire.to_bytes()).clone();
                Row { slot: *slot, id, void: entry.void.is_some(), bytes }
            })
            .collect()
    }

    pub(crate) fn save(&mut self, changes: Vec<Change>, new_id: &mut dyn FnMut() -> u64) {
        for change in changes {
            self.apply(change, new_id);
        }
    }

    fn apply(&mut self, change: Change, new_id: &mut dyn FnMut() -> u64) {
        match change {
            Change::Answered { slot, fate } => {
                if let Some(entry) = self.outbox.get_mut(&slot).filter(|entry| entry.answer.is_none()) {
                    entry.answer = Some(match fate {
                        _ if entry.void.is_some() => "quarantined",
                        Fate::Accepted => "accepted",
                        Fate::Duplicate => "duplicate",
                        Fate::Refused(_) => "refused",
                    });
                }
            }
            Change::ServerEpoch(epoch) => {
                (self.server_epoch, self.feed, self.give_back) = (epoch, 0, Some(0));
            }
            Change::GivenBack(last) => self.give_back = last,
            Change::ResendAfter(last) => {
                self.outbox.range_mut(last..).filter(|(slot, _)| **slot > last).for_each(|(_, one)| one.answer = None);
            }
            Change::Relearn { epoch } => {
                self.renumber(epoch);
                (self.relearn, self.feed) = (true, 0);
            }
            Change::Relearned => {
                self.renumber(self.epoch);
                self.relearn = false;
            }
            Change::Feed { changes, next } => {
                for change in changes {
                    if let ChangeKind::Event { event, .. } = change.kind {
                        self.import(&Wire::of_event(&event));
                    }
                }
                self.feed = next;
            }
            Change::FeedAnew => self.feed = 0,
            Change::Quarantine(slot) => self.set_void(slot, Some(EventId::new(Uuid::from_u128(u128::from(new_id()))))),
            Change::Release(slot) => self.set_void(slot, None),
            Change::Synced | Change::Ended(_) => {}
        }
    }

    fn set_void(&mut self, slot: Slot, void: Option<EventId>) {
        if let Some(entry) = self.outbox.get_mut(&slot).filter(|entry| entry.answer.is_none()) {
            (entry.void, entry.bytes) = (void, None);
        }
    }

    fn renumber(&mut self, epoch: u32) {
        let slots: Vec<Slot> =
            self.outbox.iter().filter(|(_, entry)| entry.answer.is_none()).map(|(slot, _)| *slot).collect();
        let entries: Vec<Entry> = slots.iter().filter_map(|slot| self.outbox.remove(slot)).collect();
        self.next = 1;
        for entry in entries {
            let slot = Slot { epoch, sequence: self.next };
            assert!(self.outbox.insert(slot, Entry { bytes: None, ..entry }).is_none(), "{slot:?} is taken");
            self.next += 1;
        }
        self.epoch = epoch;
    }

    fn import(&mut self, wire: &Wire) {
        self.log.insert(wire.key);
        if wire.device == SERVER && !self.heard.contains(&wire.key) {
            self.heard.push(wire.key);
        }
        if wire.device != self.device {
            return;
        }
        self.outbox.retain(|_, entry| entry.id != wire.id || entry.answer.is_some());
        let known = self.outbox.values().any(|entry| entry.id == wire.id) || self.outbox.contains_key(&wire.slot);
        if !known {
            let Wire { key, kind, id, .. } = *wire;
            let entry = Entry { key, kind, id, bytes: Some(wire.to_bytes()), void: None, answer: Some("accepted") };
            self.outbox.insert(wire.slot, entry);
        }
    }

    /// Receipts after a position, two at a time, so that there are pages.
    pub(crate) fn receipts(&self, after: u64) -> &[Key] {
        let rest = self.heard.get(after as usize..).unwrap_or_default();
        rest.get(..2).unwrap_or(rest)
    }

    pub(crate) fn waiting(&self) -> usize {
        self.outbox.values().filter(|entry| entry.answer.is_none()).count()
    }
}
