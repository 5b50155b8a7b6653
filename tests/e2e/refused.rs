//! What the team's server did not take, in the window: seen, explained, set aside, brought back.

use waymark_api::ipc::sources::AddSample;
use waymark_tests::{Launch, company};

#[tokio::test]
async fn a_refusal_is_found_from_the_bar_understood_and_set_aside_with_keys_alone() -> anyhow::Result<()> {
    let mut server = company::found(&[]).await?;
    let window = Launch::new()?.open().await?;
    window.call(AddSample {}).await?;
    company::join(&window, &server).await?;
    company::lose_a_journey(&window, &mut server).await?;
    window.load("/today").await?;
    window.css(".wm-statusbar__item--attention").await?;
    window.click_css(".wm-statusbar__item--attention").await?;
    window.until("the bar leads to privacy", async || Ok(window.route().await? == "/settings/privacy")).await?;
    window.sees("Your first on-call week").await?;
    window.sees("This journey was never published there").await?;
    window.sees("counts on this computer").await?;

    window.tabs_to("button", "Set aside").await?;
    window.press("Enter").await?;
    window.sees("Set aside (1)").await?;
    window.sees("All sent").await?;
    window.has_focus("button | Set aside (1)").await?;
    window.press("Enter").await?;
    window.tabs_to("button", "Bring back").await?;
    window.see_well("refused-aside-open").await?;
    window.press("Enter").await?;
    window.css(".wm-statusbar__item--attention").await?;
    window.no_longer_sees("Set aside (1)").await?;
    window.has_focus("button | Set aside").await?;
    window.close().await.map(drop)
}
