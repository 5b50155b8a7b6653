//! Windows of people who have joined the demo's company.

use anyhow::Context as _;
use waymark_api::ipc::{
    account::{Join, SyncNow, SyncState},
    journey::{BlockStep, CompleteStep, JourneyView, ListJourneys, OpenJourney, StepStatus},
    team::OpenTeam,
};
use waymark_core::{event::BlockReason, team::TeamOverview};

use crate::{TeamServer, Window, all_steps};

/// Joins by an invite link and waits until the server's content is here.
///
/// # Errors
/// Where the shell or the server refuses.
pub async fn join(window: &Window, invite: &str) -> anyhow::Result<()> {
    let label = "The laptop of this test".to_owned();
    let account = window.call(Join { invite: invite.to_owned(), server: None, label }).await?;
    anyhow::ensure!(account.member.is_some(), "joined, and yet no member: {account:?}");
    window.call(SyncNow {}).await.map(drop)
}

/// Joins as the demo's manager and waits for the team's page.
///
/// # Errors
/// Where the page does not come.
pub async fn as_manager(window: &Window, server: &TeamServer) -> anyhow::Result<TeamOverview> {
    let invite = server.invites().pop().context("the demo printed no invite for a manager")?;
    join(window, &invite).await?;
    overview(window).await
}

/// The team's page, once it is on the device.
///
/// # Errors
/// Where it does not come.
pub async fn overview(window: &Window) -> anyhow::Result<TeamOverview> {
    window.until("the team's page is here", async || Ok(window.call(OpenTeam {}).await?.overview.is_some())).await?;
    window.call(OpenTeam {}).await?.overview.context("the team's page is gone again")
}

/// Joins as the demo's new hire and waits for the journey that the manager gave.
///
/// # Errors
/// Where it does not come.
pub async fn as_hire(window: &Window, server: &TeamServer) -> anyhow::Result<()> {
    let invite = server.invites().into_iter().next().context("the demo printed no invite for a hire")?;
    join(window, &invite).await?;
    window
        .until("the journey is on the list", async || Ok(!window.call(ListJourneys {}).await?.journeys.is_empty()))
        .await
}

/// The journey that comes first on the list.
///
/// # Errors
/// Where there is none.
pub async fn journey(window: &Window) -> anyhow::Result<JourneyView> {
    let id = window.call(ListJourneys {}).await?.journeys.first().context("no journey on the list")?.id;
    window.call(OpenJourney { journey: id }).await
}

/// Waits until the window says that everything is on the server.
///
/// # Errors
/// Where it does not say so.
pub async fn all_sent(window: &Window) -> anyhow::Result<()> {
    window
        .until("everything is on the server", async || {
            Ok(matches!(window.call(SyncNow {}).await?, SyncState::Sent { .. }))
        })
        .await
}

/// Does what a hire does on a first morning: two steps, and a third that is blocked; and waits until it was sent.
///
/// # Errors
/// Where the journey has no three open steps, or the shell refuses.
pub async fn first_morning(window: &Window) -> anyhow::Result<()> {
    let view = journey(window).await?;
    let mut open = all_steps(&view)
        .into_iter()
        .filter(|step| step.children.is_empty() && step.status == StepStatus::Open)
        .map(|step| step.id.clone());
    let mut next = || open.next().context("an open step");
    for _ in 0..2 {
        window.call(CompleteStep { journey: view.id, step: next()? }).await?;
    }
    let note = "The profile link asks for a login that I do not have".to_owned();
    window.call(BlockStep { journey: view.id, step: next()?, reason: BlockReason::MissingAccess, note }).await?;
    all_sent(window).await
}
