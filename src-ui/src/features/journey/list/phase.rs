//! One phase: a heading that folds, and its lines.

use leptos::prelude::*;
use waymark_core::id::{MilestoneId, PhaseId};

use super::{ListState, row::StepRow};
use crate::{
    features::journey::model::{
        outline::{Filter, Line, PhaseLines},
        words,
    },
    kit::{Disclosure, Icon, IconView, Prose, StatusKind},
};

/// A phase of the journey.
#[component]
pub(crate) fn PhaseSection(
    /// What the list knows.
    state: ListState,
    /// Which phase.
    id: PhaseId,
    /// Level of its heading, 2 or 3.
    level: u8,
) -> impl IntoView {
    let phase = Memo::new({
        let id = id.clone();
        // A phase that has just gone keeps its last look until the list is redrawn without it.
        move |before: Option<&Option<PhaseLines>>| state.phase(&id).or_else(|| before.cloned().flatten())
    });
    let phase = Signal::derive(move || phase.get().unwrap_or_default());
    let open = open_signal(state, id, phase);
    let name = move || phase.with(|phase| phase.title.clone());
    let count = move || {
        let progress = phase.with(|phase| phase.progress);
        let done = progress.total > 0 && progress.complete();
        view! {
            <span class="wm-section__count wm-num">
                {done.then(|| view! { <IconView icon=StatusKind::Done.icon()/> })}
                {words::of(progress)}
                <span class="wm-hidden">" required steps done"</span>
            </span>
        }
    };
    view! {
        <div class="wm-section">
            <Disclosure open level title=move || view! { <span class="wm-section__name">{name}</span>{count} }>
                <PhaseBody state phase level/>
            </Disclosure>
        </div>
    }
}

/// Goal, introduction and lines of a phase.
#[component]
fn PhaseBody(
    /// What the list knows.
    state: ListState,
    /// The phase.
    #[prop(into)]
    phase: Signal<PhaseLines>,
    /// Level of the phase's heading; groups stand one below it.
    level: u8,
) -> impl IntoView {
    // A filtered list is for finding; the author's words stand in the whole one.
    let whole = move || state.filter.get() == Filter::All;
    let goal = Memo::new(move |_| phase.with(|phase| phase.goal.clone().filter(|_| whole())));
    let intro = Memo::new(move |_| if whole() { phase.with(|phase| phase.intro_html.clone()) } else { String::new() });
    let lines = Memo::new(move |_| phase.with(|phase| phase.lines.clone()));
    let line = move |line: Line| match line {
        Line::Group(_, name) if level == 2 => view! { <li class="wm-steps__group"><h3>{name}</h3></li> }.into_any(),
        Line::Group(_, name) => view! { <li class="wm-steps__group"><h4>{name}</h4></li> }.into_any(),
        Line::Step(id) => view! { <StepRow state id/> }.into_any(),
        Line::Milestone(id) => view! { <MilestoneLine state id/> }.into_any(),
    };
    view! {
        {move || goal.get().map(|goal| view! { <p class="wm-section__goal">{goal}</p> })}
        {move || {
            let html = intro.get();
            (!html.is_empty()).then(|| view! { <div class="wm-section__intro"><Prose html compact=true/></div> })
        }}
        <ol>
            <For each=move || lines.get() key=Clone::clone children=line/>
        </ol>
    }
}

/// A milestone between the steps.
#[component]
fn MilestoneLine(
    /// What the list knows.
    state: ListState,
    /// Which.
    id: MilestoneId,
) -> impl IntoView {
    let item = Memo::new(move |_| state.outline.with(|outline| outline.milestones.get(&id).cloned()));
    move || {
        item.get().map(|item| {
            let when = words::milestone_when(item.reached.map(|at| at.date()), item.target);
            view! {
                <li class="wm-milestone" class:wm-milestone--reached=item.reached.is_some()>
                    <IconView icon=Icon::StatusMilestone/>
                    <span class="wm-milestone__name"><span class="wm-hidden">"Milestone: "</span>{item.title.clone()}</span>
                    {when.map(|when| view! { <span class="wm-milestone__when wm-num">{when}</span> })}
                </li>
            }
        })
    }
}

/// The phase's fold; what the person chooses in the whole list is kept on this device.
fn open_signal(state: ListState, id: PhaseId, phase: Signal<PhaseLines>) -> RwSignal<bool> {
    let open = RwSignal::from(untrack(|| state.folds.of(&id, phase.with(|phase| phase.open))));
    if state.filter.get_untracked() == Filter::All {
        Effect::watch(move || open.get(), move |now, _, _| state.folds.keep(&id, *now), false);
    }
    open
}
