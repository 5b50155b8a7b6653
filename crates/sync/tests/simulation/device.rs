//! A device: its disk, the machine, and what the driver would do.

use std::time::Duration;

use waymark_sync::team::machine::{Ask, Bug, Input, Machine, Moment, Output, State, Wake};

use crate::{
    dice::Dice,
    disk::{Disk, Key},
    world::SeededBug,
};

/// A request that left.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) device: usize,
    /// Which run of the app sent it: a later one does not know it.
    pub(crate) life: u32,
    pub(crate) ask: u64,
    pub(crate) what: Ask,
    /// What the driver read for it.
    pub(crate) receipts: Vec<Key>,
}

pub(crate) struct Device {
    pub(crate) disk: Disk,
    pub(crate) backup: Option<Disk>,
    pub(crate) machine: Machine,
    pub(crate) life: u32,
    /// The request that waits for its answer.
    pub(crate) outstanding: Option<u64>,
    pub(crate) due: Option<Duration>,
    /// From which number it listens, and to a server of which epoch, while it does.
    pub(crate) listens: Option<(u64, u64)>,
    pub(crate) shown: Option<State>,
    /// The app ends at the next write: just before it, or just after.
    pub(crate) ends_at_write: Option<bool>,
    bug: Option<SeededBug>,
}

impl Device {
    pub(crate) fn new(disk: Disk, bug: Option<SeededBug>) -> Self {
        Self {
            disk,
            backup: None,
            machine: machine(bug),
            life: 0,
            outstanding: None,
            due: None,
            listens: None,
            shown: None,
            ends_at_write: None,
            bug,
        }
    }

    /// The app ends and starts again; nothing but the disk is left.
    pub(crate) fn restart(&mut self, clock: Duration, dice: &mut Dice) -> Vec<Request> {
        self.machine = machine(self.bug);
        self.life += 1;
        (self.outstanding, self.due, self.ends_at_write, self.listens) = (None, None, None, None);
        self.step(clock, dice, Input::Wake(Wake::Start))
    }

    /// Gives the machine an input and does what it says; requests are handed out.
    pub(crate) fn step(&mut self, clock: Duration, dice: &mut Dice, input: Input) -> Vec<Request> {
        let mut requests = Vec::new();
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let now = Moment { clock, dice: dice.next() };
            for output in self.machine.step(now, input) {
                if matches!(output, Output::Read { .. } | Output::Save(_) | Output::Ask { .. }) {
                    self.listens = None;
                }
                match output {
                    Output::Listen { after, server_epoch } => self.listens = Some((after, server_epoch)),
                    Output::Read { limit } => {
                        let mut fresh = || dice.next();
                        let retry = self.bug == Some(SeededBug::NewIdOnRetry);
                        let rows = self.disk.read(limit, retry.then_some(&mut fresh));
                        inputs.push(Input::Rows { rows, standing: self.disk.standing() });
                    }
                    Output::Save(changes) => {
                        if self.ends_at_write != Some(false) {
                            self.disk.save(changes, &mut || dice.next());
                        }
                        if self.ends_at_write.is_some() {
                            requests.extend(self.restart(clock, dice));
                            return requests;
                        }
                        inputs.push(Input::Saved);
                    }
                    Output::Ask { ask, request } => {
                        self.outstanding = Some(ask);
                        let receipts = match request {
                            Ask::GiveBack(after) => self.disk.receipts(after).to_vec(),
                            _ => Vec::new(),
                        };
                        requests.push(Request {
                            device: self.disk.device,
                            life: self.life,
                            ask,
                            what: request,
                            receipts,
                        });
                    }
                    Output::WakeAt(due) => self.due = Some(due),
                    Output::Show(state) => self.shown = Some(state),
                }
            }
        }
        requests
    }
}

fn machine(bug: Option<SeededBug>) -> Machine {
    match bug {
        Some(SeededBug::NoEpochs) => Machine::with_bug(Bug::NoEpochs),
        Some(SeededBug::SplitOutOfOrder) => Machine::with_bug(Bug::SplitOutOfOrder),
        Some(SeededBug::ListensPastNews) => Machine::with_bug(Bug::ListensPastNews),
        Some(SeededBug::FailsForEver) => Machine::with_bug(Bug::FailsForEver),
        _ => Machine::new(),
    }
}
