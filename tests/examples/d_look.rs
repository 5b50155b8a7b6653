//! A look at the diagnostics.
use waymark_tests::{Appearance, Launch, screens};
#[tokio::main(flavor = "current_thread")]
async fn main() { if let Err(error) = look().await { eprintln!("{error:#}"); std::process::exit(1) } }
async fn look() -> anyhow::Result<()> {
    let window = Launch::new()?.with(Appearance::Dark).open().await?;
    screens::live_in_the_sample(&window).await?;
    window.load("/settings/diagnostics").await?;
    window.click_text("See what is copied").await?;
    window.sees("Hide what is copied").await?;
    window.sees("Webview").await?;
    let p: serde_json::Value = window.script("const m=document.querySelector('#main'); document.querySelector('.wm-diag__preview').scrollIntoView(); return [document.scrollingElement.scrollTop, document.body.scrollTop, m.scrollWidth-m.clientWidth]", vec![]).await?;
    println!("  scroll {p}");
    println!("  axe {:?}", window.axe().await?);
    println!("  {}", window.picture("d-diagnostics").await?.display());
    window.close().await?;
    Ok(())
}
