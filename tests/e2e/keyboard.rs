//! Everything can be done without a mouse.

use waymark_api::ipc::journey::{JourneyView, ListJourneys, OpenJourney};
use waymark_tests::{Launch, Window, screens};

async fn journey(window: &Window) -> anyhow::Result<JourneyView> {
    let list = window.call(ListJourneys {}).await?;
    window.call(OpenJourney { journey: list.journeys[0].id }).await
}

#[tokio::test]
async fn a_step_is_ticked_and_taken_back_with_keys_alone() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    screens::live_in_the_sample(&window).await?;
    window.press("Control+2").await?;
    window.until("the checklist is open", async || Ok(window.route().await?.starts_with("/checklist"))).await?;
    let before = journey(&window).await?.progress.done;
    // From the frame through its panes into the list, to an open box.
    let open = ".wm-step input[type=checkbox]:not(:checked):not(:disabled)";
    window.css(open).await?;
    let mut reached = false;
    for _ in 0..60 {
        window.press("Tab").await?;
        if window.script::<bool>(&format!("return document.activeElement.matches({open:?})"), vec![]).await? {
            reached = true;
            break;
        }
    }
    anyhow::ensure!(reached, "Tab reaches an open box; the focus is on {}", window.focused().await?);
    let label: String = window.script("return document.activeElement.id", vec![]).await?;
    window.press("Space").await?;
    window
        .until("the box is saved", async || {
            let ticked = window
                .script::<bool>(
                    "return document.getElementById(arguments[0])?.checked ?? true",
                    vec![label.clone().into()],
                )
                .await?;
            Ok(ticked && window.call(waymark_api::ipc::privacy::OpenPrivacy {}).await?.latest[0].kind == "Done")
        })
        .await?;
    window.press("Control+z").await?;
    window.until("the tick is taken back", async || Ok(journey(&window).await?.progress.done == before)).await?;
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
        ("Control+5", "/settings"),
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
