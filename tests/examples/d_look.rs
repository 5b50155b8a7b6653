//! A look at the settings.
use std::{fs, path::PathBuf};
use waymark_tests::{Appearance, Launch, screens};
#[tokio::main(flavor = "current_thread")]
async fn main() {
    if let Err(error) = look().await {
        eprintln!("{error:#}");
        std::process::exit(1)
    }
}
async fn axe(w: &waymark_tests::Window, name: &str) -> anyhow::Result<()> {
    for v in w.axe().await? {
        println!("  AXE {name}: {v:?}");
    }
    println!("  {}", w.picture(&format!("d-{name}")).await?.display());
    Ok(())
}
async fn look() -> anyhow::Result<()> {
    let folder = PathBuf::from("/tmp/d_folder/Billing docs");
    let _ = fs::remove_dir_all("/tmp/d_folder");
    fs::create_dir_all(folder.join("docs"))?;
    fs::create_dir_all(folder.join("journeys"))?;
    fs::write(
        folder.join("mkdocs.yml"),
        "site_name: Billing handbook\nnav:\n  - Home: index.md\n  - Gone: gone.md\nplugins: [foo]\n",
    )?;
    fs::write(folder.join("docs/index.md"), "# Billing\n\nSee [the other](missing.md) and [more](more.md#nope).\n")?;
    fs::write(folder.join("docs/more.md"), "# More\n\n!!! nonsense\n    text\n")?;
    fs::write(
        folder.join("ONBOARDING.md"),
        "# Onboarding to Billing\n\n## Week 1\n\n- [ ] Get access\n- [ ] Read the docs\n",
    )?;
    fs::write(folder.join("journeys/x.journey.yml"), "title: [\n")?;
    let window = Launch::new()?.with(Appearance::Light).picking(folder.clone()).open().await?;
    screens::live_in_the_sample(&window).await?;
    window.load("/settings/sources").await?;
    window.click("button", "Open a folder…").await?;
    window.sees("Add to Waymark").await?;
    axe(&window, "report").await?;
    window.click("button", "Add to Waymark").await?;
    window.sees("Billing").await?;
    window.sees("Show problems").await?;
    axe(&window, "sources").await?;
    window.click_text("Show problems").await?;
    window.sees("Copy the list").await?;
    axe(&window, "problems").await?;
    fs::rename(&folder, "/tmp/d_folder/moved")?;
    window.click_css(".wm-source:last-child .wm-source__actions button").await?;
    window.sees("This folder is not there").await?;
    axe(&window, "gone").await?;
    window.click_css(".wm-source:last-child .wm-source__actions button:last-child").await?;
    window.sees("Goes from this device").await?;
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    println!("  focus {}", window.focused().await?);
    axe(&window, "remove").await?;
    window.click("button", "Remove").await?;
    window.no_longer_sees("moved").await?;
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    println!("  focus {}", window.focused().await?);
    axe(&window, "removed").await?;
    window.follow("/settings/privacy").await?;
    window.click_css(".wm-fact__row").await?;
    window.sees("indented to read").await?;
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    println!("  focus {}", window.focused().await?);
    axe(&window, "payload").await?;
    window.follow("/settings/general").await?;
    window.click_css(".wm-draft input").await?;
    window.types("Ada Osei").await?;
    window.press("Tab").await?;
    window.types("03162026").await?;
    window.press("Tab").await?;
    window.sees("Saved").await?;
    axe(&window, "general").await?;
    let p: serde_json::Value =
        window.script("return [...document.querySelectorAll('.wm-draft input')].map(i => i.value)", vec![]).await?;
    println!("  {p}");
    window.click_css(".wm-week__box").await?;
    window.click_css(".wm-days__add input").await?;
    window.types("12242026").await?;
    window.press("Tab").await?;
    println!("  focus {}", window.focused().await?);
    let p: serde_json::Value = window.script("const i=document.querySelectorAll('.wm-days__add input'); const s=(e,v)=>{e.value=v;e.dispatchEvent(new Event('input',{bubbles:true}))}; s(i[0],'2026-12-24'); s(i[1],'2027-01-01'); return i[0].value", vec![]).await?;
    println!("  {p}");
    window.click_css(".wm-days__add button").await?;
    window.sees("Thu 24 Dec 2026 to").await?;
    axe(&window, "days").await?;
    window.load("/settings/general").await?;
    window.sees("Thu 24 Dec 2026 to").await?;
    let p: serde_json::Value =
        window.script("return [...document.querySelectorAll('.wm-draft input')].map(i => i.value)", vec![]).await?;
    println!("  after reload {p}");
    window
        .script::<serde_json::Value>("document.querySelector('.wm-days').scrollIntoView(); return null", vec![])
        .await?;
    axe(&window, "days-reloaded").await?;
    window.click_css(".wm-days__line button").await?;
    window.no_longer_sees("Thu 24 Dec 2026 to").await?;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    println!("  focus {}", window.focused().await?);
    for part in ["appearance", "shortcuts"] {
        window.follow(&format!("/settings/{part}")).await?;
        axe(&window, part).await?;
    }
    window.follow("/settings/diagnostics").await?;
    window.click_text("See what is copied").await?;
    window.sees("Webview").await?;
    axe(&window, "diagnostics").await?;
    window.close().await?;
    Ok(())
}
