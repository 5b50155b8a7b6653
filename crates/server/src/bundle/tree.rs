//! The files of a folder that go into a bundle.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use waymark_bundle::{INDEX_FILE, Limits, Refusal, Rule, SIGNATURE_FILE, check_file_name};

/// What a folder has for a bundle.
#[derive(Default)]
pub(crate) struct Tree {
    /// Relative paths with `/`, sorted.
    pub(crate) paths: Vec<String>,
    /// What stays behind although somebody may miss it, in words.
    pub(crate) left_out: Vec<String>,
    /// Names that no bundle may have; their author must change them.
    pub(crate) broken: Vec<Refusal>,
}

/// Folders that hold what tools made or fetched, never content.
const SKIPPED: [&str; 3] = ["node_modules", "target", "__pycache__"];

/// Lists a folder. `output` is the bundle that is being written, which is not part of itself.
pub(crate) fn list(root: &Path, output: &Path) -> anyhow::Result<Tree> {
    let mut tree = Tree::default();
    let output = output.canonicalize().ok();
    let mut folders = vec![(root.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let unreadable = || format!("could not read {}", folder.display());
        for entry in fs::read_dir(&folder).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let kind = entry.file_type().with_context(unreadable)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
            if kind.is_dir() && !name.starts_with('.') && !SKIPPED.contains(&name.as_str()) {
                folders.push((entry.path(), path));
            } else if kind.is_file() && output.as_deref() != entry.path().canonicalize().ok().as_deref() {
                tree.sort_in(path, &name);
            } else if kind.is_symlink() {
                tree.left_out.push(format!("{path}: a link"));
            }
        }
    }
    tree.paths.sort();
    tree.left_out.sort();
    tree.broken.sort_by(|a, b| a.about.cmp(&b.about));
    Ok(tree)
}

impl Tree {
    fn sort_in(&mut self, path: String, name: &str) {
        if path == INDEX_FILE || path == SIGNATURE_FILE {
            return;
        }
        match check_file_name(&path) {
            Ok(()) => self.paths.push(path),
            // Navigation of the awesome-pages plugin: its author would look for it in vain.
            Err(_) if name == ".pages" => {
                self.left_out.push(format!("{path}: hidden; write the order into the nav of mkdocs.yml"));
            }
            Err(_) if name.starts_with('.') => {}
            Err(refusal) if matches!(refusal.rule, Rule::N11 | Rule::E4) => {
                self.left_out.push(format!("{path}: {}", refusal.rule.words()));
            }
            Err(refusal) => self.broken.push(refusal),
        }
    }
}

/// Reads a file of the folder, never more of it than a bundle may hold, and no link.
pub(crate) fn read(root: &Path, path: &str) -> io::Result<Vec<u8>> {
    use io::Read as _;
    let place: PathBuf = root.join(path);
    if !fs::symlink_metadata(&place)?.is_file() {
        return Err(io::Error::other("it is no regular file any more"));
    }
    let most = Limits::default().file;
    let mut bytes = Vec::new();
    fs::File::open(&place)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("L1: limits: a file of more than {most} bytes")));
    }
    Ok(bytes)
}

/// The folder's own name in the letters that a bundle's name may have.
pub(crate) fn folder_name(dir: &Path) -> anyhow::Result<String> {
    let dir = dir.canonicalize().with_context(|| format!("could not read {}", dir.display()))?;
    let name = dir.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let words: Vec<&str> = name.split(|c| !plain(c)).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        bail!("the folder's name gives none for the bundle; give one with --name");
    }
    Ok(words.join("-").chars().take(64).collect())
}
