//! From the start of the process to the first screen that can be used.

use std::{fs, path::Path};

use anyhow::Context as _;

use super::Pair;
use crate::{Home, Launch, Window};

/// Starts of each program that count. The first of each only warms the caches.
const COUNTED: usize = 9;

/// Milliseconds from the start of the process to the mark that the page leaves when it is ready: the
/// app with the sample in its library, the floor as it is, in turn.
///
/// # Errors
///
/// Where a window does not open or leaves no mark.
pub async fn starts(app: &Path, floor: &Path) -> anyhow::Result<Pair> {
    let mut homes = [with_sample(app).await?, Home::fresh()?];
    let mut pair = Pair { app: Vec::new(), floor: Vec::new() };
    for round in 0..=COUNTED {
        let [with_app, with_floor] = homes;
        let (home, app_took) = one(app, with_app).await?;
        let (other, floor_took) = one(floor, with_floor).await?;
        homes = [home, other];
        if round > 0 {
            pair.app.push(app_took);
            pair.floor.push(floor_took);
        }
    }
    Ok(pair)
}

/// A home whose library holds the sample.
pub(super) async fn with_sample(app: &Path) -> anyhow::Result<Home> {
    let window = Launch::of(app.to_path_buf()).open().await?;
    window.call(waymark_api::ipc::sources::AddSample {}).await?;
    window.close().await
}

async fn one(program: &Path, home: Home) -> anyhow::Result<(Home, f64)> {
    let note = home.path().join("started");
    let launch = Launch { started: Some(note.clone()), ..Launch::of(program.to_path_buf()) };
    let window = launch.open_in(home).await?;
    let started: f64 = fs::read_to_string(&note)
        .context("the start was not noted")?
        .trim()
        .parse()
        .context("the start was noted badly")?;
    let ready = ready(&window).await?;
    Ok((window.close().await?, ready - started * 1000.0))
}

/// The moment of the mark, in milliseconds since 1970.
async fn ready(window: &Window) -> anyhow::Result<f64> {
    let script = "const [mark] = performance.getEntriesByName('ready'); return mark ? performance.timeOrigin + mark.startTime : null";
    window.script::<Option<f64>>(script, vec![]).await?.context("the page left no performance mark called `ready`")
}
