//! One pack: what is in it, where it lies, what can be done with it.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::{
    sources::{Added, PackKind, PackView, RefreshPack},
    system::{Place, Reveal},
};
use waymark_core::id::PackId;

use super::{
    BackstageFlow,
    flow::Reading,
    model::{facts, marks, missing, origin},
    pack_problems::PackProblemsFold,
    remove::RemoveDialog,
};
use crate::{
    backend::use_backend,
    kit::{
        Badge, Button, ButtonKind, ButtonSize, Dialog, DialogSize, Icon, IconView, Notice, TextLink, Tone, unique_id,
    },
    layout::pack_icon,
    state::{use_session, use_toasts, use_topics},
};

/// A pack in the list of sources.
#[component]
pub(super) fn PackRow(
    /// The pack.
    #[prop(into)]
    pack: Signal<PackView>,
    /// The pack that is being read now.
    busy: RwSignal<Option<PackId>>,
    /// Called when something changed that no topic tells.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let id = pack.with_untracked(|pack| pack.summary.id);
    let now = move || session.frame().with(|frame| frame.now);
    let title_id = unique_id("pack");
    let title = Memo::new(move |_| pack.with(|pack| pack.summary.title.clone()));
    let route = Signal::derive(move || pack.with(|pack| pack.summary.route.clone()));
    let location = Memo::new(move |_| pack.with(|pack| pack.location.clone()));
    let icon = pack.with_untracked(|pack| pack_icon(pack.summary.kind));
    let pills = move || {
        let pills = pack.with(marks).into_iter().map(|mark| view! { <Badge tone=mark.tone>{mark.text}</Badge> });
        pills.collect_view()
    };
    let notice = move || {
        pack.with(|pack| missing(pack, now())).map(|text| {
            view! {
                <Notice tone=Tone::Warning icon=Icon::Warning><p>{text}</p></Notice>
            }
        })
    };
    let reading = Memo::new(move |_| busy.get() == Some(id));
    let at_first = match pack.with_untracked(|pack| pack.summary.kind) {
        PackKind::Backstage | PackKind::Team => "Asking the server",
        PackKind::Sample | PackKind::Folder => "Reading the folder",
        PackKind::Bundle => "Checking the bundle",
    };
    view! {
        <li class="wm-source">
            <div class="wm-source__head">
                <IconView icon large=true/>
                <h2 class="wm-source__title" id=title_id.clone()><TextLink href=route quiet=true>{move || title.get()}</TextLink></h2>
                <Badge>{pack.with_untracked(|pack| origin(pack.summary.kind))}</Badge>
                <span class="wm-source__marks">{pills}</span>
            </div>
            {move || {
                let path = location.get();
                (!path.is_empty()).then(|| view! { <p class="wm-source__place"><bdi>{path}</bdi></p> })
            }}
            <p class="wm-source__facts">{move || pack.with(|pack| facts(pack, now()))}</p>
            {notice}
            {move || reading.get().then(|| view! { <Reading at_first/> })}
            <PackActions pack busy labelled_by=title_id on_changed/>
            <PackProblemsFold pack/>
        </li>
    }
}

/// What can be done with a pack.
#[component]
fn PackActions(
    /// The pack.
    pack: Signal<PackView>,
    /// The pack that is being read now.
    busy: RwSignal<Option<PackId>>,
    /// Id of the pack's title, which names the group of buttons.
    labelled_by: String,
    /// Called when something changed that no topic tells.
    on_changed: Callback<()>,
) -> impl IntoView {
    let (backend, toasts, topics) = (use_backend(), use_toasts(), use_topics());
    let id = pack.with_untracked(|pack| pack.summary.id);
    let removing = RwSignal::new(false);
    let (choosing, say_changed) = (RwSignal::new(false), toasts);
    let location = Memo::new(move |_| pack.with(|pack| pack.location.clone()));
    let on_chosen = Callback::new(move |added: Added| {
        choosing.set(false);
        say_changed.say(format!("{}: {}", added.pack.title, added.message));
    });
    let has_choice = pack.with_untracked(|pack| pack.summary.kind == PackKind::Backstage);
    let has_folder =
        Memo::new(move |_| pack.with(|pack| matches!(pack.summary.kind, PackKind::Folder | PackKind::Bundle)));
    let unreachable = Memo::new(move |_| pack.with(|pack| !pack.reachable));
    let read_again = move || {
        topics.forget_job();
        busy.set(Some(id));
        spawn_local(async move {
            match backend.call(RefreshPack { pack: id }).await {
                Ok(added) => toasts.say(format!("Read {} again: {}", added.pack.title, added.message)),
                Err(error) => {
                    toasts.failed(&error);
                    // The folder may be gone by now, and no topic tells that.
                    on_changed.try_run(());
                }
            }
            busy.try_set(None);
        });
    };
    let show = move || {
        spawn_local(async move {
            if let Err(error) = backend.call(Reveal { place: Place::Pack(id) }).await {
                toasts.failed(&error);
            }
        });
    };
    let any_busy = Signal::derive(move || busy.get().is_some());
    view! {
        <div class="wm-source__actions" role="group" aria-labelledby=labelled_by>
            <Button size=ButtonSize::Small icon=Icon::Refresh disabled=any_busy on_press=read_again>"Read again"</Button>
            {move || has_folder.get().then(|| view! {
                <Button size=ButtonSize::Small icon=Icon::Folder disabled=unreachable on_press=show>"Show folder"</Button>
            })}
            {has_choice.then(|| view! {
                <Button size=ButtonSize::Small icon=Icon::Checklist disabled=any_busy on_press=move || choosing.set(true)>
                    "Choose sites…"
                </Button>
            })}
            <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Icon::Trash disabled=any_busy on_press=move || removing.set(true)>
                "Remove…"
            </Button>
        </div>
        <RemoveDialog pack open=removing/>
        {has_choice.then(|| view! {
            <Dialog open=choosing title="Choose documentation" size=DialogSize::Wide>
                <BackstageFlow known=location.get_untracked() on_added=on_chosen/>
            </Dialog>
        })}
    }
}
