//! The whole loop with two real windows and one real server: invite, join, work offline, come back, be seen,
//! be confirmed; then the server is set back to yesterday and everything is as it was.

use std::time::Duration;

use anyhow::Context as _;
use waymark_api::ipc::{
    account::{SyncNow, SyncState},
    journey::{BlockStep, CompleteStep, OpenStep, StepStatus},
    team::{OpenPerson, SignOff},
};
use waymark_core::{
    event::{BlockReason, Evidence},
    id::StepId,
};
use waymark_tests::{Launch, TeamServer, all_steps, team};

/// The steps of the sample that a manager confirms.
const CONFIRMED: [&str; 2] = ["week-one-talk", "shadow-on-call"];

/// How often a manager looks who wants to know: more often, the server asks for patience.
const ONCE_IN_A_WHILE: Duration = Duration::from_secs(1);

#[tokio::test]
async fn what_a_hire_does_offline_reaches_the_manager_and_comes_back_confirmed() -> anyhow::Result<()> {
    let launch = Launch::new()?;
    let mut server = TeamServer::demo(&launch.now).await?;
    let hire = launch.open().await?;
    team::as_hire(&hire, &server).await?;
    hire.load("/today").await?;
    let manager = launch.clone().beside_another().open().await?;
    team::as_manager(&manager, &server).await?;

    let yesterday = server.backup()?;

    // The server goes away; the hire goes on.
    server.kill();
    let view = team::journey(&hire).await?;
    let is_open =
        |id: &str| all_steps(&view).into_iter().any(|step| step.id.as_str() == id && step.status == StepStatus::Open);
    let talk = StepId::new(CONFIRMED.into_iter().find(|id| is_open(id)).context("an open step to confirm")?);
    hire.call(CompleteStep { journey: view.id, step: talk.clone() }).await?;
    let open = all_steps(&view)
        .into_iter()
        .find(|step| step.children.is_empty() && step.id != talk && step.status == StepStatus::Open)
        .context("an open step")?;
    let note = "The profile link asks for a login".to_owned();
    let reason = BlockReason::MissingAccess;
    hire.call(BlockStep { journey: view.id, step: open.id.clone(), reason, note }).await?;
    hire.until("the status bar says what waits", async || {
        let state = hire.call(SyncNow {}).await?;
        anyhow::ensure!(matches!(state, SyncState::Offline { waiting } if waiting >= 2), "{state:?}");
        Ok(true)
    })
    .await?;
    hire.sees("waiting").await?;

    // It comes back; nobody presses anything but the clock of the test.
    server.start_again().await?;
    team::all_sent(&hire).await?;
    hire.sees("All sent").await?;

    // The manager sees it and confirms.
    let me = hire.call(waymark_api::ipc::account::OpenAccount {}).await?.member.context("a member")?.person;
    manager.load("/team").await?;
    let name = hire.call(waymark_api::ipc::account::OpenAccount {}).await?.member.context("a member")?.name;
    manager.sees(&name).await?;
    let seen = async || anyhow::Ok(manager.call(OpenPerson { person: me, journey: Some(view.id) }).await?.page);
    let waits = async || anyhow::Ok(seen().await?.waiting.into_iter().find(|waiting| waiting.step == talk));
    manager.until("the completion waits", async || Ok(waits().await?.is_some())).await?;
    manager.load(&format!("/team/{me}")).await?;
    manager.sees("sign-off").await?;
    let waiting = waits().await?.context("a completion that waits")?;
    let (step, completion) = (waiting.step, waiting.completion);
    manager.call(SignOff { person: me, journey: view.id, step, completion }).await?;

    // The hire sees it.
    let is_confirmed = async || {
        hire.call(SyncNow {}).await?;
        let step = hire.call(OpenStep { journey: view.id, step: talk.clone() }).await?;
        Ok(format!("{:?}", step.item.status).contains(&format!("{:?}", Evidence::Confirmed)))
    };
    hire.until("the confirmation is here", is_confirmed).await?;

    // The server burns, and yesterday's backup knows nothing of all this. The devices do.
    let before = seen().await?;
    server.kill();
    server.restore(&yesterday)?;
    server.start_again().await?;
    team::all_sent(&hire).await?;
    manager
        .until("the page is as it was", async || {
            manager.call(SyncNow {}).await?;
            tokio::time::sleep(ONCE_IN_A_WHILE).await;
            let page = seen().await?;
            Ok(page.as_of > before.as_of
                && page.timeline == before.timeline
                && page.waiting == before.waiting
                && page.progress == before.progress)
        })
        .await?;
    assert!(is_confirmed().await?, "and so is the hire's");

    // The one on a bus of its own ends with its bus.
    drop(manager);
    hire.close().await.map(drop)
}
