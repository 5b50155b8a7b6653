//! The person's figures.

use leptos::prelude::*;
use waymark_core::team::PersonPage;

use crate::{features::team::model::days_of, kit::ProgressBar};

/// Required steps, and days on which somebody else had to act.
#[component]
pub(super) fn Tally(
    /// The page.
    page: PersonPage,
) -> impl IntoView {
    let progress = page.progress;
    let said = format!("{} of {}", progress.done, progress.total);
    let days = |name: &'static str, class: &'static str, days: (f64, u32)| {
        days_of(days).map(|text| {
            view! {
                <div class="wm-tally__row">
                    <dt><span class=class></span>{name}</dt>
                    <dd class="wm-num">{text}</dd>
                </div>
            }
        })
    };
    view! {
        <dl class="wm-tally">
            <div class="wm-tally__row">
                <dt>"Required steps"</dt>
                <dd class="wm-num">
                    {said.clone()}
                    <span class="wm-tally__bar">
                        <ProgressBar done=progress.done total=progress.total text=format!("{said} required steps") thin=true/>
                    </span>
                </dd>
            </div>
            {days("Blocked", "wm-swatch wm-swatch--blocked", page.blocked_days)}
            {days("Waiting for others", "wm-swatch wm-swatch--waiting", page.waiting_days)}
        </dl>
    }
}
