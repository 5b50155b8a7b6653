//! A computer whose clock is off, and a team server whose clock goes back; both are real.

use std::{
    io::Write as _,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use jiff::{SignedDuration, Zoned};
use waymark_api::ipc::{
    account::{Join, Member, SyncNow, SyncState},
    journey::StepStatus,
    team::OpenTeam,
};
use waymark_app::ports::Clock;
use waymark_core::team::TeamOverview;
use waymark_tests::{TeamServer, all_steps, server_program};

use crate::{
    driver::{NOW, NewHire},
    team::{ADA, company},
};

/// The system's clock, off by so many seconds.
struct Off(Arc<AtomicI64>);

impl Clock for Off {
    #[expect(clippy::disallowed_methods, reason = "what is tested is the difference from the real clock")]
    fn now(&self) -> Zoned {
        Zoned::now() + SignedDuration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_is_told_until_it_is_set() {
    let Some(server) = company().await else { return };
    let off = Arc::new(AtomicI64::new(0));
    let ada = NewHire::arrives_with_clock(Arc::new(Off(Arc::clone(&off)))).await;
    ada.joins(&server, ADA, "Ada's laptop").await;
    ada.sends_everything().await;

    for (seconds, words) in [
        (2 * 3_600 + 630, ["2 hours and 10 minutes ahead of your team's server", "due too early here"]),
        (-40 * 60 - 30, ["40 minutes behind your team's server", "due too late here"]),
    ] {
        off.store(seconds, Ordering::Relaxed);
        ada.syncs_until(words[0], |state| {
            matches!(state, SyncState::Attention { message, .. } if words.iter().all(|word| message.contains(word)))
        })
        .await;
    }
    // Four minutes are what computers differ by.
    off.store(240, Ordering::Relaxed);
    ada.sends_everything().await;
}

/// The demo's clock begins where the devices' clock stands.
const PAST: SignedDuration = SignedDuration::from_mins(-90);

#[tokio::test(flavor = "multi_thread")]
async fn a_managers_page_goes_on_when_the_servers_clock_goes_back() {
    if server_program().is_none() {
        let _ = writeln!(std::io::stderr(), "SKIPPED: the server's clock; waymark-server is not built");
        return;
    }
    let mut server = TeamServer::demo(NOW).await.expect("the demo comes up");
    let links = server.invites();
    let [for_hire, for_manager] = links.as_slice() else { panic!("two invites: {links:?}") };
    let (hire, manager) = (NewHire::arrives().await, NewHire::arrives().await);
    let me = hire.joins_by(for_hire).await.person;
    manager.joins_by(for_manager).await;
    hire.sends_everything().await;
    let before = manager.overview_until(|_| true).await;
    let done = |page: &TeamOverview| {
        page.people.iter().find(|row| row.person == me).map(|row| row.progress.done).expect("the hire is on the page")
    };

    server.kill();
    server.start_again_later_by(PAST).await.expect("it comes up, an hour and a half ago");
    let journey = hire.journey().await;
    let open = all_steps(&journey).into_iter().find(|step| step.children.is_empty() && step.status == StepStatus::Open);
    hire.ticks(journey.id, &open.expect("an open step").id.clone()).await;
    hire.sends_everything().await;

    let after = manager.overview_until(|page| done(page) > done(&before)).await;
    assert!(after.as_of < before.as_of, "the server's clock went back: {} to {}", before.as_of, after.as_of);
    println!("proved: a manager's page never goes backwards, also where the server's clock does (I8)");
}

impl NewHire {
    async fn joins_by(&self, invite: &str) -> Member {
        let join = Join { invite: invite.to_owned(), server: None, label: "a computer".to_owned() };
        waymark_app::team::join(&self.app, join).await.expect("the invite holds").member.expect("a membership")
    }

    /// Opens the team's page until it is as wanted; no page on the way is older than the one before it.
    async fn overview_until(&self, wanted: impl Fn(&TeamOverview) -> bool) -> TeamOverview {
        for _ in 0..200 {
            waymark_app::team::sync_now(&self.app, SyncNow {}).await.expect("it can be asked for");
            let view = waymark_app::team::open_team(&self.app, OpenTeam {}).await.expect("the page opens");
            if let Some(page) = view.overview.filter(&wanted) {
                return page;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the team's page is not as it should be within twenty seconds");
    }
}
