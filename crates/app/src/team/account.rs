//! How the person stands with the team's server.

use std::{sync::PoisonError, time::Duration};

use tokio::time::Instant;
use waymark_api::{
    http::{
        auth::{Me, SessionRow},
        org::Page,
    },
    ipc::account::{AccountView, EndSession, LeaveTeam, Member, OpenAccount, SessionLine, SyncNow, SyncState},
    topic::Topic,
};
use waymark_core::id::PersonId;
use waymark_store::{Membership, WriteError};
use waymark_sync::team::machine::{State, Wake, Why};

use super::{clock, keeping, port::ended_because, server::Server};
use crate::{App, AppError};

/// How long the list of devices may take.
const SESSIONS: Duration = Duration::from_secs(3);
/// How long it counts as known.
const SESSIONS_FRESH: Duration = Duration::from_secs(30);

/// Opens the account page.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn open(app: &App, _: OpenAccount) -> Result<AccountView, AppError> {
    view(app).await
}

/// Sends and fetches now. What comes back is how it stands at this moment; `Topic::Account` follows.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn sync_now(app: &App, _: SyncNow) -> Result<SyncState, AppError> {
    app.team().wake(Wake::Person);
    // Whoever wants to be in step now wants it of the team's pages as well.
    app.team().forget_when_asked();
    sync_state(app).await
}

/// Ends this device's session. What was done stays, here and there; what waits is sent to nobody any more.
///
/// # Errors
///
/// Where the library cannot be written.
pub async fn leave(app: &App, _: LeaveTeam) -> Result<AccountView, AppError> {
    // A server that cannot be asked now ends the session itself when it is not used.
    if let Err(error) = end_own_session(app).await {
        tracing::info!(%error, "the server was not told that this device left");
    }
    forget(app).await?;
    view(app).await
}

async fn end_own_session(app: &App) -> Result<(), AppError> {
    let server = Server::of(app).await?;
    for session in sessions(&server).await? {
        if session.current {
            server.delete(&["sessions", &session.id]).await?;
        }
    }
    Ok(())
}

/// Forgets the team on this device.
///
/// # Errors
///
/// Where the library cannot be written.
pub(crate) async fn forget(app: &App) -> Result<(), AppError> {
    let db = app.db().await?;
    app.team().stop();
    if let Some(membership) = db.membership().get().await? {
        db.write(async |tx| -> Result<(), WriteError> { tx.membership().leave().await }).await?;
        app.team().tokens.forget(app, &membership.server).await;
    }
    app.publish(Topic::Account);
    app.publish(Topic::Team);
    Ok(())
}

/// Asks the server to forget the person, and leaves.
///
/// # Errors
///
/// Where the server cannot be reached: nothing is forgotten then, here or there.
pub(crate) async fn erase_on_server(app: &App) -> Result<(), AppError> {
    Server::of(app).await?.delete(&["me"]).await?;
    forget(app).await
}

/// Ends another device's session.
///
/// # Errors
///
/// Where the server cannot be reached or has no such session.
pub async fn end_session(app: &App, request: EndSession) -> Result<AccountView, AppError> {
    Server::of(app).await?.delete(&["sessions", &request.id]).await?;
    *app.team().sessions.lock().unwrap_or_else(PoisonError::into_inner) = None;
    view(app).await
}

/// The person's own name on the server, where there is one.
pub(crate) async fn own_name(app: &App) -> Result<Option<String>, AppError> {
    Ok(app.db().await?.membership().get().await?.map(|membership| me(&membership).name))
}

pub(super) async fn view(app: &App) -> Result<AccountView, AppError> {
    let Some(membership) = app.db().await?.membership().get().await? else { return Ok(AccountView::default()) };
    let sessions = known_sessions(app).await;
    Ok(AccountView {
        member: Some(member(&membership)),
        sync: sync_state(app).await?,
        sessions: sessions
            .into_iter()
            .map(|row| SessionLine {
                id: row.id,
                label: row.label,
                last_seen: app.local(row.last_seen),
                current: row.current,
            })
            .collect(),
        secrets: app.secrets().place().to_owned(),
        keeping: keeping::keeping(app),
    })
}

/// The person's devices. The page is opened with each change of how it stands, so they are asked for now and
/// then only; and nobody waits for them: a server that is away or slow leaves them out.
async fn known_sessions(app: &App) -> Vec<SessionRow> {
    let known = app.team().sessions.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((_, rows)) = known.filter(|(at, _)| at.elapsed() < SESSIONS_FRESH) {
        return rows;
    }
    if app.team().shown().is_some_and(|shown| shown.state == State::Offline) {
        return Vec::new();
    }
    let Ok(server) = Server::of(app).await else { return Vec::new() };
    match tokio::time::timeout(SESSIONS, sessions(&server)).await {
        Ok(Ok(rows)) => {
            let known = Some((Instant::now(), rows.clone()));
            *app.team().sessions.lock().unwrap_or_else(PoisonError::into_inner) = known;
            rows
        }
        _ => Vec::new(),
    }
}

async fn sessions(server: &Server) -> Result<Vec<SessionRow>, AppError> {
    let page: Page<SessionRow> = server.get(&["sessions"], &[]).await?;
    Ok(page.rows)
}

/// What the server said about the person when it was asked last.
pub(super) fn me(membership: &Membership) -> Me {
    serde_json::from_str(&membership.profile).unwrap_or_else(|_| Me {
        person: membership.person,
        name: String::new(),
        roles: Vec::new(),
        team: String::new(),
        manager: String::new(),
        buddy: String::new(),
        line: 0,
    })
}

fn member(membership: &Membership) -> Member {
    let Me { name, roles, team, manager, line, .. } = me(membership);
    let person: PersonId = membership.person;
    Member {
        server: membership.server.clone(),
        server_name: membership.server_name.clone(),
        person,
        name,
        roles,
        team,
        manager,
        line,
    }
}

/// How the exchange stands, in the words of the status bar.
pub(super) async fn sync_state(app: &App) -> Result<SyncState, AppError> {
    let db = app.db().await?;
    let Some(membership) = db.membership().get().await? else { return Ok(SyncState::Alone) };
    let waiting = db.outbox().waiting_count().await?;
    if let Some(message) = membership.ended {
        return Ok(SyncState::Attention { waiting, message, refused: 0 });
    }
    if let Some(standing) = app.team().tokens.behind(app) {
        return Ok(SyncState::Attention { waiting, message: keeping::closed(standing).to_owned(), refused: 0 });
    }
    let shown = app.team().shown();
    let sent_at = shown.and_then(|shown| shown.sent_at).or(membership.synced_at);
    let refused = db.outbox().refused_count().await?;
    Ok(match (shown.map(|shown| shown.state), app.team().clock()) {
        (Some(State::Offline), _) => SyncState::Offline { waiting },
        (Some(State::Attention(why)), _) => SyncState::Attention { waiting, message: attention(why), refused: 0 },
        // I9: what the server refused is shown to its author until it is old, or set aside.
        (Some(State::Sent) | None, _) if refused > 0 && waiting == 0 => SyncState::Attention {
            waiting: 0,
            refused,
            message: match refused {
                1 => "The server did not take one of your records. Settings › Privacy says which and why.".to_owned(),
                _ => {
                    format!("The server did not take {refused} of your records. Settings › Privacy says which and why.")
                }
            },
        },
        (_, Some(off)) => SyncState::Attention { waiting, message: clock::words(off), refused: 0 },
        (Some(State::Sent), None) if waiting == 0 => match sent_at {
            Some(at) => SyncState::Sent { at: app.local(at) },
            None => SyncState::Syncing { waiting },
        },
        // It polls; nobody has to know while nothing waits.
        (Some(State::Syncing), None) if waiting == 0 && sent_at.is_some() => match sent_at {
            Some(at) => SyncState::Sent { at: app.local(at) },
            None => SyncState::Syncing { waiting },
        },
        (Some(State::Syncing | State::Sent) | None, None) => SyncState::Syncing { waiting },
    })
}

fn attention(why: Why) -> String {
    match why {
        Why::SignedOut | Why::NotThisDevice => ended_because(why),
        Why::Upgrade => "Your team's server needs a newer Waymark. Everything is kept here; install the newest \
                         version to send it."
            .to_owned(),
        Why::ServerFault => {
            "Your team's server has a fault. Everything is kept here and sent when it works again.".to_owned()
        }
        Why::Disk => "The library cannot be written; see Settings › Diagnostics.".to_owned(),
    }
}
