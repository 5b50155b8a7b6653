//! What to do next in the exchange with the team's server: `step(input)` gives outputs, and that is all.
//!
//! One thing is under way at a time: a read of the disk, a write to it, or one request. The disk decides what
//! was done: nothing that the machine holds is needed after a crash.
//!
//! **Order and clocks.** Facts go in the order of their numbers. No wall clock is read anywhere here; pauses
//! are counted on a clock that only moves forward, which comes in as [`Moment`].

mod answers;
mod message;
mod pause;
mod turn;

use std::time::Duration;

use waymark_core::id::EventId;

pub use message::{
    Answer, Ask, Asked, Change, Failure, Fate, Input, Moment, Output, Row, Slot, Standing, State, Wake, Why,
};
pub use pause::{LONGEST_PAUSE, POLL, SPREAD};

use waymark_api::http::{MAX_BATCH, MAX_BATCH_BYTES};

/// Equal failures of one fact after which it is put aside.
const PATIENCE: u32 = 5;

/// A wrong rule, switched on by the tests that must notice it (`proof.md`, section 5).
#[cfg(feature = "seeded-bugs")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// The device knows no epochs: what diverged counts as delivered, and a restored server is not noticed.
    NoEpochs,
    /// A batch that is split goes in the wrong order.
    SplitOutOfOrder,
    /// The device listens for what comes after the next change, so that a single one is no news to it.
    ListensPastNews,
    /// What keeps failing under a number that the server has as another fact's is sent under it for ever.
    FailsForEver,
}

/// The device's half of the protocol.
#[derive(Debug)]
pub struct Machine {
    doing: Doing,
    standing: Standing,
    /// Number of the last request; answers to earlier ones are too late.
    asked: u64,
    /// Whether the server's terms are known.
    greeted: bool,
    /// Whether the server was asked where this device stands, and the two agree.
    agreed: bool,
    /// Whether this turn reads the feed.
    wants_feed: bool,
    /// Something new came while this turn was under way: another one follows, and whether it reads the feed.
    again: Option<bool>,
    /// Whether anything was written in this turn.
    wrote: bool,
    /// Whether the feed is being read from its beginning.
    anew: bool,
    /// Failures in a row.
    failures: u32,
    /// When to go on by itself.
    due: Option<Duration>,
    /// Whether the token was exchanged since the last answer that was one.
    refreshed: bool,
    /// Facts in a batch, at most; it shrinks where a batch as a whole fails.
    batch: usize,
    max_batch: usize,
    max_bytes: usize,
    /// The fact that keeps failing.
    poison: Option<Poison>,
    /// The fact that diverged last; a second time it is the fact and not the numbering.
    diverged: Option<EventId>,
    /// Whether everything after the server's number was queued again because of a gap.
    refilled: bool,
    #[cfg(feature = "seeded-bugs")]
    bug: Option<Bug>,
}

/// What is under way.
#[derive(Debug)]
enum Doing {
    /// Nothing.
    Waiting,
    /// A read of what waits.
    Reading,
    /// A request.
    Asking(Asked),
    /// A write, and what comes after it.
    Saving(Then),
    /// Nothing until a person acts.
    Stopped,
}

/// What comes after a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// The turn goes on with what waits now.
    Read,
    /// The next page of the feed.
    Feed,
    /// The turn is over.
    Rest,
    /// A pause, as it was counted from the moment of the failure.
    Pause(Duration),
    /// Nothing more.
    Stop,
}

/// A fact that keeps failing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Poison {
    slot: Slot,
    id: EventId,
    /// Whether what fails is the empty record in a fact's place already.
    void: bool,
    count: u32,
}

impl Default for Machine {
    fn default() -> Self {
        Self::new()
    }
}

impl Machine {
    /// A machine that waits for [`Wake::Start`].
    pub fn new() -> Self {
        Self {
            doing: Doing::Waiting,
            standing: Standing::default(),
            asked: 0,
            greeted: false,
            agreed: false,
            wants_feed: true,
            again: None,
            wrote: false,
            anew: false,
            failures: 0,
            due: None,
            refreshed: false,
            batch: MAX_BATCH,
            max_batch: MAX_BATCH,
            max_bytes: MAX_BATCH_BYTES,
            poison: None,
            diverged: None,
            refilled: false,
            #[cfg(feature = "seeded-bugs")]
            bug: None,
        }
    }

    /// A machine with a wrong rule.
    #[cfg(feature = "seeded-bugs")]
    pub fn with_bug(bug: Bug) -> Self {
        Self { bug: Some(bug), ..Self::new() }
    }

    #[cfg(feature = "seeded-bugs")]
    fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    /// Takes one input and says what to do.
    pub fn step(&mut self, now: Moment, input: Input) -> Vec<Output> {
        match input {
            Input::Wake(wake) => self.wake(now, wake),
            Input::Rows { rows, standing } => match self.doing {
                Doing::Reading => self.read(rows, standing),
                _ => Vec::new(),
            },
            Input::Saved => match self.doing {
                Doing::Saving(then) => self.saved(now, then),
                _ => Vec::new(),
            },
            Input::DiskFailed => match self.doing {
                Doing::Saving(_) | Doing::Reading => self.pause(now, State::Attention(Why::Disk), None),
                _ => Vec::new(),
            },
            Input::Answered { ask, answer } => match self.take_asked(ask) {
                Some(asked) => self.answered(now, asked, *answer),
                None => Vec::new(),
            },
            Input::Listened { news } => self.listened(now, news),
            Input::Failed { ask, failure } => match self.take_asked(ask) {
                Some(asked) => self.failed(now, &asked, failure),
                None => Vec::new(),
            },
        }
    }

    /// The request that an answer belongs to; `None` where it comes too late.
    fn take_asked(&mut self, ask: u64) -> Option<Asked> {
        if ask != self.asked || !matches!(self.doing, Doing::Asking(_)) {
            return None;
        }
        match std::mem::replace(&mut self.doing, Doing::Waiting) {
            Doing::Asking(asked) => Some(asked),
            _ => None,
        }
    }

    fn ask(&mut self, asked: Asked) -> Vec<Output> {
        self.asked += 1;
        let request = asked.request();
        self.doing = Doing::Asking(asked);
        vec![Output::Ask { ask: self.asked, request }]
    }

    fn save(&mut self, changes: Vec<Change>, then: Then) -> Vec<Output> {
        self.wrote = true;
        self.doing = Doing::Saving(then);
        vec![Output::Save(changes)]
    }

    fn look(&mut self) -> Vec<Output> {
        self.doing = Doing::Reading;
        vec![Output::Read { limit: self.max_batch }]
    }
}
