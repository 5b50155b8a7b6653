//! Checks over all items (`roadmap.md`, section 5).

use std::collections::{BTreeMap, BTreeSet};

use super::{age, item::ReadItem, links, outcome, percentage};
use crate::{
    content::surroundings::Surroundings,
    diagnostic::{Diagnostic, Findings, Position},
    roadmap::{Horizon, Impact, Roadmap, Status},
};

const MAX_NOW: usize = 7;
const MAX_PERSONAS: usize = 5;

/// `whole` is the path of the index, for findings about the roadmap as a whole.
pub(super) fn check(
    items: &[ReadItem],
    roadmap: &Roadmap,
    whole: Option<&str>,
    around: Surroundings<'_>,
) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    let own = || items.iter().filter(|read| read.own_file);
    let ids: BTreeSet<&str> = own().map(|read| read.item.id.as_str()).collect();
    let paths: BTreeSet<&str> = own().map(|read| read.item.path.as_str()).collect();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for read in own() {
        let mut findings = Findings::new(read.item.path.as_str());
        if let Some(first) = seen.insert(read.item.id.as_str(), &read.item.path) {
            findings
                .error(
                    "R002",
                    read.id_at,
                    format!("`{}` is the id of two items; the other one is {first}", read.item.id),
                )
                .help("Ids are never used twice; give the newer item another one.");
        }
        people(read, roadmap, &mut findings);
        dates(read, &mut findings);
        commitment(read, &mut findings);
        reasons(read, &mut findings);
        outcome::check(read, &mut findings);
        percentage::check(read, &mut findings);
        if let Some(today) = around.today {
            age::check(read, today, &mut findings);
        }
        if let Some(library) = around.library {
            links::check(read, &links::Known { library, ids: &ids, paths: &paths }, &mut findings);
        }
        all.extend(findings.into_list());
    }
    let now = items.iter().filter(|read| {
        read.item.horizon == Horizon::Now
            && !matches!(read.item.status, Status::Shipped | Status::Reviewed | Status::Declined | Status::Merged)
    });
    let mut findings = Findings::new(whole.unwrap_or("roadmap/index.md"));
    let now = now.filter(|read| read.own_file).count();
    if now > MAX_NOW {
        findings
            .warning("R061", Position::START, format!("{now} items are in now; more than {MAX_NOW} are no focus"))
            .help("Move some to next.");
    }
    if roadmap.personas.len() > MAX_PERSONAS {
        let message = format!("{} personas are more than anybody keeps in mind", roadmap.personas.len());
        findings.warning("R061", Position::START, message).help(format!("Keep three to {MAX_PERSONAS}."));
    }
    all.extend(findings.into_list());
    all
}

fn people(read: &ReadItem, roadmap: &Roadmap, findings: &mut Findings) {
    let item = &read.item;
    if item.status != Status::Draft && (item.personas.is_empty() || item.job.is_none()) {
        let lacks = match (item.personas.is_empty(), item.job.is_none()) {
            (true, true) => "persona and job",
            (true, false) => "persona",
            _ => "job",
        };
        findings
            .error("R010", read.status_at, format!("the item is no draft any more and has no {lacks}"))
            .help("Say whom it is for and which job it serves, or set `status: draft`.");
    }
    for (persona, at) in &read.personas {
        if !roadmap.personas.iter().any(|known| known.id == *persona) {
            findings
                .error("R011", *at, format!("nobody knows the persona `{persona}`"))
                .help(format!("Add personas/{persona}.md, or name one that exists."));
        }
    }
    if let Some(job) = item.job.as_ref().filter(|job| !roadmap.jobs.iter().any(|known| known.id == **job)) {
        findings
            .error("R011", read.job_at, format!("nobody knows the job `{job}`"))
            .help(format!("Add jobs/{job}.md, or name one that exists."));
    }
}

fn dates(read: &ReadItem, findings: &mut Findings) {
    for (at, found) in &read.dates {
        match read.item.horizon {
            Horizon::Later => {
                findings
                    .error("R020", *at, format!("`{}` promises a time, and later has no dates", found.text))
                    .help("Remove it, or move the item to next.");
            }
            Horizon::Next if found.fine => {
                findings
                    .warning("R021", *at, format!("`{}` is finer than a quarter", found.text))
                    .help("Under next a quarter is the finest, marked as expected.");
            }
            Horizon::Next | Horizon::Now => {}
        }
    }
    for (at, words) in &read.mandates {
        findings
            .warning("R060", *at, format!("`{words}` orders people about"))
            .help("Say what gets better and who helps with the move.");
    }
}

fn commitment(read: &ReadItem, findings: &mut Findings) {
    let item = &read.item;
    if item.horizon == Horizon::Now && !matches!(item.status, Status::Draft | Status::Declined | Status::Merged) {
        let outcome = item.outcome.as_ref();
        let baseline = outcome.and_then(|outcome| outcome.baseline.as_ref());
        let target = outcome.and_then(|outcome| outcome.target.as_ref());
        let lacks = [
            (outcome.is_none(), "outcome"),
            (outcome.is_some() && baseline.is_none(), "baseline"),
            (baseline.is_some_and(|baseline| baseline.at.is_none()), "date of the baseline (`at`)"),
            (baseline.is_some_and(|baseline| baseline.n.is_none()), "number of cases of the baseline (`n`)"),
            (outcome.is_some() && target.is_none(), "target"),
            (target.is_some_and(|target| target.by.is_none()), "date of the target (`by`)"),
        ];
        for (_, what) in lacks.iter().filter(|(lacks, _)| *lacks) {
            findings
                .error("R022", read.figures.outcome, format!("the item is in now and has no {what}"))
                .help("What is committed says where it starts and where it should get to.");
        }
    }
    if let Some(impact) = &item.impact
        && !names_gain(impact)
    {
        findings
            .warning("R050", read.figures.impact, "the unit of the impact does not say who gains what")
            .help("Write for instance `hours saved per new colleague` or `teams unblocked`.");
    }
}

/// A single word such as `points` names nobody and nothing.
fn names_gain(impact: &Impact) -> bool {
    impact.unit.split_whitespace().count() >= 2
}

fn reasons(read: &ReadItem, findings: &mut Findings) {
    let item = &read.item;
    let told = item.history.iter().any(|entry| entry.to == "declined" && !entry.reason.trim().is_empty());
    if item.status == Status::Declined && !told && !read.reason {
        findings
            .error("R030", read.status_at, "the item was declined and nobody says why")
            .help("Add an entry to `history` with `to: declined` and a reason that everybody may read.");
    }
    for at in &read.silent_moves {
        findings.error("R031", *at, "the item moved and nobody says why").help("Add `reason:` to the entry.");
    }
}
