//! A bundle from a stick, opened in the window: signed, signed by nobody, damaged, cancelled.

use std::fs;

use tempfile::TempDir;
use waymark_api::ipc::{
    journey::ListJourneys,
    sources::{AddSample, ListPacks},
};
use waymark_bundle::PrivateKey;
use waymark_tests::{Launch, Window, company};

const OPEN: &str = "Open a bundle…";
const TRUST: &str = "I know where this file comes from, and I trust it";

async fn opens(window: &Window) -> anyhow::Result<()> {
    window.tabs_to("button", OPEN).await?;
    window.press("Enter").await
}

#[tokio::test]
async fn a_bundle_is_judged_before_it_is_added_with_keys_alone() -> anyhow::Result<()> {
    let stick = TempDir::with_prefix("waymark-stick-")?;
    let file = stick.path().join("depot-guide.zip");
    let key = PrivateKey::generate()?;
    company::guide(&file, 1, Some(&key))?;
    let window = Launch::new()?.picking(&file).open().await?;
    window.call(AddSample {}).await?;
    window.load("/settings/sources").await?;

    // Signed: whose it is, and in.
    opens(&window).await?;
    window.sees("Signed by the key").await?;
    window.sees(&key.public().id().to_string()).await?;
    window.has_focus("section | What was found").await?;
    window.see_well("bundle-signed").await?;
    window.tabs_to("button", "Add to Waymark").await?;
    window.press("Enter").await?;
    window.sees("Added Depot guide").await?;
    window.has_focus(&format!("button | {OPEN}")).await?;

    // Somebody else's under the same name, older than what is here, and half a file: no.
    let stranger = PrivateKey::generate()?;
    for (sequence, key, why) in [
        (2, Some(&stranger), "comes from another publisher"),
        (2, None, "is signed by nobody, and the version here is signed"),
        (0, Some(&key), "is older than the version here"),
    ] {
        company::guide(&file, sequence, key)?;
        opens(&window).await?;
        window.sees("This bundle is not used").await?;
        window.sees(why).await?;
        window.has_focus("button | Choose another bundle").await?;
        window.press("Escape").await?;
        window.has_focus(&format!("button | {OPEN}")).await?;
    }
    company::guide(&file, 2, Some(&key))?;
    let whole = fs::read(&file)?;
    fs::write(&file, &whole[..whole.len() / 2])?;
    opens(&window).await?;
    window.sees("is damaged or was not copied whole").await?;
    window.see_well("bundle-damaged").await?;

    let before = window.call(ListJourneys {}).await?.journeys.len();
    // The stick is copied again, and the same dialog goes on.
    fs::write(&file, &whole)?;
    window.tabs_to("button", "Choose another bundle").await?;
    window.press("Enter").await?;
    window.sees("It takes the place of version 1.1").await?;
    window.tabs_to("button", "Put it in place of the one here").await?;
    window.press("Enter").await?;
    window.no_longer_sees("It takes the place of version 1.1").await?;
    anyhow::ensure!(
        window.call(ListJourneys {}).await?.journeys.len() == before,
        "and nothing is started a second time"
    );
    let packs = window.call(ListPacks {}).await?;
    anyhow::ensure!(packs.len() == 2, "the next version took the first one's place: {packs:?}");
    window.load("/docs").await?;
    window.sees("Depot guide").await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn a_bundle_that_nobody_signed_waits_for_the_answer() -> anyhow::Result<()> {
    let stick = TempDir::with_prefix("waymark-stick-")?;
    let file = stick.path().join("depot-guide.tar.gz");
    company::guide(&file, 1, None)?;
    let window = Launch::new()?.picking(&file).open().await?;
    window.call(AddSample {}).await?;
    window.load("/settings/sources").await?;
    opens(&window).await?;
    window.sees("Nobody signed this bundle").await?;
    anyhow::ensure!(!window.role("button", "Add to Waymark").await?.is_enabled().await?, "it waits for the answer");
    window.tabs_to("input", TRUST).await?;
    window.press("Space").await?;
    window.tabs_to("button", "Add to Waymark").await?;
    window.press("Enter").await?;
    window.sees("Added Depot guide").await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn whoever_chooses_no_file_is_where_they_were() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    window.call(AddSample {}).await?;
    window.load("/settings/sources").await?;
    for button in ["Open a folder…", OPEN] {
        window.tabs_to("button", button).await?;
        window.press("Enter").await?;
        window.until("no dialog is left", async || Ok(window.count("dialog[open]").await? == 0)).await?;
        window.has_focus(&format!("button | {button}")).await?;
    }
    window.close().await.map(drop)
}
