//! Windows of people who have joined the demo's company.

use anyhow::Context as _;
use waymark_api::ipc::{
    account::{Join, SyncNow},
    journey::ListJourneys,
    team::OpenTeam,
};
use waymark_core::team::TeamOverview;

use crate::{TeamServer, Window};

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
