//! What follows from an answer, and from none.

use waymark_api::http::{
    events::{BatchAnswer, CursorAnswer, Outcome},
    feed::{Feed, GivenBack},
};

use super::{
    Answer, Asked, Change, Failure, Fate, Machine, Moment, Output, PATIENCE, Poison, Row, Slot, State, Then, Why,
};

impl Machine {
    pub(super) fn answered(&mut self, now: Moment, asked: Asked, answer: Answer) -> Vec<Output> {
        if matches!(asked, Asked::Refresh) {
            return match answer {
                Answer::Refreshed => self.look(),
                _ => self.failed(now, &asked, Failure::Fault),
            };
        }
        self.refreshed = false;
        match (asked, answer) {
            (Asked::Hello, Answer::Hello(hello)) => self.greet(now, &hello),
            (Asked::Cursor, Answer::Cursor(answer)) => self.agree(answer),
            (Asked::Send(rows), Answer::Batch(answer)) => self.sent(now, &rows, &answer),
            (Asked::Feed { after, own, .. }, Answer::Feed(feed)) => self.heard(now, after, own, feed),
            (Asked::GiveBack(_), Answer::GivenBack(given)) => self.gave_back(given),
            (asked, _) => self.failed(now, &asked, Failure::Fault),
        }
    }

    /// The restored server took receipts of its own facts.
    fn gave_back(&mut self, given: Option<(u64, GivenBack)>) -> Vec<Output> {
        match given {
            // Restored once more meanwhile: it is asked where this device stands, and gets all of them again.
            Some((_, answer)) if answer.server_epoch != self.standing.server_epoch => {
                self.agreed = false;
                self.look()
            }
            given => {
                self.failures = 0;
                self.save(vec![Change::GivenBack(given.map(|(last, _)| last))], Then::Read)
            }
        }
    }

    /// The server says where this device stands.
    fn agree(&mut self, answer: CursorAnswer) -> Vec<Output> {
        let server = Slot::from(answer.cursor);
        #[cfg(feature = "seeded-bugs")]
        if self.has(super::Bug::NoEpochs) {
            self.agreed = true;
            return self.look();
        }
        if answer.server_epoch != self.standing.server_epoch {
            // Restored from a backup: it lacks what it took since, and this device has that still.
            let changes = vec![Change::ServerEpoch(answer.server_epoch), Change::ResendAfter(server)];
            return self.save(changes, Then::Read);
        }
        if server > self.standing.last {
            // The server has more of this device than the device itself: the device was restored.
            return self.relearn(answer.cursor.epoch, Vec::new());
        }
        self.agreed = true;
        #[cfg(feature = "seeded-bugs")]
        let renumbers = !self.has(super::Bug::FailsForEver);
        #[cfg(not(feature = "seeded-bugs"))]
        let renumbers = true;
        match self.poison {
            // The number is taken, and yet the server fails at it: it is another fact's. What this device has
            // gets a number of a further epoch, and is put aside there if it goes on failing.
            Some(poison) if renumbers && poison.count >= 2 * PATIENCE && server >= poison.slot => {
                self.poison = None;
                return self.relearn(answer.cursor.epoch, Vec::new());
            }
            // It may have been taken after all; the same answer comes again to the same bytes.
            Some(poison) if poison.count >= PATIENCE && server >= poison.slot => {}
            Some(poison) if poison.count >= PATIENCE => {
                self.poison = None;
                let change = match poison.void {
                    true => Change::Release(poison.slot),
                    false => Change::Quarantine(poison.slot),
                };
                return self.save(vec![change], Then::Read);
            }
            _ => {}
        }
        self.look()
    }

    /// Takes a further epoch, and learns first what the server has: ids stay, and none goes twice.
    fn relearn(&mut self, server: u32, mut before: Vec<Change>) -> Vec<Output> {
        let epoch = self.standing.last.epoch.max(server).saturating_add(1);
        self.agreed = false;
        before.push(Change::Relearn { epoch });
        self.save(before, Then::Read)
    }

    /// The server's answer to a batch: a result for each in order, up to where it stopped.
    fn sent(&mut self, now: Moment, rows: &[Row], answer: &BatchAnswer) -> Vec<Output> {
        let fits = answer.results.len() == rows.len()
            && rows.iter().zip(&answer.results).all(|(row, one)| row.id == one.id && row.slot.sequence == one.seq);
        if !fits {
            return self.failed(now, &Asked::Send(rows.to_vec()), Failure::Fault);
        }
        #[cfg(feature = "seeded-bugs")]
        let same_server = answer.server_epoch == self.standing.server_epoch || self.has(super::Bug::NoEpochs);
        #[cfg(not(feature = "seeded-bugs"))]
        let same_server = answer.server_epoch == self.standing.server_epoch;
        self.agreed = same_server;
        let mut changes = Vec::new();
        for (row, result) in rows.iter().zip(&answer.results) {
            let fate = match &result.outcome {
                Outcome::Accepted => Fate::Accepted,
                Outcome::Duplicate => Fate::Duplicate,
                Outcome::Refused { reason } => Fate::Refused(*reason),
                #[cfg(feature = "seeded-bugs")]
                Outcome::Diverged if self.has(super::Bug::NoEpochs) => Fate::Duplicate,
                stop => return self.stopped(now, row, stop, answer, changes),
            };
            self.progress();
            changes.push(Change::Answered { slot: row.slot, fate });
        }
        self.batch = self.batch.saturating_mul(2).min(self.max_batch);
        self.save(changes, Then::Read)
    }

    fn progress(&mut self) {
        self.failures = 0;
        self.poison = None;
        self.diverged = None;
        self.refilled = false;
    }

    /// The server stopped at `row`.
    fn stopped(
        &mut self,
        now: Moment,
        row: &Row,
        stop: &Outcome,
        answer: &BatchAnswer,
        mut changes: Vec<Change>,
    ) -> Vec<Output> {
        match stop {
            // In a further epoch again: it is this fact that the server has in other words, and no numbering helps.
            Outcome::Diverged if self.diverged == Some(row.id) && !row.void => {
                self.diverged = None;
                changes.push(Change::Quarantine(row.slot));
                self.save(changes, Then::Read)
            }
            Outcome::Diverged => {
                self.diverged = Some(row.id);
                self.relearn(answer.cursor.epoch, changes)
            }
            // What is missing may wait behind an answer that the server has forgotten.
            Outcome::Gap { .. } if !self.refilled => {
                self.refilled = true;
                self.agreed = false;
                changes.push(Change::ResendAfter(answer.cursor.into()));
                self.save(changes, Then::Read)
            }
            Outcome::Gap { .. } => {
                self.refilled = false;
                self.relearn(answer.cursor.epoch, changes)
            }
            // Not tried although nothing came before it: no answer at all.
            _ => {
                self.count(row);
                let due = self.next_try(now, None);
                self.save(changes, Then::Pause(due))
            }
        }
    }

    /// Counts one more failure of what goes first.
    fn count(&mut self, row: &Row) {
        let before = self.poison.filter(|poison| poison.slot == row.slot && poison.id == row.id);
        let count = before.map_or(0, |poison| poison.count) + 1;
        self.poison = Some(Poison { slot: row.slot, id: row.id, void: row.void, count });
    }

    /// A page of the feed. The fold over facts does not depend on their order, so what this device recorded and
    /// has not sent yet needs no second application on top.
    fn heard(&mut self, now: Moment, after: u64, own: bool, feed: Feed) -> Vec<Output> {
        #[cfg(feature = "seeded-bugs")]
        let other_server = feed.server_epoch != self.standing.server_epoch && !self.has(super::Bug::NoEpochs);
        #[cfg(not(feature = "seeded-bugs"))]
        let other_server = feed.server_epoch != self.standing.server_epoch;
        if other_server {
            self.agreed = false;
            // The device's place there has to be known before anything is taken from it.
            return self.ask(Asked::Cursor);
        }
        let Feed { changes, next, more, .. } = feed;
        if next < after || (more && next == after) {
            return self.failed(now, &Asked::Feed { after, own, anew: self.anew }, Failure::Fault);
        }
        self.failures = 0;
        self.anew &= more;
        self.standing.feed = next;
        let mut writes = Vec::new();
        if !changes.is_empty() || next != after {
            writes.push(Change::Feed { changes, next });
        }
        match (more, own) {
            (true, _) => self.save(writes, Then::Feed),
            (false, true) => {
                writes.push(Change::Relearned);
                self.save(writes, Then::Read)
            }
            (false, false) if writes.is_empty() => self.rest_or_save(),
            (false, false) => {
                writes.push(Change::Synced);
                self.save(writes, Then::Rest)
            }
        }
    }

    /// A request failed.
    pub(super) fn failed(&mut self, now: Moment, asked: &Asked, failure: Failure) -> Vec<Output> {
        match failure {
            Failure::Unreachable => self.pause(now, State::Offline, None),
            Failure::Busy { retry_after } => self.pause(now, State::Offline, retry_after),
            Failure::Upgrade => self.too_old(now),
            Failure::SignedOut => self.stop(Why::SignedOut),
            Failure::SignIn if matches!(asked, Asked::Refresh) => self.stop(Why::SignedOut),
            // A token that does not hold although it is new: the server is in disorder, not the person.
            Failure::SignIn if self.refreshed => {
                self.refreshed = false;
                self.pause(now, State::Offline, None)
            }
            Failure::SignIn => {
                self.refreshed = true;
                self.ask(Asked::Refresh)
            }
            Failure::Forbidden => self.stop(Why::NotThisDevice),
            Failure::Gone => {
                self.standing.feed = 0;
                self.save(vec![Change::FeedAnew], Then::Feed)
            }
            Failure::Fault | Failure::TooLarge => {
                if let Asked::Send(rows) = asked {
                    match rows.as_slice() {
                        [row] => self.count(row),
                        // Which of them it is shows when they go alone.
                        _ => self.batch = (rows.len() / 2).max(1),
                    }
                }
                // Once may be chance; somebody has to look at a server that keeps doing it.
                let state = if self.failures < 3 { State::Offline } else { State::Attention(Why::ServerFault) };
                self.pause(now, state, None)
            }
        }
    }
}
