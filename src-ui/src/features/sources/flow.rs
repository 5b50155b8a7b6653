//! Opening a folder or a bundle file: choose it, watch it being read, see what is in it, add it.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    Code, IpcError,
    ipc::sources::{AddFolder, Added, FolderReport, PickBundle, PickFolder, ScanFolder},
};
use waymark_core::id::TemplateId;

use super::FolderReportView;
use crate::{
    backend::{Backend, use_backend},
    kit::{Button, ButtonKind, Icon, IconView, Notice, ProgressBar, Tone, focus_soon, sentence},
    state::{Toasts, use_toasts, use_topics},
};

/// How far the person is.
#[derive(Clone, Debug, PartialEq)]
enum Flow {
    /// Nothing chosen yet.
    Choose,
    /// The system's dialog is open, and nothing was chosen before.
    Asking,
    /// What was chosen is being read.
    Reading(Pick),
    /// What is in it.
    Found(FolderReport),
    /// It cannot be read, or has nothing.
    Refused(Pick, IpcError),
}

/// What is chosen in the system's dialog; it shows folders or files, never both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pick {
    /// A folder.
    Folder,
    /// A bundle file.
    Bundle,
}

/// Everything between "Open a folder" and "added".
#[component]
pub(crate) fn FolderFlow(
    /// Asks for this without waiting for a press, where the person pressed a button to get here.
    #[prop(default = None, into)]
    asks_at_once: Option<Pick>,
    /// Called when the folder was added and the chosen journeys were started.
    #[prop(into)]
    on_opened: Callback<Added>,
    /// Called when the person chooses nothing where this asked at once; without it the choices are shown.
    #[prop(optional, into)]
    on_nothing: Option<Callback<()>>,
) -> impl IntoView {
    let flow = RwSignal::new(Flow::Choose);
    let busy = RwSignal::new(false);
    let (backend, toasts, topics) = (use_backend(), use_toasts(), use_topics());
    let choose = move |pick| {
        topics.forget_job();
        spawn_local(async move {
            choose_and_scan(backend, toasts, flow, pick).await;
            if flow.try_get_untracked() == Some(Flow::Asking) {
                flow.set(Flow::Choose);
                if let Some(nothing) = on_nothing {
                    nothing.try_run(());
                }
            }
        });
    };
    if let Some(pick) = asks_at_once {
        flow.set(Flow::Asking);
        choose(pick);
    }
    let add = move |(path, start, unsigned): (String, Vec<TemplateId>, bool)| {
        busy.set(true);
        spawn_local(async move {
            match backend.call(AddFolder { path, start, unsigned }).await {
                // The person may have left this screen meanwhile; the folder is added all the same.
                Ok(added) => {
                    on_opened.try_run(added);
                }
                Err(error) => toasts.failed(&error),
            }
            busy.try_set(false);
        });
    };
    move || match flow.get() {
        Flow::Choose => view! { <ChooseFolder on_choose=choose/> }.into_any(),
        Flow::Asking => view! { <p class="wm-scan__text">"Choose it in the window that has opened."</p> }.into_any(),
        Flow::Reading(Pick::Folder) => view! { <Reading/> }.into_any(),
        Flow::Reading(Pick::Bundle) => view! { <Reading at_first="Reading the bundle"/> }.into_any(),
        Flow::Found(report) => {
            let path = report.path.clone();
            let other = if report.bundle.is_some() { Pick::Bundle } else { Pick::Folder };
            // Only a bundle's report asks, and it adds none without the answer.
            let unsigned = report.bundle.as_ref().is_some_and(|bundle| bundle.publisher.is_none());
            let on_add = move |start| add((path.clone(), start, unsigned));
            view! { <FolderReportView report busy on_add on_other=move |()| choose(other)/> }.into_any()
        }
        Flow::Refused(pick, error) => view! { <Refused pick error on_other=move |()| choose(pick)/> }.into_any(),
    }
}

async fn choose_and_scan(backend: Backend, toasts: Toasts, flow: RwSignal<Flow>, pick: Pick) {
    let picked = match pick {
        Pick::Folder => backend.call(PickFolder {}).await,
        Pick::Bundle => backend.call(PickBundle {}).await,
    };
    let path = match picked {
        // The person changed their mind: what was on screen stays.
        Ok(None) => return,
        Ok(Some(path)) => path,
        Err(error) => return toasts.failed(&error),
    };
    flow.try_set(Flow::Reading(pick));
    let next = match backend.call(ScanFolder { path }).await {
        Ok(report) => Flow::Found(report),
        Err(error) => Flow::Refused(pick, error),
    };
    if flow.try_set(next).is_none() {
        // What had the focus is gone: the report is read from its beginning, a refusal announces itself.
        focus_soon(".wm-report, .wm-scan .wm-button");
    }
}

/// The choices there are without a server.
#[component]
fn ChooseFolder(
    /// Called when the person wants to choose a folder or a bundle.
    #[prop(into)]
    on_choose: Callback<Pick>,
) -> impl IntoView {
    view! {
        <ul class="wm-choices">
            <li>
                <button class="wm-choice wm-choice--lead" type="button" on:click=move |_| on_choose.run(Pick::Folder)>
                    <IconView icon=Icon::Folder large=true/>
                    <span>
                        <span class="wm-choice__title">"Open a folder or git checkout…"</span>
                        <span class="wm-choice__hint">"MkDocs sites, journeys, Markdown checklists, roadmaps"</span>
                    </span>
                    <IconView icon=Icon::Right/>
                </button>
            </li>
            <li>
                <button class="wm-choice" type="button" on:click=move |_| on_choose.run(Pick::Bundle)>
                    <IconView icon=Icon::Package large=true/>
                    <span>
                        <span class="wm-choice__title">"Open a bundle…"</span>
                        <span class="wm-choice__hint">"One file for machines without a network: .zip, .tar.gz, .tar.zst"</span>
                    </span>
                    <IconView icon=Icon::Right/>
                </button>
            </li>
        </ul>
    }
}

/// How far the reading is, as the shell says it.
#[component]
pub(crate) fn Reading(
    /// What is said until the shell says something.
    #[prop(default = "Reading the folder")]
    at_first: &'static str,
) -> impl IntoView {
    let progress = use_topics().job();
    let text = Memo::new(move |_| progress.get().map_or_else(|| at_first.to_owned(), |job| job.text));
    let (done, total) = (
        Memo::new(move |_| progress.get().map_or(0, |job| job.done)),
        Memo::new(move |_| progress.get().and_then(|job| job.total).unwrap_or(0)),
    );
    view! {
        <div class="wm-scan" aria-busy="true">
            <p class="wm-scan__text wm-num" role="status">{move || text.get()}</p>
            {move || (total.get() > 0).then(|| view! { <ProgressBar done total text thin=true/> })}
        </div>
    }
}

/// The folder or bundle cannot be used: why, and what Waymark looks for.
#[component]
fn Refused(
    /// What was chosen.
    pick: Pick,
    /// Why.
    error: IpcError,
    /// Called when the person wants to choose another folder.
    #[prop(into)]
    on_other: Callback<()>,
) -> impl IntoView {
    let nothing = error.code == Code::NothingFound;
    let (title, other) = match (pick, nothing) {
        (Pick::Folder, true) => ("Nothing to learn from in this folder", "Choose another folder"),
        (Pick::Folder, false) => ("This folder could not be read", "Choose another folder"),
        (Pick::Bundle, true) => ("Nothing to learn from in this bundle", "Choose another bundle"),
        (Pick::Bundle, false) => ("This bundle is not used; nothing was changed", "Choose another bundle"),
    };
    view! {
        <div class="wm-scan" role="alert">
            <Notice tone=if nothing { Tone::Neutral } else { Tone::Danger } icon=Icon::Info>
                <p class="wm-scan__title">{title}</p>
                <p class="wm-scan__why">{sentence(&error.message)}</p>
            </Notice>
            {nothing.then(|| view! { <LookedFor/> })}
            <div class="wm-report__actions">
                <Button kind=ButtonKind::Primary on_press=on_other>{other}</Button>
            </div>
        </div>
    }
}

/// What Waymark looks for in a folder.
#[component]
pub(crate) fn LookedFor() -> impl IntoView {
    view! {
        <p class="wm-scan__looked">"Waymark looks for:"</p>
        <ul class="wm-scan__list">
            <li>"documentation: a folder with "<code>"mkdocs.yml"</code></li>
            <li>"journeys: Markdown in a folder "<code>"journeys"</code></li>
            <li>"checklists: Markdown with "<code>"- [ ]"</code>" items, issue templates too"</li>
            <li>"a roadmap: a folder "<code>"roadmap"</code>" with items"</li>
        </ul>
    }
}
