//! The exchange's disk: the library, as the machine wants it.

mod waiting;

use std::{collections::BTreeSet, sync::atomic::Ordering};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use waymark_api::{
    http::{
        auth::Me,
        envelope::device_source,
        feed::{Change as FeedChange, ChangeKind},
    },
    topic::Topic,
};
use waymark_core::id::{EventId, JourneyId};
use waymark_store::{self as store, Imported, Membership, Nudge, OwnFact, Tx, Viewer};
use waymark_sync::team::{
    client::TeamClient,
    clock::ClockOff,
    driver::{DiskFailed, Port},
    machine::{Change, Failure, Fate, Row, Slot, Standing, State, Why},
};

use super::{content, server::Server};
use crate::{App, AppError, app::WeakApp};

/// How long answers are kept for a server that is restored from a backup.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

pub(super) struct TeamPort {
    app: WeakApp,
    client: TeamClient,
}

/// What a write changed beside the exchange itself.
#[derive(Default)]
struct Changed {
    journeys: BTreeSet<JourneyId>,
    content: bool,
    me: bool,
    account: bool,
}

impl TeamPort {
    pub(super) fn new(app: WeakApp, client: TeamClient) -> Self {
        Self { app, client }
    }

    fn app(&self) -> Result<App, DiskFailed> {
        self.app.upgrade().ok_or(DiskFailed)
    }
}

impl Port for TeamPort {
    async fn read(&self, limit: usize) -> Result<(Vec<Row>, Standing), DiskFailed> {
        let app = self.app()?;
        waiting::read(&app, limit).await.map_err(failed)
    }

    async fn keep(&self, rows: &[Row]) -> Result<(), DiskFailed> {
        let app = self.app()?;
        waiting::keep(&app, rows).await.map_err(failed)
    }

    async fn save(&self, changes: Vec<Change>) -> Result<(), DiskFailed> {
        let app = self.app()?;
        let changed = save(&app, changes).await.map_err(failed)?;
        tell(&app, changed);
        Ok(())
    }

    async fn receipts(&self, after: u64, limit: usize) -> Result<Vec<(u64, String)>, DiskFailed> {
        let app = self.app()?;
        let read = async || -> Result<_, AppError> {
            Ok(app.db().await?.heard().receipts(after, u32::try_from(limit).unwrap_or(u32::MAX)).await?)
        };
        read().await.map_err(failed)
    }

    async fn access(&self) -> Option<String> {
        let app = self.app.upgrade()?;
        app.team().tokens.access(&app, &self.client.address().to_string()).await
    }

    async fn refresh(&self) -> Result<(), Failure> {
        let app = self.app().map_err(|DiskFailed| Failure::Unreachable)?;
        app.team().tokens.refresh(&app, &self.client, None).await.map_err(|error| error.failure())
    }

    async fn show(&self, state: State) {
        let Some(app) = self.app.upgrade() else { return };
        if state == State::Sent && app.team().catch_up.swap(false, Ordering::Relaxed) {
            tokio::spawn(catch_up(app.clone(), true, true));
        }
        let is_new = app.team().set_shown(state, app.now().timestamp());
        let waits = match app.db().await {
            Ok(db) => db.outbox().waiting_count().await.unwrap_or(0) > 0,
            Err(_) => false,
        };
        // Looking whether there is something new is no news.
        if is_new && (waits || state != State::Syncing) {
            app.publish(Topic::Account);
        }
    }

    fn now(&self) -> Option<Timestamp> {
        self.app.upgrade().map(|app| app.now().timestamp())
    }

    async fn clock(&self, off: Option<ClockOff>) {
        let Some(app) = self.app.upgrade() else { return };
        if app.team().set_clock(off) {
            tracing::info!(?off, "this device's clock was compared with the server's");
            app.publish(Topic::Account);
        }
    }
}

fn failed(error: AppError) -> DiskFailed {
    tracing::warn!(error = &error as &dyn std::error::Error, "the exchange could not use the library");
    DiskFailed
}

fn store_slot(slot: Slot) -> store::Slot {
    store::Slot { epoch: slot.epoch, sequence: slot.sequence }
}

async fn save(app: &App, changes: Vec<Change>) -> Result<Changed, AppError> {
    let db = app.db().await?;
    let membership = db.membership().get().await?.ok_or(AppError::NoTeam)?;
    let epoch = db.installation().numbering().await?.epoch;
    let now = app.now().timestamp();
    let mut changed = Changed::default();
    let mut tx = db.begin().await?;
    for change in changes {
        apply(&mut tx, &membership, epoch, now, change, &mut changed).await?;
    }
    tx.commit().await?;
    Ok(changed)
}

async fn apply(
    tx: &mut Tx,
    membership: &Membership,
    epoch: u32,
    now: Timestamp,
    change: Change,
    changed: &mut Changed,
) -> Result<(), AppError> {
    match change {
        Change::Answered { slot, fate } => {
            let answer = match fate {
                Fate::Accepted => store::Answer::Accepted,
                Fate::Duplicate => store::Answer::Duplicate,
                Fate::Refused(reason) => {
                    let word = serde_json::to_value(reason).ok().and_then(|word| word.as_str().map(str::to_owned));
                    store::Answer::Refused(word.unwrap_or_default())
                }
            };
            tx.outbox().answer(store_slot(slot), &answer, now).await?;
            changed.account = true;
        }
        Change::ServerEpoch(epoch) => tx.membership().set_server_epoch(epoch).await?,
        Change::GivenBack(last) => tx.membership().set_give_back(last).await?,
        Change::ResendAfter(slot) => tx.outbox().resend_after(store_slot(slot)).await?,
        Change::Relearn { epoch } => {
            tx.outbox().renumber(epoch).await?;
            tx.membership().set_relearn(true).await?;
        }
        Change::Relearned => {
            tx.outbox().renumber(epoch).await?;
            tx.membership().set_relearn(false).await?;
        }
        Change::Feed { changes, next } => {
            hear(tx, membership, now, changes, changed).await?;
            tx.membership().set_feed(next).await?;
        }
        Change::FeedAnew => tx.membership().set_feed(0).await?,
        Change::Quarantine(slot) => {
            tx.outbox().quarantine(store_slot(slot), EventId::new(Uuid::now_v7())).await?;
        }
        Change::Release(slot) => tx.outbox().release(store_slot(slot)).await?,
        Change::Synced => {
            tx.membership().set_synced(now).await?;
            if let Ok(before) = now.checked_sub(KEPT) {
                tx.outbox().forget_before(before).await?;
            }
        }
        Change::Ended(why) => {
            tx.membership().set_ended(Some(&ended_because(why))).await?;
            changed.account = true;
        }
    }
    Ok(())
}

/// Takes in a page of the feed.
async fn hear(
    tx: &mut Tx,
    membership: &Membership,
    now: Timestamp,
    changes: Vec<FeedChange>,
    changed: &mut Changed,
) -> Result<(), AppError> {
    let own_source = device_source(membership.device);
    let mut facts = Vec::new();
    for change in changes {
        match change.kind {
            ChangeKind::Event { event, by, receipt } => match event.event() {
                Ok(fact) => {
                    let own = match (event.epoch(), event.number()) {
                        (Some(epoch), Some(sequence)) if event.source == own_source => Some(OwnFact {
                            slot: store::Slot { epoch, sequence },
                            recorded_at: event.recordedtime,
                            bytes: serde_json::to_vec(&*event).unwrap_or_default(),
                        }),
                        _ => None,
                    };
                    facts.push(Imported { event: fact, by, receipt, own });
                }
                // A newer app's; this one has nothing that it could change.
                Err(error) => tracing::info!(%error, kind = event.event_type, "a fact that this app does not know"),
            },
            ChangeKind::Viewed { by, at } => {
                tx.heard().viewed(&Viewer { by, at }).await?;
                changed.account = true;
            }
            ChangeKind::Nudge { by, at, subject } => {
                changed.journeys.extend(journey_of(&subject));
                tx.heard().nudged(&Nudge { by, at, subject }).await?;
            }
            ChangeKind::Content => changed.content = true,
            ChangeKind::Me => changed.me = true,
            ChangeKind::Unknown => {}
        }
    }
    changed.journeys.extend(tx.import(&facts, now).await?);
    Ok(())
}

/// The journey in `journey/<id>/step/<id>`.
fn journey_of(subject: &str) -> Option<JourneyId> {
    subject.strip_prefix("journey/")?.split('/').next()?.parse().ok()
}

/// Tells who shows what changed, after the commit.
fn tell(app: &App, changed: Changed) {
    for journey in &changed.journeys {
        app.publish(Topic::Journey(*journey));
    }
    if !changed.journeys.is_empty() {
        app.publish(Topic::Journeys);
    }
    if changed.account {
        app.publish(Topic::Account);
    }
    if changed.content || changed.me {
        tokio::spawn(catch_up(app.clone(), changed.content, changed.me));
    }
}

/// Fetches content and what the server says about the person. Where it is away, this is done again once it is
/// back; what it sent and cannot be used waits for the next version.
async fn catch_up(app: App, content: bool, me: bool) {
    let mut away = false;
    if content && let Err(error) = content::fetch(&app).await {
        tracing::warn!(error = &error as &dyn std::error::Error, "the team's content could not be fetched");
        away |= error.is_offline();
    }
    if me && let Err(error) = fetch_me(&app).await {
        tracing::info!(error = &error as &dyn std::error::Error, "the server does not say who the person is");
        away |= error.is_offline();
    }
    if away {
        app.team().catch_up.store(true, Ordering::Relaxed);
    }
}

async fn fetch_me(app: &App) -> Result<(), AppError> {
    let me: Me = Server::of(app).await?.get(&["me"], &[]).await?;
    let profile = serde_json::to_string(&me).map_err(super::server::input)?;
    let mut tx = app.db().await?.begin().await?;
    tx.membership().set_profile(&profile).await?;
    tx.commit().await?;
    app.publish(Topic::Account);
    Ok(())
}

/// Why the sign-in ended and what to do.
pub(super) fn ended_because(why: Why) -> String {
    match why {
        Why::NotThisDevice => "The server does not know this computer as yours any more.",
        _ => "Your sign-in was ended.",
    }
    .to_owned()
        + " Everything is kept here. Ask your manager for a new invite to go on sending."
}
