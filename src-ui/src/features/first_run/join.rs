//! 2 of 3: the invite of a team. It brings name, first day, content and journeys along, so it is also the last screen.

use leptos::prelude::*;
use waymark_api::ipc::account::AccountView;

use super::{
    model::Stage,
    page::{Bar, Heading},
};
use crate::{
    features::account::JoinFlow,
    kit::{Button, ButtonKind},
    routes::Route,
    state::{use_account, use_navigator, use_session, use_toasts},
};

/// The screen.
#[component]
pub(crate) fn Joining(
    /// Which screen is shown.
    stage: RwSignal<Stage>,
) -> impl IntoView {
    let (account, session, toasts, navigator) = (use_account(), use_session(), use_toasts(), use_navigator());
    let on_joined = move |view: AccountView| {
        if let Some(member) = &view.member {
            toasts.say(format!("Welcome to {}, {}", member.server_name, member.name));
        }
        account.take(view);
        navigator.replace(Route::Today);
        session.reload();
    };
    view! {
        <div class="wm-first__page wm-first__page--tall">
            <Heading
                stage=Stage::Join
                lead="Paste the link that you were sent, type its code, or sign in with your company. You see whose server it is and what would be shared before anything is."
            />
            <div class="wm-first__fields"><JoinFlow on_joined/></div>
        </div>
        <Bar
            stage=Stage::Join
            back=move || view! { <Button kind=ButtonKind::Ghost on_press=move |()| stage.set(Stage::Welcome)>"Back"</Button> }
        />
    }
}
