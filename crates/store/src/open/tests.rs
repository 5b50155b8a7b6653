//! Opening: new, existing, older, newer, damaged and foreign files.

use std::{fs, path::PathBuf};

use sqlx::{
    ConnectOptions, Connection, SqlSafeStr,
    migrate::{Migration, MigrationType},
    sqlite::SqliteConnectOptions,
};
use tempfile::TempDir;
use waymark_core::id::DeviceId;

use super::*;
use crate::{Trouble, migrations::backup_path, quarantine};

fn options() -> OpenOptions {
    let id: DeviceId = "00000000-0000-7000-8000-000000000001".parse().unwrap();
    OpenOptions { new_device: id, ballast_bytes: 0 }
}

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nested/folder/waymark.db");
    (folder, path)
}

/// The released migrations and one more.
fn tomorrow(sql: &'static str) -> Vec<Migration> {
    let mut all = migrations::released();
    let version = all.last().unwrap().version + 1;
    all.push(Migration::new(version, "tomorrow".into(), MigrationType::Simple, sql.into_sql_str(), false));
    all
}

async fn set_theme(db: &Db) {
    db.write(async |tx| tx.preferences().set("theme", "dark").await).await.unwrap();
}

async fn theme(db: &Db) -> Option<String> {
    db.preferences().get("theme").await.unwrap()
}

async fn schema(path: &Path) -> Vec<(String, Option<String>)> {
    let mut connection = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    let schema =
        sqlx::query_as("SELECT name, sql FROM sqlite_schema ORDER BY name").fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    schema
}

#[tokio::test]
async fn a_new_library_is_made_with_its_folder_and_keeps_its_device() {
    let (_folder, path) = place();
    let db = Db::open(&path, options()).await.unwrap();
    assert_eq!(db.device(), options().new_device);
    set_theme(&db).await;
    db.close().await;
    let other = OpenOptions { new_device: "00000000-0000-7000-8000-000000000002".parse().unwrap(), ..options() };
    let db = Db::open(&path, other).await.unwrap();
    assert_eq!(db.device(), options().new_device, "an existing library keeps its id");
    assert_eq!(theme(&db).await.as_deref(), Some("dark"));
    assert!(!backup_path(&path, 1).exists(), "nothing had to be upgraded, so nothing was copied");
    db.close().await;
}

#[tokio::test]
async fn an_older_library_is_copied_then_upgraded_to_the_schema_of_a_new_one() {
    let add = "CREATE TABLE tomorrow (id TEXT PRIMARY KEY) STRICT";
    let (_folder, path) = place();
    let db = Db::open(&path, options()).await.unwrap();
    set_theme(&db).await;
    db.close().await;
    let db = Db::open_with(&path, options(), tomorrow(add)).await.unwrap();
    assert_eq!(theme(&db).await.as_deref(), Some("dark"));
    db.close().await;

    let copy = backup_path(&path, migrations::released().len() as i64 + 1);
    let old = Db::open(&copy, options()).await.expect("the copy is a whole library of the old version");
    assert_eq!(theme(&old).await.as_deref(), Some("dark"));
    old.close().await;

    let (_other_folder, new) = place();
    Db::open_with(&new, options(), tomorrow(add)).await.unwrap().close().await;
    assert_eq!(schema(&path).await, schema(&new).await, "upgraded and new libraries look the same");
}

#[tokio::test]
async fn a_failed_upgrade_is_taken_back_and_can_be_tried_again() {
    let (_folder, path) = place();
    let db = Db::open(&path, options()).await.unwrap();
    set_theme(&db).await;
    db.close().await;
    let before = schema(&path).await;
    let broken = "CREATE TABLE half (id TEXT) STRICT; INSERT INTO nowhere VALUES (1)";
    for _ in 0..2 {
        let error = Db::open_with(&path, options(), tomorrow(broken)).await.unwrap_err();
        assert!(matches!(error, OpenError::Migrate { .. }), "{error:?}");
        assert_eq!(schema(&path).await, before, "no half of the upgrade stays");
    }
    let db = Db::open(&path, options()).await.expect("the version before still opens it");
    assert_eq!(theme(&db).await.as_deref(), Some("dark"));
    db.close().await;
}

#[tokio::test]
async fn a_newer_library_is_refused_and_not_touched() {
    let (_folder, path) = place();
    let add = "CREATE TABLE tomorrow (id TEXT PRIMARY KEY) STRICT";
    Db::open_with(&path, options(), tomorrow(add)).await.unwrap().close().await;
    let bytes = fs::read(&path).unwrap();
    for outcome in [Db::open(&path, options()).await, Db::open_read_only(&path).await] {
        let error = outcome.unwrap_err();
        assert_eq!(error.trouble(), Trouble::NewerVersion, "{error:?}");
        assert!(error.to_string().contains("update Waymark"), "{error}");
    }
    assert_eq!(fs::read(&path).unwrap(), bytes, "not one byte changed");
}

#[tokio::test]
async fn an_older_library_cannot_be_shown_where_it_cannot_be_upgraded() {
    let (_folder, path) = place();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, []).unwrap();
    let error = Db::open_read_only(&path).await.unwrap_err();
    assert!(matches!(error, OpenError::OlderVersion { found: 0, .. }), "{error:?}");
}

#[tokio::test]
async fn damaged_and_foreign_files_are_named_and_put_aside_whole() {
    let (_folder, path) = place();
    let db = Db::open(&path, options()).await.unwrap();
    set_theme(&db).await;
    db.close().await;
    let good = fs::read(&path).unwrap();

    let mut zeroed = good.clone();
    zeroed[4096..8192].fill(0);
    let mut header = good.clone();
    header[..16].copy_from_slice(b"some other file!");
    let cases = [("cut off", good[..good.len() / 2].to_vec()), ("another header", header)];
    for (n, (case, bytes)) in cases.into_iter().enumerate() {
        fs::write(&path, &bytes).unwrap();
        let error = Db::open(&path, options()).await.expect_err(case);
        assert_eq!(error.trouble(), Trouble::Damaged, "{case}: {error:?}");
        assert_eq!(fs::read(&path).unwrap(), bytes, "{case}: a damaged file is left as it is");
        fs::write(with_suffix(&path, "-wal"), b"log").unwrap();
        let aside = quarantine(&path).unwrap();
        assert_eq!(aside, with_suffix(&path, &format!(".damaged-{}", n + 1)), "{case}");
        assert_eq!(fs::read(&aside).unwrap(), bytes, "{case}: nothing is thrown away");
        assert_eq!(fs::read(with_suffix(&aside, "-wal")).unwrap(), b"log", "{case}");
        Db::open(&path, options()).await.expect("a new library takes its place").close().await;
    }

    // A page of zeroes is found by the check that follows an unclean end.
    fs::write(&path, &zeroed).unwrap();
    let opened = Db::open(&path, options()).await;
    let found = match opened {
        Ok(db) => {
            let found = db.check().await;
            db.close().await;
            found.map_or_else(|error| error.trouble() == Trouble::Damaged, |found| found.is_some())
        }
        Err(error) => error.trouble() == Trouble::Damaged,
    };
    assert!(found, "a zeroed page is damage");

    fs::remove_file(&path).unwrap();
    let mut connection = SqliteConnectOptions::new().filename(&path).create_if_missing(true).connect().await.unwrap();
    sqlx::raw_sql("CREATE TABLE recipes (id INTEGER)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let error = Db::open(&path, options()).await.unwrap_err();
    assert!(error.to_string().contains("another program"), "{error}");
}

#[tokio::test]
async fn a_place_that_can_be_no_file_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let error = Db::open(folder.path(), options()).await.unwrap_err();
    assert!(matches!(error, OpenError::Reach { .. }), "{error:?}");
    assert!(error.to_string().contains(&folder.path().display().to_string()), "{error}");
    fs::write(folder.path().join("file"), []).unwrap();
    let error = Db::open(&folder.path().join("file/waymark.db"), options()).await.unwrap_err();
    assert!(matches!(error, OpenError::MakeFolder { .. }), "{error:?}");
    let error = Db::open_read_only(&folder.path().join("missing.db")).await.unwrap_err();
    assert!(error.to_string().contains("missing.db"), "{error}");
}

#[tokio::test]
async fn a_library_from_before_servers_keeps_its_packs_and_what_belongs_to_them() {
    let (_folder, path) = place();
    let mut before = migrations::released();
    before.truncate(2);
    let db = Db::open_with(&path, options(), before).await.unwrap();
    db.close().await;
    let mut connection = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
    let rows = "INSERT INTO pack VALUES ('00000000-0000-7000-8000-00000000000a', 'folder', '/x', 'X',
                    '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'r', '{}');
                INSERT INTO site VALUES ('x', '00000000-0000-7000-8000-00000000000a', 0, '', 'X', '[]', NULL);
                INSERT INTO page VALUES ('x', 'a.md', 0, 'A', 'h', 1, '[]', '# A', 'A')";
    sqlx::raw_sql(rows).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();

    // The last file is run twice, as after a crash behind its COMMIT.
    for _ in 0..2 {
        let db = Db::open(&path, options()).await.unwrap();
        assert_eq!(db.packs().list().await.unwrap().len(), 1);
        assert_eq!(db.pages().titles(&"x".into()).await.unwrap().len(), 1, "pages stay with their pack");
        db.close().await;
        let mut connection = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
        let broken = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut connection).await.unwrap();
        assert!(broken.is_empty());
        sqlx::raw_sql("DELETE FROM _sqlx_migrations WHERE version = 3").execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
    let db = Db::open(&path, options()).await.unwrap();
    let pack = db.packs().list().await.unwrap().remove(0).id;
    db.write(async |tx| tx.packs().remove(pack).await).await.unwrap();
    assert!(db.sites().list().await.unwrap().is_empty(), "what belongs to a pack still goes with it");
    db.close().await;
}
