//! A folder that is watched: somebody is told when it changed and has come to rest.

use std::{
    path::Path,
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use ignore::gitignore::Gitignore;
use notify::{Event, EventKind, RecursiveMode, Watcher};

/// How long nothing may happen until a change counts as complete: a checkout changes many files.
const REST: Duration = Duration::from_millis(300);
/// How long a change may go on until it is told all the same.
const LONGEST: Duration = Duration::from_secs(5);

/// Folders in which nothing is content, and much happens.
const NOISE: [&str; 2] = [".git", "node_modules"];

/// A folder cannot be watched.
#[derive(Debug, thiserror::Error)]
#[error("could not watch the folder: {0}")]
pub struct WatchError(String);

/// Watches a folder and all below it until it is dropped.
pub struct FolderWatch {
    // Dropping it ends the events, and with them the thread that waits for them.
    _watcher: Box<dyn Watcher + Send>,
}

impl std::fmt::Debug for FolderWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FolderWatch")
    }
}

impl FolderWatch {
    /// Starts watching. `changed` is called on a thread of its own, never twice at a time, and once for
    /// changes that follow each other closely.
    ///
    /// # Errors
    ///
    /// Where the folder is not there, or the system watches no more.
    pub fn start(folder: &Path, changed: impl FnMut() + Send + 'static) -> Result<Self, WatchError> {
        let failed = |error: &dyn std::fmt::Display| WatchError(error.to_string());
        let (tell, told) = mpsc::channel();
        let root = folder.canonicalize().map_err(|error| failed(&error))?;
        // What git leaves out is built there: it changes often and is never read.
        let (left_out, _) = Gitignore::new(root.join(".gitignore"));
        let below = root.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // An overflow is an error too, and may hide a change.
            if event.as_ref().map_or(true, |event| matters(event, &below, &left_out)) {
                // Nobody listens any more when the watch is being dropped.
                let _ = tell.send(());
            }
        })
        .map_err(|error| failed(&error))?;
        watcher.watch(&root, RecursiveMode::Recursive).map_err(|error| failed(&error))?;
        let waiting = thread::Builder::new().name("folder-watch".to_owned());
        waiting.spawn(move || wait(&told, changed)).map_err(|error| failed(&error))?;
        Ok(Self { _watcher: Box::new(watcher) })
    }
}

fn wait(told: &Receiver<()>, mut changed: impl FnMut()) {
    while told.recv().is_ok() {
        let first = Instant::now();
        loop {
            match told.recv_timeout(REST) {
                Ok(()) if first.elapsed() < LONGEST => {}
                Ok(()) | Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        changed();
    }
}

/// Whether an event may have changed content. Reading a file is an event as well.
fn matters(event: &Event, root: &Path, left_out: &Gitignore) -> bool {
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    let is_noise = |path: &Path| {
        let inside = path.strip_prefix(root).unwrap_or(path);
        inside.iter().any(|segment| NOISE.iter().any(|noise| segment == *noise))
            || path.starts_with(root) && left_out.matched_path_or_any_parents(path, path.is_dir()).is_ignore()
    };
    event.paths.is_empty() || event.paths.iter().any(|path| !is_noise(path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use ignore::gitignore::GitignoreBuilder;
    use notify::event::{AccessKind, CreateKind};

    use super::*;

    #[test]
    fn a_change_is_told_and_one_in_git_is_not() {
        let root = Path::new("/x");
        let event = |kind, path: &str| Event::new(kind).add_path(path.into());
        let create = EventKind::Create(CreateKind::File);
        let mut rules = GitignoreBuilder::new(root);
        rules.add_line(None, "/build/").expect("a rule");
        let rules = rules.build().expect("rules");
        let matters = |event: &Event| matters(event, root, &rules);
        assert!(matters(&event(create, "/x/docs/a.md")));
        assert!(!matters(&event(create, "/x/.git/index")));
        assert!(!matters(&event(create, "/x/build/a/b.html")));
        assert!(!matters(&event(EventKind::Access(AccessKind::Read), "/x/docs/a.md")));
        assert!(matters(&event(create, "/x/.git/index").add_path("/x/a.md".into())));
    }

    #[test]
    fn many_changes_are_told_once_and_dropping_ends_it() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("docs")).expect("a folder");
        let (tell, told) = mpsc::channel();
        let watch = FolderWatch::start(folder.path(), move || tell.send(()).unwrap_or_default()).expect("a watch");
        for number in 0..20 {
            fs::write(folder.path().join(format!("docs/{number}.md")), "# A").expect("a file");
        }
        told.recv().expect("the change is told");
        drop(watch);
        // The thread ends with the watch, and its end of the channel with it.
        assert!(told.iter().count() <= 1, "not once a file");
        assert!(FolderWatch::start(&folder.path().join("gone"), || {}).is_err());
    }
}
