//! How long an answer takes at each key, how long the index takes to fill, and how large it is.
//!
//! Reads the Markdown under `WAYMARK_SHARED` (or its usual place), or this repository's own where that is
//! absent, over and over with other words until there are 32,000 sections, and then until there are
//! 320,000; `cargo bench -p waymark-search -- 1000 5000` takes other numbers of sections. Prints a table
//! and judges nothing; `--json FILE` keeps the figures for `cargo xtask bench`, which judges them. A search
//! runs on one thread, so its processor time is what it takes where nobody else is at work; the time
//! on the wall stands beside it. In the last row lunr answers over the same sections, in Node.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

mod corpus;
mod peers;
mod times;

use std::{env, fs, path::Path, time::Instant};

use serde_json::json;
use waymark_search::{Index, Kind, Opening, Query};

use self::{
    corpus::Corpus,
    times::{Stopwatch, Times},
};

/// What people look for, typed letter by letter.
const QUERIES: &[&str] = &[
    "rollout strategy",
    "kubectl apply --dry-run",
    "how do I configure single sign on",
    "path parameters",
    "config.yaml",
    "batch job memory limit",
    "ingress annotation rewrite",
    "code review checklist",
    "persistent volume",
    "artifact repository s3",
    "kubernets clustr",
    "admonition",
    "security policy",
    "the",
    "install",
    "repo:argo workflow template",
    "kind:page search plugin",
    "Kubernetes 日本語",
];

fn main() {
    let (sizes, kept) = arguments();
    let corpus = Corpus::at_hand();
    if corpus.is_empty() {
        println!("there is no Markdown in {}: nothing is measured", corpus.name());
        return;
    }
    println!("sections of {}", corpus.name());
    println!("| sections | Markdown | index | filled in | opened in | p50 | p95 | p99 | worst | p95 on the wall |");
    println!("|---|---|---|---|---|---|---|---|---|---|");
    let measured: Vec<Measured> = sizes.iter().filter_map(|sections| measure(&corpus, *sections)).collect();
    let peer = peers::lunr(&corpus.documents(sizes[0]), QUERIES);
    match &peer {
        Ok(row) => println!("| lunr: {}", row.in_a_table()),
        Err(why) => println!("SKIPPED: lunr was not measured: {why}"),
    }
    if let Some(file) = kept {
        let lunr = peer.map_or_else(|why| json!({ "skipped": why }), |row| row.to_json());
        let sizes: Vec<_> = measured.iter().map(Measured::to_json).collect();
        let all = json!({ "corpus": corpus.name(), "sizes": sizes, "lunr": lunr });
        fs::write(&file, all.to_string()).unwrap_or_else(|error| panic!("{file} cannot be written: {error}"));
    }
}

/// Numbers of sections, and the file that the figures go to.
fn arguments() -> (Vec<usize>, Option<String>) {
    let given: Vec<String> = env::args().skip(1).collect();
    let kept = given.iter().position(|argument| argument == "--json").and_then(|place| given.get(place + 1)).cloned();
    let asked: Vec<usize> = given.iter().filter_map(|argument| argument.parse().ok()).collect();
    (if asked.is_empty() { vec![32_000, 320_000] } else { asked }, kept)
}

/// The figures of one size; sizes in bytes.
struct Measured {
    sections: u64,
    markdown: u64,
    index: u64,
    /// Seconds until all of it could be searched.
    filled: f64,
    /// Milliseconds.
    opened: f64,
    /// What a thread was at work for each key.
    busy: Times,
    /// What passed on the clock for each key.
    wall: Times,
}

impl Measured {
    fn to_json(&self) -> serde_json::Value {
        json!({
            "sections": self.sections, "markdown": self.markdown, "index": self.index, "filled": self.filled,
            "opened": self.opened, "busy": self.busy.to_json(), "wall": self.wall.to_json(),
        })
    }

    fn in_a_table(&self) -> String {
        format!(
            "| {} | {} | {} | {:.1} s | {:.2} ms | {} | {:.2} ms |",
            self.sections,
            mega(self.markdown),
            mega(self.index),
            self.filled,
            self.opened,
            self.busy.in_a_table(),
            self.wall.at(0.95)
        )
    }
}

/// Fills an index with at least so many sections and types all queries; `None` where it does not open.
fn measure(corpus: &Corpus, sections: usize) -> Option<Measured> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let begun = Instant::now();
    let mut rebuild = Index::rebuild(folder.path()).expect("the folder can be written");
    let markdown = corpus.each(sections, |document| rebuild.add(&document).expect("a document can be added"));
    drop(rebuild.finish().expect("the index can be finished"));
    let filled = begun.elapsed().as_secs_f64();

    let begun = Instant::now();
    let Opening::Ready(index) = Index::open(folder.path()) else {
        println!("the fresh index does not open");
        return None;
    };
    let opened = begun.elapsed().as_secs_f64() * 1_000.0;

    let (mut busy, mut wall) = (Vec::new(), Vec::new());
    let mut slow = Vec::new();
    for round in 0..6 {
        for query in QUERIES {
            for (end, _) in query.char_indices().skip(1).chain([(query.len(), ' ')]) {
                let watch = Stopwatch::start();
                let query = Query::parse(&query[..end]);
                let found = index.search_each(&query, &Kind::ALL, 20).expect("the index can be read");
                let (worked, passed) = watch.stop();
                std::hint::black_box(found);
                // The first round brings the files into memory.
                if round > 0 {
                    busy.push(worked);
                    wall.push(passed);
                    slow.push((worked, query));
                }
            }
        }
    }
    if env::var_os("SLOWEST").is_some() {
        slow.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        slow.iter().step_by(5).take(25).for_each(|(time, query)| println!("    {time:.2} ms {:?}", query.text()));
    }
    let (busy, wall) = (Times::of(busy), Times::of(wall));
    let index = index.len();
    let measured = Measured { sections: index, markdown, index: size(folder.path()), filled, opened, busy, wall };
    println!("{}", measured.in_a_table());
    Some(measured)
}

fn mega(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => size(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}
