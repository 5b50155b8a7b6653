//! What helps when something does not work.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::{
    docs::{ListSites, OpenSite},
    privacy::OpenPrivacy,
    start::Platform,
    system::{Diagnostics, Place, Reveal},
};
use waymark_core::id::SiteId;

use super::model::troubleshooting_page;
use crate::{
    backend::{Backend, use_backend},
    commands::copy_diagnostics,
    kit::{
        Button, ButtonKind, ButtonSize, Disclosure, ErrorPanel, Group, Icon, LinkButton, Row, Skeleton, Status,
        StatusKind,
    },
    routes::Route,
    state::{mark_ready, use_session, use_toasts},
};

/// Id of the site that holds Waymark's own handbook.
const HANDBOOK: &str = "handbook";

/// Version, folders, log.
#[component]
pub(super) fn DiagnosticsPart() -> impl IntoView {
    let (backend, session, toasts) = (use_backend(), use_session(), use_toasts());
    let folder =
        LocalResource::new(move || async move { backend.call(OpenPrivacy {}).await.map(|view| view.data_folder) });
    let help = LocalResource::new(move || handbook(backend));
    // The page is complete without the folder's name, so it does not wait for it.
    mark_ready();
    let reveal = move |place: Place| {
        spawn_local(async move {
            if let Err(error) = backend.call(Reveal { place }).await {
                toasts.failed(&error);
            }
        });
    };
    let system = match session.platform() {
        Platform::Linux => "Linux",
        Platform::Macos => "macOS",
        Platform::Windows => "Windows",
    };
    let place = move || folder.get().and_then(Result::ok).map(|path| view! { <bdi class="wm-diag__path">{path}</bdi> });
    let link = move || {
        help.get().flatten().map(|href| {
            view! {
                <LinkButton href icon=Icon::Help>"When something goes wrong"</LinkButton>
            }
        })
    };
    let read_only = Memo::new(move |_| session.frame().with(|frame| frame.read_only.clone()));
    view! {
        <Group title="This copy of Waymark">
            <dl>
                <div class="wm-diag__line"><dt>"Version"</dt><dd class="wm-num">{move || session.version().get()}</dd></div>
                <div class="wm-diag__line"><dt>"System"</dt><dd>{system}</dd></div>
                <div class="wm-diag__line"><dt>"Library"</dt><dd>{move || library(read_only.get())}</dd></div>
            </dl>
        </Group>
        <Group title="Folders">
            <div class="wm-setting">
                <div class="wm-setting__words"><p class="wm-setting__title">"Data"</p><p class="wm-setting__text">{place}</p></div>
                <div class="wm-setting__control">
                    <Button size=ButtonSize::Small icon=Icon::Folder on_press=move || reveal(Place::Data)>"Show data folder"</Button>
                </div>
            </div>
            <Row title="Log" text="What Waymark did and what did not work. It stays in this folder.">
                <Button size=ButtonSize::Small icon=Icon::Folder on_press=move || reveal(Place::Logs)>"Show log files"</Button>
            </Row>
        </Group>
        <Group title="For whoever helps you" lead="Version, system, state of the library and the end of the log. Your account’s name and your home folder are taken out; what you wrote is not in it.">
            <div class="wm-diag__actions">
                <Button kind=ButtonKind::Primary icon=Icon::Copy on_press=move || copy_diagnostics(backend, toasts)>"Copy diagnostics"</Button>
                {link}
            </div>
            <Preview/>
        </Group>
        <Group title="Looks wrong?">
            <Row title="Reset the zoom" text="Puts the window back to 100 %.">
                <Button size=ButtonSize::Small on_press=move || session.update_preferences(|preferences| preferences.zoom = 100)>"Reset zoom"</Button>
            </Row>
        </Group>
    }
}

/// Whether the library takes what the person does.
fn library(read_only: Option<String>) -> impl IntoView {
    match read_only {
        None => view! { <Status kind=StatusKind::Done>"Ready"</Status> }.into_any(),
        Some(why) => view! {
            <Status kind=StatusKind::Blocked>"Can be read, not written"</Status>
            <span class="wm-diag__why">{why}</span>
        }
        .into_any(),
    }
}

/// What would be copied, word for word.
#[component]
fn Preview() -> impl IntoView {
    let open = RwSignal::new(false);
    // The title is made once; the closure inside follows the fold.
    let title = move || move || if open.get() { "Hide what is copied" } else { "See what is copied" };
    view! { <Disclosure open title><PreviewText/></Disclosure> }
}

#[component]
fn PreviewText() -> impl IntoView {
    let backend = use_backend();
    let loaded = LocalResource::new(move || backend.call(Diagnostics {}));
    move || match loaded.get() {
        None => view! { <Skeleton lines=4/> }.into_any(),
        // A long log scrolls, so the keyboard must reach it.
        Some(Ok(text)) => view! {
            <pre class="wm-diag__preview" tabindex="0" role="region" aria-label="What is copied">{text}</pre>
        }
        .into_any(),
        Some(Err(error)) => view! { <ErrorPanel error on_retry=move || loaded.refetch()/> }.into_any(),
    }
}

/// Address of the handbook's page about trouble, or of its first page; `None` without a handbook.
async fn handbook(backend: Backend) -> Option<String> {
    // A missing handbook is no error: the link is only an offer.
    let site = backend.call(ListSites {}).await.ok()?.into_iter().find(|site| site.id.as_str() == HANDBOOK)?;
    let opened = backend.call(OpenSite { site: SiteId::new(HANDBOOK) }).await.ok()?;
    let page = troubleshooting_page(&opened.nav).or(site.home)?;
    Some(Route::Page { site: site.id, page, heading: None }.href())
}
