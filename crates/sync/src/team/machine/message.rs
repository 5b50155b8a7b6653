//! What goes into the machine and what comes out of it.

use std::time::Duration;

use waymark_api::http::{
    auth::Hello,
    events::{BatchAnswer, Cursor, CursorAnswer, Refusal},
    feed::{Change as FeedChange, Feed, GivenBack},
};
use waymark_core::id::EventId;

/// When an input came: never the time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// A clock that only moves forward, from any beginning.
    pub clock: Duration,
    /// Randomness.
    pub dice: u64,
}

/// A place in the device's numbering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The device's epoch.
    pub epoch: u32,
    /// Its number, from 1.
    pub sequence: u64,
}

impl From<Cursor> for Slot {
    fn from(cursor: Cursor) -> Self {
        Self { epoch: cursor.epoch, sequence: cursor.last }
    }
}

/// What the disk knows about the exchange.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The device's epoch and the last number that it gave out.
    pub last: Slot,
    /// The server's epoch that was seen last.
    pub server_epoch: u64,
    /// The last number of the feed that was read.
    pub feed: u64,
    /// Whether the device learns anew what it had sent; nothing is sent before it has.
    pub relearn: bool,
    /// The last receipt that a restored server got back, 0 before the first; nothing is sent before it has all.
    pub give_back: Option<u64>,
}

/// Something that waits, ready to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its place.
    pub slot: Slot,
    /// Its id: the fact's, or that of the empty record in its place.
    pub id: EventId,
    /// Whether it is an empty record in a fact's place.
    pub void: bool,
    /// The envelope, kept before it goes for the first time.
    pub bytes: Vec<u8>,
}

/// Something happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// There may be something to do.
    Wake(Wake),
    /// What [`Output::Read`] asked for.
    Rows {
        /// The first that wait, in order.
        rows: Vec<Row>,
        /// What the disk knows.
        standing: Standing,
    },
    /// What [`Output::Save`] asked for is on disk.
    Saved,
    /// The disk did not do what was asked for.
    DiskFailed,
    /// The server answered.
    Answered {
        /// Which request.
        ask: u64,
        /// The answer.
        answer: Box<Answer>,
    },
    /// The server did not answer, or not as it was hoped.
    Failed {
        /// Which request.
        ask: u64,
        /// How.
        failure: Failure,
    },
    /// What [`Output::Listen`] came to. Where listening fails that worked before, that is news too; where it never works, nothing is
    /// said and the time that was set goes on.
    Listened {
        /// Whether the server has something new; it is read as ever. Without, it was quiet until now.
        news: bool,
    },
}

/// Why there may be something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// The app started, or joined.
    Start,
    /// A fact was recorded.
    Recorded,
    /// A person wants it now.
    Person,
    /// There is a network again.
    Network,
    /// The time of [`Output::WakeAt`] came.
    Timer,
}

/// An answer of the server.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Its terms.
    Hello(Hello),
    /// Where this device stands.
    Cursor(CursorAnswer),
    /// What became of a batch; also that of a 409.
    Batch(BatchAnswer),
    /// A page of the feed.
    Feed(Feed),
    /// The server has the receipts up to this one; without a number there were no more.
    GivenBack(Option<(u64, GivenBack)>),
    /// There is a new pair of tokens, and it is kept.
    Refreshed,
}

/// How a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer.
    Unreachable,
    /// The server has too much to do, or cannot work now.
    Busy {
        /// The pause that it asks for.
        retry_after: Option<Duration>,
    },
    /// A fault of the server, or an answer that makes no sense.
    Fault,
    /// The access token does not hold.
    SignIn,
    /// The sign-in was ended.
    SignedOut,
    /// This app is too old for the server.
    Upgrade,
    /// More than the server takes.
    TooLarge,
    /// The feed's number is too old.
    Gone,
    /// The server does not know this device as the person's.
    Forbidden,
}

/// Something to do. Of `Read`, `Save` and `Ask` there is one at a time.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Read the first `limit` that wait.
    Read {
        /// At most so many.
        limit: usize,
    },
    /// Put all of this on disk in one transaction.
    Save(Vec<Change>),
    /// Ask the server.
    Ask {
        /// Goes with the answer.
        ask: u64,
        /// What.
        request: Ask,
    },
    /// Wait beside all this for something new in the feed. It ends with the next `Read`, `Save` or `Ask`; a second
    /// one takes the place of the first.
    Listen {
        /// What comes after this number.
        after: u64,
        /// Of a server with another epoch everything is new.
        server_epoch: u64,
    },
    /// Come back then; takes the place of every earlier one.
    WakeAt(Duration),
    /// Say how it stands.
    Show(State),
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// `GET /v1/hello`.
    Hello,
    /// `GET /v1/events/cursor`.
    Cursor,
    /// `POST /v1/events`.
    Send(Vec<Row>),
    /// `GET /v1/feed`.
    Feed {
        /// What comes after this number.
        after: u64,
        /// Facts of this device as well.
        own: bool,
        /// From the beginning, page after page: what the server has forgotten is no reason to begin again.
        anew: bool,
    },
    /// `POST /v1/feed/receipts` with those after this one.
    GiveBack(u64),
    /// `POST /v1/auth/refresh`.
    Refresh,
}

/// A request that is under way, with what is needed to understand its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// As in [`Ask`].
    Hello,
    /// As in [`Ask`].
    Cursor,
    /// As in [`Ask`].
    Send(Vec<Row>),
    /// As in [`Ask`].
    Feed {
        /// What comes after this number.
        after: u64,
        /// Facts of this device as well.
        own: bool,
        /// From the beginning, page after page: what the server has forgotten is no reason to begin again.
        anew: bool,
    },
    /// As in [`Ask`].
    GiveBack(u64),
    /// As in [`Ask`].
    Refresh,
}

impl Asked {
    pub(super) fn request(&self) -> Ask {
        match self {
            Self::Hello => Ask::Hello,
            Self::Cursor => Ask::Cursor,
            Self::Send(rows) => Ask::Send(rows.clone()),
            Self::Feed { after, own, anew } => Ask::Feed { after: *after, own: *own, anew: *anew },
            Self::GiveBack(after) => Ask::GiveBack(*after),
            Self::Refresh => Ask::Refresh,
        }
    }
}

/// Something to keep.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// What the server said to one that waited.
    Answered {
        /// Its place.
        slot: Slot,
        /// What it said.
        fate: Fate,
    },
    /// The server was restored from a backup: its new epoch. It gets the receipts of its own facts back, and the
    /// feed is read from 0 again.
    ServerEpoch(u64),
    /// The restored server has the receipts up to this one; without a number, all.
    GivenBack(Option<u64>),
    /// Everything after this place waits again: the server has no more than that.
    ResendAfter(Slot),
    /// This device was restored from a backup. What waits is numbered anew in this epoch, nothing is sent, and
    /// the feed is read from 0 with this device's own facts.
    Relearn {
        /// Greater than every epoch that the server or the device knows.
        epoch: u32,
    },
    /// All own facts were read: what waits is numbered anew in the device's epoch, without what the server has.
    Relearned,
    /// A page of the feed.
    Feed {
        /// Changes in order.
        changes: Vec<FeedChange>,
        /// The number up to which it was read.
        next: u64,
    },
    /// The feed is read from 0 again.
    FeedAnew,
    /// An empty record goes in a fact's place, which the person sees.
    Quarantine(Slot),
    /// The fact goes again: the empty record fails as well, so it is not the fact.
    Release(Slot),
    /// Everything was sent and read.
    Synced,
    /// The sign-in ended, and why.
    Ended(Why),
}

/// What the server said to a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It has its effect.
    Accepted,
    /// It was there.
    Duplicate,
    /// It never can be valid.
    Refused(Refusal),
}

/// How the exchange stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Under way.
    Syncing,
    /// Everything is there.
    Sent,
    /// The server cannot be reached; it goes on by itself.
    Offline,
    /// A person has to act.
    Attention(Why),
}

/// Why a person has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The sign-in was ended, here or by somebody else.
    SignedOut,
    /// The server does not know this device as the person's.
    NotThisDevice,
    /// This app is too old for the server.
    Upgrade,
    /// The server has a fault.
    ServerFault,
    /// The library cannot be written.
    Disk,
}
