//! Everything can be done without a mouse.

use waymark_tests::{Launch, first_journey, screens};

#[tokio::test]
async fn a_step_is_ticked_and_taken_back_with_keys_alone() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    screens::live_in_the_sample(&window).await?;
    window.press("Control+2").await?;
    window.until("the checklist is open", async || Ok(window.route().await?.starts_with("/checklist"))).await?;
    // A page takes the focus to its heading once it is there; typing before that would be overtaken.
    window.until("the page has the focus", async || Ok(window.focused().await?.starts_with("h1"))).await?;
    let before = first_journey(&window).await?.progress.done;
    // Tab leads through the frame's panes into the list, which is one stop; arrows move in it.
    const IN_LIST: &str = "return document.activeElement.closest('.wm-step') !== null";
    const ON_OPEN_BOX: &str = "return document.activeElement.closest('.wm-step')?.querySelector('input:not(:checked):not(:disabled):not(:indeterminate)') != null";
    window.css(".wm-step").await?;
    let mut stops = 0;
    while !window.script::<bool>(IN_LIST, vec![]).await? {
        window.press("Tab").await?;
        stops += 1;
        anyhow::ensure!(stops < 90, "Tab reaches the list; the focus is on {}", window.focused().await?);
    }
    let mut rows = 0;
    while !window.script::<bool>(ON_OPEN_BOX, vec![]).await? {
        window.press("ArrowDown").await?;
        rows += 1;
        anyhow::ensure!(rows < 40, "arrows reach an open box; the focus is on {}", window.focused().await?);
    }
    let row = window.focused().await?;
    window.press("x").await?;
    window
        .until("the tick is saved", async || {
            Ok(window.call(waymark_api::ipc::privacy::OpenPrivacy {}).await?.latest[0].kind == "Done")
        })
        .await?;
    anyhow::ensure!(
        window.script::<bool>(IN_LIST, vec![]).await?,
        "the focus stays on {row}; it is on {}",
        window.focused().await?
    );
    window.press("Control+z").await?;
    window.until("the tick is taken back", async || Ok(first_journey(&window).await?.progress.done == before)).await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn shortcuts_lead_everywhere_and_back() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    screens::live_in_the_sample(&window).await?;
    for (keys, place) in [
        ("Control+1", "/today"),
        ("Control+2", "/checklist"),
        ("Control+3", "/docs"),
        ("Control+4", "/roadmap"),
        ("Control+6", "/settings"),
    ] {
        window.press(keys).await?;
        window.until(place, async || Ok(window.route().await?.starts_with(place))).await?;
    }
    window.press("Alt+ArrowLeft").await?;
    window.until("back", async || Ok(window.route().await?.starts_with("/roadmap"))).await?;
    window.press("Alt+ArrowRight").await?;
    window.until("forward", async || Ok(window.route().await?.starts_with("/settings"))).await?;
    window.press("Control+/").await?;
    window.css("dialog[open]").await?;
    window.press("Escape").await?;
    window.until("the sheet is closed", async || Ok(window.count("dialog[open]").await? == 0)).await?;
    window.close().await.map(drop)
}
