//! What is in a folder or a bundle, before it is added: content by kind, journeys to start, problems by file.

mod bundle;
mod model;
mod problems;

use std::collections::BTreeSet;

use leptos::prelude::*;
use waymark_api::ipc::sources::{FolderReport, Found, FoundKind};
use waymark_core::id::TemplateId;

use super::flow::LookedFor;
use crate::kit::{Button, ButtonKind, Checkbox, Icon, IconView, Notice, Tone, unique_id};
use bundle::BundleFacts;
use model::{Group, groups, suggested};
pub(crate) use problems::{ProblemFiles, ProblemList};

/// What was found in a folder, with the choice of journeys to start.
#[component]
pub(crate) fn FolderReportView(
    /// What the device found.
    report: FolderReport,
    /// Whether the folder is being added.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called with the journeys to start when the person wants to add the folder.
    #[prop(into)]
    on_add: Callback<Vec<TemplateId>>,
    /// Called when the person wants another folder.
    #[prop(into)]
    on_other: Callback<()>,
) -> impl IntoView {
    let chosen = RwSignal::new(suggested(&report));
    let nothing = report.found.is_empty();
    let known = report.known.is_some();
    let bundle = report.bundle.clone();
    let unsigned = bundle.as_ref().is_some_and(|bundle| bundle.publisher.is_none());
    let trusted = RwSignal::new(false);
    let (what, icon) = if bundle.is_some() { ("bundle", Icon::Package) } else { ("folder", Icon::Folder) };
    let files = if report.files == 1 { "1 file read".to_owned() } else { format!("{} files read", report.files) };
    let groups = groups(&report.found).into_iter().map(|group| view! { <FoundGroup group chosen/> }).collect_view();
    let is_bundle = bundle.is_some();
    let label = move || match (busy.get(), known) {
        (true, _) => "Adding…",
        (false, true) if is_bundle => "Put it in place of the one here",
        (false, true) => "Read it again",
        (false, false) => "Add to Waymark",
    };
    let held = Signal::derive(move || busy.get() || (unsigned && !trusted.get()));
    view! {
        <section class="wm-report" aria-label="What was found" tabindex="-1">
            <div class="wm-report__head">
                <IconView icon large=true/>
                <div>
                    <p class="wm-report__title">{report.title.clone()}</p>
                    <p class="wm-report__path wm-num"><bdi title=report.path.clone()>{report.path.clone()}</bdi>{format!(" · {files}")}</p>
                </div>
            </div>
            {bundle.map(|bundle| view! { <BundleFacts bundle trusted/> })}
            {(known && !is_bundle).then(|| view! {
                <Notice icon=Icon::Refresh><p>"This folder is in Waymark already. Adding it again reads it afresh; nothing that you did is lost."</p></Notice>
            })}
            {nothing.then(|| view! {
                <Notice tone=Tone::Warning icon=Icon::Info><p>{format!("Nothing in this {what} is content that Waymark can show.")}</p></Notice>
                <LookedFor/>
            })}
            {groups}
            <ProblemList problems=report.problems/>
            <div class="wm-report__actions">
                {(!nothing).then(|| view! {
                    <Button
                        kind=ButtonKind::Primary
                        disabled=held
                        on_press=move |()| on_add.run(chosen.get_untracked().into_iter().collect())
                    >
                        {label}
                    </Button>
                })}
                <Button disabled=busy on_press=on_other>{format!("Choose another {what}")}</Button>
            </div>
        </section>
    }
}

/// Everything of one kind; journeys carry a box that starts them.
#[component]
fn FoundGroup(
    /// What was found.
    group: Group,
    /// Journeys to start.
    chosen: RwSignal<BTreeSet<TemplateId>>,
) -> impl IntoView {
    let icon = match group.kind {
        FoundKind::Journey => Icon::Flag,
        FoundKind::Checklist => Icon::Checklist,
        FoundKind::Site => Icon::Docs,
        FoundKind::Roadmap => Icon::Roadmap,
    };
    let startable = group.found.iter().any(|found| found.template.is_some());
    let rows = group.found.into_iter().map(|found| view! { <FoundRow found chosen/> }).collect_view();
    view! {
        <div>
            <div class="wm-found__head">
                <IconView icon/>
                <h2 class="wm-found__title">{group.title}</h2>
                {startable.then(|| view! { <span class="wm-found__hint">"Ticked ones start at once"</span> })}
            </div>
            <ul class="wm-found__rows">{rows}</ul>
        </div>
    }
}

/// One body of content.
#[component]
fn FoundRow(
    /// What was found.
    found: Found,
    /// Journeys to start.
    chosen: RwSignal<BTreeSet<TemplateId>>,
) -> impl IntoView {
    let Found { title, path, detail, template, .. } = found;
    let id = unique_id("found");
    let path = if path.is_empty() || path == "." { "the folder itself".to_owned() } else { path };
    let name = match &template {
        Some(_) => view! { <label class="wm-found__name" for=id.clone()>{title.clone()}</label> }.into_any(),
        None => view! { <span class="wm-found__name">{title.clone()}</span> }.into_any(),
    };
    let tick = template.map(|template| {
        let is_chosen = {
            let template = template.clone();
            Memo::new(move |_| chosen.with(|chosen| chosen.contains(&template)))
        };
        let toggle = move |wanted: bool| {
            chosen.update(|chosen| {
                if wanted {
                    chosen.insert(template.clone());
                } else {
                    chosen.remove(&template);
                }
            });
        };
        view! { <Checkbox id label=format!("Start {title}") checked=is_chosen on_toggle=toggle/> }
    });
    view! {
        <li class="wm-found__row">
            {tick}
            <div class="wm-found__what">
                {name}
                <p class="wm-found__path" title=path.clone()><bdi>{path.clone()}</bdi></p>
            </div>
            <span class="wm-found__detail wm-num">{detail}</span>
        </li>
    }
}
