//! What a disk can do to a person's work, and that it does not.

use std::fs;

use waymark_api::ipc::{
    privacy::OpenPrivacy,
    start::{Readiness, StartFresh, TroubleKind},
};

use crate::driver::NewHire;

#[tokio::test]
async fn a_damaged_library_is_kept_and_an_empty_one_can_be_started() {
    let ada = NewHire::arrives().await;
    ada.takes_the_sample().await;
    let folder = ada.folder.path().to_owned();
    // Closing moves the log into the file, so that the damage is all there is.
    let ada = ada.restarts().await;
    fs::write(folder.join("waymark.db"), b"this is no database, whatever its name says").expect("a file");
    for log in ["waymark.db-wal", "waymark.db-shm"] {
        let _ = fs::remove_file(folder.join(log));
    }
    let ada = ada.restarts().await;
    let Readiness::Trouble(trouble) = ada.starts().await.readiness else { panic!("the damage is seen") };
    assert_eq!(trouble.kind, TroubleKind::Damaged);
    assert!(trouble.message.contains("kept"), "{}", trouble.message);

    let started = waymark_app::start::start_fresh(&ada.app, StartFresh {}).await.expect("an empty library");
    assert_eq!(started.readiness, Readiness::FirstRun);
    let kept = fs::read_dir(&folder)
        .expect("the folder")
        .flatten()
        .any(|file| fs::read(file.path()).is_ok_and(|bytes| bytes.starts_with(b"this is no database")));
    assert!(kept, "the damaged file lies beside the new one");
}

#[tokio::test]
async fn everything_about_a_person_can_be_taken_along_and_erased() {
    let ada = NewHire::arrives().await;
    ada.takes_the_sample().await;
    let next = ada.today().await.next.expect("something to do").row;
    ada.ticks(next.journey, &next.step).await;
    let privacy = waymark_app::privacy::open(&ada.app, OpenPrivacy {}).await.expect("the page opens");
    assert!(privacy.facts >= 2 && privacy.bytes > 0);
    assert!(privacy.latest[0].json.contains("dev.waymark.step.completed.v1"), "{}", privacy.latest[0].json);

    let out = tempfile::TempDir::new().expect("a folder");
    let file = waymark_app::privacy::export(&ada.app, out.path()).await.expect("it can be exported");
    let export: serde_json::Value = serde_json::from_slice(&fs::read(file).expect("the file")).expect("it is JSON");
    assert_eq!(export["format"], "waymark.export/1");
    assert_eq!(export["facts"].as_array().map(Vec::len), Some(privacy.facts as usize), "every fact is in it");

    waymark_app::privacy::erase(&ada.app).await.expect("it can be erased");
    assert_eq!(ada.starts().await.readiness, Readiness::FirstRun);
    let left = fs::read_dir(ada.folder.path()).expect("the folder").flatten().any(|file| {
        fs::read(file.path()).is_ok_and(|bytes| {
            bytes
                .windows(16)
                .any(|window| window == next.step.as_str().as_bytes().get(..16).unwrap_or(b"----------------"))
        })
    });
    assert!(!left, "no file still names the step");
}
