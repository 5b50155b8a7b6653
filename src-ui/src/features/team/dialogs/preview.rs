//! What would follow, before it is decided.

use jiff::civil::Date;
use leptos::prelude::*;
use waymark_api::{IpcError, http::journeys::Plan};

use crate::{
    features::team::model::{PlanLine, plan_lines, plan_sentence},
    kit::{Icon, Notice, Skeleton, Tone, sentence},
    state::use_session,
};

/// The answer to a preview; `None` where too little is chosen to ask.
pub(super) type Preview = LocalResource<Option<Result<Plan, IpcError>>>;

/// Days and steps that would follow.
#[component]
pub(super) fn PlanPreview(
    /// The answer.
    preview: Preview,
    /// What is said before there is a question.
    at_first: &'static str,
) -> impl IntoView {
    let session = use_session();
    move || {
        let today = session.frame().with(|frame| frame.today);
        match preview.get() {
            None => view! { <Skeleton lines=3/> }.into_any(),
            Some(None) => view! { <p class="wm-ask__lead">{at_first}</p> }.into_any(),
            Some(Some(Err(error))) => view! {
                <Notice tone=Tone::Warning icon=Icon::Warning><p>{sentence(&error.message)}</p></Notice>
            }
            .into_any(),
            Some(Some(Ok(plan))) => view! { <Lines plan today/> }.into_any(),
        }
    }
}

#[component]
fn Lines(
    /// What would follow.
    plan: Plan,
    /// The manager's day.
    today: Date,
) -> impl IntoView {
    let line = |PlanLine { when, title }: PlanLine| {
        view! { <li class="wm-planned__line"><span class="wm-planned__when wm-num">{when}</span><span>{title}</span></li> }
    };
    let lines = plan_lines(&plan, today);
    view! {
        <div class="wm-planned">
            <p class="wm-planned__sentence" role="status">{plan_sentence(&plan, today)}</p>
            {(!lines.is_empty()).then(|| view! {
                <ol class="wm-planned__list" tabindex="0" aria-label="Due days">{lines.into_iter().map(line).collect::<Vec<_>>()}</ol>
            })}
        </div>
    }
}
