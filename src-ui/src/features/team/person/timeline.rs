//! The person's steps on an axis of days.

use leptos::prelude::*;
use waymark_core::{
    event::Evidence,
    id::StepId,
    team::{PersonPage, SpanKind},
};

use super::Eyes;
use crate::{
    charts::{Plot, Tick},
    features::team::{
        hands::{Asking, use_hands},
        model::{Lane, LaneMark, Lanes, evidence_icon, lanes},
    },
    kit::{Icon, IconView, MenuButton, MenuItem, copy_text},
    state::use_toasts,
};

/// The timeline with its sentence and its table.
#[component]
pub(super) fn Timeline(
    /// The page.
    page: PersonPage,
    /// Who looks.
    eyes: Eyes,
) -> impl IntoView {
    if page.timeline.is_empty() {
        return ().into_any();
    }
    let Lanes { ticks, today, list, table } = lanes(&page);
    let names = ticks.iter().filter(|tick| !tick.label.is_empty()).map(name).collect::<Vec<_>>();
    let lines = ticks.iter().map(|tick| at("wm-time__line", tick.at)).collect::<Vec<_>>();
    let sentence = page.sentence.clone();
    let (person, journey, owner) = (page.person, page.journey, page.name.clone());
    let lane = move |lane: Lane| {
        let acts = (eyes == Eyes::Manager && lane.open).then(|| {
            let about = About {
                step: lane.step.clone(),
                title: lane.title.clone(),
                name: owner.clone(),
                blocked: lane.mark == LaneMark::Blocked,
            };
            view! { <Acts about person journey/> }
        });
        row(lane, acts.into_any())
    };
    view! {
        <Plot heading="Timeline" sentence note="Filled: open. Split: blocked. Hatched: waiting for others. Diamond: milestone." table>
            <div class="wm-time" class:wm-time--acts=eyes == Eyes::Manager>
                <div class="wm-time__axis" aria-hidden="true">
                    <div class="wm-time__plot">
                        {names}
                        {lines}
                        <span class="wm-time__today" style:--wm-at=percent(today)><span>"Today"</span></span>
                    </div>
                </div>
                <ol class="wm-time__lanes">{list.into_iter().map(lane).collect::<Vec<_>>()}</ol>
            </div>
        </Plot>
    }
    .into_any()
}

fn percent(value: f64) -> String {
    format!("{value:.2}%")
}

fn at(class: &'static str, value: f64) -> AnyView {
    view! { <span class=class style:--wm-at=percent(value)></span> }.into_any()
}

fn name(tick: &Tick) -> AnyView {
    view! { <span class="wm-time__tick" style:--wm-at=percent(tick.at)>{tick.label.clone()}</span> }.into_any()
}

fn row(lane: Lane, acts: AnyView) -> AnyView {
    let Lane { title, phase, bars, stop, mark, note, when, strong, .. } = lane;
    let bar = |(kind, at, size): (SpanKind, f64, f64)| {
        let class = match kind {
            SpanKind::Working => "wm-time__bar",
            SpanKind::Blocked => "wm-time__bar wm-time__bar--blocked",
            SpanKind::Waiting => "wm-time__bar wm-time__bar--waiting",
        };
        view! { <span class=class style:--wm-at=percent(at) style:--wm-size=percent(size)></span> }
    };
    let bars = bars.into_iter().map(bar).collect::<Vec<_>>();
    let stop = stop.map(|(place, reached)| {
        at(if reached { "wm-time__stop wm-time__stop--reached" } else { "wm-time__stop" }, place)
    });
    let (class, icon) = match mark {
        LaneMark::Done(Evidence::Confirmed) => ("wm-evidence wm-evidence--confirmed", Some(Icon::EvidenceConfirmed)),
        LaneMark::Done(evidence) => ("wm-evidence", Some(evidence_icon(evidence))),
        LaneMark::Blocked => ("wm-evidence wm-evidence--blocked", Some(Icon::StatusBlocked)),
        LaneMark::Overdue => ("wm-evidence wm-evidence--due", Some(Icon::StatusDue)),
        LaneMark::Waiting => ("wm-evidence", Some(Icon::Clock)),
        LaneMark::Working => ("wm-evidence", Some(Icon::StatusProgress)),
        LaneMark::Waived => ("wm-evidence", Some(Icon::StatusSkipped)),
        LaneMark::Ahead | LaneMark::Undated => ("wm-evidence", None),
    };
    view! {
        <li class="wm-time__lane" class:wm-time__lane--strong=strong>
            <span class="wm-time__phase">{phase}</span>
            <span class="wm-time__name" title=title.clone()>{title.clone()}</span>
            <span class="wm-time__track" aria-hidden="true">{bars}{stop}</span>
            <span class=class>{icon.map(|icon| view! { <IconView icon/> })}{mark.word()}</span>
            <span class="wm-time__by" title=note.clone()>{note.clone()}</span>
            <span class="wm-time__when wm-num">{when}</span>
            <span class="wm-time__acts">{acts}</span>
        </li>
    }
    .into_any()
}

/// A step that is not done yet.
#[derive(Clone)]
struct About {
    step: StepId,
    title: String,
    name: String,
    blocked: bool,
}

impl About {
    fn message(&self) -> String {
        let Self { title, name, blocked, .. } = self;
        let first = name.split_whitespace().next().unwrap_or(name);
        if *blocked {
            format!("Hi {first}, “{title}” is blocked. What would help you?")
        } else {
            format!("Hi {first}, how is “{title}” going? Is something in the way?")
        }
    }
}

/// What a manager can do about a step.
#[component]
fn Acts(
    /// The step.
    about: About,
    /// Whose.
    person: waymark_core::id::PersonId,
    /// In which journey.
    journey: waymark_core::id::JourneyId,
) -> impl IntoView {
    let (hands, toasts) = (use_hands(), use_toasts());
    let message = about.message();
    let copy = move || {
        let message = message.clone();
        leptos::task::spawn_local(async move {
            toasts.say(if copy_text(&message).await { "Copied" } else { "The clipboard could not be used" });
        });
    };
    let item = |title: &str, icon, run: Callback<()>| MenuItem { icon: Some(icon), ..MenuItem::new(title, run) };
    let step = about.step.clone();
    let asking = Asking::Waive { person, name: about.name, journey, step: about.step, title: about.title.clone() };
    let items = vec![
        item("Copy nudge", Icon::Copy, Callback::new(move |()| copy())),
        item("Nudge in Waymark", Icon::Message, Callback::new(move |()| hands.nudge(journey, step.clone()))),
        item("Waive with a reason…", Icon::StatusSkipped, Callback::new(move |()| hands.ask(asking.clone()))),
    ];
    view! { <MenuButton label=format!("More about {}", about.title) items/> }
}
