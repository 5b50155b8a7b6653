//! People and labels.

use leptos::prelude::*;

use super::case::upper;

/// A person's initials in a circle; their name stands beside it in words.
#[component]
pub(crate) fn Avatar(
    /// The person's name.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    view! { <span class="wm-avatar" aria-hidden="true">{move || initials(&name.get())}</span> }
}

/// The label over a group.
#[component]
pub(crate) fn Eyebrow(
    /// Id of the heading, for `aria-labelledby`.
    #[prop(optional, into)]
    id: Option<String>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <h2 class="wm-eyebrow" id=id>{children()}</h2> }
}

/// First letters of the first and the last word.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let picked = match words.as_slice() {
        [] => return "?".into(),
        [only] => vec![*only],
        [first, .., last] => vec![*first, *last],
    };
    let letters: String = picked.iter().filter_map(|word| word.chars().next()).collect();
    upper(&letters)
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_first_and_last() {
        assert_eq!(initials("Maria Kovacs"), "MK");
        assert_eq!(initials("ada"), "A");
        assert_eq!(initials("Ana de la Cruz"), "AC");
        assert_eq!(initials("  "), "?");
    }
}
