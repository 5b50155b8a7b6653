//! The window opens, shows the first run, follows a route, and gets answers from the shell.

use waymark_api::ipc::{
    sources::AddSample,
    start::{Readiness, Start},
};
use waymark_tests::Launch;

#[tokio::test]
async fn a_fresh_start_shows_the_first_run() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    window.until("the first run is shown", async || Ok(window.route().await? == "/welcome")).await?;
    let heading = window.text("h1").await?;
    assert!(!heading.is_empty(), "the first screen says what it is");
    window.close().await?;
    Ok(())
}

#[tokio::test]
async fn the_shell_answers_the_page() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    let started = window.call(Start {}).await?;
    assert_eq!(started.readiness, Readiness::FirstRun, "nothing was added yet");
    assert_eq!(started.frame.today.to_string(), "2026-01-21", "tests take place on the day that they say");
    let refused = window.invoke("start", serde_json::json!({ "unheard": "of" })).await;
    assert!(refused.is_err(), "a request that the contract does not know is refused");
    window.close().await?;
    Ok(())
}

#[tokio::test]
async fn a_link_keeps_the_running_interface() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    window.call(AddSample {}).await?;
    window.load("/today").await?;
    window.script::<serde_json::Value>("window.waymarkStillHere = true; return null", vec![]).await?;
    window.follow("/roadmap").await?;
    window.follow("/settings/general").await?;
    let same: bool = window.script("return window.waymarkStillHere === true", vec![]).await?;
    assert!(same, "the router took the click; a full load would have started the interface anew");
    // As the app's own button does: the driver's "back" passes over entries that no hand made.
    window.script::<serde_json::Value>("history.back(); return null", vec![]).await?;
    window.until("back leads to the roadmap", async || Ok(window.route().await? == "/roadmap")).await?;
    window.close().await?;
    Ok(())
}

#[tokio::test]
async fn what_was_added_is_there_after_a_restart() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    window.call(AddSample {}).await?;
    let window = window.restart().await?;
    let started = window.call(Start {}).await?;
    assert_eq!(started.readiness, Readiness::Ready, "the sample is on disk");
    window
        .until("the app opens at its last place or on Today", async || Ok(window.route().await? != "/welcome"))
        .await?;
    window.close().await?;
    Ok(())
}
