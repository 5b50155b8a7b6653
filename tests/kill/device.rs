//! A device: the exchange as the app runs it, over a disk that outlives it. Ending it throws away all but the disk.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use jiff::{Timestamp, civil::date};
use tokio::{sync::mpsc, task::JoinHandle};
use uuid::Uuid;
use waymark_api::http::{
    auth::{Enrol, Enrolled, Refresh, Tokens, refresh_message},
    envelope::{Origin, envelope},
};
use waymark_core::{
    event::{BlockReason, Event, Fact},
    id::{ActionId, DeviceId, EventId, JourneyId, PackId},
};
use waymark_sync::team::{
    client::{ServerAddress, TeamClient},
    driver::{self, DiskFailed, Port},
    key::DeviceKey,
    machine::{Change, Failure, Fate, Row, Slot, Standing, State, Wake},
};

/// Facts of one journey.
const JOURNEY: u64 = 100;

/// A fact in the outbox.
struct Entry {
    id: EventId,
    bytes: Vec<u8>,
    answered: bool,
}

/// What is on the device's disk. Each method is one transaction.
pub(crate) struct Disk {
    joined: Enrolled,
    key: DeviceKey,
    tokens: Tokens,
    /// The rotation that was begun, kept before it is asked for.
    rotation: Option<String>,
    outbox: BTreeMap<u64, Entry>,
    journey: JourneyId,
    server_epoch: u64,
    feed: u64,
    /// What must never happen here, in words.
    pub(crate) odd: Vec<String>,
}

impl Disk {
    /// Joins with an invite's code.
    pub(crate) async fn join(client: &TeamClient, code: &str) -> Arc<Mutex<Self>> {
        let key = DeviceKey::generate().unwrap();
        let device = DeviceId::new(Uuid::now_v7());
        let body = Enrol { code: code.to_owned(), device, public_key: key.public(), label: "killed often".to_owned() };
        let joined = loop {
            // The proxy cuts here as well; the same device asks again.
            if let Ok(joined) = client.post::<_, Enrolled>(None, &["enrol"], &body).await {
                break joined;
            }
        };
        let tokens = joined.tokens.clone();
        let journey = JourneyId::new(Uuid::nil());
        let (outbox, odd) = (BTreeMap::new(), Vec::new());
        let disk = Self { joined, key, tokens, rotation: None, outbox, journey, server_epoch: 0, feed: 0, odd };
        Arc::new(Mutex::new(disk))
    }

    /// Records the next fact and queues it.
    pub(crate) fn record(&mut self, hash: &str) {
        let sequence = self.outbox.len() as u64 + 1;
        let (id, bytes) = self.fresh(hash, sequence, sequence);
        self.outbox.insert(sequence, Entry { id, bytes, answered: false });
    }

    /// A fact with an id of its own and any number; `which` says what it tells.
    pub(crate) fn fresh(&mut self, hash: &str, which: u64, sequence: u64) -> (EventId, Vec<u8>) {
        let fact = if which % JOURNEY == 1 {
            self.journey = JourneyId::new(Uuid::now_v7());
            Fact::JourneyAssigned {
                journey: self.journey,
                template: "killed".into(),
                version: "1.0.0".to_owned(),
                hash: hash.to_owned(),
                pack: PackId::new(Uuid::nil()),
                start: date(2026, 1, 5),
            }
        } else {
            let reason = BlockReason::WaitingForPerson;
            Fact::StepBlocked { journey: self.journey, step: "tools".into(), reason, note: format!("fact {which}") }
        };
        let (id, time): (_, Timestamp) = (Uuid::now_v7(), "2026-01-06T09:00:00Z".parse().unwrap());
        let event = Event { id: EventId::new(id), action: ActionId::new(id), time, fact };
        let Enrolled { person, device, .. } = self.joined;
        let origin = Origin { person, device, epoch: 1, sequence, recorded: time, with_notes: true };
        (event.id, serde_json::to_vec(&envelope(&event, &origin).unwrap()).unwrap())
    }

    /// The device's id at the server.
    pub(crate) fn device(&self) -> DeviceId {
        self.joined.device
    }

    /// The access token.
    pub(crate) fn access(&self) -> String {
        self.tokens.access.clone()
    }

    /// Ids of all facts, in the order in which they were recorded.
    pub(crate) fn recorded(&self) -> Vec<String> {
        self.outbox.values().map(|entry| entry.id.to_string()).collect()
    }

    /// The number of the fact that was recorded last.
    pub(crate) fn last(&self) -> u64 {
        self.outbox.len() as u64
    }

    /// Whether a fact has its answer.
    pub(crate) fn is_answered(&self, number: u64) -> bool {
        self.outbox.get(&number).is_some_and(|entry| entry.answered)
    }

    /// How many facts have no answer.
    pub(crate) fn waiting(&self) -> usize {
        self.outbox.values().filter(|entry| !entry.answered).count()
    }

    fn rows(&self, limit: usize) -> (Vec<Row>, Standing) {
        let slot = |sequence| Slot { epoch: 1, sequence };
        let waiting = self.outbox.iter().filter(|(_, entry)| !entry.answered).take(limit);
        let row = |(number, entry): (&u64, &Entry)| Row {
            slot: slot(*number),
            id: entry.id,
            void: false,
            bytes: entry.bytes.clone(),
        };
        let last = slot(self.outbox.len() as u64);
        let standing =
            Standing { last, server_epoch: self.server_epoch, feed: self.feed, relearn: false, give_back: None };
        (waiting.map(row).collect(), standing)
    }

    fn apply(&mut self, change: Change) {
        match change {
            Change::Answered { slot, fate: Fate::Accepted | Fate::Duplicate } => {
                if let Some(entry) = self.outbox.get_mut(&slot.sequence) {
                    entry.answered = true;
                }
            }
            Change::ServerEpoch(epoch) if self.server_epoch == 0 => self.server_epoch = epoch,
            Change::ResendAfter(last) => {
                self.outbox.range_mut(last.sequence + 1..).for_each(|(_, entry)| entry.answered = false);
            }
            Change::Feed { next, .. } => self.feed = next,
            Change::FeedAnew => self.feed = 0,
            Change::Synced => {}
            // No fact is bad, and nobody restores anything: a crash must not look like that.
            other => self.odd.push(format!("{other:?}")),
        }
    }
}

/// The app that runs on a disk.
pub(crate) struct Device {
    /// What outlives it.
    pub(crate) disk: Arc<Mutex<Disk>>,
    client: TeamClient,
    task: JoinHandle<()>,
    wakes: mpsc::Sender<Wake>,
}

impl Device {
    /// Starts the app on a disk.
    pub(crate) fn start(disk: Arc<Mutex<Disk>>, url: &str) -> Self {
        let client = TeamClient::new(ServerAddress::parse(url).unwrap()).unwrap();
        let (wakes, woken) = mpsc::channel(8);
        let port = OnDisk { disk: Arc::clone(&disk), client: client.clone() };
        let task = tokio::spawn(driver::run(port, client.clone(), woken));
        Self { disk, client, task, wakes }
    }

    /// Ends the app wherever it is, between an answer and its disk too, and starts it again.
    pub(crate) async fn kill(self) -> Self {
        self.task.abort();
        let _ = self.task.await;
        let url = self.client.address().to_string();
        Self::start(self.disk, &url)
    }

    /// Says that there may be something to do. A full channel has said so already.
    pub(crate) fn wake(&self, wake: Wake) {
        let _ = self.wakes.try_send(wake);
    }
}

struct OnDisk {
    disk: Arc<Mutex<Disk>>,
    client: TeamClient,
}

impl Port for OnDisk {
    async fn read(&self, limit: usize) -> Result<(Vec<Row>, Standing), DiskFailed> {
        Ok(self.disk.lock().unwrap().rows(limit))
    }

    async fn save(&self, changes: Vec<Change>) -> Result<(), DiskFailed> {
        // A moment in which the app can be ended with the answer in its hand and nothing on disk.
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        let mut disk = self.disk.lock().unwrap();
        changes.into_iter().for_each(|change| disk.apply(change));
        Ok(())
    }

    async fn receipts(&self, _: u64, _: usize) -> Result<Vec<(u64, String)>, DiskFailed> {
        // Nobody restores anything here.
        Ok(Vec::new())
    }

    async fn access(&self) -> Option<String> {
        Some(self.disk.lock().unwrap().access())
    }

    async fn refresh(&self) -> Result<(), Failure> {
        let body = {
            let mut disk = self.disk.lock().unwrap();
            let rotation = disk.rotation.get_or_insert_with(|| Uuid::now_v7().to_string()).clone();
            let refresh = disk.tokens.refresh.clone();
            let signature = disk.key.sign(&refresh_message(&rotation, &refresh));
            Refresh { refresh, rotation, device: Some(disk.joined.device), signature }
        };
        let answer = self.client.post::<_, Tokens>(None, &["auth", "refresh"], &body).await;
        let tokens = answer.map_err(|error| error.failure())?;
        let mut disk = self.disk.lock().unwrap();
        (disk.tokens, disk.rotation) = (tokens, None);
        Ok(())
    }

    async fn show(&self, _: State) {}
}
