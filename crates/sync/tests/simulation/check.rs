//! The invariants of `protocol.md` that concern a device: I1 to I4, I6, I7 and I9. (I5, what somebody may see,
//! is the server's; I8, that a manager's page does not go backwards, is `waymark_app`'s `team::pages`.)

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    disk::Key,
    server::{Kind, SERVER},
    world::World,
};

/// I7: the queue is empty at most 60 s after the network is back. What makes the server fail takes longer, and
/// so does all that is behind it.
pub(crate) fn queues(world: &World) -> Result<(), String> {
    for (at, device) in world.devices.iter().enumerate() {
        let poisoned = device.disk.outbox.values().any(|entry| entry.answer.is_none() && entry.kind == Kind::Poison);
        let waiting = device.disk.waiting();
        if waiting > 0 && !poisoned {
            return Err(format!("I7: {waiting} facts of device {at} wait a minute after the network is back"));
        }
    }
    Ok(())
}

pub(crate) fn everything(world: &World) -> Result<(), String> {
    let applied = effects(world)?;
    for (at, device) in world.devices.iter().enumerate() {
        if device.disk.waiting() > 0 {
            return Err(format!("I7: facts of device {at} still wait, and it shows {:?}", device.shown));
        }
        order(world, at)?;
        own_facts(world, at, &applied)?;
        if let Some(key) = applied.iter().find(|key| !device.disk.log.contains(key)) {
            return Err(format!("I4: device {at} lacks {key}, which the server has"));
        }
        let known: BTreeSet<Key> = world.recorded.iter().map(|(key, ..)| *key).collect();
        if let Some(key) = device.disk.log.iter().find(|key| !known.contains(key)) {
            return Err(format!("I4: device {at} has {key}, which nobody recorded"));
        }
        bytes(world, at)?;
    }
    Ok(())
}

/// I2: each effect once.
fn effects(world: &World) -> Result<BTreeSet<Key>, String> {
    let mut times: BTreeMap<Key, u32> = BTreeMap::new();
    for (key, _) in &world.server.applied {
        *times.entry(*key).or_default() += 1;
    }
    match times.iter().find(|(_, times)| **times > 1) {
        Some((key, times)) => Err(format!("I2: {key} took effect {times} times")),
        None => Ok(times.into_keys().collect()),
    }
}

/// I3: facts of one device take effect in the order in which it recorded them.
fn order(world: &World, device: usize) -> Result<(), String> {
    let own: Vec<Key> = world.server.applied.iter().filter(|(_, from)| *from == device).map(|(key, _)| *key).collect();
    match own.windows(2).find(|pair| pair[0] > pair[1]) {
        Some(pair) => Err(format!("I3: {} of device {device} took effect before {}", pair[0], pair[1])),
        None => Ok(()),
    }
}

/// I1 and I9: what was saved is there, or its author sees that it was refused.
fn own_facts(world: &World, at: usize, applied: &BTreeSet<Key>) -> Result<(), String> {
    let disk = &world.devices[at].disk;
    for (key, from, kind) in &world.recorded {
        if world.gone.contains(key) || (*from != at && *from != SERVER) {
            continue;
        }
        if *from == SERVER && !applied.contains(key) {
            return Err(format!("I1: the server lost {key}, which a manager recorded"));
        }
        // What a manager did was never a device's to lose; whether it is there is I4.
        if *from == at && !disk.log.contains(key) {
            return Err(format!("I1: device {at} lost {key}"));
        }
        let answer = disk.outbox.values().find(|entry| entry.key == *key).and_then(|entry| entry.answer);
        let shown = matches!(answer, Some("refused" | "quarantined"));
        match kind {
            _ if applied.contains(key) => {}
            Kind::Plain if *from == at => {
                return Err(format!("I1: the server never had {key} of device {at} ({answer:?})"));
            }
            _ if !shown && *from == at => {
                return Err(format!("I9: {key} of device {at} was refused and is shown as {answer:?}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// I6: what can be shown is what was sent.
fn bytes(world: &World, at: usize) -> Result<(), String> {
    for (slot, entry) in &world.devices[at].disk.outbox {
        let there = world.server.bytes_at(at, *slot);
        if there.is_some() && entry.bytes.as_deref() != there {
            return Err(format!("I6: device {at} shows other bytes than it sent at {slot:?}"));
        }
    }
    Ok(())
}
