//! One card, two grounds: what would be shared with a team, and what never is.

use leptos::prelude::*;

use crate::kit::{Icon, IconView, unique_id};

/// What a team would see, once there is one.
const SHARED: [(&str, &str); 3] = [
    ("Step status and dates", "done, skipped, day 1"),
    ("The blocked flag", "the reason only if you say so"),
    ("Milestones", "when you reached them"),
];

/// What stays in any case.
const STAYS: [(&str, &str); 3] = [
    ("Notes and drafts", "in no form, ever"),
    ("What you read and search", "only for you"),
    ("Your preferences", "name, days off, looks"),
];

/// The two columns.
#[component]
pub(super) fn Leaves() -> impl IntoView {
    view! {
        <div class="wm-leave">
            <Side title="Would be shared once you join a team" icon=Icon::Upload lines=SHARED stays=false/>
            <Side title="Stays here" icon=Icon::Lock lines=STAYS stays=true/>
        </div>
    }
}

#[component]
fn Side(
    /// What the column lists.
    title: &'static str,
    /// A drawing.
    icon: Icon,
    /// Things and a few words about them.
    lines: [(&'static str, &'static str); 3],
    /// The quiet ground.
    stays: bool,
) -> impl IntoView {
    let id = unique_id("leave");
    let labelled_by = id.clone();
    let line = |(what, note): (&'static str, &'static str)| {
        view! { <li class="wm-leave__item"><span>{what}</span><span class="wm-leave__note">{note}</span></li> }
    };
    view! {
        <section class="wm-leave__side" class:wm-leave__side--stays=stays aria-labelledby=labelled_by>
            <h2 class="wm-leave__title" id=id><IconView icon/>{title}</h2>
            <ul>{lines.into_iter().map(line).collect_view()}</ul>
        </section>
    }
}
