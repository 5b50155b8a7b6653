//! Reading what the walk found.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use waymark_core::diagnostic::Diagnostic;

use super::{
    File, FileKind, FolderSnapshot, Limits, Progress, ReadFolderError, kind,
    problem::Problem,
    text,
    walk::{self, Candidate},
};

/// Reading waits for the disk more than for the processor.
const THREADS: usize = 2;

/// How often the walk tells about itself, in files.
const WALK_STEP: u32 = 256;

/// Reads a folder. `progress` is called on this thread, first while files are counted, once when
/// their number is known, then after each file that was read.
///
/// # Errors
/// Only where the folder itself cannot be read; everything else is among the snapshot's problems.
pub fn read(
    root: &Path,
    limits: &Limits,
    progress: &mut dyn FnMut(&Progress),
) -> Result<FolderSnapshot, ReadFolderError> {
    let root = open(root)?;
    let mut seen = 0_u32;
    let (found, mut problems) = walk::walk(&root, limits, |candidate| {
        if seen.is_multiple_of(WALK_STEP) {
            progress(&Progress { current: candidate.path.clone(), ..Progress::default() });
        }
        seen += 1;
    });
    let chosen = choose(found, limits, &mut problems);
    let mut files = read_all(&root, &chosen, limits, progress, &mut problems);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    problems.sort();
    problems.dedup();
    let revision = revision(&files);
    tracing::debug!(root = %root.display(), files = files.len(), problems = problems.len(), "read a folder");
    Ok(FolderSnapshot { root, files, problems, revision })
}

/// A snapshot of files that are in memory already, by the same limits. `root` names where they came from.
pub(crate) fn snapshot_of(
    root: &Path,
    files: Vec<(String, Vec<u8>)>,
    limits: &Limits,
    progress: &mut dyn FnMut(&Progress),
) -> FolderSnapshot {
    let candidate = |(path, bytes): &(String, Vec<u8>)| Candidate {
        path: path.clone(),
        kind: FileKind::by_name(path),
        bytes: bytes.len() as u64,
    };
    let mut problems = Vec::new();
    let chosen = choose(files.iter().map(candidate).collect(), limits, &mut problems);
    let mut contents: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
    let mut state = Progress { total: chosen.len() as u32, ..Progress::default() };
    let mut files = Vec::with_capacity(chosen.len());
    for Candidate { path, kind, .. } in chosen {
        let Some(bytes) = contents.remove(&path) else { continue };
        let (kind, bytes, oddity) = understand(kind, bytes);
        problems.extend(oddity.map(|problem| problem.at(&path)));
        state.files += 1;
        state.bytes += bytes.len() as u64;
        state.current.clone_from(&path);
        progress(&state);
        let hash = blake3::hash(&bytes).to_hex().to_string();
        files.push(File { path, kind, bytes, hash, modified: None });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    problems.sort();
    let revision = revision(&files);
    FolderSnapshot { root: root.to_owned(), files, problems, revision }
}

/// The folder's path without links, once it is sure that it can be listed.
fn open(root: &Path) -> Result<PathBuf, ReadFolderError> {
    let of = |source| ReadFolderError::of(root, source);
    let resolved = root.canonicalize().map_err(of)?;
    if !fs::metadata(&resolved).map_err(of)?.is_dir() {
        return Err(ReadFolderError::NotAFolder { path: root.to_owned() });
    }
    fs::read_dir(&resolved).map_err(of)?;
    Ok(resolved)
}

/// Leaves out what is too large or too much; content goes before other files.
fn choose(found: Vec<Candidate>, limits: &Limits, problems: &mut Vec<Diagnostic>) -> Vec<Candidate> {
    let (content, other): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.kind != FileKind::Other);
    let mut chosen: Vec<Candidate> = Vec::new();
    let (mut text, mut total) = (0, 0);
    let (mut too_many, mut too_much) = (0, 0);
    for one in content.into_iter().chain(other) {
        let limit = limit_of(&one, limits);
        let is_other = one.kind == FileKind::Other;
        if one.bytes > limit {
            if !is_other {
                problems.push(Problem::TooLarge { bytes: one.bytes, limit }.at(&one.path));
            }
        } else if chosen.len() >= limits.files as usize {
            too_many += usize::from(!is_other);
        } else if total + one.bytes > limits.total_bytes
            || (one.kind.is_text() && text + one.bytes > limits.text_total_bytes)
        {
            too_much += usize::from(!is_other);
        } else {
            total += one.bytes;
            text += if one.kind.is_text() { one.bytes } else { 0 };
            chosen.push(one);
        }
    }
    if too_many > 0 {
        problems.push(Problem::TooManyFiles { left_out: too_many, limit: limits.files }.at(""));
    }
    if too_much > 0 {
        let limit = limits.text_total_bytes.min(limits.total_bytes);
        problems.push(Problem::TooMuchTogether { left_out: too_much, limit }.at(""));
    }
    chosen
}

fn limit_of(one: &Candidate, limits: &Limits) -> u64 {
    match one.kind {
        FileKind::Markdown | FileKind::Yaml | FileKind::Toml => limits.text_bytes,
        FileKind::Image(_) => limits.image_bytes,
        FileKind::Other if kind::is_document(&one.path) => limits.document_bytes,
        FileKind::Other => limits.other_bytes,
    }
}

/// A file that was read, with what was odd about it, or why it was not.
type Outcome = Result<(File, Option<Diagnostic>), Diagnostic>;

fn read_all(
    root: &Path,
    chosen: &[Candidate],
    limits: &Limits,
    progress: &mut dyn FnMut(&Progress),
    problems: &mut Vec<Diagnostic>,
) -> Vec<File> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel::<(usize, Outcome)>(64);
    let mut files = Vec::with_capacity(chosen.len());
    let mut state = Progress { total: chosen.len() as u32, ..Progress::default() };
    progress(&state);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some((at, one)) = take(next, chosen) {
                    let outcome = read_one(root, one, limit_of(one, limits));
                    if sender.send((at, outcome)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        for (at, outcome) in receiver {
            state.files += 1;
            state.current.clone_from(&chosen[at].path);
            match outcome {
                Ok((file, oddity)) => {
                    state.bytes += file.bytes.len() as u64;
                    files.push(file);
                    problems.extend(oddity);
                }
                Err(problem) => problems.push(problem),
            }
            progress(&state);
        }
    });
    files
}

fn take<'a>(next: &AtomicUsize, chosen: &'a [Candidate]) -> Option<(usize, &'a Candidate)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    chosen.get(at).map(|one| (at, one))
}

fn read_one(root: &Path, one: &Candidate, limit: u64) -> Outcome {
    let failed = |error: io::Error| Problem::CouldNotRead(plain(&error)).at(&one.path);
    // Looked at again: since the walk, a folder on the way may have become a link.
    let path = root.join(&one.path).canonicalize().map_err(failed)?;
    if !path.starts_with(root) {
        return Err(Problem::LinkLeavesFolder.at(&one.path));
    }
    let metadata = fs::metadata(&path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(failed(io::Error::other("it is no file any more")));
    }
    let mut bytes = Vec::with_capacity(metadata.len().min(limit) as usize);
    fs::File::open(&path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(Problem::TooLarge { bytes: metadata.len().max(limit + 1), limit }.at(&one.path));
    }
    let (kind, bytes, oddity) = understand(one.kind, bytes);
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let file = File { path: one.path.clone(), kind, bytes, hash, modified: metadata.modified().ok() };
    Ok((file, oddity.map(|problem| problem.at(&one.path))))
}

/// What the bytes say about a file whose name promised `kind`.
fn understand(kind: FileKind, bytes: Vec<u8>) -> (FileKind, Vec<u8>, Option<Problem>) {
    match kind {
        FileKind::Markdown | FileKind::Yaml | FileKind::Toml => {
            let (bytes, odd) = text::to_utf8(bytes);
            (kind, bytes, odd.map(Problem::NotUtf8))
        }
        FileKind::Image("image/svg+xml") | FileKind::Other => (kind, bytes, None),
        FileKind::Image(_) => match FileKind::image_by_content(&bytes) {
            Some(kind) => (kind, bytes, None),
            None => (FileKind::Other, bytes, Some(Problem::NotAnImage)),
        },
    }
}

/// An error in words for people; the system's own carry a number.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there any more".to_owned(),
        io::ErrorKind::PermissionDenied => "this account may not read it".to_owned(),
        _ => error.to_string(),
    }
}

fn revision(files: &[File]) -> String {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        // A zero byte is in no path, so two lists never run together to the same bytes.
        hasher.update(file.path.as_bytes()).update(&[0]).update(file.hash.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}
