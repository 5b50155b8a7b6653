//! The account's page: joining while alone, the membership afterwards.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use waymark_api::ipc::account::{AccountView, Member};

use super::{devices::Devices, exchange::Exchange, join::JoinFlow, leave::Leave, membership::Membership};
use crate::{
    kit::{Icon, Notice, Tone, keep_focus},
    state::{mark_ready, use_account, use_session, use_toasts},
};

/// The membership. The heading is the page's.
#[component]
pub(crate) fn AccountSection() -> impl IntoView {
    mark_ready();
    let account = use_account();
    // Devices may have come or gone since the last look.
    account.refresh();
    let member = account.member();
    let joined = Memo::new(move |_| member.with(Option::is_some));
    let query = use_query_map();
    // A link from outside fills the form; what follows is the person's to decide.
    let invite = Memo::new(move |_| query.with(|query| query.get("invite")).unwrap_or_default());
    let (session, toasts) = (use_session(), use_toasts());
    // Here and not beside the form: the shell's word that the account changed may come before its answer, and takes
    // the form off the page.
    let on_joined = Callback::new(move |view: AccountView| {
        let name = view.member.as_ref().map(|member| member.server_name.clone()).unwrap_or_default();
        toasts.say(format!("You joined {name}"));
        account.take(view);
        // The form that had the focus is gone.
        keep_focus("#main h1");
        // The team's content is here now, which also ends a first run.
        session.reload();
    });
    let body = move || {
        if joined.get() {
            view! { <Joined member invite/> }.into_any()
        } else {
            view! { <JoinFlow invite on_joined/> }.into_any()
        }
    };
    view! { {body} }
}

/// Everything about a membership.
#[component]
fn Joined(
    /// The membership.
    member: Memo<Option<Member>>,
    /// An invite that came with the address, possibly empty.
    #[prop(into)]
    invite: Signal<String>,
) -> impl IntoView {
    let another = move || {
        (!invite.with(String::is_empty)).then(|| {
            view! {
                <Notice tone=Tone::Warning icon=Icon::Info>
                    <p>"You opened an invite, and you belong to a team already. To join with it, leave this team first; what you did stays on this computer."</p>
                </Notice>
            }
        })
    };
    view! {
        {another}
        {move || member.get().map(|member| view! { <Membership member/> })}
        <Exchange/>
        <Devices/>
        {move || member.get().map(|member| view! { <Leave name=member.server_name/> })}
    }
}
