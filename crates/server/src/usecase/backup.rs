//! A backup is one file: a copy of the database with the published archives inside.

use std::{
    fs,
    io::{self, ErrorKind, Read as _},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use sqlx::AnyPool;

use super::chain::Chain;
use crate::store::{
    Store,
    audit::{head, rows_after},
    copy::{self, Label},
};

/// Where archives of published content lie below the server's folder.
const ARCHIVES: &str = "bundles";

/// Writes a backup of a server that may be running.
///
/// # Errors
/// Where `out` is there already, or cannot be written.
pub(crate) async fn backup(store: &Store, data: &Path, out: &Path, now: Timestamp) -> anyhow::Result<usize> {
    ensure!(!out.exists(), "{} is there already", out.display());
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        bail!("the folder {} is not there; make it, or name another", folder.display());
    }
    let unfinished = beside(out, "unfinished");
    remove(&unfinished)?;
    // The database first: every archive that it names is on disk by then, and none is ever deleted.
    copy::copy_into(store.read(), &unfinished).await?;
    let pool = copy::open(&unfinished).await?;
    let version = env!("CARGO_PKG_VERSION").to_owned();
    copy::label(&pool, &Label { made: now.as_millisecond(), version }).await?;
    let mut files = 0;
    for path in archives(data)? {
        let body = fs::read(data.join(&path)).with_context(|| format!("could not read {path}"))?;
        copy::add_file(&pool, &path, &hex(&body), body).await?;
        files += 1;
    }
    pool.close().await;
    fs::File::open(&unfinished)?.sync_all()?;
    fs::rename(&unfinished, out).with_context(|| format!("could not write {}", out.display()))?;
    Ok(files)
}

/// The files with published content, by their path below the server's folder.
fn archives(data: &Path) -> anyhow::Result<Vec<String>> {
    let entries = match fs::read_dir(data.join(ARCHIVES)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).context("could not list the published archives"),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry?;
        // Names with a hash sign are uploads that are under way.
        match entry.file_name().to_str() {
            Some(name) if entry.file_type()?.is_file() && !name.contains('#') => {
                paths.push(format!("{ARCHIVES}/{name}"))
            }
            _ => {}
        }
    }
    Ok(paths)
}

/// The file is none that [`backup`] wrote.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("it was not written by `waymark-server backup`")]
pub(crate) struct NoBackup;

/// Whether a file begins as SQLite's files do ("Database File Format", section 1.3.1). What does not is no backup,
/// and nothing about it has to be found out by a driver.
///
/// # Errors
/// Where it cannot be read.
pub(crate) fn is_database(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    fs::File::open(path)?.take(16).read_to_end(&mut head)?;
    Ok(head == b"SQLite format 3\0")
}

/// What a backup holds, when all of it was looked at.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    /// When it was made.
    pub made: Timestamp,
    /// Published archives in it.
    pub files: usize,
    /// Facts in it.
    pub facts: usize,
    /// Rows of the audit log in it.
    pub audit: i64,
}

/// Looks at all of a backup: the database's pages, the hash of each archive and of each fact, the chain of the
/// audit log.
///
/// # Errors
/// [`NoBackup`] for another database, else with the first thing that is not as it was written.
pub(crate) async fn check(pool: &AnyPool) -> anyhow::Result<Checked> {
    let broken = copy::integrity(pool).await.context("the file is no whole database")?;
    ensure!(broken.is_empty(), "the file is damaged: {}", broken.join("; "));
    let label = copy::read_label(pool).await?.ok_or(NoBackup)?;
    let (mut files, mut path) = (0, String::new());
    while let Some((next, hash, body)) = copy::file_after(pool, &path).await? {
        ensure!(hex(&body) == hash, "{next} in the backup is not what was put into it");
        (files, path) = (files + 1, next);
    }
    let (mut facts, mut id) = (0, String::new());
    loop {
        let page = copy::facts_after(pool, &id, 1_000).await?;
        let Some(last) = page.last() else { break };
        id.clone_from(&last.0);
        facts += page.len();
        for (id, hash, body) in &page {
            ensure!(hex(body.as_bytes()) == *hash, "fact {id} in the backup is not what was put into it");
        }
    }
    let (mut chain, end) = (Chain::default(), head(pool).await?);
    loop {
        let rows = rows_after(pool, chain.after(), 1_000).await?;
        if rows.is_empty() {
            break;
        }
        rows.iter().for_each(|row| chain.take(row));
    }
    let problems = chain.end(end, &[]);
    ensure!(problems.is_empty(), "the audit log in the backup is not whole: {}", problems.join("; "));
    let made = Timestamp::from_millisecond(label.made).context("the backup's time is none")?;
    Ok(Checked { made, files, facts, audit: chain.rows() })
}

/// Writes the archives that a backup has and the folder lacks.
///
/// # Errors
/// Where one cannot be written, or its name leads out of the folder.
pub(crate) async fn unpack(pool: &AnyPool, data: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(data.join(ARCHIVES))?;
    let mut path = String::new();
    while let Some((next, _, body)) = copy::file_after(pool, &path).await? {
        let name = next.strip_prefix("bundles/").filter(|name| !name.contains(['/', '\\']) && !name.starts_with('.'));
        let Some(name) = name else { bail!("{next:?} in the backup is no published archive") };
        let target = data.join(ARCHIVES).join(name);
        if !target.exists() {
            let unfinished = beside(&target, "unfinished");
            fs::write(&unfinished, &body).and_then(|()| fs::File::open(&unfinished)?.sync_all())?;
            fs::rename(&unfinished, &target).with_context(|| format!("could not write {}", target.display()))?;
        }
        path = next;
    }
    Ok(())
}

/// The epoch after a restore: above that of the backup and of the database that it takes the place of. Where there
/// is none to compare with, the clock makes sure that two restores of one backup differ.
pub(crate) fn epoch_after(backup: i64, current: Option<i64>, now: Timestamp) -> i64 {
    match current {
        Some(current) => backup.max(current) + 1,
        None => (backup + 1).max(now.as_second()),
    }
}

/// `a.b` → `a.b.<what>`.
pub(crate) fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(what);
    PathBuf::from(name)
}

/// Deletes a file that may not be there.
///
/// # Errors
/// Where it is there and stays.
pub(crate) fn remove(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not delete {}", path.display()))
        }
        _ => Ok(()),
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_always_rises() {
        let now = Timestamp::from_second(1_790_000_000).expect("a moment");
        assert_eq!(epoch_after(1, Some(1), now), 2);
        assert_eq!(epoch_after(1, Some(2), now), 3, "the same backup once more");
        assert_eq!(epoch_after(1, None, now), 1_790_000_000, "a new disk");
        assert_eq!(epoch_after(1_790_000_005, None, now), 1_790_000_006);
    }
}
