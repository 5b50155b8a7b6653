//! `waymark-server backup` and `restore`.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail, ensure};
use jiff::Timestamp;

use super::Place;
use crate::{
    store::{About as _, Store, copy},
    usecase::backup::{NoBackup, backup, beside, check, epoch_after, is_database, remove, unpack},
};

/// What to back up, and where to. Archives behind an object store's URL are not in it: back them up there.
#[derive(clap::Args)]
pub(crate) struct Backup {
    /// The file to write, which must not be there.
    out: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// What to bring back.
#[derive(clap::Args)]
pub(crate) struct Restore {
    /// The backup. Without it, for a PostgreSQL that its own tools have restored: only raises the epoch.
    #[arg(required_unless_present = "database")]
    file: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// Looks at all of the backup, restores it into a folder that is thrown away, and changes nothing.
    #[arg(long)]
    drill: bool,
}

/// Writes a backup; the server may be running.
///
/// # Errors
/// For a PostgreSQL, which has better tools for it, and where a file cannot be read or written.
pub(crate) async fn run_backup(options: Backup, now: Timestamp) -> anyhow::Result<ExitCode> {
    if options.place.database.is_some() {
        bail!(
            "a PostgreSQL is backed up by its own tools (pg_dump, pg_basebackup, WAL archiving), and the folder --data \
             by copying it; after they brought it back, run `waymark-server restore --database … --data …`"
        );
    }
    ensure!(database(&options.place.data).exists(), "there is no database in {}", options.place.data.display());
    let store = options.place.open().await?;
    let files = backup(&store, &options.place.data, &options.out, now).await?;
    let bytes = fs::metadata(&options.out)?.len();
    println!("{}: {bytes} bytes, {files} published archives", options.out.display());
    Ok(ExitCode::SUCCESS)
}

/// Brings a backup back, or tries it.
///
/// # Errors
/// Where the backup is not whole, a server runs over the folder, or a file cannot be written. The database that is
/// there stays as it is then.
pub(crate) async fn run_restore(options: Restore, now: Timestamp) -> anyhow::Result<ExitCode> {
    let Restore { file, place, drill } = options;
    let Some(file) = file else {
        let store = place.open().await?;
        let before = copy::epoch(store.read()).await?;
        let epoch = raise(&store, epoch_after(before.unwrap_or(0), before, now), now).await?;
        println!("the epoch is {epoch}: devices send again what the database lacks");
        return Ok(ExitCode::SUCCESS);
    };
    ensure!(place.database.is_none(), "a backup is a file of SQLite; a PostgreSQL is restored by its own tools");
    let is_database = is_database(&file).with_context(|| format!("could not read {}", file.display()))?;
    ensure!(is_database, no_backup(&file));
    let trash = tempfile::tempdir().context("could not make a temporary folder")?;
    let data: &Path = if drill { trash.path() } else { &place.data };
    fs::create_dir_all(data).with_context(|| format!("could not make the folder {}", data.display()))?;
    let _lock = lock(data)?;

    // All of it happens beside the database in use, which is replaced by one rename at the end.
    let fresh = data.join("restore.unfinished");
    remove(&fresh)?;
    fs::copy(&file, &fresh).with_context(|| format!("could not copy {}", file.display()))?;
    let damaged = || format!("{} cannot be restored", file.display());
    let pool = copy::open(&fresh).await.with_context(damaged)?;
    let found = match check(&pool).await {
        Err(error) if error.is::<NoBackup>() => bail!(no_backup(&file)),
        found => found.with_context(damaged)?,
    };
    unpack(&pool, data).await?;
    copy::strip(&pool).await?;
    let in_backup = copy::epoch(&pool).await?.unwrap_or(0);
    pool.close().await;
    let current = database(data);
    let epoch = epoch_after(in_backup, current_epoch(data).await, now);
    for end in ["", "-wal", "-shm"] {
        let old = PathBuf::from(format!("{}{end}", current.display()));
        if old.exists() {
            fs::rename(&old, beside(&old, &format!("before-{}", now.as_second())))?;
        }
    }
    fs::rename(&fresh, &current)?;
    File::open(data)?.sync_all()?;
    let store = Store::sqlite(data).await?;
    raise(&store, epoch, now).await?;
    let what = if drill { "the drill went well; nothing was changed" } else { "restored" };
    println!(
        "{what}: backup of {}, {} facts, {} rows of the audit log, {} published archives, epoch {epoch}",
        found.made, found.facts, found.audit, found.files
    );
    if !drill {
        println!(
            "devices sign in again by their keys and send what is missing; whoever joined since needs a new invite"
        );
        println!("what was revoked after {} must be revoked again", found.made);
    }
    Ok(ExitCode::SUCCESS)
}

/// What to say of a file that is something else, and what to do.
fn no_backup(file: &Path) -> String {
    format!(
        "{} is no backup of a Waymark server; name a file that `waymark-server backup` wrote (nothing was changed)",
        file.display()
    )
}

/// Gives a restored database its new epoch.
async fn raise(store: &Store, epoch: i64, now: Timestamp) -> anyhow::Result<i64> {
    use crate::store::audit::{Act, append};
    let mut tx = store.begin().await?;
    copy::restored(&mut tx, epoch, now.as_millisecond()).await?;
    let outcome = format!("epoch {epoch}");
    append(&mut tx, now, &Act { actor: "cli", action: "server.restored", object: "", outcome: &outcome }).await?;
    tx.commit().await.about("the restored database")?;
    Ok(epoch)
}

/// The epoch of the database that is there, if it can still say so.
async fn current_epoch(data: &Path) -> Option<i64> {
    if !database(data).exists() {
        return None;
    }
    let store = Store::sqlite(data).await.ok()?;
    let epoch = copy::epoch(store.read()).await.ok().flatten();
    store.close().await;
    epoch
}

fn database(data: &Path) -> PathBuf {
    data.join("waymark.db")
}

/// Holds a folder for this process, as long as the result lives.
///
/// # Errors
/// Where another process has it.
pub(crate) fn lock(data: &Path) -> anyhow::Result<File> {
    let path = data.join("waymark.lock");
    let file = File::create(&path).with_context(|| format!("could not write {}", path.display()))?;
    if file.try_lock().is_err() {
        bail!("a waymark-server is running over {}; stop it first", data.display());
    }
    Ok(file)
}
