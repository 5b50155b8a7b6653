//! A turn: agree with the server where this device stands, send what waits, read the feed, rest.

use std::time::Duration;

use waymark_api::http::auth::Hello;
use waymark_api::http::{MAX_BATCH, MAX_BATCH_BYTES, VERSION};

use super::{
    Asked, Change, Doing, Machine, Moment, Output, Row, SPREAD, Standing, State, Then, Wake, Why,
    pause::{self, POLL},
};

impl Machine {
    pub(super) fn wake(&mut self, now: Moment, wake: Wake) -> Vec<Output> {
        let feed = wake != Wake::Recorded;
        match self.doing {
            // A turn is under way: what is new is seen by the next one.
            Doing::Reading | Doing::Asking(_) | Doing::Saving(_) => {
                self.again = Some(feed || self.again.unwrap_or(false));
                Vec::new()
            }
            Doing::Stopped if !matches!(wake, Wake::Start | Wake::Person) => Vec::new(),
            Doing::Waiting | Doing::Stopped => match wake {
                Wake::Start | Wake::Person => self.begin(feed),
                Wake::Timer if self.due.is_some_and(|due| now.clock < due) => {
                    self.due.map(Output::WakeAt).into_iter().collect()
                }
                Wake::Timer => self.begin(feed),
                // What waits goes when the pause is over.
                Wake::Recorded if self.failures > 0 => Vec::new(),
                Wake::Recorded => self.begin(feed),
                Wake::Network if self.failures == 0 => self.begin(feed),
                Wake::Network => {
                    let soon = now.clock + pause::share(SPREAD, now.dice);
                    let due = self.due.map_or(soon, |due| due.min(soon));
                    self.due = Some(due);
                    vec![Output::WakeAt(due)]
                }
            },
        }
    }

    /// The server said that there is something new, or that it was quiet.
    pub(super) fn listened(&mut self, now: Moment, news: bool) -> Vec<Output> {
        match self.doing {
            // Failures have their own time: a server in trouble is not asked sooner because it has news.
            Doing::Waiting if self.failures > 0 => Vec::new(),
            Doing::Waiting if news => self.begin(true),
            // What was quiet until now need not be asked so soon.
            Doing::Waiting => {
                let due = self.next_poll(now);
                self.due = Some(due);
                vec![Output::WakeAt(due), self.listen()]
            }
            Doing::Reading | Doing::Asking(_) | Doing::Saving(_) => {
                if news {
                    self.again = Some(true);
                }
                Vec::new()
            }
            Doing::Stopped => Vec::new(),
        }
    }

    fn next_poll(&self, now: Moment) -> Duration {
        now.clock + POLL + pause::share(POLL / 6, now.dice)
    }

    fn listen(&self) -> Output {
        let Standing { feed: after, server_epoch, .. } = self.standing;
        #[cfg(feature = "seeded-bugs")]
        let after = if self.has(super::Bug::ListensPastNews) { after + 1 } else { after };
        Output::Listen { after, server_epoch }
    }

    /// Begins a turn.
    fn begin(&mut self, feed: bool) -> Vec<Output> {
        self.wants_feed = feed;
        self.again = None;
        self.wrote = false;
        self.due = None;
        let mut outputs = vec![Output::Show(State::Syncing)];
        outputs.extend(self.look());
        outputs
    }

    /// What waits was read.
    pub(super) fn read(&mut self, rows: Vec<Row>, standing: Standing) -> Vec<Output> {
        self.standing = standing;
        if !self.greeted {
            return self.ask(Asked::Hello);
        }
        if standing.relearn {
            return self.ask_feed();
        }
        if !self.agreed {
            return self.ask(Asked::Cursor);
        }
        // First what managers did: what this device sends may stand on it.
        if let Some(after) = standing.give_back {
            return self.ask(Asked::GiveBack(after));
        }
        if !rows.is_empty() {
            let batch = self.batch_of(rows);
            return self.ask(Asked::Send(batch));
        }
        if self.wants_feed {
            return self.ask_feed();
        }
        self.rest_or_save()
    }

    pub(super) fn ask_feed(&mut self) -> Vec<Output> {
        let Standing { feed, relearn, .. } = self.standing;
        // Of a long feed the second page begins before what the server has forgotten, too.
        self.anew |= feed == 0;
        self.ask(Asked::Feed { after: feed, own: relearn, anew: self.anew })
    }

    /// The first that wait, of one epoch, no more than the server takes at once.
    fn batch_of(&self, rows: Vec<Row>) -> Vec<Row> {
        let epoch = rows.first().map(|row| row.slot.epoch);
        let limit = self.batch.clamp(1, self.max_batch);
        // Two brackets, and a comma after each.
        let mut bytes = 2;
        let mut batch: Vec<Row> = Vec::new();
        #[cfg(feature = "seeded-bugs")]
        let all = rows.clone();
        for row in rows {
            bytes += row.bytes.len() + 1;
            let full = batch.len() == limit || bytes > self.max_bytes || Some(row.slot.epoch) != epoch;
            // One that is too large alone is tried alone: the server says so to its author.
            if full && !batch.is_empty() {
                break;
            }
            batch.push(row);
        }
        #[cfg(feature = "seeded-bugs")]
        if self.has(super::Bug::SplitOutOfOrder) && batch.len() < all.len() {
            return all.into_iter().skip(batch.len()).take(limit).collect();
        }
        batch
    }

    /// The server's terms.
    pub(super) fn greet(&mut self, now: Moment, hello: &Hello) -> Vec<Output> {
        if !hello.versions.contains(&VERSION) {
            return self.too_old(now);
        }
        self.greeted = true;
        self.max_batch = hello.max_batch.clamp(1, MAX_BATCH);
        self.max_bytes = hello.max_bytes.clamp(1, MAX_BATCH_BYTES);
        self.batch = self.max_batch;
        self.look()
    }

    /// This app is too old: it goes on working, keeps what waits, and asks again in an hour.
    pub(super) fn too_old(&mut self, now: Moment) -> Vec<Output> {
        self.greeted = false;
        self.failures += 1;
        self.rest_until(now.clock + pause::TOO_OLD, State::Attention(Why::Upgrade))
    }

    /// Something failed that may pass.
    pub(super) fn pause(&mut self, now: Moment, state: State, wish: Option<Duration>) -> Vec<Output> {
        let due = self.next_try(now, wish);
        self.rest_until(due, state)
    }

    /// When to try again after one more failure. The server is asked again then where this device stands: it may
    /// have taken what it did not answer, or be another one by then.
    pub(super) fn next_try(&mut self, now: Moment, wish: Option<Duration>) -> Duration {
        self.agreed = false;
        let due = now.clock + pause::after(self.failures, wish, now);
        self.failures = self.failures.saturating_add(1);
        due
    }

    pub(super) fn rest_until(&mut self, due: Duration, state: State) -> Vec<Output> {
        self.doing = Doing::Waiting;
        self.due = Some(due);
        vec![Output::Show(state), Output::WakeAt(due)]
    }

    /// Nothing more until a person acts.
    pub(super) fn stop(&mut self, why: Why) -> Vec<Output> {
        let mut outputs = self.save(vec![Change::Ended(why)], Then::Stop);
        outputs.insert(0, Output::Show(State::Attention(why)));
        outputs
    }

    /// Everything was sent, and read where that was wanted.
    pub(super) fn rest_or_save(&mut self) -> Vec<Output> {
        if self.wrote { self.save(vec![Change::Synced], Then::Rest) } else { self.save_nothing() }
    }

    fn save_nothing(&mut self) -> Vec<Output> {
        // An empty write has no moment of its own; the turn ends as it does after one.
        self.doing = Doing::Saving(Then::Rest);
        vec![Output::Save(Vec::new())]
    }

    /// A write is on disk.
    pub(super) fn saved(&mut self, now: Moment, then: Then) -> Vec<Output> {
        match then {
            Then::Read => self.look(),
            Then::Feed => self.ask_feed(),
            Then::Pause(due) => self.rest_until(due, State::Offline),
            Then::Stop => {
                self.doing = Doing::Stopped;
                self.greeted = false;
                self.agreed = false;
                Vec::new()
            }
            Then::Rest => match self.again.take() {
                Some(feed) => self.begin(feed),
                None => {
                    let due = self.next_poll(now);
                    let mut outputs = self.rest_until(due, State::Sent);
                    outputs.push(self.listen());
                    outputs
                }
            },
        }
    }
}
