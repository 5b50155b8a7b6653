//! The right pane: what is on the page, and what leads to it.

use leptos::prelude::*;
use waymark_api::ipc::docs::{PageLink, PageView, StepLink};
use waymark_core::docs::{Heading, ID_PREFIX};

use super::{
    actions::SuggestFix,
    model::{change_mark, shown_outline},
    place::ReadingPlace,
};
use crate::{
    kit::{Eyebrow, Icon, IconView},
    routes::Route,
};

/// Outline and back links of a page.
#[component]
pub(super) fn Aside(
    /// The page.
    view: PageView,
    /// Where the reader is on it.
    reading: ReadingPlace,
) -> impl IntoView {
    let marked = |(heading, sub): (Heading, bool)| {
        let mark = change_mark(view.changed.as_ref(), &heading.id);
        (heading, sub, mark)
    };
    let outline: Vec<_> = shown_outline(&view.outline).into_iter().map(marked).collect();
    view! {
        {(!outline.is_empty()).then(|| view! { <Outline outline reading/> })}
        <LinkedFrom pages=view.linked_from.clone() steps=view.steps.clone()/>
        <SuggestFix view reading/>
    }
}

#[component]
fn Outline(
    /// Headings, whether each is below the list's first level, and whether it changed.
    outline: Vec<(Heading, bool, Option<&'static str>)>,
    /// Where the reader is.
    reading: ReadingPlace,
) -> impl IntoView {
    let row = |(heading, sub, mark): (Heading, bool, Option<&'static str>)| {
        let id = heading.id.clone();
        let here = Memo::new(move |_| reading.heading().with(|current| current.as_deref() == Some(id.as_str())));
        view! {
            <li>
                <a
                    class="wm-outline__item"
                    class=("wm-outline__item--sub", sub)
                    href=format!("#{ID_PREFIX}{}", heading.id)
                    aria-current=move || here.get().then_some("true")
                >
                    <span class="wm-outline__name">{heading.text}</span>
                    {mark.map(|mark| view! { <span class="wm-outline__mark">{mark}</span> })}
                </a>
            </li>
        }
    };
    view! {
        <nav class="wm-aside__group" aria-labelledby="on-this-page">
            <Eyebrow id="on-this-page">"On this page"</Eyebrow>
            <ul class="wm-outline">{outline.into_iter().map(row).collect_view()}</ul>
        </nav>
    }
}

#[component]
fn LinkedFrom(
    /// Pages that link here.
    pages: Vec<PageLink>,
    /// Steps that name this page.
    steps: Vec<StepLink>,
) -> impl IntoView {
    if pages.is_empty() && steps.is_empty() {
        return ().into_any();
    }
    let link = |icon: Icon, href: String, title: String, kind: Option<&'static str>| {
        view! {
            <li>
                <a class="wm-backlinks__item" href=href>
                    <IconView icon/>
                    {kind.map(|kind| view! { <span class="wm-hidden">{kind}</span> })}
                    <span class="wm-backlinks__name">{title}</span>
                </a>
            </li>
        }
    };
    let steps = steps
        .into_iter()
        .map(|step| link(Icon::Checklist, Route::Step(step.journey, step.step).href(), step.title, Some("Step: ")))
        .collect_view();
    let pages = pages.into_iter().map(|page| link(Icon::Page, page.route, page.title, None)).collect_view();
    view! {
        <section class="wm-aside__group" aria-labelledby="linked-from">
            <Eyebrow id="linked-from">"Linked from"</Eyebrow>
            <ul class="wm-backlinks">{steps}{pages}</ul>
        </section>
    }
    .into_any()
}
