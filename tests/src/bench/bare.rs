//! The floor under what is painted: the same HTML in the bare engine, with no app and no styles around it.

use anyhow::Context as _;
use serde_json::json;

use crate::Engine;

/// Milliseconds until each piece of HTML is painted; empty where this system has no bare engine, which is
/// said.
///
/// # Errors
///
/// Where the engine does not paint.
pub(super) async fn paint(pieces: &[String]) -> anyhow::Result<Vec<f64>> {
    let Some(engine) = Engine::open().await? else {
        eprintln!("SKIPPED: the floor of what is painted: this WebKit comes without a browser of its own");
        return Ok(Vec::new());
    };
    let mut times = Vec::new();
    // The first one only warms up.
    for html in pieces.iter().take(1).chain(pieces) {
        let answer = engine.client().execute_async(include_str!("bare.js"), vec![json!(html)]).await;
        let time = answer.context("the bare engine does not paint")?;
        times.push(time.as_f64().context("the bare engine gave no time")?);
    }
    times.remove(0);
    Ok(times)
}
