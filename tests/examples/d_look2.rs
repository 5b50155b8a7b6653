//! A look at the date field.
use waymark_tests::{Appearance, Launch, screens};
#[tokio::main(flavor = "current_thread")]
async fn main() { if let Err(error) = look().await { eprintln!("{error:#}"); std::process::exit(1) } }
async fn look() -> anyhow::Result<()> {
    let window = Launch::new()?.with(Appearance::Light).open().await?;
    screens::live_in_the_sample(&window).await?;
    window.load("/settings/general").await?;
    window.script::<serde_json::Value>("window.log=[]; document.addEventListener('input', e => log.push('i:'+e.target.value), true); document.addEventListener('change', e => log.push('c:'+e.target.value), true); document.addEventListener('focusout', e => log.push('out'), true); return null", vec![]).await?;
    window.click_css(".wm-draft input").await?;
    window.types("Ada").await?;
    window.press("Tab").await?;
    println!("  focus {}", window.focused().await?);
    for c in ["03", ">", "16", ">", "2", "0", "2", "6"] {
        if c == ">" { window.press("ArrowRight").await?; } else { window.types(c).await?; }
        let p: serde_json::Value = window.script("return [document.activeElement.value, log.splice(0)]", vec![]).await?;
        println!("  {c}: {p}");
    }
    window.picture("d-date").await?;
    window.press("Tab").await?;
    let p: serde_json::Value = window.script("return [[...document.querySelectorAll('.wm-draft input')].map(i => i.value), log.splice(0)]", vec![]).await?;
    println!("  {p}");
    println!("  focus {}", window.focused().await?);
    let p: serde_json::Value = window.call(waymark_api::ipc::start::Start {}).await.map(|s| format!("{:?}", s.preferences.start_date).into())?;
    println!("  kept {p}");
    // now take the year away and leave
    window.press("Shift+Tab").await?;
    println!("  focus {}", window.focused().await?);
    window.press("Backspace").await?;
    window.press("Tab").await?;
    let p: serde_json::Value = window.script("return [[...document.querySelectorAll('.wm-draft input')].map(i => i.value), log.splice(0)]", vec![]).await?;
    println!("  {p}");
    println!("  focus {}", window.focused().await?);
    window.picture("d-date-half").await?;
    window.close().await?;
    Ok(())
}
