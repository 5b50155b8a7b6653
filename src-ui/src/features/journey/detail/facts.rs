//! What is known about a step: due, time, owner, block, pages.

use leptos::prelude::*;
use waymark_api::ipc::journey::{DocLink, Due, DueMark, StepStatus, StepView};

use crate::{
    features::journey::{Beside, Gestures, model::words},
    kit::{Badge, Button, ButtonSize, Icon, IconButton, IconView, Notice, Status, StatusKind, TextLink, Tone, dates},
    state::use_session,
};

/// The line below the title.
#[component]
pub(crate) fn Facts(
    /// The step.
    #[prop(into)]
    view: Signal<StepView>,
) -> impl IntoView {
    let session = use_session();
    move || {
        let view = view.get();
        let item = &view.item;
        let now = session.frame().with(|frame| frame.now);
        let state = match &item.status {
            StepStatus::Done { at, .. } => {
                let when = at.map_or_else(String::new, |at| format!(" {}", dates::ago(at, now)));
                Some(view! { <Status kind=StatusKind::Done>{format!("Done{when}")}</Status> }.into_any())
            }
            StepStatus::Locked { by } => Some(
                view! { <Status kind=StatusKind::Locked>{format!("Comes {}", words::after(by))}</Status> }.into_any(),
            ),
            StepStatus::Waived { .. } => Some(view! { <Status kind=StatusKind::Skipped>"Skipped"</Status> }.into_any()),
            StepStatus::NotApplicable => {
                Some(view! { <Status kind=StatusKind::Skipped>"Not needed: you took another way"</Status> }.into_any())
            }
            StepStatus::Open | StepStatus::Started | StepStatus::Blocked { .. } => None,
        };
        let due = item.due.filter(|_| item.status.is_open()).map(due_fact);
        let minutes = item.estimate_minutes.map(|minutes| format!("About {}", dates::minutes(minutes)));
        view! {
            <p class="wm-detail__facts">
                {state}
                {due}
                {minutes.map(|minutes| view! { <span class="wm-num">{minutes}</span> })}
                {item.parts.map(|parts| view! { <span class="wm-num">{format!("{} parts", words::of(parts))}</span> })}
                {(!item.required).then(|| view! { <span>"Optional"</span> })}
                {words::role_badge(item.role).map(|role| view! { <Badge icon=Icon::Person>{role}</Badge> })}
                {view.owner.clone().map(|owner| view! { <span>{format!("Owner: {owner}")}</span> })}
                {view.depends_on.clone().map(|on| view! { <span>{format!("Depends on: {on}")}</span> })}
                {view.milestone.clone().map(|milestone| view! {
                    <Status kind=StatusKind::Milestone>{format!("Reaches {milestone}")}</Status>
                })}
            </p>
        }
    }
}

fn due_fact(due: Due) -> AnyView {
    let words = words::due_sentence(due);
    match due.mark {
        DueMark::Overdue(_) | DueMark::Today => view! { <Status kind=StatusKind::Due>{words}</Status> }.into_any(),
        DueMark::Soon(_) | DueMark::None => view! { <span class="wm-num">{words}</span> }.into_any(),
    }
}

/// Why the step is blocked or was skipped, with the way out.
#[component]
pub(crate) fn BlockedNotice(
    /// The step.
    #[prop(into)]
    view: Signal<StepView>,
) -> impl IntoView {
    let gestures = Gestures::new();
    let session = use_session();
    let status = Memo::new(move |_| view.with(|view| view.item.status.clone()));
    move || match status.get() {
        StepStatus::Blocked { since, reason, note } => {
            let now = session.frame().with(|frame| frame.now);
            let unblock = move |()| view.with_untracked(|view| gestures.unblock(view.journey, view.item.id.clone()));
            Some(
                view! {
                    <div class="wm-detail__notice">
                        <Notice tone=Tone::Danger icon=Icon::StatusBlocked>
                            <div class="wm-blocked">
                                <div>
                                    <p class="wm-blocked__reason">{words::block_reason(reason)}</p>
                                    {(!note.is_empty()).then(|| view! { <p class="wm-blocked__note">{format!("“{note}”")}</p> })}
                                    <p class="wm-blocked__since wm-num">{format!("Blocked {}", dates::ago(since, now))}</p>
                                </div>
                                <Button size=ButtonSize::Small on_press=unblock>"Unblock"</Button>
                            </div>
                        </Notice>
                    </div>
                }
                .into_any(),
            )
        }
        StepStatus::Waived { reason } => Some(
            view! {
                <div class="wm-detail__notice">
                    <Notice icon=Icon::StatusSkipped>
                        <p>{format!("Skipped: {reason}")}</p>
                    </Notice>
                </div>
            }
            .into_any(),
        ),
        StepStatus::Locked { .. }
        | StepStatus::Open
        | StepStatus::Started
        | StepStatus::Done { .. }
        | StepStatus::NotApplicable => None,
    }
}

/// Pages that help.
#[component]
pub(crate) fn DocLinks(
    /// The pages.
    #[prop(into)]
    docs: Signal<Vec<DocLink>>,
) -> impl IntoView {
    let beside = use_context::<Beside>();
    let link = move |doc: DocLink| match doc.route {
        Some(route) => {
            let (href, label) = (route.clone(), format!("Open {} beside the step", doc.title));
            let button = beside.map(|beside| {
                view! {
                    <span data-beside="">
                        <IconButton icon=Icon::Beside label on_press=move |()| beside.open(&href)/>
                    </span>
                }
            });
            view! { <li class="wm-detail__doc"><TextLink href=route icon=Icon::Docs>{doc.title}</TextLink>{button}</li> }.into_any()
        }
        None => view! {
            <li class="wm-doc-missing" title="This page is in no source on this computer">
                <IconView icon=Icon::Docs/>
                {doc.title}
                <span class="wm-hidden">" (not on this computer)"</span>
            </li>
        }
        .into_any(),
    };
    move || {
        let docs = docs.get();
        (!docs.is_empty()).then(|| {
            view! { <ul class="wm-detail__docs" aria-label="Pages that help">{docs.into_iter().map(link).collect_view()}</ul> }
        })
    }
}
