//! Where a page stands.

use leptos::prelude::*;

/// The way to this page; the last entry is the page itself where it has no address.
#[component]
pub(crate) fn Crumbs(
    /// Words and, where there is a place to go, its address.
    #[prop(into)]
    items: Signal<Vec<(String, Option<String>)>>,
) -> impl IntoView {
    let entry = |(text, href): (String, Option<String>)| match href {
        Some(href) => {
            view! { <li class="wm-crumbs__item"><a class="wm-crumbs__link" href=href>{text}</a></li> }.into_any()
        }
        None => view! { <li class="wm-crumbs__item">{text}</li> }.into_any(),
    };
    view! {
        <nav class="wm-crumbs" aria-label="Breadcrumb">
            <ol class="wm-crumbs__list">{move || items.get().into_iter().map(entry).collect_view()}</ol>
        </nav>
    }
}
