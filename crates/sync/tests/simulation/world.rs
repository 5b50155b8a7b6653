//! Two devices of one person, a server, a network and a calendar gone mad.

use std::{collections::BTreeSet, fmt::Write, time::Duration};

use uuid::Uuid;
use waymark_api::http::{auth::Hello, feed::GivenBack};
use waymark_core::id::ServerId;
use waymark_sync::team::machine::{Answer, Ask, Failure, Input, Wake};

use crate::{
    check,
    device::{Device, Request},
    dice::Dice,
    disk::{Disk, Key},
    server::{Kind, SERVER, Server},
};

/// Bugs of `proof.md`, section 5. (3, a feed numbered by `bigserial`, is the server's own tests'.) Two are not there:
/// a listener that misses news, and a fault that was found by a long run and mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SeededBug {
    AcknowledgeBeforeCommit,
    NoHashCompare,
    NoEpochs,
    DuplicateWindow,
    NewIdOnRetry,
    SplitOutOfOrder,
    ClockInARule,
    ListensPastNews,
    FailsForEver,
}

/// After how long a server without news ends a request that waits for some.
const QUIET: Duration = Duration::from_secs(15);
const TEN_YEARS: Duration = Duration::from_secs(10 * 365 * 86_400);

/// An answer on its way back.
struct Reply {
    to: Request,
    what: Result<Answer, Failure>,
}

pub(crate) struct World {
    pub(crate) devices: Vec<Device>,
    pub(crate) server: Server,
    server_backup: Option<Server>,
    /// Bug 1: the server as it was before the last batch, which was answered and is not on disk.
    uncommitted: Option<Server>,
    /// Greater than every epoch that any server ever had, whatever was restored.
    epochs: u64,
    requests: Vec<Request>,
    replies: Vec<Reply>,
    /// Facts that were recorded: who, and what the server makes of it.
    pub(crate) recorded: Vec<(Key, usize, Kind)>,
    /// Facts that no disk has any more that could bring them back.
    pub(crate) gone: BTreeSet<Key>,
    /// Whether devices must sign in anew.
    token_holds: bool,
    too_old: bool,
    clock: Duration,
    wall: Duration,
    dice: Dice,
    bug: Option<SeededBug>,
    trace: String,
}

impl World {
    pub(crate) fn new(dice: Dice, bug: Option<SeededBug>) -> Self {
        let server = Server::new();
        let mut world = Self {
            devices: (0..2).map(|device| Device::new(Disk::new(device, server.epoch), bug)).collect(),
            epochs: server.epoch,
            server,
            server_backup: None,
            uncommitted: None,
            requests: Vec::new(),
            replies: Vec::new(),
            recorded: Vec::new(),
            gone: BTreeSet::new(),
            token_holds: true,
            too_old: false,
            clock: Duration::from_secs(1),
            wall: TEN_YEARS * 5,
            dice,
            bug,
            trace: String::new(),
        };
        for device in 0..2 {
            world.wake(device, Wake::Start);
        }
        world
    }

    pub(crate) fn into_trace(self) -> String {
        self.trace
    }

    fn note(&mut self, text: std::fmt::Arguments<'_>) {
        let seconds = self.clock.as_secs();
        let _ = writeln!(self.trace, "{seconds} s: {text}");
    }

    /// The clock that the machine gets. Bug 8: the one on the wall.
    fn machine_clock(&self) -> Duration {
        if self.bug == Some(SeededBug::ClockInARule) { self.wall } else { self.clock }
    }

    fn input(&mut self, device: usize, input: Input) {
        let clock = self.machine_clock();
        let requests = self.devices[device].step(clock, &mut self.dice, input);
        for request in &requests {
            let text = format!("device {device} asks {:?}", short(&request.what));
            self.note(format_args!("{text}"));
        }
        self.requests.extend(requests);
    }

    fn wake(&mut self, device: usize, wake: Wake) {
        self.note(format_args!("device {device} wakes: {wake:?}"));
        self.input(device, Input::Wake(wake));
    }

    /// One random thing happens.
    pub(crate) fn operate(&mut self) {
        let device = self.dice.below(2);
        match self.dice.below(100) {
            0..24 => self.record(device),
            24 | 25 => self.listen(device),
            26..46 => self.deliver_request(),
            46..64 => self.deliver_reply(),
            64..68 => self.lose(),
            68..72 => self.give_up(device),
            72..80 => self.pass_time(),
            80..82 => self.crash(device),
            82..84 => self.end_at_write(device),
            84..86 => self.back_up(device),
            86..88 => self.restore(device),
            88..90 => self.back_up_server(),
            90..92 => self.restore_server(),
            92 => self.crash_server(),
            93..95 => self.jump_clock(),
            95 => self.token_holds = false,
            96 => self.too_old = !self.too_old,
            97 => self.manage(),
            98 => self.wake(device, Wake::Person),
            _ => self.wake(device, Wake::Network),
        }
    }

    fn record(&mut self, device: usize) {
        // Several in a row, as a step with parts gives them.
        for _ in 0..=self.dice.below(4) {
            let key = self.recorded.len() as Key + 1;
            let kind = match self.dice.below(60) {
                0 => Kind::Poison,
                1 | 2 => Kind::Invalid,
                _ => Kind::Plain,
            };
            self.devices[device].disk.record(key, kind);
            self.recorded.push((key, device, kind));
            self.note(format_args!("device {device} records {key} {kind:?}"));
        }
        self.wake(device, Wake::Recorded);
    }

    fn manage(&mut self) {
        let key = self.recorded.len() as Key + 1;
        self.recorded.push((key, SERVER, Kind::Plain));
        // What is committed now takes along what came before.
        self.uncommitted = None;
        self.server.record(key);
        self.note(format_args!("a manager records {key}"));
    }

    /// The server ends a request that waited for news; now and then its answer is an old one, and wrong.
    fn listen(&mut self, device: usize) {
        let Some(true_news) = self.news(device) else {
            self.devices[device].listens = None;
            return;
        };
        let news = if self.dice.chance(10) { !true_news } else { true_news };
        self.listened(device, news);
    }

    /// Whether there is something new for a device that waits for it; `None` where none does, or none may.
    fn news(&self, device: usize) -> Option<bool> {
        let (after, server_epoch) = self.devices[device].listens?;
        if !self.token_holds || self.too_old {
            return None;
        }
        let feed = self.server.feed(device, after, false);
        Some(!feed.changes.is_empty() || feed.server_epoch != server_epoch)
    }

    fn listened(&mut self, device: usize, news: bool) {
        self.devices[device].listens = None;
        self.note(format_args!("device {device} listened, news: {news}"));
        self.input(device, Input::Listened { news });
    }

    /// Any request arrives, whatever its age; some arrive twice.
    fn deliver_request(&mut self) {
        if self.requests.is_empty() {
            return;
        }
        let at = self.dice.below(self.requests.len());
        let request = if self.dice.chance(12) { self.requests[at].clone() } else { self.requests.remove(at) };
        let what = self.serve(&request);
        self.replies.push(Reply { to: request, what });
    }

    fn serve(&mut self, request: &Request) -> Result<Answer, Failure> {
        let device = request.device;
        if self.too_old {
            return Err(Failure::Upgrade);
        }
        if !self.token_holds && !matches!(request.what, Ask::Hello | Ask::Refresh) {
            return Err(Failure::SignIn);
        }
        match &request.what {
            Ask::Hello => Ok(Answer::Hello(Hello {
                server: ServerId::new(Uuid::nil()),
                name: "Corvane".into(),
                server_epoch: self.server.epoch,
                versions: vec![1],
                max_batch: 8,
                max_bytes: 300,
                sign_in: Vec::new(),
            })),
            Ask::Refresh => {
                self.token_holds = true;
                Ok(Answer::Refreshed)
            }
            Ask::Cursor => Ok(Answer::Cursor(self.server.cursor(device))),
            Ask::GiveBack(after) => Ok(Answer::GivenBack((!request.receipts.is_empty()).then(|| {
                request.receipts.iter().for_each(|key| self.server.record(*key));
                let last = after + request.receipts.len() as u64;
                (last, GivenBack { server_epoch: self.server.epoch, ..GivenBack::default() })
            }))),
            Ask::Feed { after, own, anew } => match self.server.reaches(*after) || *own || *anew {
                true => Ok(Answer::Feed(self.server.feed(device, *after, *own))),
                false => {
                    self.note(format_args!("server has forgotten where device {device} stands"));
                    Err(Failure::Gone)
                }
            },
            Ask::Send(rows) => {
                if self.bug == Some(SeededBug::AcknowledgeBeforeCommit) {
                    self.uncommitted = Some(self.server.clone());
                }
                let answer = self.server.take(device, rows, self.bug);
                let results = answer.as_ref().map(|answer| answer.results.iter().map(|one| &one.outcome));
                let text = format!("{:?}", results.map(Iterator::collect::<Vec<_>>));
                self.note(format_args!("server answers device {device}: {text}"));
                answer.map(Answer::Batch).ok_or(Failure::Fault)
            }
        }
    }

    fn deliver_reply(&mut self) {
        if self.replies.is_empty() {
            return;
        }
        let at = self.dice.below(self.replies.len());
        let reply = self.replies.remove(at);
        self.answer(reply);
    }

    fn answer(&mut self, Reply { to, what }: Reply) {
        // An app that ended does not hear it.
        if self.devices[to.device].life != to.life {
            return;
        }
        self.input(
            to.device,
            match what {
                Ok(answer) => Input::Answered { ask: to.ask, answer: Box::new(answer) },
                Err(failure) => Input::Failed { ask: to.ask, failure },
            },
        );
    }

    fn lose(&mut self) {
        if !self.requests.is_empty() && self.dice.chance(50) {
            let at = self.dice.below(self.requests.len());
            self.requests.remove(at);
        } else if !self.replies.is_empty() {
            let at = self.dice.below(self.replies.len());
            self.replies.remove(at);
        }
    }

    /// The device waits no longer; the request may arrive all the same.
    fn give_up(&mut self, device: usize) {
        let Some(ask) = self.devices[device].outstanding.take() else { return };
        self.note(format_args!("device {device} hears nothing"));
        self.input(device, Input::Failed { ask, failure: Failure::Unreachable });
    }

    fn pass_time(&mut self) {
        let seconds = if self.dice.chance(10) { 4_000 } else { self.dice.below(90) as u64 };
        let time = Duration::from_millis(seconds * 1_000 + self.dice.below(1_000) as u64);
        self.clock += time;
        self.wall += time;
        for device in 0..2 {
            if self.devices[device].due.is_some_and(|due| due <= self.machine_clock()) {
                self.devices[device].due = None;
                self.wake(device, Wake::Timer);
            }
        }
    }

    fn crash(&mut self, device: usize) {
        self.note(format_args!("device {device} crashes"));
        let clock = self.machine_clock();
        let requests = self.devices[device].restart(clock, &mut self.dice);
        self.requests.extend(requests);
    }

    fn end_at_write(&mut self, device: usize) {
        let after = self.dice.chance(50);
        self.devices[device].ends_at_write = Some(after);
    }

    fn back_up(&mut self, device: usize) {
        self.note(format_args!("device {device} is backed up"));
        let device = &mut self.devices[device];
        device.backup = Some(device.disk.clone());
    }

    fn restore(&mut self, device: usize) {
        let Some(backup) = self.devices[device].backup.clone() else { return };
        self.note(format_args!("device {device} is restored"));
        self.devices[device].disk = backup;
        self.forget_what_is_nowhere();
        self.crash(device);
    }

    fn back_up_server(&mut self) {
        self.note(format_args!("the server is backed up"));
        self.server_backup = Some(self.server.clone());
    }

    fn restore_server(&mut self) {
        let Some(backup) = self.server_backup.clone() else { return };
        self.epochs += 1;
        self.server = backup;
        self.server.epoch = self.epochs;
        self.uncommitted = None;
        let epoch = self.epochs;
        self.note(format_args!("the server is restored, epoch {epoch}"));
        self.forget_what_is_nowhere();
    }

    /// Nothing is lost by it, unless it answered before its commit.
    fn crash_server(&mut self) {
        self.note(format_args!("the server crashes"));
        if let Some(before) = self.uncommitted.take() {
            self.server = before;
        }
    }

    /// A fact that is neither on the disk of the device that recorded it nor on the server's is gone with the
    /// disks that were replaced; no protocol brings it back.
    fn forget_what_is_nowhere(&mut self) {
        for (key, from, _) in &self.recorded {
            let here = match self.devices.get(*from) {
                Some(device) => device.disk.log.contains(key),
                None => self.devices.iter().any(|device| device.disk.heard.contains(key)),
            };
            if !here && !self.server.has(*key) {
                self.gone.insert(*key);
            }
        }
    }

    fn jump_clock(&mut self) {
        self.wall = if self.dice.chance(50) { self.wall + TEN_YEARS } else { self.wall.saturating_sub(TEN_YEARS) };
        self.note(format_args!("the wall clock jumps"));
    }

    /// The network is back and works: what is under way arrives, and everything has to come right.
    pub(crate) fn settle(&mut self) -> Result<(), String> {
        self.note(format_args!("from here on everything works"));
        self.too_old = false;
        self.exchange_all()?;
        self.crash_server();
        for device in 0..2 {
            self.devices[device].ends_at_write = None;
            // Whatever was lost is noticed as lost.
            if let Some(ask) = self.devices[device].outstanding.take() {
                self.input(device, Input::Failed { ask, failure: Failure::Unreachable });
            }
            self.wake(device, Wake::Network);
        }
        // No rule may hang on the time of day, so this changes nothing.
        self.wall = self.wall.saturating_sub(TEN_YEARS);
        // Where a server cannot be listened to, devices come and ask: both must come right, so every second run has
        // the one. No dice are thrown for it, which would make every seed another run.
        let hears = self.recorded.len().is_multiple_of(2);
        self.run_until(self.clock + Duration::from_secs(60), hears)?;
        check::queues(self)?;
        // While everybody rests: one change, and nothing after it that would bring it along.
        self.manage();
        // Facts that make the server fail take five tries each, and the feed is read every half minute.
        self.run_until(self.clock + Duration::from_secs(4 * 3_600), hears)?;
        check::everything(self)
    }

    /// Until nothing is under way.
    fn exchange_all(&mut self) -> Result<(), String> {
        for _ in 0..5_000 {
            if self.requests.is_empty() && self.replies.is_empty() {
                return Ok(());
            }
            self.exchange();
        }
        Err("I7: requests without end".to_owned())
    }

    /// Until that moment; `hears` says whether the server can be listened to.
    fn run_until(&mut self, end: Duration, hears: bool) -> Result<(), String> {
        let mut quiet = [None; 2];
        loop {
            self.exchange_all()?;
            if hears && self.hear(&mut quiet) {
                continue;
            }
            let offset = self.machine_clock().saturating_sub(self.clock);
            let dues = self.devices.iter().filter_map(|device| device.due).map(|due| due.saturating_sub(offset));
            let Some(next) = dues.chain(quiet.into_iter().flatten()).min().filter(|next| *next <= end) else { break };
            let pass = next.saturating_sub(self.clock);
            self.clock += pass;
            self.wall += pass;
            for device in 0..2 {
                if self.devices[device].due.is_some_and(|due| due <= self.machine_clock()) {
                    self.devices[device].due = None;
                    self.wake(device, Wake::Timer);
                }
            }
        }
        let pass = end.saturating_sub(self.clock);
        self.clock += pass;
        self.wall += pass;
        Ok(())
    }

    /// The server ends requests that wait for news: at once where it has some, else when it was quiet for long enough;
    /// `quiet` is when that will be. Says whether it ended one.
    fn hear(&mut self, quiet: &mut [Option<Duration>; 2]) -> bool {
        for (device, quiet) in quiet.iter_mut().enumerate() {
            let Some(news) = self.news(device) else {
                *quiet = None;
                continue;
            };
            let end = *quiet.get_or_insert(self.clock + QUIET);
            if news || end <= self.clock {
                *quiet = None;
                self.listened(device, news);
                return true;
            }
        }
        false
    }

    /// Everything under way arrives once, in order.
    fn exchange(&mut self) {
        for request in std::mem::take(&mut self.requests) {
            let what = self.serve(&request);
            self.replies.push(Reply { to: request, what });
        }
        for reply in std::mem::take(&mut self.replies) {
            self.answer(reply);
        }
    }
}

fn short(ask: &Ask) -> String {
    match ask {
        Ask::Send(rows) => {
            let slots: Vec<String> =
                rows.iter().map(|row| format!("{}.{}={}", row.slot.epoch, row.slot.sequence, row.id)).collect();
            format!("send {}", slots.join(" "))
        }
        other => format!("{other:?}"),
    }
}
