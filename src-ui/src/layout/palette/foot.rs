//! The palette's last line: keys, and how much was found.

use std::time::Duration;

use leptos::prelude::*;

use super::{
    answers::Answers,
    model::{Group, count, count_text},
};
use crate::kit::Kbd;

/// Screen readers hear the count once the person stops typing.
const COUNT_PAUSE: Duration = Duration::from_millis(500);

/// Keys and the number of results.
#[component]
pub(super) fn Foot(
    /// The list.
    groups: Memo<Vec<Group>>,
    /// What the library answered.
    answers: Signal<Answers>,
) -> impl IntoView {
    let text = Memo::new(move |_| match groups.with(|groups| count(groups)) {
        0 => answers.with(|answers| answers.without_rows().0.to_owned()),
        some => count_text(some),
    });
    let spoken = RwSignal::new(String::new());
    let pause = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let text = text.get();
        if let Some(handle) = pause.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        let handle = set_timeout_with_handle(
            move || {
                spoken.try_set(text);
            },
            COUNT_PAUSE,
        )
        .ok();
        pause.set_value(handle);
    });
    view! {
        <div class="wm-palette__foot">
            <span class="wm-palette__key"><span class="wm-palette__pair"><Kbd keys="↑"/><Kbd keys="↓"/></span>"Move"</span>
            <span class="wm-palette__key"><Kbd keys="Enter"/>"Open"</span>
            <span class="wm-palette__key"><Kbd keys="Esc"/>"Close"</span>
            <span class="wm-palette__count wm-num" aria-hidden="true">{move || text.get()}</span>
            <span class="wm-hidden" role="status">{move || spoken.get()}</span>
        </div>
    }
}
