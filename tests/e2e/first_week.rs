//! The story of the first week, from first start to a second one.

use tempfile::TempDir;
use waymark_api::ipc::{journey::JourneyView, search::HitKind, start::Start};
use waymark_tests::{
    Launch, all_steps,
    content::{onboarding_checkout, write},
    first_journey,
};

/// A real onboarding repository; a fixture of the same kind where the corpus is absent.
fn checkout() -> anyhow::Result<TempDir> {
    if let Some(folder) = onboarding_checkout()? {
        return Ok(folder);
    }
    let folder = TempDir::with_prefix("onboarding-")?;
    let root = folder.path();
    write(
        root,
        ".github/ISSUE_TEMPLATE/01_first_day.md",
        "---\nname: 01. First day\nabout: Arrive.\n---\n\n- [ ] **Buddy**: say hello\n  - [ ] **Engineer**: say hello back\n",
    )?;
    write(
        root,
        ".github/ISSUE_TEMPLATE/02_set_up.md",
        "---\nname: 02. Set up your machine\nabout: Get going.\n---\n\n- [ ] set up your local development environment, \
         follow [our guide](https://github.com/acme/onboarding/blob/main/docs/setting_up_your_development_environment.md)\n",
    )?;
    write(
        root,
        "docs/setting_up_your_development_environment.md",
        "# Setting up your machine\n\n## Install\n\nRun `make services`.\n",
    )?;
    Ok(folder)
}

fn done(view: &JourneyView) -> Vec<String> {
    all_steps(view).into_iter().filter(|step| step.status.is_done()).map(|step| step.id.to_string()).collect()
}

#[tokio::test]
async fn from_first_start_to_a_second_one_nothing_is_lost() -> anyhow::Result<()> {
    let folder = checkout()?;
    let window = Launch::new()?.picking(folder.path()).open().await?;

    // First run: a folder of the team's.
    window.click_text("Open my team").await?;
    window.click("button", "Add to Waymark").await?;
    window.until("the journey is started", async || Ok(first_journey(&window).await.is_ok())).await?;

    // Tick steps, a nested one too, in the list that a person sees.
    let view = first_journey(&window).await?;
    let nested = all_steps(&view).into_iter().find(|step| !step.children.is_empty()).expect("a nested box").clone();
    let part = nested.children[0].clone();
    let plain = all_steps(&view)
        .into_iter()
        .rfind(|step| step.children.is_empty() && step.id != part.id)
        .expect("a box")
        .clone();
    for step in [&part, &plain] {
        window.follow(&format!("/checklist/{}/{}", view.id, step.id)).await?;
        window.click("button", "Mark as done").await?;
        let id = step.id.to_string();
        window.until("the step is saved", async || Ok(done(&first_journey(&window).await?).contains(&id))).await?;
    }

    // Undo the last one.
    window.press("Control+z").await?;
    let plain_id = plain.id.to_string();
    window
        .until("the last tick is taken back", async || Ok(!done(&first_journey(&window).await?).contains(&plain_id)))
        .await?;

    // Read a page that a step names.
    let guide = all_steps(&view)
        .into_iter()
        .find(|step| step.title.contains("local development environment"))
        .expect("the step about the development environment")
        .clone();
    window.follow(&format!("/checklist/{}/{}", view.id, guide.id)).await?;
    window.click_css(".wm-prose a[href^='/docs/']").await?;
    window.until("the page is open", async || Ok(window.route().await?.starts_with("/docs/"))).await?;
    window.sees("make services").await?;
    let route = window.route().await?;
    window
        .until("the place is kept", async || {
            Ok(window.call(Start {}).await?.preferences.last_route.starts_with(&route))
        })
        .await?;

    // Quit, start again: all is as it was, at the last place.
    let before = first_journey(&window).await?;
    let window = window.restart().await?;
    anyhow::ensure!(first_journey(&window).await? == before, "the journey is as it was");
    window
        .until(
            "the last place is back",
            async || Ok(window.route().await?.split('#').next() == route.split('#').next()),
        )
        .await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn the_sample_is_three_clicks_away_and_the_palette_finds_its_way() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    window.click_text("Look around with a sample").await?;
    window.sees("Next up").await?;

    window.press("Control+k").await?;
    window.until("the palette listens", async || Ok(window.focused().await?.starts_with("combobox"))).await?;
    window.types("vpn").await?;
    window.sees("VPN guide").await?;
    let hits = window.call(waymark_api::ipc::search::Search { query: "vpn".to_owned(), limit: 5 }).await?;
    anyhow::ensure!(hits.hits.iter().any(|hit| hit.kind == HitKind::Step), "{hits:?}");
    window.press("Enter").await?;
    window.until("the first hit is open", async || Ok(window.route().await? == hits.hits[0].route)).await?;
    window.close().await.map(drop)
}
