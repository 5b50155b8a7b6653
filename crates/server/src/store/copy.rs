//! A copy of the whole database in one file, with the archives of published content inside it.

use std::path::Path;

use sqlx::{AnyPool, Executor, any::install_default_drivers};

use super::{About, StoreError, Tx};

/// What a copy says about itself.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    /// When it was made, milliseconds since 1970.
    pub made: i64,
    /// The program that made it.
    pub version: String,
}

/// Writes the database into a new file while it is in use; what is committed when it begins is in it.
///
/// # Errors
/// Where the file is there already or cannot be written.
pub(crate) async fn copy_into(pool: &AnyPool, path: &Path) -> Result<(), StoreError> {
    let path = path.display().to_string();
    sqlx::query("VACUUM INTO $1").bind(path).execute(pool).await.about("a copy of the database")?;
    Ok(())
}

/// Opens a copy as it is, with one connection and no file beside it.
///
/// # Errors
/// Where it is no database.
pub(crate) async fn open(path: &Path) -> Result<AnyPool, StoreError> {
    install_default_drivers();
    let url = format!("sqlite://{}?mode=rw", path.display());
    let pool = sqlx::any::AnyPoolOptions::new().max_connections(1).connect(&url).await.map_err(StoreError::Open)?;
    let settings = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; \
        PRAGMA cell_size_check = ON";
    pool.execute(settings).await.map_err(StoreError::Open)?;
    Ok(pool)
}

/// Adds the label and room for files.
///
/// # Errors
/// Where the copy cannot be written.
pub(crate) async fn label(copy: &AnyPool, label: &Label) -> Result<(), StoreError> {
    let what = "the copy's label";
    copy.execute("CREATE TABLE backup_label (made BIGINT NOT NULL, version TEXT NOT NULL)").await.about(what)?;
    copy.execute("CREATE TABLE backup_file (path TEXT PRIMARY KEY, hash TEXT NOT NULL, body BLOB NOT NULL)")
        .await
        .about(what)?;
    sqlx::query("INSERT INTO backup_label (made, version) VALUES ($1, $2)")
        .bind(label.made)
        .bind(&label.version)
        .execute(copy)
        .await
        .about(what)?;
    Ok(())
}

/// Reads the label; `None` where the file is no copy of ours.
///
/// # Errors
/// Where it cannot be read.
pub(crate) async fn read_label(copy: &AnyPool) -> Result<Option<Label>, StoreError> {
    let what = "the copy's label";
    let there: Option<i64> = sqlx::query_scalar("SELECT 1 FROM sqlite_master WHERE name = 'backup_label'")
        .fetch_optional(copy)
        .await
        .about(what)?;
    if there.is_none() {
        return Ok(None);
    }
    let row: Option<(i64, String)> =
        sqlx::query_as("SELECT made, version FROM backup_label").fetch_optional(copy).await.about(what)?;
    Ok(row.map(|(made, version)| Label { made, version }))
}

/// Adds a file.
///
/// # Errors
/// Where the copy cannot be written.
pub(crate) async fn add_file(copy: &AnyPool, path: &str, hash: &str, body: Vec<u8>) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO backup_file (path, hash, body) VALUES ($1, $2, $3)")
        .bind(path)
        .bind(hash)
        .bind(body)
        .execute(copy)
        .await
        .about("a file of the copy")?;
    Ok(())
}

/// The next file after a path: path, hash, content.
///
/// # Errors
/// Where the copy cannot be read.
pub(crate) async fn file_after(copy: &AnyPool, path: &str) -> Result<Option<(String, String, Vec<u8>)>, StoreError> {
    sqlx::query_as("SELECT path, hash, body FROM backup_file WHERE path > $1 ORDER BY path LIMIT 1")
        .bind(path)
        .fetch_optional(copy)
        .await
        .about("a file of the copy")
}

/// Takes label and files out again: what is left is a server's database.
///
/// # Errors
/// Where the copy cannot be written.
pub(crate) async fn strip(copy: &AnyPool) -> Result<(), StoreError> {
    let what = "the copy's label";
    copy.execute("DROP TABLE backup_label").await.about(what)?;
    copy.execute("DROP TABLE backup_file").await.about(what)?;
    Ok(())
}

/// What SQLite finds wrong with the file; nothing for a whole one.
///
/// # Errors
/// Where it cannot be read at all.
pub(crate) async fn integrity(copy: &AnyPool) -> Result<Vec<String>, StoreError> {
    let rows: Vec<String> =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_all(copy).await.about("the whole database")?;
    Ok(rows.into_iter().filter(|row| row != "ok").collect())
}

/// Facts after an id, in order: id, hash, content.
///
/// # Errors
/// Where they cannot be read.
pub(crate) async fn facts_after(
    pool: &AnyPool,
    id: &str,
    limit: i64,
) -> Result<Vec<(String, String, String)>, StoreError> {
    sqlx::query_as("SELECT id, hash, body FROM event WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(id)
        .bind(limit)
        .fetch_all(pool)
        .await
        .about("facts")
}

/// The server's epoch.
///
/// # Errors
/// Where it cannot be read.
pub(crate) async fn epoch(pool: &AnyPool) -> Result<Option<i64>, StoreError> {
    sqlx::query_scalar("SELECT epoch FROM server").fetch_optional(pool).await.about("the server's epoch")
}

/// Makes a restored database one that devices can meet again: a new epoch, so that they send what it lacks; no
/// access token and no invite of the past, which may have been used or revoked since.
///
/// # Errors
/// Where it cannot be written.
pub(crate) async fn restored(tx: &mut Tx, epoch: i64, now: i64) -> Result<(), StoreError> {
    let what = "the restored database";
    sqlx::query("UPDATE server SET epoch = $1, restored = $2")
        .bind(epoch)
        .bind(now)
        .execute(&mut **tx)
        .await
        .about(what)?;
    sqlx::query("UPDATE session SET access_until = 0").execute(&mut **tx).await.about(what)?;
    sqlx::query("UPDATE invite SET expires = $1 WHERE used IS NULL AND expires > $1")
        .bind(now)
        .execute(&mut **tx)
        .await
        .about(what)?;
    Ok(())
}
