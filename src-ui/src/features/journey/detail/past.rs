//! What happened to a step.

use leptos::prelude::*;
use waymark_api::ipc::journey::{HistoryLine, StepView};

use crate::{
    kit::{Disclosure, dates},
    state::use_session,
};

/// More lines than this are folded.
const SHORT: usize = 3;

/// What happened, newest first; a long story is folded.
#[component]
pub(crate) fn Past(
    /// The step.
    #[prop(into)]
    view: Signal<StepView>,
) -> impl IntoView {
    let lines = Memo::new(move |_| view.with(|view| view.history.clone()));
    let open = RwSignal::new(lines.with_untracked(|lines| lines.len() <= SHORT));
    let any = Memo::new(move |_| lines.with(|lines| !lines.is_empty()));
    move || {
        any.get().then(|| {
            view! {
                <section class="wm-past">
                    <Disclosure open level=2 title=|| "What happened">
                        <Lines lines/>
                    </Disclosure>
                </section>
            }
        })
    }
}

/// The lines.
#[component]
fn Lines(
    /// What happened, newest first.
    #[prop(into)]
    lines: Signal<Vec<HistoryLine>>,
) -> impl IntoView {
    let session = use_session();
    let line = move |line: HistoryLine| {
        let when = session.frame().with(|frame| dates::ago(line.at, frame.now));
        view! {
            <li class="wm-past__line">
                <span>{line.what}</span>
                <time class="wm-past__when" datetime=line.at.to_string() title=dates::full_year_time(line.at)>{when}</time>
            </li>
        }
    };
    view! { <ol class="wm-past__lines">{move || lines.get().into_iter().map(line).collect_view()}</ol> }
}
