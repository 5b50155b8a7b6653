//! From the click on a step's box to the painted word that it is on disk.

use std::path::Path;

use anyhow::Context as _;
use serde::Serialize;
use serde_json::json;
use waymark_api::ipc::journey::ListJourneys;

use super::start;
use crate::Launch;

/// Ticks that are measured, after a few that only warm up.
const COUNTED: u32 = 120;
const WARM_UP: u32 = 10;

/// Milliseconds per tick, in the order in which they were made.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Ticks {
    /// Click to the first frame in which the box is ticked.
    pub shown: Vec<f64>,
    /// Click to the first frame in which the window says that the tick is on disk.
    pub durable: Vec<f64>,
}

/// Ticks steps of the sample's journey and takes the ticks back, one after the other, and measures each
/// in the page: from the click to the frame after the status bar said that it was saved.
///
/// # Errors
///
/// Where the checklist does not open or a tick is never saved.
pub async fn ticks(app: &Path) -> anyhow::Result<Ticks> {
    let home = start::with_sample(app).await?;
    let window = Launch::of(app.to_path_buf()).open_in(home).await?;
    let list = window.call(ListJourneys {}).await?;
    let journey = list.journeys.first().context("the sample starts a journey")?.id;
    window.load(&format!("/checklist/{journey}")).await?;
    window.css("[data-step] input[type=checkbox]:enabled").await?;
    let mut measured = Ticks::default();
    for turn in 0..WARM_UP + COUNTED {
        let answer = window
            .client()
            .execute_async(include_str!("tick.js"), vec![json!(turn)])
            .await
            .with_context(|| format!("tick {turn} was never saved"))?;
        let time = |name: &str| answer[name].as_f64().with_context(|| format!("tick {turn}: {answer}"));
        let (shown, durable) = (time("shown")?, time("durable")?);
        if turn >= WARM_UP {
            measured.shown.push(shown);
            measured.durable.push(durable);
        }
    }
    window.close().await?;
    Ok(measured)
}
