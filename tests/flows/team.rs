//! The app and a real team server: joining, working without a network, a second computer, and leaving.

use std::{fs, io::Write as _, time::Duration};

use waymark_api::ipc::{
    account::{Join, LeaveTeam, LookAtInvite, Member, OpenAccount, SyncNow, SyncState},
    journey::{JourneyView, ListJourneys, OpenJourney, StartJourney, StepStatus},
    privacy::{ListSent, OpenPrivacy, SentLine},
    sources::{ListPacks, PackKind},
    team::{
        AssignJourney, CompleteFor, ExportFormat, ListLine, ListTemplates, NudgePerson, OpenOwnPage, OpenPerson,
        OpenTeam, PersonView, ReopenFor, SignOff,
    },
};
use waymark_core::{
    id::{JourneyId, StepId, TemplateId},
    journey::Role,
};
use waymark_tests::{TeamServer, content::repository, server_program};

use crate::driver::NewHire;

pub(crate) const ADA: &str = "ada@corvane.example";
pub(crate) const PETRA: &str = "petra@corvane.example";

/// A company of three whose content is this repository's sample; `None` where no server was built.
pub(crate) async fn company() -> Option<TeamServer> {
    if server_program().is_none() {
        let _ = writeln!(std::io::stderr(), "SKIPPED: the team's flows; waymark-server is not built");
        return None;
    }
    let server = TeamServer::empty().await.expect("the server comes up");
    let table = server.data().with_file_name("people.csv");
    let people = "key,name,manager_key,roles,start_date,zone\n\
                  petra@corvane.example,Petra Novak,,manager,2020-01-06,UTC\n\
                  ada@corvane.example,Ada Okafor,petra@corvane.example,hire,2026-01-19,UTC\n";
    fs::write(&table, people).expect("a table");
    server.command(&["org", "import", &table.to_string_lossy()]).expect("the table is good");
    let content = repository().join("docs-content");
    server.command(&["publish", &content.to_string_lossy(), "--name", "corvane"]).expect("the content is good");
    Some(server)
}

impl NewHire {
    pub(crate) async fn joins(&self, server: &TeamServer, who: &str, label: &str) -> Member {
        let invite = server.invite(who).expect("an invite");
        let look = LookAtInvite { invite: invite.clone(), server: None };
        let card = waymark_app::team::look_at_invite(&self.app, look).await.expect("the invite is known");
        let join = Join { invite, server: None, label: label.to_owned() };
        let account = waymark_app::team::join(&self.app, join).await.expect("she joins");
        let member = account.member.expect("a membership");
        assert_eq!((&member.name, &member.manager, card.loopback), (&card.name, &card.manager, true));
        member
    }

    pub(crate) async fn sync_state(&self) -> SyncState {
        waymark_app::team::open_account(&self.app, OpenAccount {}).await.expect("the account opens").sync
    }

    /// Asks again until the exchange stands so; half a minute is far more than it takes.
    pub(crate) async fn syncs_until(&self, what: &str, wanted: impl Fn(&SyncState) -> bool) {
        for round in 0..600 {
            if round % 20 == 0 {
                waymark_app::team::sync_now(&self.app, SyncNow {}).await.expect("it can be asked for");
            }
            if wanted(&self.sync_state().await) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{what}: it is {:?}", self.sync_state().await);
    }

    pub(crate) async fn sends_everything(&self) {
        self.syncs_until("everything is sent", |state| matches!(state, SyncState::Sent { .. })).await;
        assert_eq!(self.waiting().await, 0);
    }

    /// Waits until a step's history says so, asking for nothing, and less long than the device waits to ask itself.
    async fn reads_in_history(&self, journey: JourneyId, step: &StepId, line: &str) {
        for _ in 0..200 {
            if self.step(journey, step).await.history.iter().any(|one| one.what == line) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{line}: it is {:?}", self.step(journey, step).await.history);
    }

    pub(crate) async fn waiting(&self) -> u32 {
        waymark_app::privacy::open(&self.app, OpenPrivacy {}).await.expect("Privacy opens").waiting
    }

    pub(crate) async fn sent(&self, search: &str) -> Vec<SentLine> {
        let request = ListSent { search: search.to_owned() };
        waymark_app::privacy::list_sent(&self.app, request).await.expect("what was sent is listed")
    }

    /// Waits until a bundle that the team published is here; asks for nothing.
    pub(crate) async fn receives(&self, bundle: &str) {
        for _ in 0..200 {
            let packs = waymark_app::sources::list_packs(&self.app, ListPacks {}).await.expect("packs are listed");
            if packs.iter().any(|pack| pack.summary.kind == PackKind::Team && pack.location == bundle) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{bundle} did not come by itself within ten seconds; the poll comes after thirty");
    }

    async fn journeys(&self) -> Vec<JourneyId> {
        let list = waymark_app::journey::list(&self.app, ListJourneys {}).await.expect("journeys are listed");
        list.journeys.into_iter().map(|journey| journey.id).collect()
    }

    pub(crate) async fn view(&self, journey: JourneyId) -> JourneyView {
        waymark_app::journey::open(&self.app, OpenJourney { journey }).await.expect("the journey opens")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_without_a_network_is_on_the_server_and_on_the_second_computer_later() {
    let Some(mut server) = company().await else { return };
    let laptop = NewHire::arrives().await;
    // Before she joins, she tries the sample; that stays hers.
    laptop.takes_the_sample().await;
    let own = laptop.journeys().await;
    laptop.joins(&server, ADA, "Ada's laptop").await;
    laptop.sends_everything().await;
    assert_eq!(laptop.sent("").await, [], "nothing from before she joined");

    let packs = waymark_app::sources::list_packs(&laptop.app, ListPacks {}).await.expect("packs are listed");
    let team = packs.iter().find(|pack| pack.summary.kind == PackKind::Team).expect("the team's content is here");
    let request = StartJourney { pack: team.summary.id, template: TemplateId::new("corvane-first-weeks") };
    let started = waymark_app::journey::start(&laptop.app, request).await.expect("the team's journey starts");
    let steps: Vec<StepId> = first_steps(&laptop, started.journey).await;
    laptop.ticks(started.journey, &steps[0]).await;
    laptop.sends_everything().await;
    let answers: Vec<String> = laptop.sent("").await.into_iter().map(|line| line.answer).collect();
    assert!(answers.len() >= 2 && answers.iter().all(|answer| answer == "accepted"), "{answers:?}");
    laptop.ticks(own[0], &first_steps(&laptop, own[0]).await[0].clone()).await;
    assert_eq!(laptop.sent(&own[0].to_string()).await, [], "her own journey is nobody else's");

    server.kill();
    laptop.ticks(started.journey, &steps[1]).await;
    let away = |state: &SyncState| matches!(state, SyncState::Offline { waiting } if *waiting > 0);
    laptop.syncs_until("the server is away", away).await;
    // The app ends and starts; what waits is on the disk.
    let laptop = laptop.restarts().await;
    assert!(laptop.waiting().await > 0);
    server.start_again().await.expect("the server comes back");
    laptop.sends_everything().await;

    let desktop = NewHire::arrives().await;
    desktop.joins(&server, ADA, "Ada's desktop").await;
    desktop.sends_everything().await;
    assert_eq!(desktop.journeys().await, [started.journey], "the shared one, and not her own");
    assert_eq!(done(&desktop.view(started.journey).await), done(&laptop.view(started.journey).await));
    assert_eq!(desktop.sent("").await, [], "what came from the server does not go back");
    let account = waymark_app::team::open_account(&desktop.app, OpenAccount {}).await.expect("the account opens");
    assert_eq!(account.sessions.len(), 2, "{:?}", account.sessions);

    let before = done(&laptop.view(started.journey).await);
    assert_eq!(before, 2);
    let left = waymark_app::team::leave(&laptop.app, LeaveTeam {}).await.expect("she leaves");
    assert_eq!(left.member, None);
    assert_eq!(laptop.sync_state().await, SyncState::Alone);
    assert_eq!(done(&laptop.view(started.journey).await), before, "what was done stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_gives_a_journey_and_confirms_what_was_done() {
    let Some(mut server) = company().await else { return };
    let (petra, ada) = (NewHire::arrives().await, NewHire::arrives().await);
    let manager = petra.joins(&server, PETRA, "Petra's laptop").await;
    assert_eq!(manager.line, 1);
    let line = waymark_app::team::list_line(&petra.app, ListLine {}).await.expect("her line is listed");
    let [hire] = line.as_slice() else { panic!("Ada alone: {line:?}") };
    assert_eq!((hire.name.as_str(), hire.joined), ("Ada Okafor", false));
    let templates = waymark_app::team::list_templates(&petra.app, ListTemplates {}).await.expect("there is content");
    let row = templates.iter().find(|row| row.template == TemplateId::new("corvane-first-weeks")).expect("the journey");
    let assign = |preview| AssignJourney {
        person: hire.person,
        bundle: row.bundle.clone(),
        template: row.template.clone(),
        start: jiff::civil::date(2026, 1, 19),
        preview,
    };
    let preview = waymark_app::team::assign_journey(&petra.app, assign(true)).await.expect("a preview");
    assert!(preview.journey.is_none() && !preview.due.is_empty(), "{preview:?}");
    let plan = waymark_app::team::assign_journey(&petra.app, assign(false)).await.expect("it is given");
    let journey = plan.journey.expect("a journey");

    ada.joins(&server, ADA, "Ada's laptop").await;
    ada.sends_everything().await;
    assert_eq!(ada.journeys().await, [journey], "what her manager gave her is on her list");
    // Ticks what can be ticked until something waits for the manager.
    let mut own = None;
    for _ in 0..60 {
        let Some(step) = first_steps(&ada, journey).await.into_iter().next() else { break };
        ada.ticks(journey, &step).await;
        let request = OpenOwnPage { journey: None };
        own = waymark_app::team::open_own_page(&ada.app, request).await.expect("her own page opens");
        if own.as_ref().is_some_and(|page| !page.waiting.is_empty()) {
            break;
        }
    }
    let own = own.expect("what she shares has a page");
    let waiting = own.waiting.first().expect("a step that the manager confirms").clone();
    ada.sends_everything().await;

    let open = OpenPerson { person: hire.person, journey: Some(journey) };
    let page = waymark_app::team::open_person(&petra.app, open.clone()).await.expect("Ada's page opens").page;
    assert_eq!(page.waiting.iter().map(|one| &one.step).collect::<Vec<_>>(), [&waiting.step]);
    assert_eq!(page.progress, own.progress, "both sides count alike");
    let request = SignOff { person: hire.person, journey, step: waiting.step.clone(), completion: waiting.completion };
    let signed = waymark_app::team::sign_off(&petra.app, request).await.expect("she confirms");
    assert_eq!(signed.page.waiting, []);
    // A step of the journey is the manager's own: she ticks it, and takes another one back.
    let theirs: Vec<_> = signed.page.others.iter().filter(|one| !one.locked && one.done.is_none()).collect();
    let mine = theirs.first().expect("the journey has steps of the manager or the buddy").step.clone();
    let tick = || CompleteFor { person: hire.person, journey, step: mine.clone() };
    let is_done = |view: &PersonView| {
        let step = view.page.others.iter().find(|one| one.step == mine).expect("it is on the page");
        step.done.map(|(completion, _)| completion)
    };
    let ticked = waymark_app::team::complete_for(&petra.app, tick()).await.expect("she does her step");
    let completion = is_done(&ticked).expect("it is done");
    let back = ReopenFor { person: hire.person, journey, step: mine.clone(), completion };
    let reopened = waymark_app::team::reopen_for(&petra.app, back).await.expect("she takes it back");
    assert_eq!(is_done(&reopened), None);
    waymark_app::team::complete_for(&petra.app, tick()).await.expect("she does it after all");
    let next = first_steps(&ada, journey).await.into_iter().next().expect("a step is left");
    let nudge = NudgePerson { journey, step: next.clone() };
    waymark_app::team::nudge_person(&petra.app, nudge).await.expect("she reminds");
    let overview = waymark_app::team::open_team(&petra.app, OpenTeam {}).await.expect("the team's page opens");
    assert_eq!((overview.overview.expect("a page").people.len(), overview.stale), (1, None));
    for format in [ExportFormat::Csv, ExportFormat::Json] {
        let (name, bytes) = waymark_app::team::export(&petra.app, format).await.expect("it can be taken along");
        assert!(name.starts_with("waymark-team-") && !bytes.is_empty());
    }

    ada.reads_in_history(journey, &waiting.step, "Confirmed by Petra Novak").await;
    ada.reads_in_history(journey, &next, "Petra Novak reminded you").await;
    ada.reads_in_history(journey, &mine, "Marked as done (Petra Novak)").await;
    ada.reads_in_history(journey, &mine, "Opened again (Petra Novak)").await;
    let privacy = waymark_app::privacy::open(&ada.app, OpenPrivacy {}).await.expect("Privacy opens");
    assert!(privacy.viewers.iter().any(|viewer| viewer.by == "Petra Novak"), "{:?}", privacy.viewers);

    // Without a network the manager has the last copy, and reads why it is not newer.
    server.kill();
    let page = waymark_app::team::open_person(&petra.app, open).await.expect("the copy opens");
    assert_eq!(page.page.waiting, []);
}

/// The person's own steps without parts that can be ticked now, in order.
pub(crate) async fn first_steps(hire: &NewHire, journey: JourneyId) -> Vec<StepId> {
    let view = hire.view(journey).await;
    let leaves = waymark_tests::leaves(&view).into_iter();
    let open = leaves.filter(|item| item.role == Role::Hire && matches!(item.status, StepStatus::Open));
    open.map(|item| item.id.clone()).collect()
}

/// How many steps are done.
pub(crate) fn done(view: &JourneyView) -> usize {
    let leaves = waymark_tests::leaves(view).into_iter();
    leaves.filter(|item| matches!(item.status, StepStatus::Done { .. })).count()
}
