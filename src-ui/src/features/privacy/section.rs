//! The privacy page: what leaves this device, what is kept, the facts themselves.

use leptos::prelude::*;
use waymark_api::{
    ipc::privacy::{OpenPrivacy, PrivacyView},
    topic::Topic,
};

use super::{
    hold::HoldBackSwitches,
    kept::{Kept, Yours},
    latest::LatestFacts,
    leaves::Leaves,
    refused::RefusedList,
    sent::SentList,
    sharing::{Looked, Words},
};
use crate::{
    backend::use_backend,
    kit::{Disclosure, ErrorPanel, Eyebrow, Icon, LinkButton, Skeleton},
    routes::Route,
    state::{mark_ready, use_account, use_topics},
};

/// What leaves this device. The heading is the page's.
#[component]
pub(crate) fn PrivacySection() -> impl IntoView {
    let (backend, account) = (use_backend(), use_account());
    let member = account.member();
    let joined = Memo::new(move |_| member.with(Option::is_some));
    let changed = use_topics().track(|topic| !matches!(topic, Topic::Navigate(_) | Topic::Job(_)));
    let loaded = LocalResource::new(move || {
        changed.track();
        backend.call(OpenPrivacy {})
    });
    // A memo keeps the page in place while it loads again, and redraws nothing that did not change.
    let view = Memo::new(move |_| loaded.get());
    let shown = Memo::new(move |_| view.with(|view| matches!(view, Some(Ok(_)))));
    let error = Memo::new(move |_| view.with(|view| view.as_ref().and_then(|view| view.clone().err())));
    let known = Signal::derive(move || {
        view.with(|view| view.as_ref().and_then(|view| view.as_ref().ok().cloned())).unwrap_or_else(nothing)
    });
    let body = move || match (shown.get(), error.get()) {
        (true, _) => view! { <Known view=known joined on_changed=move || loaded.refetch()/> }.into_any(),
        (false, Some(error)) => {
            mark_ready();
            view! { <ErrorPanel error on_retry=move || loaded.refetch()/> }.into_any()
        }
        (false, None) => view! { <Skeleton lines=6/> }.into_any(),
    };
    view! {
        {move || member.get().map(|member| view! {
            <div class="wm-privacy__who">
                <span>{member.server}</span>
                <span>{format!("joined as {}", member.name)}</span>
                <LinkButton href=Route::OwnPage.href() icon=Icon::Eye>"What my manager sees"</LinkButton>
            </div>
        })}
        <Leaves joined/>
        {body}
    }
}

/// The facts at the left, the person's own choices at the right.
#[component]
fn Known(
    /// What is kept.
    view: Signal<PrivacyView>,
    /// Whether there is a team.
    joined: Memo<bool>,
    /// Called when something was changed that no topic tells.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    mark_ready();
    let facts = Memo::new(move |_| view.with(|view| view.latest.clone()));
    let none = Memo::new(move |_| facts.with(Vec::is_empty));
    let shareable = Memo::new(move |_| view.with(|view| view.waiting));
    let list = move || {
        if none.get() {
            view! { <p class="wm-privacy__none">"Nothing yet. When you tick a step, the fact that is kept about it stands here."</p> }.into_any()
        } else {
            view! { <LatestFacts facts/> }.into_any()
        }
    };
    let open = RwSignal::new(false);
    let main = move || {
        if joined.get() {
            view! {
                <RefusedList view on_changed/>
                <SentList waiting=shareable/>
                <div class="wm-privacy__facts">
                    <Disclosure open title=|| "Latest facts, as they are kept here" level=2>{list}</Disclosure>
                </div>
            }
            .into_any()
        } else {
            view! {
                <section aria-labelledby="privacy-latest">
                    <div class="wm-privacy__row">
                        <Eyebrow id="privacy-latest">"Latest facts"</Eyebrow>
                        <span class="wm-privacy__count wm-num">{move || waiting(shareable.get())}</span>
                    </div>
                    {list}
                </section>
            }
            .into_any()
        }
    };
    view! {
        <div class="wm-privacy__cols">
            <div class="wm-privacy__main">{main}</div>
            <div class="wm-privacy__side">
                {move || joined.get().then(|| view! { <Looked view/><HoldBackSwitches view on_changed/><Words view on_changed/> })}
                <Kept view/>
                <Yours joined/>
            </div>
        </div>
    }
}

/// How many facts a team would get, said as what it is: nothing was sent.
fn waiting(shareable: u32) -> String {
    match shareable {
        0 => "None sent".to_owned(),
        1 => "None sent; 1 would go to a team".to_owned(),
        many => format!("None sent; {many} would go to a team"),
    }
}

/// What stands in the view's place for the moment in which it is taken off the screen.
fn nothing() -> PrivacyView {
    PrivacyView {
        facts: 0,
        waiting: 0,
        server: None,
        share_notes: false,
        held: Vec::new(),
        refused: Vec::new(),
        viewers: Vec::new(),
        latest: Vec::new(),
        notes: 0,
        read_pages: 0,
        bookmarks: 0,
        data_folder: String::new(),
        bytes: 0,
    }
}
