//! What stays here: facts that are held back, refusals that are set aside, keys in a sealed file.

use std::{fs, path::Path, sync::Arc};

use waymark_api::ipc::{
    account::{Keeping, OpenAccount, SealSecrets, SyncState, UnlockSecrets},
    journey::StartJourney,
    privacy::{HoldBack, OpenPrivacy, PrivacyView, SetAside},
    sources::{ListPacks, Secret},
    team::{ListLine, OpenOwnPage, OpenPerson},
};
use waymark_app::{FetchLimits, ports::Ladder};
use waymark_core::{
    id::{JourneyId, StepId, TemplateId},
    sharing::Class,
    team::PersonPage,
};
use waymark_tests::{TeamServer, content::write};

use crate::{
    driver::NewHire,
    team::{ADA, PETRA, company, done, first_steps},
};

const PASSPHRASE: &str = "harbour lamp eleven";

impl NewHire {
    async fn privacy(&self) -> PrivacyView {
        waymark_app::privacy::open(&self.app, OpenPrivacy {}).await.expect("Privacy opens")
    }

    async fn holds_back(&self, class: Class, hold: bool) -> PrivacyView {
        waymark_app::privacy::hold_back(&self.app, HoldBack { class, hold }).await.expect("the choice is kept")
    }

    async fn own_page(&self) -> PersonPage {
        let page = waymark_app::team::open_own_page(&self.app, OpenOwnPage { journey: None }).await;
        page.expect("her own page opens").expect("something is shared")
    }

    /// Starts a journey of a pack that the team published.
    async fn starts_from(&self, pack: &str, template: &str) -> JourneyId {
        let packs = waymark_app::sources::list_packs(&self.app, ListPacks {}).await.expect("packs are listed");
        let pack = packs.iter().find(|one| one.location == pack).expect("the team's content is here").summary.id;
        let request = StartJourney { pack, template: TemplateId::new(template) };
        waymark_app::journey::start(&self.app, request).await.expect("the journey starts").journey
    }
}

/// Ada's page as her manager gets it on a computer that has no copy of it yet.
async fn seen_by_manager(server: &TeamServer, journey: JourneyId) -> PersonPage {
    let petra = NewHire::arrives().await;
    petra.joins(server, PETRA, "One of Petra's computers").await;
    let line = waymark_app::team::list_line(&petra.app, ListLine {}).await.expect("her line is listed");
    let open = OpenPerson { person: line[0].person, journey: Some(journey) };
    waymark_app::team::open_person(&petra.app, open).await.expect("Ada's page opens").page
}

fn held(view: &PrivacyView, class: Class) -> (bool, u32) {
    let found = view.held.iter().find(|one| one.class == class).expect("every class is listed");
    (found.held, found.facts)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_back_stays_here_and_goes_when_it_is_released() {
    let Some(mut server) = company().await else { return };
    let ada = NewHire::arrives().await;
    ada.joins(&server, ADA, "Ada's laptop").await;
    ada.sends_everything().await;
    let journey = ada.starts_from("corvane", "corvane-first-weeks").await;
    let steps: Vec<StepId> = first_steps(&ada, journey).await;
    ada.ticks(journey, &steps[0]).await;
    ada.sends_everything().await;
    let before = seen_by_manager(&server, journey).await.progress;
    assert_eq!(before, ada.own_page().await.progress);

    // Without a network: what waits and never left is held back as well.
    server.kill();
    let away = |state: &SyncState| matches!(state, SyncState::Offline { .. });
    ada.syncs_until("the server is away", away).await;
    ada.ticks(journey, &steps[1]).await;
    assert!(ada.waiting().await > 0);
    let view = ada.holds_back(Class::Progress, true).await;
    assert_eq!(view.waiting, 0, "nothing of it is on its way");
    let (holds, facts) = held(&view, Class::Progress);
    assert!(holds && facts > 0);
    server.start_again().await.expect("the server comes back");
    let ada = ada.restarts().await;
    ada.ticks(journey, &steps[2]).await;
    let view = ada.privacy().await;
    assert!(held(&view, Class::Progress).1 > facts, "the choice outlives a restart");
    assert!(view.latest[0].held && view.latest.iter().any(|line| !line.held), "each says whether it is held back");
    assert_eq!(done(&ada.view(journey).await), 3, "here it counts");
    ada.sends_everything().await;
    assert_eq!(ada.sent(steps[1].as_str()).await, [], "no byte of it was made ready to go");
    assert_eq!(seen_by_manager(&server, journey).await.progress, before);
    assert_eq!(ada.own_page().await.progress, before, "the preview shows what the manager sees");

    let view = ada.holds_back(Class::Progress, false).await;
    assert_eq!(held(&view, Class::Progress), (false, 0));
    ada.sends_everything().await;
    let after = seen_by_manager(&server, journey).await.progress;
    assert_eq!(after, ada.own_page().await.progress);
    assert_ne!(after, before);
    let sent = ada.sent(steps[1].as_str()).await;
    assert!(!sent.is_empty() && sent.iter().all(|line| line.answer == "accepted"), "{sent:?}");
}

/// Copies a folder with everything in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
}

fn publish(server: &TeamServer, folder: &Path, name: &str) -> anyhow::Result<String> {
    server.command(&["publish", &folder.to_string_lossy(), "--name", name])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_explained_and_can_be_set_aside() {
    let Some(mut server) = company().await else { return };
    let ada = NewHire::arrives().await;
    ada.joins(&server, ADA, "Ada's laptop").await;
    ada.sends_everything().await;
    // The server loses what was published after this copy, as one does that is put back by hand.
    server.kill();
    let copied = tempfile::tempdir().expect("a folder");
    copy(&server.data(), copied.path());
    server.start_again().await.expect("it comes back");
    ada.sends_everything().await;
    let content = tempfile::tempdir().expect("a folder");
    let file = "---\nschema: waymark.journey/1\nid: lost\ntitle: Lost\nversion: 1.0.0\nowner: team:t\n---\n\n## P {#p}\n\n- [ ] A {#a}\n";
    write(content.path(), "journeys/lost.md", file).expect("a file");
    publish(&server, content.path(), "lost").expect("the content is good");
    ada.receives("lost").await;
    server.kill();
    fs::remove_dir_all(server.data()).expect("the data go");
    copy(copied.path(), &server.data());
    server.start_again().await.expect("it comes back");
    ada.starts_from("lost", "lost").await;
    let refused = |state: &SyncState| matches!(state, SyncState::Attention { refused, .. } if *refused > 0);
    ada.syncs_until("the server refuses", refused).await;
    let lines = ada.privacy().await.refused;
    let [line] = lines.as_slice() else { panic!("one refusal: {lines:?}") };
    assert_eq!((line.why.as_str(), line.aside), ("this journey was never published there", false));
    assert!(line.advice.contains("counts on this computer"), "{}", line.advice);

    let aside = |aside| SetAside { fact: line.fact, aside };
    let view = waymark_app::privacy::set_aside(&ada.app, aside(true)).await.expect("it is set aside");
    assert!(view.refused[0].aside, "it stays listed");
    let calm = |state: &SyncState| matches!(state, SyncState::Sent { .. });
    ada.syncs_until("the bar is calm", calm).await;
    let ada = ada.restarts().await;
    ada.syncs_until("it stays calm", calm).await;
    waymark_app::privacy::set_aside(&ada.app, aside(false)).await.expect("it is brought back");
    assert!(refused(&ada.sync_state().await), "{:?}", ada.sync_state().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_in_a_sealed_file_outlive_the_app_and_a_closed_file_ends_nothing() {
    let Some(server) = company().await else { return };
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("secrets.sealed");
    let ladder = || Arc::new(Ladder::without_keyring(file.clone()));
    let ada = NewHire::arrives_with(ladder(), FetchLimits::default()).await;
    ada.joins(&server, ADA, "Ada's laptop").await;
    ada.sends_everything().await;
    let account = async |hire: &NewHire| {
        waymark_app::team::open_account(&hire.app, OpenAccount {}).await.expect("the account opens")
    };
    assert_eq!(account(&ada).await.keeping, Keeping::Memory);
    let seal = |text: &str| SealSecrets { passphrase: Secret(text.to_owned()) };
    assert!(waymark_app::team::seal_secrets(&ada.app, seal("short")).await.is_err());
    let view = waymark_app::team::seal_secrets(&ada.app, seal(PASSPHRASE)).await.expect("it is sealed");
    assert_eq!(view.keeping, Keeping::File);
    let bytes = fs::read(&file).expect("there is a file");
    assert!(!String::from_utf8_lossy(&bytes).contains("refresh"), "nothing of it can be read");

    let ada = ada.restarts_with(ladder()).await;
    let locked =
        |state: &SyncState| matches!(state, SyncState::Attention { message, .. } if message.contains("passphrase"));
    ada.syncs_until("it asks for the passphrase", locked).await;
    let journey = ada.starts_from("corvane", "corvane-first-weeks").await;
    ada.ticks(journey, &first_steps(&ada, journey).await[0].clone()).await;
    assert!(ada.waiting().await > 0, "everything goes on");
    let unlock = |text: &str| UnlockSecrets { passphrase: Secret(text.to_owned()) };
    let wrong = waymark_app::team::unlock_secrets(&ada.app, unlock("harbour lamp twelve")).await;
    assert!(wrong.is_err());
    let view = waymark_app::team::unlock_secrets(&ada.app, unlock(PASSPHRASE)).await.expect("it opens");
    assert_eq!(view.keeping, Keeping::File);
    ada.sends_everything().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_roadmap_stands_beside_that_of_a_folder_and_follows_its_versions() {
    use waymark_api::ipc::roadmap::OpenBoard;
    let Some(server) = company().await else { return };
    let item = |title: &str| {
        format!(
            "---\nschema: waymark.roadmap/1\nid: quick\ntitle: {title}\nhorizon: later\nstatus: draft\n---\n\nFaster builds.\n"
        )
    };
    let index =
        "---\nschema: waymark.roadmap-index/1\ntitle: Platform {N}\nowner: team:t\n---\n\n## Vision\n\nLess waiting.\n";
    let content = tempfile::tempdir().expect("a folder");
    let lay = |folder: &Path, name: &str, title: &str| {
        write(folder, "roadmap/index.md", &index.replace("{N}", name)).expect("a file");
        write(folder, "roadmap/items/quick.md", &item(title)).expect("a file");
    };
    lay(content.path(), "of the team", "Quick builds");
    let said = publish(&server, content.path(), "roadmap").expect("a roadmap alone is content");
    assert!(said.contains("roadmap"), "{said}");

    let ada = NewHire::arrives().await;
    let own = tempfile::tempdir().expect("a folder");
    lay(own.path(), "of my own", "My own item");
    ada.opens(own.path()).await;
    ada.joins(&server, ADA, "Ada's laptop").await;
    ada.receives("roadmap").await;
    let board = async |pack| {
        let board = waymark_app::roadmap::open_board(&ada.app, OpenBoard { pack }).await.expect("the board opens");
        board.expect("there is one")
    };
    let boards = board(None).await.boards;
    let titles: Vec<&str> = boards.iter().map(|(_, title)| title.as_str()).collect();
    for title in ["Platform of the team", "Platform of my own", "Developer platform"] {
        assert!(titles.contains(&title), "{titles:?}");
    }
    let pack = boards.iter().find(|(_, title)| title == "Platform of the team").map(|(pack, _)| *pack);
    let cards = async || {
        let columns = board(pack).await.columns;
        columns.into_iter().flat_map(|column| column.cards).map(|card| card.title).collect::<Vec<_>>()
    };
    assert_eq!(cards().await, ["Quick builds"]);

    // What the device would call an error is not published; the version before stays.
    lay(content.path(), "of the team", "Quick builds");
    let broken = item("Quick builds").replace("horizon: later", "horizon: someday");
    write(content.path(), "roadmap/items/quick.md", &broken).expect("a file");
    let refused = publish(&server, content.path(), "roadmap").expect_err("the device could not read it").to_string();
    assert!(refused.contains("roadmap/items/quick.md:5"), "{refused}");
    assert_eq!(cards().await, ["Quick builds"]);

    // The next version comes by itself, without asking.
    lay(content.path(), "of the team", "Quicker builds");
    publish(&server, content.path(), "roadmap").expect("the next version is good");
    for _ in 0..200 {
        if cards().await == ["Quicker builds"] {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the next version did not come: {:?}", cards().await);
}
