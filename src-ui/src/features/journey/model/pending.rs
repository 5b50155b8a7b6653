//! Which ticks the loaded data does not have yet, so that they are painted over it.

use waymark_core::id::{JourneyId, StepId};

use super::ticks::Tick;

/// More ticks than anybody makes before the next load; older ones are in the data by then.
const KEPT: usize = 64;

/// Who paints ticks that the loaded data does not have yet. Each of them loads on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// A list of steps: the checklist's, or Today's.
    List,
    /// The step at its side.
    Detail,
}

/// A moment between two answers of the device. A load that began later has what was answered before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(u64);

/// Names one tick among those of the same step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TickId(u64);

#[derive(Clone, Debug)]
struct Entry {
    id: TickId,
    tick: Tick,
    /// When the device confirmed it.
    confirmed: Option<Moment>,
    /// Whether the list's data, and the detail's data, have it.
    loaded: [bool; 2],
}

/// The ticks of one screen, oldest first; at most one for each step.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pending {
    entries: Vec<Entry>,
    now: Moment,
    made: u64,
}

impl Pending {
    /// A step was ticked, or its tick taken back; what was pending for it before counts no longer.
    pub(crate) fn add(&mut self, journey: JourneyId, step: StepId, done: bool) -> TickId {
        self.entries.retain(|entry| entry.tick.journey != journey || entry.tick.step != step);
        let extra = self.entries.len().saturating_sub(KEPT - 1);
        self.entries.drain(..extra);
        self.made += 1;
        let id = TickId(self.made);
        let tick = Tick { journey, step, done };
        self.entries.push(Entry { id, tick, confirmed: None, loaded: [false; 2] });
        id
    }

    /// The device has it on disk.
    pub(crate) fn confirm(&mut self, id: TickId) {
        self.now.0 += 1;
        let now = self.now;
        self.entries.iter_mut().filter(|entry| entry.id == id).for_each(|entry| entry.confirmed = Some(now));
    }

    /// The device refused it.
    pub(crate) fn refuse(&mut self, id: TickId) {
        self.entries.retain(|entry| entry.id != id);
    }

    /// The moment at which a load begins.
    pub(crate) fn now(&self) -> Moment {
        self.now
    }

    /// Whether data that was asked for at `begun` brings this reader something that it paints over.
    pub(crate) fn brings(&self, reader: Reader, begun: Moment) -> bool {
        self.entries.iter().any(|entry| entry.is_in(begun) && !entry.loaded[reader as usize])
    }

    /// Data came to this reader that was asked for at `begun`: it has what was confirmed before.
    pub(crate) fn loaded(&mut self, reader: Reader, begun: Moment) {
        let had = self.entries.iter_mut().filter(|entry| entry.is_in(begun));
        had.for_each(|entry| entry.loaded[reader as usize] = true);
        self.entries.retain(|entry| entry.loaded != [true; 2]);
    }

    /// Ticks that this reader's data does not have yet.
    pub(crate) fn over(&self, reader: Reader) -> Vec<Tick> {
        let missing = self.entries.iter().filter(|entry| !entry.loaded[reader as usize]);
        missing.map(|entry| entry.tick.clone()).collect()
    }
}

impl Entry {
    fn is_in(&self, begun: Moment) -> bool {
        self.confirmed.is_some_and(|confirmed| confirmed <= begun)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::journey::model::samples::id;

    fn painted(pending: &Pending) -> Vec<bool> {
        pending.over(Reader::List).iter().map(|tick| tick.done).collect()
    }

    #[test]
    fn a_tick_is_painted_until_data_came_that_was_asked_for_after_it() {
        let mut pending = Pending::default();
        let before = pending.now();
        let tick = pending.add(id(), "a".into(), true);
        pending.confirm(tick);
        pending.loaded(Reader::List, before);
        assert_eq!(painted(&pending), [true], "that data is older than the tick");
        let after = pending.now();
        assert!(pending.brings(Reader::List, after));
        pending.loaded(Reader::List, after);
        assert!(painted(&pending).is_empty(), "this data has it");
        assert_eq!(pending.over(Reader::Detail).len(), 1, "the other reader has not loaded");
    }

    #[test]
    fn the_answer_to_an_earlier_tick_says_nothing_about_a_later_one() {
        let mut pending = Pending::default();
        let tick = pending.add(id(), "a".into(), true);
        let back = pending.add(id(), "a".into(), false);
        pending.confirm(tick);
        pending.loaded(Reader::List, pending.now());
        assert_eq!(painted(&pending), [false], "it is still under way");
        pending.refuse(tick);
        assert_eq!(painted(&pending), [false]);
        pending.refuse(back);
        assert!(painted(&pending).is_empty(), "what was refused is not painted");
    }

    #[test]
    fn a_long_row_of_ticks_is_bounded() {
        let mut pending = Pending::default();
        for step in 0..200 {
            pending.add(id(), StepId::new(format!("step-{step}")), true);
        }
        assert_eq!(pending.over(Reader::List).len(), KEPT);
    }
}
