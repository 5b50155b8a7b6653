//! A choice of a few, all visible: a radio group with one tab stop.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

/// One of a few options. Arrow keys move the choice, Home and End go to its ends.
#[component]
pub(crate) fn Segmented<T>(
    /// What is chosen, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// The options and their words.
    options: Vec<(T, String)>,
    /// The chosen one.
    #[prop(into)]
    value: Signal<T>,
    /// Called with the option that the person wants.
    #[prop(into)]
    on_select: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let group = NodeRef::<html::Div>::new();
    let values = StoredValue::new(options.iter().map(|(value, _)| value.clone()).collect::<Vec<T>>());
    let chosen =
        Memo::new(move |_| value.with(|value| values.with_value(|all| all.iter().position(|one| one == value))));
    let choose = move |index: usize| {
        if let Some(value) = values.with_value(|all| all.get(index).cloned()) {
            on_select.run(value);
        }
    };
    let keydown = move |event: web_sys::KeyboardEvent| {
        let count = values.with_value(Vec::len);
        let Some(next) = step(&event.key(), chosen.get_untracked().unwrap_or(0), count) else { return };
        event.prevent_default();
        choose(next);
        let option = group.get_untracked().and_then(|group| group.children().item(u32::try_from(next).ok()?));
        if let Some(option) = option.and_then(|option| option.dyn_into::<web_sys::HtmlElement>().ok()) {
            // An element of this page can always take the focus.
            let _ = option.focus();
        }
    };
    let views = options
        .into_iter()
        .enumerate()
        .map(|(index, (_, text))| {
            let on = move || chosen.get() == Some(index);
            let stop = move || chosen.get().unwrap_or(0) == index;
            view! {
                <button
                    class="wm-segmented__option"
                    type="button"
                    role="radio"
                    aria-checked=move || if on() { "true" } else { "false" }
                    tabindex=move || if stop() { "0" } else { "-1" }
                    on:click=move |_| choose(index)
                >
                    {text}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="wm-segmented" role="radiogroup" aria-label=move || label.get() node_ref=group on:keydown=keydown>
            {views}
        </div>
    }
}

/// Where a key leads in a ring of `count` options; `None` for a key that means nothing here.
fn step(key: &str, at: usize, count: usize) -> Option<usize> {
    match key {
        _ if count == 0 => None,
        "ArrowRight" | "ArrowDown" => Some((at + 1) % count),
        "ArrowLeft" | "ArrowUp" => Some((at + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn arrows_go_round() {
        assert_eq!(step("ArrowRight", 2, 3), Some(0));
        assert_eq!(step("ArrowUp", 0, 3), Some(2));
        assert_eq!(step("End", 0, 3), Some(2));
        assert_eq!(step("a", 0, 3), None);
        assert_eq!(step("Home", 0, 0), None);
    }
}
