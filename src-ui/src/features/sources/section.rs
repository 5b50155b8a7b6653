//! The packs on this device: which there are, adding one.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    ipc::sources::{AddSample, Added, ListPacks, PackKind, PackView},
    topic::Topic,
};
use waymark_core::id::PackId;

use super::{BackstageFlow, FolderFlow, Pick, pack::PackRow};
use crate::{
    backend::use_backend,
    kit::{Button, ButtonKind, Dialog, DialogSize, EmptyState, ErrorPanel, Icon, Skeleton},
    state::{mark_ready, use_session, use_toasts, use_topics},
};

/// Where content comes from. The heading is the page's.
#[component]
pub(crate) fn SourcesSection() -> impl IntoView {
    let backend = use_backend();
    let changed = use_topics().track(|topic| matches!(topic, Topic::Pack(_) | Topic::Packs));
    let loaded = LocalResource::new(move || {
        changed.track();
        backend.call(ListPacks {})
    });
    // A memo keeps the list on screen while it loads again, and redraws nothing that did not change.
    let packs = Memo::new(move |_| loaded.get());
    let state = Memo::new(move |_| {
        packs.with(|packs| packs.as_ref().map(|packs| packs.as_ref().map(Vec::len).map_err(Clone::clone)))
    });
    let offers_sample = Memo::new(move |_| {
        packs.with(
            |packs| matches!(packs, Some(Ok(packs)) if packs.iter().all(|pack| pack.summary.kind != PackKind::Sample)),
        )
    });
    let list = Signal::derive(move || {
        packs.with(|packs| packs.as_ref().and_then(|packs| packs.as_ref().ok().cloned())).unwrap_or_default()
    });
    let body = move || match state.get() {
        None => view! { <Skeleton lines=6/> }.into_any(),
        Some(Err(error)) => {
            mark_ready();
            view! { <ErrorPanel error on_retry=move || loaded.refetch()/> }.into_any()
        }
        Some(Ok(0)) => {
            mark_ready();
            view! {
                <EmptyState
                    icon=Icon::Folder
                    title="No source yet"
                    text="Open the folder or git checkout that holds your team’s docs, checklists or roadmap, or add your company’s Backstage."
                />
            }
            .into_any()
        }
        Some(Ok(_)) => {
            mark_ready();
            view! { <PackList packs=list on_changed=move || loaded.refetch()/> }.into_any()
        }
    };
    view! {
        <AddSources offers_sample/>
        {body}
    }
}

/// The ways to get more content.
#[component]
fn AddSources(
    /// Whether the sample is not there yet.
    #[prop(into)]
    offers_sample: Signal<bool>,
) -> impl IntoView {
    let (backend, session, toasts) = (use_backend(), use_session(), use_toasts());
    let (opening, unpacking, connecting) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let busy = RwSignal::new(false);
    let say_added = move |added: &Added| {
        toasts.say(format!("Added {}: {}", added.pack.title, added.message));
        // The first pack ends the first run.
        session.reload();
    };
    let on_opened = Callback::new(move |added: Added| {
        opening.set(false);
        unpacking.set(false);
        say_added(&added);
    });
    let on_connected = Callback::new(move |added: Added| {
        connecting.set(false);
        say_added(&added);
    });
    let add_sample = move || {
        busy.set(true);
        spawn_local(async move {
            match backend.call(AddSample {}).await {
                Ok(added) => say_added(&added),
                Err(error) => toasts.failed(&error),
            }
            busy.try_set(false);
        });
    };
    view! {
        <div class="wm-sources__add">
            <Button kind=ButtonKind::Primary icon=Icon::Folder on_press=move || opening.set(true)>"Open a folder…"</Button>
            <Button icon=Icon::Package on_press=move || unpacking.set(true)>"Open a bundle…"</Button>
            <Button icon=Icon::Server on_press=move || connecting.set(true)>"Add a Backstage…"</Button>
            {move || offers_sample.get().then(|| view! {
                <Button icon=Icon::Compass disabled=busy on_press=add_sample>"Add the sample"</Button>
            })}
        </div>
        <Dialog open=opening title="Open a folder" size=DialogSize::Wide>
            <FolderFlow asks_at_once=Pick::Folder on_opened on_nothing=move |()| opening.set(false)/>
        </Dialog>
        <Dialog open=unpacking title="Open a bundle" size=DialogSize::Wide>
            <FolderFlow asks_at_once=Pick::Bundle on_opened on_nothing=move |()| unpacking.set(false)/>
        </Dialog>
        <Dialog open=connecting title="Add a Backstage" size=DialogSize::Wide>
            <BackstageFlow on_added=on_connected/>
        </Dialog>
    }
}

/// All packs. A row stays in place while its pack changes, so that what is open in it stays open.
#[component]
fn PackList(
    /// The packs.
    #[prop(into)]
    packs: Signal<Vec<PackView>>,
    /// Called when something changed that no topic tells.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    // One long job at a time: their progress comes without a name.
    let busy = RwSignal::new(None::<PackId>);
    let find = move |id: PackId| packs.with(|packs| packs.iter().find(|pack| pack.summary.id == id).cloned());
    let row = move |first: PackView| {
        let id = first.summary.id;
        let pack = Memo::new(move |_| find(id).unwrap_or_else(|| first.clone()));
        view! { <PackRow pack busy on_changed/> }
    };
    view! {
        <ul class="wm-sources">
            <For each=move || packs.get() key=|pack| pack.summary.id children=row/>
        </ul>
    }
}
