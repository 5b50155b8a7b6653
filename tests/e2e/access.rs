//! Every screen can be used by everybody: no rule of axe is broken, light or dark.

use waymark_tests::{
    Appearance, Launch,
    screens::{self, LIBRARIES, SCREENS},
};

async fn examine(appearance: Appearance) -> anyhow::Result<()> {
    let mut broken = Vec::new();
    for library in LIBRARIES {
        let launch = Launch::new()?.with(appearance);
        let Some((window, place)) = screens::arrive(&launch, library).await? else { continue };
        for screen in SCREENS.iter().filter(|screen| screen.library == library) {
            screens::show(&window, screen, &place.names).await?;
            for violation in window.axe().await? {
                broken.push(format!("{}: {violation:#?}", screen.name));
            }
        }
        window.close().await?;
    }
    anyhow::ensure!(broken.is_empty(), "axe found violations:\n{}", broken.join("\n"));
    Ok(())
}

#[tokio::test]
async fn no_screen_breaks_a_rule_in_light() -> anyhow::Result<()> {
    examine(Appearance::Light).await
}

#[tokio::test]
async fn no_screen_breaks_a_rule_in_dark() -> anyhow::Result<()> {
    examine(Appearance::Dark).await
}

#[tokio::test]
async fn no_screen_breaks_a_rule_in_high_contrast() -> anyhow::Result<()> {
    examine(Appearance::HighContrast).await
}
