//! A first week on the sample and on a real checklist.

use std::{fs, path::Path};

use tempfile::TempDir;
use waymark_api::ipc::{
    journey::{BlockStep, CompleteStep, ReopenStep, SaveNote, StepStatus, UnblockStep, WaiveStep},
    search::Search,
    start::Readiness,
};
use waymark_app::AppError;
use waymark_core::{event::BlockReason, id::StepId};
use waymark_tests::{all_steps, content::onboarding_checkout};

use crate::driver::NewHire;

#[tokio::test]
async fn the_sample_leads_from_first_start_to_a_ticked_step() {
    let ada = NewHire::arrives().await;
    assert_eq!(ada.starts().await.readiness, Readiness::FirstRun);
    ada.takes_the_sample().await;
    assert_eq!(ada.starts().await.readiness, Readiness::Ready);

    let today = ada.today().await;
    let next = today.next.expect("the sample has something to do");
    assert!(next.why.is_some(), "a first step says why it is worth doing");
    let before = ada.journey().await;
    ada.ticks(next.row.journey, &next.row.step).await;
    let after = ada.journey().await;
    assert_eq!(
        after.progress.done,
        before.progress.done + u32::from(next.row.parts.is_none() || before.progress != after.progress)
    );
    let again = ada.today().await.next.expect("more is left");
    assert_ne!(again.row.step, next.row.step, "what is done is not next");
}

#[tokio::test]
async fn everything_is_as_it_was_after_a_restart() {
    let ada = NewHire::arrives().await;
    ada.takes_the_sample().await;
    let journey = ada.journey().await;
    let steps: Vec<StepId> =
        all_steps(&journey).iter().filter(|step| step.children.is_empty()).map(|step| step.id.clone()).collect();
    let mut done = 0;
    for step in steps.iter().take(6) {
        let request = CompleteStep { journey: journey.id, step: step.clone() };
        if waymark_app::journey::complete_step(&ada.app, request).await.is_ok() {
            done += 1;
        }
    }
    assert!(done >= 3, "some of the first steps are open");
    let note = SaveNote { journey: journey.id, step: steps[0].clone(), text: "Ask Maria".to_owned() };
    waymark_app::journey::save_note(&ada.app, note).await.expect("a note is kept");
    let before = ada.journey().await;

    let ada = ada.restarts().await;
    assert_eq!(ada.journey().await, before);
    assert_eq!(ada.step(journey.id, &steps[0]).await.note, "Ask Maria");
}

#[tokio::test]
async fn a_gesture_is_taken_back_and_done_again_as_a_whole() {
    let ada = NewHire::arrives().await;
    ada.takes_the_sample().await;
    let journey = ada.journey().await;
    let parent = all_steps(&journey)
        .into_iter()
        .find(|step| step.children.len() >= 2 && matches!(step.status, StepStatus::Open | StepStatus::Started))
        .expect("the sample has a step with parts that is open");
    let changed = ada.ticks(journey.id, &parent.id).await;
    let ticked = ada.step(journey.id, &parent.id).await;
    assert!(ticked.item.status.is_done(), "all parts of one role make the step done: {:?}", ticked.item);
    let twice = CompleteStep { journey: journey.id, step: parent.id.clone() };
    let refused = waymark_app::journey::complete_step(&ada.app, twice).await;
    assert!(matches!(refused, Err(AppError::DoneAlready { .. })), "a second click is told so: {refused:?}");

    let undone = ada.takes_back(&changed).await;
    assert_eq!(ada.journey().await, journey, "every part is open again");
    ada.takes_back(&undone).await;
    assert!(ada.step(journey.id, &parent.id).await.item.status.is_done(), "undoing an undo is redo");
    let lines = ada.step(journey.id, &parent.children[0].id).await.history;
    assert_eq!(lines.len(), 3, "history keeps what was taken back: {lines:?}");
}

#[tokio::test]
async fn gestures_on_the_same_step_are_taken_back_one_after_the_other() {
    let ada = NewHire::arrives().await;
    ada.takes_the_sample().await;
    let journey = ada.journey().await;
    let parent = all_steps(&journey)
        .into_iter()
        .find(|step| step.children.len() >= 2 && matches!(step.status, StepStatus::Open | StepStatus::Started))
        .expect("the sample has a step with parts that is open");
    let ticked = ada.ticks(journey.id, &parent.id).await;
    let reopen = ReopenStep { journey: journey.id, step: parent.id.clone() };
    let opened = waymark_app::journey::reopen_step(&ada.app, reopen).await.expect("it can be opened again");
    let again = ada.takes_back(&opened).await;
    assert_eq!(again.message, format!("Done again: {}", parent.title));
    assert!(ada.step(journey.id, &parent.id).await.item.status.is_done());
    let undone = ada.takes_back(&ticked).await;
    assert_eq!(undone.message, format!("Open again: {}", parent.title), "the whole step is named, not its first part");
    assert_eq!(ada.journey().await, journey, "the tick that was taken back and given again is taken back");
    ada.takes_back(&undone).await;
    assert!(ada.step(journey.id, &parent.id).await.item.status.is_done(), "and can be done again");
}

#[tokio::test]
async fn ticking_a_whole_step_ticks_what_it_unlocks() {
    let ada = NewHire::arrives().await;
    ada.takes_the_sample().await;
    let journey = ada.journey().await;
    let mut tried = 0;
    for step in all_steps(&journey) {
        let has_locked_part = step.children.iter().any(|part| matches!(part.status, StepStatus::Locked { .. }));
        if has_locked_part && matches!(step.status, StepStatus::Open | StepStatus::Started) {
            let changed = ada.ticks(journey.id, &step.id).await;
            let done = ada.step(journey.id, &step.id).await.item.status.is_done();
            assert_eq!(done, changed.message.starts_with("Done: "), "the message is true: {}", changed.message);
            tried += 1;
        }
    }
    assert!(tried > 0, "the sample has a step whose parts wait for each other");
}

#[tokio::test]
async fn blocked_and_skipped_steps_say_why_and_come_back() {
    let ada = NewHire::arrives().await;
    ada.takes_the_sample().await;
    let next = ada.today().await.next.expect("something to do").row;
    let (journey, step) = (next.journey, next.step.clone());

    let block =
        BlockStep { journey, step: step.clone(), reason: BlockReason::MissingAccess, note: "no account".to_owned() };
    waymark_app::journey::block_step(&ada.app, block).await.expect("it can be blocked");
    let today = ada.today().await;
    assert!(today.waiting.iter().any(|row| row.step == step), "a blocked step waits for somebody");
    assert_ne!(today.next.map(|next| next.row.step), Some(step.clone()), "and is not next");
    waymark_app::journey::unblock_step(&ada.app, UnblockStep { journey, step: step.clone() })
        .await
        .expect("it can go on");

    let total = ada.journey().await.progress.total;
    let waive = WaiveStep { journey, step: step.clone(), reason: "I have one".to_owned() };
    let waived = waymark_app::journey::waive_step(&ada.app, waive).await.expect("it can be skipped");
    assert_eq!(ada.journey().await.progress.total, total - 1, "a skipped step leaves both sides of the rate");
    ada.takes_back(&waived).await;
    assert_eq!(ada.journey().await.progress.total, total);

    let nothing = waymark_app::journey::reopen_step(&ada.app, ReopenStep { journey, step }).await;
    assert!(nothing.is_err(), "what was not done cannot be opened again");
}

#[tokio::test]
async fn a_finished_journey_keeps_its_history() {
    let ada = NewHire::arrives().await;
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("list.md"), "# First day\n\n- [ ] Get a badge\n- [ ] Say hello\n").expect("a file");
    ada.opens(folder.path()).await;
    let journey = ada.journey().await;
    let mut finished = None;
    for step in all_steps(&journey) {
        finished = ada.ticks(journey.id, &step.id).await.finished;
    }
    assert!(finished.is_some(), "the last step says that the journey is finished");
    let after = ada.journey().await;
    assert!(after.progress.complete() && all_steps(&after).len() == 2, "everything stays visible at 100 %");
    assert_eq!(ada.today().await.finished.len(), 1);
}

#[tokio::test]
async fn a_journey_survives_its_folder() {
    let ada = NewHire::arrives().await;
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("list.md"), "# First day\n\n- [ ] Get a badge\n- [ ] Say hello\n").expect("a file");
    let report = ada.opens(folder.path()).await;
    let journey = ada.journey().await;
    let first = all_steps(&journey)[0].id.clone();
    ada.ticks(journey.id, &first).await;
    let packs = ada.starts().await.frame.packs;

    fs::write(folder.path().join("list.md"), "# First day\n\n- [ ] Something else\n").expect("a file");
    let refresh = waymark_api::ipc::sources::RefreshPack { pack: packs[0].id };
    waymark_app::sources::refresh_pack(&ada.app, refresh.clone()).await.expect("the folder is read again");
    assert_eq!(all_steps(&ada.journey().await).len(), 2, "a running journey keeps the text that it started with");

    drop(folder);
    waymark_app::sources::refresh_pack(&ada.app, refresh).await.expect_err("the folder is gone");
    assert!(ada.scans(Path::new(&report.path)).await.is_err());
    waymark_app::sources::remove_pack(&ada.app, waymark_api::ipc::sources::RemovePack { pack: packs[0].id })
        .await
        .expect("the pack can be removed");
    let ada = ada.restarts().await;
    let after = ada.journey().await;
    assert!(all_steps(&after)[0].status.is_done(), "nothing that was completed is lost");
}

#[tokio::test]
async fn a_real_checklist_is_one_journey_and_its_links_lead_to_local_pages() {
    let Some(folder) = onboarding_checkout().expect("the corpus can be copied") else { return };
    let ada = NewHire::arrives().await;
    let report = ada.opens(folder.path()).await;
    let journey = ada.journey().await;
    assert_eq!(journey.phases.len(), 7, "seven numbered files are seven phases: {report:#?}");
    assert_eq!(all_steps(&journey).len(), 30, "every box is a step");

    let nested = all_steps(&journey).into_iter().find(|step| !step.children.is_empty()).expect("nested boxes");
    let part = nested.children[0].id.clone();
    let changed = ada.ticks(journey.id, &part).await;
    assert!(ada.step(journey.id, &part).await.item.status.is_done());
    ada.takes_back(&changed).await;
    assert!(!ada.step(journey.id, &part).await.item.status.is_done());

    let setup = all_steps(&journey)
        .into_iter()
        .find(|step| step.title.contains("local development environment"))
        .expect("the step about the development environment");
    let html = ada.step(journey.id, &setup.id).await.body_html;
    let route = html.split('"').find(|part| part.starts_with("/docs/")).expect("its guide is a page on this device");
    let page = ada.reads(route).await;
    assert!(page.html.contains("make services"), "the page has its text");
}

#[tokio::test]
async fn the_palette_finds_steps_pages_and_items() {
    use waymark_api::ipc::search::HitKind;
    let ada = NewHire::arrives().await;
    ada.takes_the_sample().await;
    let find = async |query: &str| {
        let request = Search { query: query.to_owned(), limit: 20 };
        waymark_app::search::search(&ada.app, request).await.expect("search never fails").hits
    };
    let hits = find("vpn").await;
    assert!(hits.iter().any(|hit| hit.kind == HitKind::Page), "{hits:?}");
    assert!(hits.iter().any(|hit| hit.kind == HitKind::Step), "{hits:?}");
    assert!(find("laptop").await.iter().any(|hit| hit.kind == HitKind::Item), "a roadmap item");
    assert!(find("gdansk").await.iter().any(|hit| !hit.snippet.is_empty()), "diacritics hide nothing");
    for odd in ["", "   ", "\"", "a:b", "((", "\u{0}", &"x".repeat(5_000)] {
        find(odd).await;
    }
}
