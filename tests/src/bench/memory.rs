//! Memory of all processes behind the window, once everything was looked at.

use std::{path::Path, time::Duration};

use super::{Pair, start};
use crate::{
    Home, Launch, Window, process,
    screens::{self, Library, SCREENS},
};

/// How often the tour is made.
const ROUNDS: usize = 3;
/// How long the window rests after the last screen, so that what can be given back is given back.
const REST: Duration = Duration::from_secs(5);

/// Bytes (PSS) after every screen was shown in one and the same window; of the floor after as long.
///
/// # Errors
///
/// Where a window does not open or a screen cannot be reached.
pub async fn memory(app: &Path, floor: &Path) -> anyhow::Result<Pair> {
    let mut pair = Pair { app: Vec::new(), floor: Vec::new() };
    for _ in 0..ROUNDS {
        let home = start::with_sample(app).await?;
        let window = Launch::of(app.to_path_buf()).open_in(home).await?;
        let names = screens::names(&window).await?;
        for screen in SCREENS.iter().filter(|screen| screen.library == Library::Sample) {
            window.follow(&names.fill(screen.route)?).await?;
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        pair.app.push(at_rest(window).await?);
        let window = Launch::of(floor.to_path_buf()).open_in(Home::fresh()?).await?;
        for _ in 0..20 {
            window.click_css("button").await?;
        }
        pair.floor.push(at_rest(window).await?);
    }
    Ok(pair)
}

async fn at_rest(window: Window) -> anyhow::Result<f64> {
    tokio::time::sleep(REST).await;
    let bytes = process::memory(window.process());
    window.close().await?;
    Ok(bytes as f64)
}
