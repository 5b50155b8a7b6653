//! Who looked at the person's page, and whether their words go along with a block.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::privacy::{PrivacyView, ShareNotes, Viewer};

use crate::{
    backend::use_backend,
    kit::{Eyebrow, Switch, dates},
    state::{use_session, use_toasts},
};

/// Who opened the page, newest first.
#[component]
pub(super) fn Looked(
    /// What is kept.
    #[prop(into)]
    view: Signal<PrivacyView>,
) -> impl IntoView {
    let session = use_session();
    let viewers = Memo::new(move |_| view.with(|view| view.viewers.clone()));
    let list = move || {
        let now = session.frame().with(|frame| frame.now);
        let viewers = viewers.get();
        if viewers.is_empty() {
            return view! { <p class="wm-privacy__fine">"Nobody has opened your page yet."</p> }.into_any();
        }
        let row = |Viewer { by, at }: Viewer| {
            view! {
                <li class="wm-look">
                    <span class="wm-look__who">{by}</span>
                    <span class="wm-look__what">"Opened your page"<time datetime=at.to_string()>{dates::ago(at, now)}</time></span>
                </li>
            }
        };
        view! {
            <ul class="wm-rows">{viewers.into_iter().map(row).collect::<Vec<_>>()}</ul>
            <p class="wm-privacy__fine">"Nobody else. The server writes down each view."</p>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="privacy-looked">
            <Eyebrow id="privacy-looked">"Who looked"</Eyebrow>
            {list}
        </section>
    }
}

/// The switch for the person's words.
#[component]
pub(super) fn Words(
    /// What is kept.
    #[prop(into)]
    view: Signal<PrivacyView>,
    /// Called when the choice is kept.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let (backend, toasts) = (use_backend(), use_toasts());
    // The switch moves at once; a failure puts it back.
    let wanted = RwSignal::new(None::<bool>);
    let share = Signal::derive(move || wanted.get().unwrap_or_else(|| view.with(|view| view.share_notes)));
    let toggle = move |on: bool| {
        wanted.set(Some(on));
        spawn_local(async move {
            match backend.call(ShareNotes { share: on }).await {
                Ok(_) => drop(on_changed.try_run(())),
                Err(error) => {
                    wanted.try_set(None);
                    toasts.failed(&error);
                }
            }
        });
    };
    view! {
        <section class="wm-privacy__words">
            <div class="wm-privacy__choice">
                <span aria-hidden="true">"Share my words about a block"</span>
                <Switch label="Share my words about a block" hide_label=true checked=share on_toggle=toggle/>
            </div>
            <p class="wm-privacy__fine">"Off: your manager sees that you are blocked and by what kind of thing. On: also the sentence that you wrote. It counts from the next block on."</p>
        </section>
    }
}
