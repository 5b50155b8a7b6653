//! How far something is.

use leptos::prelude::*;

/// A bar with its meaning in words for screen readers.
#[component]
pub(crate) fn ProgressBar(
    /// How many are done.
    #[prop(into)]
    done: Signal<u32>,
    /// How many there are.
    #[prop(into)]
    total: Signal<u32>,
    /// In words: "7 of 12 required steps".
    #[prop(into)]
    text: Signal<String>,
    /// 4 px instead of 6.
    #[prop(optional)]
    thin: bool,
) -> impl IntoView {
    let share = move || format!("{:.1}%", percent(done.get(), total.get()));
    view! {
        <div
            class="wm-progress"
            class:wm-progress--thin=thin
            role="progressbar"
            aria-label=move || text.get()
            aria-valuenow=move || done.get()
            aria-valuemin="0"
            aria-valuemax=move || total.get().max(1)
            aria-valuetext=move || text.get()
            style:--wm-progress=share
        ></div>
    }
}

/// A small ring, the silent twin of words beside it.
#[component]
pub(crate) fn Ring(
    /// 0 to 100.
    #[prop(into)]
    percent: Signal<f64>,
) -> impl IntoView {
    let share = move || format!("{:.1}%", percent.get().clamp(0.0, 100.0));
    view! { <span class="wm-ring" aria-hidden="true" style:--wm-progress=share></span> }
}

/// The share in percent; nothing out of nothing is nothing.
fn percent(done: u32, total: u32) -> f64 {
    if total == 0 { 0.0 } else { (f64::from(done) / f64::from(total) * 100.0).min(100.0) }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_stay_in_range() {
        assert!((percent(7, 12) - 58.333).abs() < 0.001);
        assert!((percent(0, 0)).abs() < f64::EPSILON);
        assert!((percent(5, 4) - 100.0).abs() < f64::EPSILON);
    }
}
