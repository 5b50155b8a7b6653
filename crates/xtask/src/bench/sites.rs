//! Whole sites, rendered and made searchable, and one changed page; beside MkDocs.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::Context as _;
use serde_json::json;

use super::{
    Content,
    figure::{Figure, Measured, both, in_seconds, median, percentile},
    mkdocs,
};
use crate::{
    paths,
    progress::{Step, step},
};

/// How often everything is done from nothing.
const ROUNDS: usize = 3;
/// What all of it may take, in milliseconds, on two cores.
const ALL: f64 = 12_000.0;
/// What one changed page may take, in milliseconds.
const CHANGED: f64 = 100.0;

/// Renders all sites with the authors' tool, takes them into a library, and changes one page.
pub(super) fn measure(content: &Content, speed: &Path) -> anyhow::Result<(Vec<Figure>, Measured)> {
    let server = server()?;
    let sites = sites_in(&content.many)?;
    let (mut rendered, mut searchable, mut one_site) = (Vec::new(), Vec::new(), Vec::new());
    let (mut pages, mut changed) = (0, None);
    let next = "look at the log, then run `cargo xtask bench --only sites` again";
    step(&format!("rendering {} sites and making them searchable, {ROUNDS} times", sites.len()), next, |step| {
        for _ in 0..ROUNDS {
            let (took, count) = render(step, &server, &sites)?;
            pages = count;
            rendered.push(took);
            one_site.push(render(step, &server, std::slice::from_ref(&content.site))?);
            let mut take_in = Command::new(speed);
            take_in.arg("take-in").arg(&content.many);
            searchable.push(Measured::in_last_line(&step.run(take_in)?)?.one("/searchable")?);
        }
        let mut change = Command::new(speed);
        change.arg("change").arg(&content.site);
        changed = Some(Measured::in_last_line(&step.run(change)?)?);
        Ok(())
    })?;
    let changed = changed.context("a changed page was not measured")?;
    let mkdocs = mkdocs::build(&content.site);
    let own: Vec<f64> = one_site.iter().map(|(took, _)| *took).collect();
    let measured = Measured(json!({
        "pages": pages, "rendered": rendered, "searchable": searchable, "one_site": own, "changed": changed.0,
        "one_site_pages": one_site.first().map_or(0, |(_, pages)| *pages),
        "mkdocs": mkdocs.map_or_else(|why| json!({ "skipped": format!("{why:#}") }), |took| json!({ "took": took })),
        "from": content.from,
    }));
    Ok((figures(&measured)?, measured))
}

fn figures(measured: &Measured) -> anyhow::Result<Vec<Figure>> {
    let (rendered, searchable) = (measured.series("/rendered")?, measured.series("/searchable")?);
    let together: Vec<f64> = rendered.iter().zip(&searchable).map(|(one, other)| one + other).collect();
    let all = median(&together);
    let own = median(&measured.series("/one_site")?);
    let mkdocs = measured.one("/mkdocs/took").ok();
    let beside = mkdocs.map_or_else(
        || {
            let why = measured.0.pointer("/mkdocs/skipped").and_then(serde_json::Value::as_str).unwrap_or_default();
            format!("SKIPPED: no MkDocs: {why}")
        },
        |took| format!("{} (MkDocs with techdocs-core)", in_seconds(took)),
    );
    let change = |part: &str| measured.series(&format!("/changed/{part}"));
    let (read, drawn, found) = (change("read")?, change("rendered")?, change("searchable")?);
    let from = measured.0.pointer("/from").and_then(serde_json::Value::as_str).unwrap_or_default();
    Ok(vec![
        Figure {
            what: format!(
                "{} pages of {from}, cold: rendered, sanitised, highlighted, and all in the index; median of {ROUNDS}",
                measured.one("/pages")?
            ),
            app: format!(
                "{} (rendered and written in {}, taken in and searchable in {})",
                in_seconds(all),
                in_seconds(median(&rendered)),
                in_seconds(median(&searchable))
            ),
            beside: "MkDocs builds one of the sites, below".to_owned(),
            reach: format!("≤ {}", in_seconds(ALL)),
            within: all <= ALL,
        },
        Figure {
            what: format!(
                "one site of {} pages, cold: every page rendered and written",
                measured.one("/one_site_pages")?
            ),
            app: in_seconds(own),
            beside,
            reach: "≤ MkDocs".to_owned(),
            within: mkdocs.is_none_or(|took| own <= took),
        },
        Figure {
            what: format!(
                "one changed page in a folder of {}: read, rendered and in the index, median / p95",
                measured.one("/changed/pages")?
            ),
            app: format!("{} (folder read {}, page rendered {})", both(&found), both(&read), both(&drawn)),
            beside: String::new(),
            reach: format!("p95 ≤ {CHANGED} ms"),
            within: percentile(&found, 95.0) <= CHANGED,
        },
    ])
}

/// Builds `waymark-server` as it ships.
fn server() -> anyhow::Result<PathBuf> {
    step("building waymark-server (release)", "run `cargo build --release -p waymark-server`", |step| {
        let mut cargo = paths::cargo();
        cargo.args(["build", "--locked", "--release", "--package", "waymark-server"]);
        step.run(cargo).map(drop)
    })?;
    Ok(paths::built("release", "waymark-server"))
}

/// Every folder that the authors' tool can render: those of the shared sites, or the one site that is here.
fn sites_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if is_site(folder) {
        return Ok(vec![folder.to_owned()]);
    }
    let entries = fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    // One of the shared sites lies two folders down, as it does in its repository.
    let inner = |site: PathBuf| {
        [site.join("docs/en"), site.join("mock-docs")].into_iter().find(|path| is_site(path)).unwrap_or(site)
    };
    let mut sites: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).map(inner).collect();
    sites.sort();
    Ok(sites)
}

fn is_site(folder: &Path) -> bool {
    ["mkdocs.yml", "mkdocs.yaml", "properdocs.yml"].iter().any(|name| folder.join(name).is_file())
}

/// Milliseconds for whole sites in a process of their own, and how many pages they have.
fn render(step: &mut Step, server: &Path, sites: &[PathBuf]) -> anyhow::Result<(f64, u64)> {
    let out = paths::target().join("bench/rendered");
    // It is not there the first time.
    let _ = fs::remove_dir_all(&out);
    let mut command = Command::new(server);
    command.args(["docs", "render"]).args(sites).arg("--out").arg(&out);
    let begin = Instant::now();
    let said = step.run(command)?;
    let took = begin.elapsed().as_secs_f64() * 1000.0;
    let count = |line: &str| line.split_whitespace().next()?.parse::<u64>().ok();
    let pages: Option<u64> = said.lines().map(count).sum();
    Ok((took, pages.with_context(|| format!("`docs render` said {said:?}"))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_and_an_absent_peer_is_said() {
        let measured = |took: f64| {
            Measured(json!({
                "pages": 9, "from": "x", "rendered": [7000.0, took, 9000.0], "searchable": [1.0, 2000.0, 3000.0],
                "one_site": [100.0], "one_site_pages": 3, "mkdocs": { "skipped": "no python3" },
                "changed": { "pages": 3, "read": [1.0], "rendered": [1.0], "searchable": [101.0] },
            }))
        };
        let within = |took| {
            figures(&measured(took)).expect("all is there").iter().map(|figure| figure.within).collect::<Vec<_>>()
        };
        assert_eq!(within(8000.0), [true, true, false]);
        let mut slow = measured(12_001.0);
        slow.0["rendered"] = json!([12_001.0, 12_001.0, 12_001.0]);
        assert!(!figures(&slow).expect("all is there")[0].within);
        assert!(figures(&slow).expect("all is there")[1].beside.starts_with("SKIPPED"));
    }
}
