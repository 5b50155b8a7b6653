//! Walking a folder: which files may be content, without reading any.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use ignore::{DirEntry, WalkBuilder};
use waymark_core::diagnostic::Diagnostic;

use super::{FileKind, Limits, problem::Problem};

/// A file that may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Relative to the root, with `/` between segments.
    pub(super) path: String,
    pub(super) kind: FileKind,
    pub(super) bytes: u64,
}

/// Folders that hold what tools made or fetched, never content.
const SKIPPED_FOLDERS: [&str; 2] = ["node_modules", "target"];

/// Hidden folders with content: issue forms and templates live there.
const VISIBLE_FOLDERS: [&str; 1] = [".github"];

/// Lists the files below `root`, which is a path without links, and what had to be left out.
pub(super) fn walk(
    root: &Path,
    limits: &Limits,
    mut on_found: impl FnMut(&Candidate),
) -> (Vec<Candidate>, Vec<Diagnostic>) {
    let links = Arc::new(Links { root: root.to_owned(), state: Mutex::default() });
    let judge = Arc::clone(&links);
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .parents(false)
        .ignore(true)
        .git_global(false)
        .git_exclude(false)
        .git_ignore(true)
        .require_git(false)
        .follow_links(true)
        .max_depth(Some(limits.depth as usize))
        .filter_entry(move |entry| entry.depth() == 0 || (is_wanted(entry) && judge.allow(entry)))
        .build();

    let mut found = Vec::new();
    let mut problems = Vec::new();
    for (seen, entry) in walk.enumerate() {
        if seen as u64 > u64::from(limits.entries) {
            problems.push(Problem::TooManyEntries { limit: limits.entries }.at(""));
            break;
        }
        match entry {
            Ok(entry) => match candidate(root, &entry, limits) {
                Some(Ok(candidate)) => {
                    on_found(&candidate);
                    found.push(candidate);
                }
                Some(Err(problem)) => problems.push(problem),
                None => {}
            },
            Err(error) => problems.push(unreadable(root, &error)),
        }
    }
    problems.extend(links.take_problems());
    found.sort_by(|a, b| a.path.cmp(&b.path));
    (found, problems)
}

/// Whether the name alone speaks for looking at an entry.
fn is_wanted(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    let Some(name) = entry.file_name().to_str() else { return true };
    if is_folder {
        !SKIPPED_FOLDERS.contains(&name) && (!name.starts_with('.') || VISIBLE_FOLDERS.contains(&name))
    } else {
        // Hidden files other than content may hold secrets: `.env`, `.netrc`.
        !name.starts_with('.') || FileKind::by_name(name) != FileKind::Other
    }
}

fn candidate(root: &Path, entry: &DirEntry, limits: &Limits) -> Option<Result<Candidate, Diagnostic>> {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    if is_folder && entry.depth() >= limits.depth as usize {
        return Some(Err(Problem::TooDeep { limit: limits.depth }.at(&lossy(root, entry.path()))));
    }
    // Pipes, sockets and devices are no content, and opening a pipe waits for ever.
    if !entry.file_type().is_some_and(|kind| kind.is_file()) {
        return None;
    }
    let Some(path) = relative(root, entry.path()) else {
        return Some(Err(Problem::NameNotUtf8.at(&lossy(root, entry.path()))));
    };
    match entry.metadata() {
        Ok(metadata) => {
            let kind = FileKind::by_name(&path);
            Some(Ok(Candidate { path, kind, bytes: metadata.len() }))
        }
        Err(error) => Some(Err(Problem::CouldNotRead(root_cause(&error).to_string()).at(&path))),
    }
}

/// `path` below `root` with `/` between segments; `None` where it is no UTF-8 or not below it.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let segments: Option<Vec<&str>> = path.strip_prefix(root).ok()?.iter().map(OsStr::to_str).collect();
    segments.filter(|segments| !segments.is_empty()).map(|segments| segments.join("/"))
}

/// As [`relative`], for people to read.
fn lossy(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/")
}

fn unreadable(root: &Path, error: &ignore::Error) -> Diagnostic {
    let path = path_of(error).map(|path| lossy(root, path)).unwrap_or_default();
    match root_cause(error) {
        ignore::Error::Loop { .. } => Problem::LoopOfLinks.at(&path),
        cause => Problem::CouldNotRead(cause.to_string()).at(&path),
    }
}

fn root_cause(error: &ignore::Error) -> &ignore::Error {
    match error {
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => root_cause(err),
        other => other,
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// Decides about links while the walk goes on.
struct Links {
    root: PathBuf,
    state: Mutex<LinkState>,
}

#[derive(Default)]
struct LinkState {
    /// Folders that a link led to. Each is followed once: a few folders full of links to one another
    /// would otherwise have as many paths as there are grains of sand.
    followed: BTreeSet<PathBuf>,
    problems: Vec<Diagnostic>,
}

impl Links {
    /// Whether an entry may be looked into: anything that is no link, and links that stay inside.
    fn allow(&self, entry: &DirEntry) -> bool {
        if !entry.path_is_symlink() {
            return true;
        }
        let target = entry.path().canonicalize();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let problem = match target {
            Err(error) => Problem::CouldNotRead(error.to_string()),
            Ok(target) if !target.starts_with(&self.root) => Problem::LinkLeavesFolder,
            // What the walk leaves out stays left out behind a link.
            Ok(target) if crosses_skipped(&self.root, &target) => return false,
            Ok(target) if target.is_dir() && !state.followed.insert(target.clone()) => Problem::LoopOfLinks,
            Ok(_) => return true,
        };
        state.problems.push(problem.at(&lossy(&self.root, entry.path())));
        false
    }

    fn take_problems(&self) -> Vec<Diagnostic> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut state.problems)
    }
}

/// Whether a segment of `target` below `root` is hidden or skipped.
fn crosses_skipped(root: &Path, target: &Path) -> bool {
    target.strip_prefix(root).is_ok_and(|below| {
        below.iter().filter_map(OsStr::to_str).any(|segment| {
            SKIPPED_FOLDERS.contains(&segment)
                || (segment.starts_with('.')
                    && !VISIBLE_FOLDERS.contains(&segment)
                    && FileKind::by_name(segment) == FileKind::Other)
        })
    })
}
