//! How long an answer takes at each key, how long the index takes to fill, and how large it is.
//!
//! Reads the Markdown under `WAYMARK_SHARED` (or its usual place), once as it is and once ten times
//! over with other words; `cargo bench -p waymark-search -- 2 16` takes other numbers of copies. Prints a table and judges nothing. A search
//! runs on one thread, so its processor time is what it takes where nobody else is at work; the time
//! on the wall stands beside it. In the last row lunr answers over the same sections, in Node.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

mod peers;

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};

use waymark_search::{Document, Index, Kind, Opening, Query, Section};

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
    let root = std::env::var_os("WAYMARK_SHARED").map_or_else(|| PathBuf::from("/work/shared"), PathBuf::from);
    let files = markdown(&root.join("corpus/docs"));
    if files.is_empty() {
        println!("no corpus at {}: nothing is measured", root.display());
        return;
    }
    println!("| sections | Markdown | index | filled in | opened in | p50 | p95 | p99 | worst | p95 on the wall |");
    println!("|---|---|---|---|---|---|---|---|---|---|");
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    for copies in if asked.is_empty() { vec![1, 10] } else { asked } {
        measure(&files, copies);
    }
    let documents: Vec<Document> = files.iter().map(|file| document(file, 0, &file.text)).collect();
    peers::lunr(&documents, QUERIES);
}

struct File {
    site: String,
    path: String,
    text: String,
}

fn measure(files: &[File], copies: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let begun = Instant::now();
    let mut rebuild = Index::rebuild(folder.path()).expect("the folder can be written");
    let mut bytes = 0;
    for copy in 0..copies {
        for file in files {
            let text = if copy == 0 { file.text.clone() } else { varied(&file.text, copy) };
            bytes += text.len() as u64;
            let document = document(file, copy, &text);
            rebuild.add(&document).expect("a document can be added");
        }
    }
    drop(rebuild.finish().expect("the index can be finished"));
    let filled = begun.elapsed();

    let begun = Instant::now();
    let Opening::Ready(index) = Index::open(folder.path()) else { return println!("the fresh index does not open") };
    let opened = begun.elapsed();

    let (mut times, mut walls) = (Vec::new(), Vec::new());
    for round in 0..6 {
        for query in QUERIES {
            for (end, _) in query.char_indices().skip(1).chain([(query.len(), ' ')]) {
                let (begun, busy) = (Instant::now(), processor());
                let query = Query::parse(&query[..end]);
                let found = index.search_each(&query, &Kind::ALL, 20).expect("the index can be read");
                let (time, wall) = (processor() - busy, begun.elapsed());
                std::hint::black_box(found);
                // The first round brings the files into memory.
                if round > 0 {
                    times.push((time, query));
                    walls.push(wall);
                }
            }
        }
    }
    times.sort_by_key(|(time, _)| *time);
    walls.sort();
    let place = |part: f64| ((times.len() - 1) as f64 * part) as usize;
    let at = |part: f64| millis(times[place(part)].0);
    println!(
        "| {} | {} | {} | {:.1} s | {} | {} | {} | {} | {} | {} |",
        index.len(),
        mega(bytes),
        mega(size(folder.path())),
        filled.as_secs_f64(),
        millis(opened),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0),
        millis(walls[place(0.95)]),
    );
    if std::env::var_os("SLOWEST").is_some() {
        times
            .iter()
            .rev()
            .step_by(5)
            .take(25)
            .for_each(|(time, query)| println!("    {} {:?}", millis(*time), query.text()));
    }
}

/// What this thread has used of a processor.
fn processor() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
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

/// All Markdown below a folder, with the name of the site that it is in.
fn markdown(root: &Path) -> Vec<File> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let Ok(text) = fs::read_to_string(&path) else { continue };
                let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
                let site = path.split('/').next().unwrap_or_default().to_owned();
                files.push(File { site, path, text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The same text with every third long word made into another, as another site's would be.
fn varied(text: &str, copy: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, word) in text.split_inclusive(' ').enumerate() {
        let long = word.trim_end().len() > 6 && word.trim_end().bytes().all(|byte| byte.is_ascii_lowercase());
        if long && index % 3 == copy % 3 {
            let (head, tail) = word.trim_end().split_at(3);
            out.push_str(head);
            out.push(char::from(b'a' + (copy % 26) as u8));
            out.push_str(tail);
            out.push(' ');
        } else {
            out.push_str(word);
        }
    }
    out
}

/// Cut at `#` headings outside fences: near enough to what the app hands over.
fn document(file: &File, copy: usize, text: &str) -> Document {
    let mut sections = vec![Section::default()];
    let mut above: Vec<(usize, String)> = Vec::new();
    let mut title = None;
    let mut fenced = false;
    for line in text.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            continue;
        }
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let heading = (!fenced && (1..=6).contains(&level)).then(|| line[level..].strip_prefix(' ')).flatten();
        let last = sections.len() - 1;
        match heading {
            Some(heading) if title.is_none() && level == 1 => title = Some(heading.trim().to_owned()),
            Some(heading) => {
                above.retain(|(other, _)| *other < level);
                above.push((level, heading.trim().to_owned()));
                let headings = above.iter().map(|(_, heading)| heading.clone()).collect();
                let anchor = Some(heading.trim().to_lowercase().replace(' ', "-"));
                sections.push(Section { headings, anchor, ..Section::default() });
            }
            None if fenced => sections[last].code.extend([line, "\n"]),
            None => sections[last].body.extend([line, "\n"]),
        }
    }
    Document {
        key: format!("{copy}/{}", file.path),
        kind: Kind::Page,
        source: if copy == 0 { file.site.clone() } else { format!("{}-{copy}", file.site) },
        title: title.unwrap_or_else(|| file.path.clone()),
        sections,
        stamp: 0,
    }
}
