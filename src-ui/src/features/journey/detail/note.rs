//! The person's note on a step: kept on a pause, on leaving the field, and on leaving the step.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use waymark_api::ipc::journey::{SaveNote, StepView};
use waymark_core::id::{JourneyId, StepId};

use crate::{
    backend::{Backend, use_backend},
    kit::unique_id,
    state::{Toasts, use_toasts},
};

/// How long the person pauses before the note is kept.
const PAUSE: Duration = Duration::from_millis(800);
/// More lines than this scroll inside the field.
const LINES: usize = 8;

/// A note that is being written.
#[derive(Clone, Copy)]
struct Draft {
    journey: JourneyId,
    step: StoredValue<StepId>,
    text: RwSignal<String>,
    /// The text that is on disk.
    kept: RwSignal<String>,
    timer: StoredValue<Option<TimeoutHandle>>,
    backend: Backend,
    toasts: Toasts,
}

impl Draft {
    fn write(self, text: String) {
        self.text.set(text);
        self.stop_timer();
        let timer = set_timeout_with_handle(move || self.save(), PAUSE).ok();
        self.timer.set_value(timer);
    }

    fn save(self) {
        self.stop_timer();
        let text = self.text.get_untracked();
        if text == self.kept.get_untracked() {
            return;
        }
        let request = SaveNote { journey: self.journey, step: self.step.get_value(), text: text.clone() };
        spawn_local(async move {
            match self.backend.call(request).await {
                // The step may have been left meanwhile; then nobody shows "Saved".
                Ok(()) => drop(self.kept.try_set(text)),
                Err(error) => self.toasts.failed(&error),
            }
        });
    }

    fn stop_timer(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}

/// The note field.
#[component]
pub(crate) fn NoteField(
    /// The step.
    #[prop(into)]
    view: Signal<StepView>,
) -> impl IntoView {
    let (journey, step, note) = view.with_untracked(|view| (view.journey, view.item.id.clone(), view.note.clone()));
    let draft = Draft {
        journey,
        step: StoredValue::new(step),
        text: RwSignal::new(note.clone()),
        kept: RwSignal::new(note),
        timer: StoredValue::new(None),
        backend: use_backend(),
        toasts: use_toasts(),
    };
    on_cleanup(move || draft.save());
    let touched = RwSignal::new(false);
    let saved = move || touched.get() && draft.text.with(|text| draft.kept.with(|kept| text == kept));
    let rows = move || draft.text.with(|text| text.lines().count().clamp(1, LINES)).to_string();
    let id = unique_id("note");
    view! {
        <div class="wm-note">
            <label class="wm-note__label" for=id.clone()>"Note, only on this device"</label>
            <textarea
                class="wm-input wm-input--quiet wm-note__field"
                id=id
                rows=rows
                placeholder="Write something down"
                prop:value=move || draft.text.get()
                on:input=move |event| {
                    touched.set(true);
                    draft.write(event_target_value(&event));
                }
                on:blur=move |_| draft.save()
            ></textarea>
            <span class="wm-note__saved" role="status">{move || saved().then_some("Saved")}</span>
        </div>
    }
}
