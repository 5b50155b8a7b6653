//! On a train: everything that was added can be read and found with no network at all.

use std::fs;

use waymark_api::ipc::start::Start;
use waymark_tests::{Launch, screens};

#[tokio::test]
async fn pages_are_read_and_found_with_the_network_cut() -> anyhow::Result<()> {
    if !network_is_cut() {
        eprintln!("SKIPPED: no network: this account may not cut it, so the test would prove nothing");
        return Ok(());
    }
    let window = Launch::new()?.open().await?;
    screens::live_in_the_sample(&window).await?;
    window.load("/docs").await?;
    window.sees("Find your way").await?;
    window.press("Control+k").await?;
    window.until("the palette listens", async || Ok(window.focused().await?.starts_with("combobox"))).await?;
    window.types("simulator kind:page").await?;
    let found = async || Ok(window.texts("[role=option]").await?.first().is_some_and(|row| row.contains("simulator")));
    window.until("the palette finds the page", found).await?;
    window.press("Enter").await?;
    window.until("it opens", async || Ok(window.route().await?.ends_with("simulator.md"))).await?;
    window.sees("plays a freight company").await?;
    // Where somebody passes through is not kept: it takes a moment until a place counts.
    let kept = async || Ok(window.call(Start {}).await?.preferences.last_route.ends_with("simulator.md"));
    window.until("the place is kept", kept).await?;
    let window = window.restart().await?;
    window.until("it opens there again", async || Ok(window.route().await?.ends_with("simulator.md"))).await?;
    window.sees("plays a freight company").await?;
    window.close().await.map(drop)
}

/// Whether this machine has nothing but loopback; the desktop's script sees to it where it may.
fn network_is_cut() -> bool {
    let devices = fs::read_to_string("/proc/net/dev").unwrap_or_default();
    devices.lines().filter_map(|line| line.split_once(':')).all(|(name, _)| name.trim() == "lo")
}
