//! Carries out what the machine says: one task, which waits for wakes and for time.

use std::{collections::VecDeque, future::Future, pin::Pin, time::Duration};

use jiff::Timestamp;
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};
use waymark_api::http::{
    MAX_BATCH, MAX_BATCH_BYTES,
    auth::Hello,
    events::CursorAnswer,
    feed::{Feed, GiveBack},
};

use super::{
    client::{CallError, TeamClient},
    clock::{self, ClockOff},
    machine::{Answer, Ask, Change, Failure, Input, Machine, Moment, Output, Row, Standing, State, Wake},
};

/// How often an app without a connection tries whether there is one again.
const PROBE: Duration = Duration::from_secs(15);
/// How long a request waits for news, in seconds: shorter than what the client takes for silence.
const LISTEN: u32 = 15;

/// Receipts in one request; the server takes a little more.
const RECEIPT_BYTES: usize = MAX_BATCH_BYTES - 1_024;

/// The disk did not do what was asked for; whoever implements [`Port`] has said why in the log.
#[derive(Clone, Copy, Debug)]
pub struct DiskFailed;

/// What the driver needs of the app: its disk, its tokens, and somebody who shows how it stands.
pub trait Port: Send + Sync {
    /// The first `limit` that wait, ready to go.
    fn read(&self, limit: usize) -> impl Future<Output = Result<(Vec<Row>, Standing), DiskFailed>> + Send;
    /// Keeps them byte for byte just before they go, so that whatever was sent can be shown and goes again as it
    /// was. Fails where they are not what waits there any more; a disk that kept them in `read` has nothing to do.
    fn keep(&self, _rows: &[Row]) -> impl Future<Output = Result<(), DiskFailed>> + Send {
        std::future::ready(Ok(()))
    }
    /// Puts all changes on disk in one transaction.
    fn save(&self, changes: Vec<Change>) -> impl Future<Output = Result<(), DiskFailed>> + Send;
    /// The first `limit` receipts after a number, each with its own, in order.
    fn receipts(&self, after: u64, limit: usize)
    -> impl Future<Output = Result<Vec<(u64, String)>, DiskFailed>> + Send;
    /// The access token that is at hand.
    fn access(&self) -> impl Future<Output = Option<String>> + Send;
    /// Gets a new pair of tokens and keeps it.
    fn refresh(&self) -> impl Future<Output = Result<(), Failure>> + Send;
    /// Says how it stands.
    fn show(&self, state: State) -> impl Future<Output = ()> + Send;
    /// What this device's clock says; without one it is not compared with the server's.
    fn now(&self) -> Option<Timestamp> {
        None
    }
    /// Says whether this device's clock is off, as the last answer shows it.
    fn clock(&self, _off: Option<ClockOff>) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }
}

/// Runs until all senders of `wakes` are gone.
pub async fn run<P: Port>(port: P, client: TeamClient, mut wakes: mpsc::Receiver<Wake>) {
    let mut driver = Driver {
        port,
        client,
        machine: Machine::new(),
        began: Instant::now(),
        due: None,
        probe: None,
        listening: None,
        hears: false,
    };
    driver.input(Input::Wake(Wake::Start)).await;
    loop {
        let next = [driver.due, driver.probe].into_iter().flatten().min();
        let timer = async {
            match next {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            wake = wakes.recv() => match wake {
                Some(wake) => driver.input(Input::Wake(wake)).await,
                None => return,
            },
            () = timer => driver.time_came().await,
            heard = heard(&mut driver.listening) => {
                driver.listening = None;
                match heard {
                    Ok(news) => {
                        driver.hears = true;
                        driver.input(Input::Listened { news }).await;
                    }
                    Err(error) => {
                        tracing::debug!(%error, "the team's server is not listened to");
                        // Looked at once, at once; where listening never works, the time that was set goes on.
                        if std::mem::take(&mut driver.hears) {
                            driver.input(Input::Listened { news: true }).await;
                        }
                    }
                }
            }
        }
    }
}

/// Whether there is news, once the server says so.
type Listening = Pin<Box<dyn Future<Output = Result<bool, CallError>> + Send>>;

/// What the server says to the request that waits; never without one.
async fn heard(listening: &mut Option<Listening>) -> Result<bool, CallError> {
    match listening {
        Some(listening) => listening.await,
        None => std::future::pending().await,
    }
}

/// Waits for news after a number, in one request.
async fn listen(client: TeamClient, token: Option<String>, after: u64, server_epoch: u64) -> Result<bool, CallError> {
    let query = [("after", after.to_string()), ("wait", LISTEN.to_string())];
    let feed: Feed = client.get(token.as_deref(), &["feed"], &query).await?;
    Ok(!feed.changes.is_empty() || feed.server_epoch != server_epoch)
}

struct Driver<P> {
    port: P,
    client: TeamClient,
    machine: Machine,
    began: Instant,
    due: Option<Instant>,
    /// When to try whether there is a network again, while there is none.
    probe: Option<Instant>,
    /// The request that waits for news while nothing else is under way.
    listening: Option<Listening>,
    /// Whether the last request that waited for news had an answer.
    hears: bool,
}

impl<P: Port> Driver<P> {
    async fn time_came(&mut self) {
        let now = Instant::now();
        if self.probe.is_some_and(|probe| probe <= now) {
            if self.client.is_alive().await {
                self.probe = None;
                self.input(Input::Wake(Wake::Network)).await;
            } else {
                self.probe = Some(Instant::now() + PROBE);
            }
        }
        if self.due.is_some_and(|due| due <= Instant::now()) {
            self.due = None;
            self.input(Input::Wake(Wake::Timer)).await;
        }
    }

    /// Gives the machine an input, and the inputs that follow from what it says.
    async fn input(&mut self, first: Input) {
        let mut inputs = VecDeque::from([first]);
        while let Some(input) = inputs.pop_front() {
            // Without randomness, devices that failed together come back together; nothing else breaks.
            let dice = getrandom::u64().unwrap_or_default();
            let now = Moment { clock: self.began.elapsed(), dice };
            for output in self.machine.step(now, input) {
                if matches!(output, Output::Read { .. } | Output::Save(_) | Output::Ask { .. }) {
                    self.listening = None;
                }
                match output {
                    Output::Listen { after, server_epoch } => {
                        let token = self.port.access().await;
                        self.listening = Some(Box::pin(listen(self.client.clone(), token, after, server_epoch)));
                    }
                    Output::Read { limit } => inputs.push_back(match self.port.read(limit).await {
                        Ok((rows, standing)) => Input::Rows { rows, standing },
                        Err(DiskFailed) => Input::DiskFailed,
                    }),
                    Output::Save(changes) if changes.is_empty() => inputs.push_back(Input::Saved),
                    Output::Save(changes) => inputs.push_back(match self.port.save(changes).await {
                        Ok(()) => Input::Saved,
                        Err(DiskFailed) => Input::DiskFailed,
                    }),
                    Output::Ask { ask, request } => {
                        let answer = self.ask(request).await;
                        // While nothing answers at all, somebody looks whether that has changed.
                        let silent = matches!(answer, Err(Failure::Unreachable));
                        self.probe = silent.then(|| Instant::now() + PROBE);
                        inputs.push_back(match answer {
                            Ok(answer) => Input::Answered { ask, answer: Box::new(answer) },
                            Err(failure) => Input::Failed { ask, failure },
                        });
                    }
                    Output::WakeAt(due) => self.due = Some(self.began + due),
                    Output::Show(state) => self.port.show(state).await,
                }
            }
        }
    }

    /// Asks, and compares this device's clock with the server's where the answer has its date.
    async fn ask(&mut self, request: Ask) -> Result<Answer, Failure> {
        self.client.take_date();
        let asked = self.port.now();
        let answer = self.carry(request).await;
        let (answered, server) = (self.port.now(), self.client.take_date());
        if let (Some(asked), Some(answered), Some(server)) = (asked, answered, server)
            && let Some(ahead) = clock::ahead(asked, answered, server)
        {
            self.port.clock(clock::off(ahead)).await;
        }
        answer
    }

    // Of its own alone, so that what it waits for need not be shared between threads.
    async fn carry(&mut self, request: Ask) -> Result<Answer, Failure> {
        let token = self.port.access().await;
        let token = token.as_deref();
        let answer = match request {
            Ask::GiveBack(after) => return self.give_back(token, after).await,
            Ask::Refresh => return self.port.refresh().await.map(|()| Answer::Refreshed),
            Ask::Hello => self.client.get::<Hello>(None, &["hello"], &[]).await.map(Answer::Hello),
            Ask::Cursor => self.client.get::<CursorAnswer>(token, &["events", "cursor"], &[]).await.map(Answer::Cursor),
            Ask::Feed { after, own, anew } => {
                let mut query = vec![("after", after.to_string())];
                if own {
                    query.push(("own", "true".to_owned()));
                }
                if anew {
                    query.push(("anew", "true".to_owned()));
                }
                self.client.get::<Feed>(token, &["feed"], &query).await.map(Answer::Feed)
            }
            Ask::Send(rows) => {
                // The person may have held something back since they were read: they are read again soon.
                self.port.keep(&rows).await.map_err(|DiskFailed| Failure::Busy { retry_after: None })?;
                let events = rows.iter().map(|row| row.bytes.as_slice());
                self.client.send_batch(token, events).await.map(Answer::Batch)
            }
        };
        answer.map_err(|error| not_as_hoped(&error))
    }

    async fn give_back(&mut self, token: Option<&str>, after: u64) -> Result<Answer, Failure> {
        // A library that cannot be read now is read again with the next turn.
        let found = self.port.receipts(after, MAX_BATCH).await.map_err(|DiskFailed| Failure::Unreachable)?;
        let mut body = GiveBack::default();
        let (mut last, mut bytes) = (after, 0);
        for (position, receipt) in found {
            // A quote on either side, and a comma.
            bytes += receipt.len() + 3;
            if bytes > RECEIPT_BYTES && !body.receipts.is_empty() {
                break;
            }
            last = position;
            body.receipts.push(receipt);
        }
        if body.receipts.is_empty() {
            return Ok(Answer::GivenBack(None));
        }
        match self.client.post(token, &["feed", "receipts"], &body).await {
            Ok(given) => Ok(Answer::GivenBack(Some((last, given)))),
            Err(error) => Err(not_as_hoped(&error)),
        }
    }
}

fn not_as_hoped(error: &CallError) -> Failure {
    tracing::debug!(%error, "the team's server did not answer as hoped");
    error.failure()
}
