//! One card, two grounds: what a team sees, and what it never does.

use leptos::prelude::*;

use crate::kit::{Icon, IconView, unique_id};

/// What a team sees.
const SHARED: [(&str, &str); 4] = [
    ("Step status and dates", "done, skipped, day 1"),
    ("Blocked, and by what", "your words only if you say so"),
    ("Milestones", "when you reached them"),
    ("This device’s name", "in the list of your devices"),
];

/// What stays in any case.
const STAYS: [(&str, &str); 4] = [
    ("Notes and drafts", "in no form, ever"),
    ("What you read and search", "only for you"),
    ("Folders and pages", "what you opened here"),
    ("Your preferences", "name, days off, looks"),
];

/// The two columns.
#[component]
pub(crate) fn Leaves(
    /// Whether there is a team, or only might be.
    #[prop(into)]
    joined: Signal<bool>,
) -> impl IntoView {
    let shared = Signal::derive(move || if joined.get() { "Shared with your team" } else { "Shared once you join" });
    view! {
        <div class="wm-leave">
            <Side title=shared icon=Icon::Upload lines=SHARED stays=false/>
            <Side title="Stays here" icon=Icon::Lock lines=STAYS stays=true/>
        </div>
    }
}

#[component]
fn Side(
    /// What the column lists.
    #[prop(into)]
    title: Signal<&'static str>,
    /// A drawing.
    icon: Icon,
    /// Things and a few words about them.
    lines: [(&'static str, &'static str); 4],
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
            <h2 class="wm-leave__title" id=id><IconView icon/>{move || title.get()}</h2>
            <ul>{lines.into_iter().map(line).collect_view()}</ul>
        </section>
    }
}
