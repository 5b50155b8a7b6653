//! What the page says where it has no numbers, or old ones.

use leptos::prelude::*;
use waymark_api::ipc::team::TeamView;

use crate::{
    features::team::{
        hands::{Asking, use_hands},
        model::age,
    },
    kit::{Button, ButtonKind, ButtonSize, EmptyState, Icon, LinkButton, Notice, Skeleton, Tone, sentence},
    routes::{Route, Section},
    state::{mark_ready, use_session, use_team},
};

/// The numbers are a copy, because the server could not be asked: how old it is, and why.
#[component]
pub(super) fn Stale(
    /// The page with its age.
    #[prop(into)]
    view: Signal<Option<TeamView>>,
) -> impl IntoView {
    let (team, session) = (use_team(), use_session());
    let stale =
        Memo::new(move |_| view.with(|view| view.as_ref().and_then(|view| Some((view.stale.clone()?, view.fetched)))));
    move || {
        stale.get().map(|(why, fetched)| {
            let now = session.frame().with(|frame| frame.now);
            let when = fetched.map_or_else(String::new, |at| format!(", {}", age(at, now)));
            view! {
                <Notice tone=Tone::Warning icon=Icon::Offline>
                    <div class="wm-team__stale" role="status">
                        <p>{format!("This is the last copy{when}. {}", sentence(&why))}</p>
                        <Button size=ButtonSize::Small icon=Icon::Refresh on_press=move || team.reload()>"Try again"</Button>
                    </div>
                </Notice>
            }
        })
    }
}

/// The page was never fetched.
#[component]
pub(super) fn NotFetched(
    /// Why the server could not be asked; `None` while it is.
    why: Option<String>,
) -> impl IntoView {
    let team = use_team();
    let Some(why) = why else { return view! { <Skeleton lines=10/> }.into_any() };
    mark_ready();
    view! {
        <EmptyState icon=Icon::Offline title="The team’s numbers are not here yet" text=sentence(&why)>
            <Button icon=Icon::Refresh on_press=move || team.reload()>"Try again"</Button>
        </EmptyState>
    }
    .into_any()
}

/// Nobody of the line has a journey under way.
#[component]
pub(super) fn Nobody() -> impl IntoView {
    let hands = use_hands();
    view! {
        <EmptyState
            icon=Icon::Team
            title="Nobody is in onboarding"
            text="Give somebody of your line a journey and they stand here from their first day: what waits for you, where time goes, how far each person is. Who has not joined yet needs an invite."
        >
            <Button kind=ButtonKind::Primary icon=Icon::Flag on_press=move || hands.ask(Asking::Assign(None))>"Assign a journey…"</Button>
            <Button icon=Icon::Link on_press=move || hands.ask(Asking::Invite(None))>"Invite somebody…"</Button>
        </EmptyState>
    }
}

/// There is no team's server.
#[component]
pub(super) fn Alone() -> impl IntoView {
    mark_ready();
    view! {
        <EmptyState
            icon=Icon::Team
            title="You have not joined a team"
            text="With a team’s server, a manager sees here how the onboarding of their own line goes. You join with the link or code that you were sent."
        >
            <LinkButton href=Route::Settings(Section::Account).href() kind=ButtonKind::Primary icon=Icon::Link>"Join a team…"</LinkButton>
        </EmptyState>
    }
}

/// The person joined, but nobody reports to them.
#[component]
pub(super) fn NoLine() -> impl IntoView {
    mark_ready();
    view! {
        <EmptyState
            icon=Icon::Team
            title="Nobody reports to you"
            text="This page shows the onboarding of your own line. Your own page, as your manager sees it, is under Privacy."
        >
            <LinkButton href=Route::OwnPage.href() icon=Icon::Eye>"What my manager sees"</LinkButton>
            <LinkButton href=Route::Settings(Section::Account).href() kind=ButtonKind::Ghost>"Account"</LinkButton>
        </EmptyState>
    }
}
