//! The trail: progress with the milestones standing on it.

use leptos::prelude::*;
use waymark_api::ipc::today::Trail;

use super::model::trail::{Hang, Placed, Shown, next_milestone, place};
use crate::{features::journey::words, kit::ProgressBar};

/// Progress of a journey, and where its milestones stand.
#[component]
pub(crate) fn TrailLine(
    /// The journey.
    trail: Trail,
) -> impl IntoView {
    let progress = trail.progress;
    let next = next_milestone(&trail).map(|(name, away)| {
        view! {
            <span aria-hidden="true">"·"</span>
            <span>"next milestone "<strong>{name}</strong>{away.map(|away| format!(", {away}"))}</span>
        }
    });
    let stops = place(&trail.stops);
    let bare = stops.is_empty();
    view! {
        <div class="wm-trail">
            <p class="wm-trail__summary">
                <span><strong class="wm-num">{words::of(progress)}</strong>" required steps"</span>
                {next}
            </p>
            <div class="wm-trail__path" class:wm-trail__path--bare=bare>
                <ProgressBar done=progress.done total=progress.total text=format!("{} required steps", words::of(progress)) thin=true/>
                {(!bare).then(|| view! {
                    <ul aria-label="Milestones">{stops.into_iter().map(stop).collect_view()}</ul>
                })}
            </div>
        </div>
    }
}

fn stop(stop: Placed) -> impl IntoView {
    let class = format!(
        "wm-trail__stop{}{}{}",
        match stop.hang {
            Hang::Start => " wm-trail__stop--start",
            Hang::Middle => "",
            Hang::End => " wm-trail__stop--end",
        },
        if stop.reached { " wm-trail__stop--reached" } else { "" },
        if stop.next { " wm-trail__stop--next" } else { "" },
    );
    let label = match stop.shown {
        Shown::Always => "",
        Shown::Wide => "wm-trail__label--wide",
        Shown::Never => "wm-hidden",
    };
    let state = if stop.reached { ", reached" } else { "" };
    let at = format!("{:.2}%", stop.at);
    view! {
        <li class=class title=stop.title.clone() style:--wm-at=at>
            <span class=label>{stop.title.clone()}<span class="wm-hidden">{state}</span></span>
        </li>
    }
}
