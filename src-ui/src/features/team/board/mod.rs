//! The team's onboarding on one page: needs you, trend, where, slow steps, people.

mod curve;
mod head;
mod needs;
mod people;
mod slow;
mod states;

use leptos::prelude::*;
use waymark_api::ipc::team::TeamView;
use waymark_core::{id::MilestoneId, team::TeamOverview};

use super::{dialogs::Dialogs, hands::Hands, model::Order};
use crate::{
    kit::{ErrorPanel, Page, Skeleton},
    state::{mark_ready, use_account, use_team},
};
use curve::Charts;
use head::Head;
use needs::Needs;
use people::People;
use slow::SlowSteps;
use states::{Alone, NoLine, Nobody, NotFetched, Stale};

/// What is on screen, so that a new copy of the numbers redraws no more than it must.
#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Failed(waymark_api::IpcError),
    Alone,
    NoLine,
    NotFetched(Option<String>),
    Board,
}

/// The Team screen.
#[component]
pub(crate) fn TeamPage() -> impl IntoView {
    let (team, account) = (use_team(), use_account());
    let hands = Hands::new();
    provide_context(hands);
    // The person came to look, so the copy should be the newest there is.
    team.reload();
    let (known, member, leads) = (account.known(), account.member(), account.leads());
    let answer = team.answer();
    let shown = Memo::new(move |_| {
        answer.with(|answer| match answer {
            Some(Ok(TeamView { overview: Some(_), .. })) => Shown::Board,
            _ if known.get() && member.with(Option::is_none) => Shown::Alone,
            _ if known.get() && !leads.get() => Shown::NoLine,
            None => Shown::Loading,
            Some(Err(error)) => Shown::Failed(error.clone()),
            Some(Ok(view)) => Shown::NotFetched(view.stale.clone()),
        })
    });
    let view = Memo::new(move |_| answer.with(|answer| answer.as_ref().and_then(|answer| answer.clone().ok())));
    let overview = Memo::new(move |_| view.with(|view| view.as_ref().and_then(|view| view.overview.clone())));
    let title = Memo::new(move |_| {
        let team = overview.with(|overview| overview.as_ref().map(|overview| overview.team.clone()));
        team.filter(|team| !team.is_empty())
            .map_or_else(|| "Onboarding".to_owned(), |team| format!("Onboarding, {team}"))
    });
    // What the person chose outlives a new copy of the numbers.
    let milestone = RwSignal::new(None::<MilestoneId>);
    let order = RwSignal::new(Order::default());
    let body = move || match shown.get() {
        Shown::Loading => view! { <Skeleton lines=10/> }.into_any(),
        Shown::Failed(error) => {
            mark_ready();
            view! { <ErrorPanel error on_retry=move || team.reload()/> }.into_any()
        }
        Shown::Alone => view! { <Alone/> }.into_any(),
        Shown::NoLine => view! { <NoLine/> }.into_any(),
        Shown::NotFetched(why) => view! { <NotFetched why/> }.into_any(),
        Shown::Board => {
            let board = move || overview.get().map(|overview| view! { <Board overview milestone order/> });
            view! { <Stale view/>{board} }.into_any()
        }
    };
    view! {
        <Page title>
            <div class="wm-panes">
                <main class="wm-main wm-team" id="main" tabindex="-1">
                    <Head title overview view/>
                    {body}
                </main>
            </div>
            <Dialogs/>
        </Page>
    }
}

/// The numbers.
#[component]
fn Board(
    /// The page as the server made it.
    overview: TeamOverview,
    /// Which milestone the person chose.
    milestone: RwSignal<Option<MilestoneId>>,
    /// The order of the people that the person chose.
    order: RwSignal<Order>,
) -> impl IntoView {
    mark_ready();
    let TeamOverview { attention, curves, reached, slow_steps, people, today, .. } = overview;
    if people.is_empty() && attention.is_empty() {
        // Numbers of those who came before may still be there.
        let past = (!curves.is_empty() || !reached.is_empty()).then(|| view! { <Charts curves reached milestone/> });
        return view! { <Nobody/>{past} }.into_any();
    }
    let cohort = curves.first().and_then(|chart| chart.cohorts.first()).map(|cohort| cohort.label.clone());
    view! {
        <Needs attention today/>
        <Charts curves reached milestone/>
        <SlowSteps steps=slow_steps cohort=cohort.unwrap_or_default()/>
        <People people today order/>
    }
    .into_any()
}
