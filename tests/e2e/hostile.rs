//! Hostile documents in the real engine: each of the two walls holds when the other is gone.

use std::{env, fs, path::PathBuf};

use anyhow::Context as _;
use fantoccini::Client;
use serde::Deserialize;
use serde_json::{Value, json};
use waymark_tests::{Engine, Launch, screens};

/// How many documents share one look where nothing is expected to run.
const TOGETHER: usize = 25;
/// How many documents travel to the page at a time.
const LOAD: usize = 500;
/// How many documents the control tries, spread over all of them.
const CONTROLS: usize = 400;

/// What the page says about a load of documents.
#[derive(Debug, Deserialize)]
struct Answer {
    /// Where the groups begin in which something ran.
    guilty: Vec<usize>,
    /// How often something ran.
    ran: u64,
}

#[tokio::test]
async fn the_windows_policy_stops_every_hostile_document_without_the_sanitiser() -> anyhow::Result<()> {
    let documents = documents()?;
    let window = Launch::new()?.open().await?;
    screens::live_in_the_sample(&window).await?;
    let before = window.route().await?;
    nothing_runs(window.client(), &documents).await?;
    let route = window.route().await?;
    anyhow::ensure!(route == before, "no document led the window elsewhere, but it went from {before} to {route}");
    let sane: Vec<String> = documents.iter().map(|html| waymark_docs::sanitize_html(html)).collect();
    nothing_runs(window.client(), &sane).await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn the_sanitiser_stops_every_hostile_document_without_a_policy() -> anyhow::Result<()> {
    let documents = documents()?;
    let Some(engine) = Engine::open().await? else {
        eprintln!("SKIPPED: the sanitiser alone: this WebKit comes without a browser of its own");
        return Ok(());
    };
    let sane: Vec<String> = documents.iter().map(|html| waymark_docs::sanitize_html(html)).collect();
    nothing_runs(engine.client(), &sane).await?;

    // Without either wall they do run, or the two results above would prove nothing.
    let step = documents.len().div_ceil(CONTROLS);
    let some: Vec<String> = documents.into_iter().step_by(step).collect();
    let (mut engine, mut guilty) = (engine, 0);
    for few in some.chunks(5) {
        if let Ok(answer) = look(engine.client(), few, 1).await {
            guilty += answer.guilty.len();
        } else {
            // One of them led the page elsewhere or asks something; its neighbours are not counted.
            engine = Engine::open().await?.context("the bare engine opened before")?;
        }
    }
    anyhow::ensure!(
        guilty * 4 >= some.len(),
        "only {guilty} of {} documents ran with nothing in their way",
        some.len()
    );
    println!("{guilty} of {} documents ran with nothing in their way", some.len());
    Ok(())
}

async fn nothing_runs(client: &Client, documents: &[String]) -> anyhow::Result<()> {
    for (load, some) in documents.chunks(LOAD).enumerate() {
        let answer = look(client, some, TOGETHER).await?;
        let where_from: Vec<&String> =
            answer.guilty.iter().flat_map(|at| some.iter().skip(*at).take(TOGETHER)).collect();
        anyhow::ensure!(answer.ran == 0, "{} scripts ran in load {load}, from among {where_from:#?}", answer.ran);
    }
    Ok(())
}

async fn look(client: &Client, documents: &[String], together: usize) -> anyhow::Result<Answer> {
    let answer = client
        .execute_async(include_str!("hostile.js"), vec![json!(documents), json!(together)])
        .await
        .context("the page did not survive the documents")?;
    serde_json::from_value(answer).context("the page answered with something else")
}

/// The corpus of hostile documents, or a few of our own where it is not there.
fn documents() -> anyhow::Result<Vec<String>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared");
    let shared = env::var_os("WAYMARK_SHARED").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let corpus = shared.join("corpus/xss/xss.jsonl");
    let Ok(text) = fs::read_to_string(&corpus) else {
        eprintln!("SKIPPED: hostile documents: {} is not here; a few of our own are tried", corpus.display());
        return Ok(OWN.iter().map(|html| (*html).to_owned()).collect());
    };
    let html = |line: &str| -> anyhow::Result<String> {
        let value: Value = serde_json::from_str(line)?;
        value["html"].as_str().map(str::to_owned).context("a line has no html")
    };
    text.lines().map(html).collect()
}

const OWN: [&str; 8] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<a href='javascript:alert(1)'>open</a>",
    "<details open ontoggle=alert(1)><summary>more</summary></details>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
];
