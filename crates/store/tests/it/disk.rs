//! Disks that are full or cannot be written: small file systems in memory, mounted for the test.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;
use waymark_core::id::EventId;
use waymark_store::{Db, OpenOptions, Trouble};

use crate::support::*;

/// A file system of its own; unmounted when this goes.
struct Disk {
    folder: TempDir,
}

impl Disk {
    /// `None`, said loudly, where this account may not mount.
    fn mount(size: &str, what: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = cfg!(target_os = "linux")
            && Command::new("mount")
                .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
                .arg(folder.path())
                .output()
                .is_ok_and(|output| output.status.success());
        if !mounted {
            skipped(&format!("{what}: this account may not mount a file system"));
            return None;
        }
        Some(Self { folder })
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("waymark.db")
    }

    fn make_read_only(&self) {
        let status = Command::new("mount").args(["-o", "remount,ro"]).arg(self.folder.path()).status().unwrap();
        assert!(status.success());
    }

    /// Takes all room that is left.
    fn fill(&self) -> PathBuf {
        let path = self.folder.path().join("filler");
        let mut file = fs::File::create(&path).unwrap();
        for block in [[0_u8; 4096].as_slice(), &[0]] {
            while file.write_all(block).is_ok() {}
        }
        path
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.folder.path()).status();
    }
}

#[tokio::test]
async fn a_full_disk_loses_nothing_and_the_next_attempt_has_room() {
    let Some(disk) = Disk::mount("6m", "a full disk") else { return };
    let ballast = OpenOptions { ballast_bytes: 1 << 20, ..OPTIONS };
    let db = Db::open(&disk.library(), ballast).await.unwrap();
    join(&db).await;
    let journey = assign(&db, &template("first-week", &["vpn"])).await;
    let ballast_file = disk.folder.path().join("waymark.ballast");
    while !fs::metadata(&ballast_file).is_ok_and(|file| file.len() == 1 << 20) {
        tokio::task::yield_now().await;
    }
    let filler = disk.fill();

    let mut saved: Vec<EventId> = Vec::new();
    let mut failures = 0;
    // The file grows by pages, so some facts still fit.
    for _ in 0..2_000 {
        let event = completed(journey, "vpn");
        match record(&db, std::slice::from_ref(&event), PLAIN).await {
            Ok(()) => saved.push(event.id),
            Err(error) => {
                assert_eq!(error.trouble(), Trouble::DiskFull, "{error:?}");
                failures += 1;
                assert!(!ballast_file.exists(), "the ballast was given up");
                let again = record(&db, std::slice::from_ref(&event), PLAIN).await;
                if failures == 1 {
                    again.expect("the ballast's room takes the same fact");
                    saved.push(event.id);
                } else if again.is_ok() {
                    saved.push(event.id);
                }
                if failures > 3 {
                    break;
                }
            }
        }
    }
    assert!(failures > 3, "the disk was never full");
    db.events().all().await.expect("a full disk still reads");
    fs::remove_file(filler).unwrap();
    let last = completed(journey, "vpn");
    record(&db, std::slice::from_ref(&last), PLAIN).await.expect("there is room again");
    saved.push(last.id);
    db.close().await;

    let db = Db::open(&disk.library(), ballast).await.unwrap();
    let stored: Vec<EventId> = db.events().all().await.unwrap().into_iter().map(|event| event.id).collect();
    assert_eq!(stored[1..], saved, "exactly what was shown as saved");
    assert_projections_equal_fold(&db).await;
    db.close().await;
}

/// What was refused is taken back by closing its connection in the background. A lock that outlived it would
/// make the next write wait until SQLite gives up, which is another trouble than a full disk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_after_a_refused_one_meets_no_lock() {
    let Some(disk) = Disk::mount("2m", "writes after refused ones") else { return };
    let db = Db::open(&disk.library(), OPTIONS).await.unwrap();
    let journey = assign(&db, &template("first-week", &["vpn"])).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (db, stopped) = (db.clone(), stopped.clone());
            tokio::spawn(async move {
                while !*stopped.borrow() {
                    db.events().all().await.expect("a full disk still reads");
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    let mut refused = 0;
    for _ in 0..5 {
        let filler = disk.fill();
        let before = refused;
        // What is allocated already takes some facts before that.
        for _ in 0..2_000 {
            match record(&db, &[completed(journey, "vpn")], PLAIN).await {
                Ok(()) => {}
                Err(error) => {
                    assert_eq!(error.trouble(), Trouble::DiskFull, "{error:?}");
                    refused += 1;
                }
            }
            if refused == before + 5 {
                break;
            }
        }
        assert_eq!(refused, before + 5, "the disk was full");
        fs::remove_file(filler).unwrap();
        record(&db, &[completed(journey, "vpn")], PLAIN).await.expect("there is room again");
    }
    stop.send_replace(true);
    for reader in readers {
        reader.await.unwrap();
    }
    db.close().await;
}

#[tokio::test]
async fn a_disk_without_room_for_a_library_says_so() {
    let Some(disk) = Disk::mount("64k", "a disk without room for a library") else { return };
    disk.fill();
    let error = Db::open(&disk.library(), OPTIONS).await.unwrap_err();
    assert_eq!(error.trouble(), Trouble::DiskFull, "{error:?}");
}

/// What an open of a library on a read-only disk must still show.
async fn assert_shows_one_journey(path: &Path) {
    let error = Db::open(path, OPTIONS).await.unwrap_err();
    assert_eq!(error.trouble(), Trouble::ReadOnly, "{error:?}");
    let db = Db::open_read_only(path).await.unwrap();
    assert!(db.is_read_only());
    let journeys = db.journeys().list().await.unwrap();
    let statuses = db.step_statuses().for_journey(journeys[0].id).await.unwrap();
    assert_eq!((journeys.len(), statuses.len()), (1, 1), "the last tick is shown");
    let error = db.begin().await.unwrap_err();
    assert_eq!(error.trouble(), Trouble::ReadOnly, "{error:?}");
    db.close().await;
}

#[tokio::test]
async fn a_read_only_disk_still_shows_what_is_there() {
    let Some(disk) = Disk::mount("4m", "a read-only disk") else { return };
    let db = Db::open(&disk.library(), OPTIONS).await.unwrap();
    let journey = assign(&db, &template("first-week", &["vpn"])).await;
    record(&db, &[completed(journey, "vpn")], PLAIN).await.unwrap();
    db.close().await;
    disk.make_read_only();
    assert_shows_one_journey(&disk.library()).await;
}

#[tokio::test]
async fn a_read_only_disk_after_a_crash_shows_the_last_tick() {
    let Some(disk) = Disk::mount("8m", "a read-only disk after a crash") else { return };
    let library = Library::new().await;
    let journey = assign(&library.db, &template("first-week", &["vpn"])).await;
    record(&library.db, &[completed(journey, "vpn")], PLAIN).await.unwrap();
    // A copy of the files while the library is open is what a crash leaves.
    for name in ["waymark.db", "waymark.db-wal", "waymark.db-shm"] {
        fs::copy(library.folder.path().join(name), disk.folder.path().join(name)).unwrap();
    }
    assert!(fs::metadata(disk.folder.path().join("waymark.db-wal")).unwrap().len() > 0, "the tick is in the log");
    disk.make_read_only();
    assert_shows_one_journey(&disk.library()).await;
}
