//! The middle pane: where the page stands, its title, its text, and what comes next.

use leptos::prelude::*;
use waymark_api::ipc::docs::{PageLink, PageView};
use waymark_core::diagnostic::{Diagnostic, Severity};

use super::{
    actions::PageMenu,
    bookmark::{Bookmarking, Star},
    changes::ChangeNotice,
    place::ReadingPlace,
    print,
};
use crate::{
    kit::{Button, ButtonKind, ButtonSize, Crumbs, Icon, IconView, Prose, dates},
    routes::Route,
    state::{PageAct, mark_ready, use_page_acts, use_session},
};

/// One page.
#[component]
pub(super) fn PageBody(
    /// The page.
    view: PageView,
    /// Where the reader is on it.
    reading: ReadingPlace,
) -> impl IntoView {
    let parts = reading.open(&view);
    on_cleanup(move || reading.leave());
    Effect::new(move |_| {
        reading.arrive();
        mark_ready();
    });

    let home = Route::Page { site: view.site.clone(), page: String::new(), heading: None }.href();
    let crumbs: Vec<(String, Option<String>)> =
        [("Docs".to_owned(), Some(Route::Docs.href())), (view.site_title.clone(), Some(home))]
            .into_iter()
            .chain(view.crumbs.iter().map(|title| (title.clone(), None)))
            .collect();
    let bookmark = Bookmarking::new(&view);
    use_page_acts().answer(move |act| match act {
        PageAct::Bookmark => bookmark.toggle(),
        PageAct::Print => {
            reading.complete();
            print::page();
        }
        PageAct::PrintSite => {}
    });
    let now = use_session().frame().with_untracked(|frame| frame.now);
    let updated = view.about.updated.map(|at| {
        // A day without a time is a midnight.
        let when = if at.time() == jiff::civil::Time::midnight() {
            dates::day_of_year(at.date(), now.date())
        } else {
            dates::ago(at, now)
        };
        view! { <span>"Updated " <time datetime=at.to_string()>{when}</time></span> }
    });
    let owner = view.about.owner.clone().map(|owner| view! { <span>{format!("Owner: {owner}")}</span> });
    let change = view.changed.clone().map(|change| view! { <ChangeNotice change/> });
    let resume = move || {
        let at = reading.resume()?;
        let text =
            at.heading.map_or_else(|| "Continue where you stopped".to_owned(), |text| format!("Continue at “{text}”"));
        Some(view! {
            <Button kind=ButtonKind::Ghost size=ButtonSize::Small icon=Icon::Down on_press=move || reading.continue_reading()>
                {text}
            </Button>
        })
    };
    view! {
        <div class="wm-docpage__column">
            <div class="wm-docpage__top">
                <Crumbs items=crumbs/>
                <div class="wm-docpage__acts"><Star bookmark/><PageMenu view=view.clone() reading/></div>
            </div>
            <h1 class="wm-docpage__title" tabindex="-1">{view.title.clone()}</h1>
            <div class="wm-docpage__facts">
                {updated}
                {owner}
                <span>{dates::minutes(view.minutes)}</span>
                {resume}
            </div>
            {change}
            <Problems list=view.problems/>
            <article class="wm-docpage__article" aria-label=view.title>
                <Prose html=view.html parts/>
            </article>
            <Ends previous=view.previous next=view.next/>
        </div>
    }
}

/// What the page's author should know; readers see one quiet line.
#[component]
fn Problems(
    /// Findings in the order of the file.
    list: Vec<Diagnostic>,
) -> impl IntoView {
    if list.is_empty() {
        return ().into_any();
    }
    let count = match list.len() {
        1 => "1 problem for the author".to_owned(),
        count => format!("{count} problems for the author"),
    };
    let row = |problem: Diagnostic| {
        let severity = match problem.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Note => "Note",
        };
        view! {
            <li>
                <p class="wm-doc-problems__message">{problem.message}</p>
                {problem.help.map(|help| view! { <p class="wm-doc-problems__help">{help}</p> })}
                <p class="wm-doc-problems__place">
                    {format!("{severity} {} · {}:{}:{}", problem.code, problem.path, problem.line, problem.column)}
                </p>
            </li>
        }
    };
    view! {
        <details class="wm-doc-problems">
            <summary class="wm-doc-problems__summary"><IconView icon=Icon::Warning/><span>{count}</span></summary>
            <ul class="wm-doc-problems__list">{list.into_iter().map(row).collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// The pages before and after this one in reading order.
#[component]
fn Ends(
    /// The page before.
    previous: Option<PageLink>,
    /// The page after.
    next: Option<PageLink>,
) -> impl IntoView {
    if previous.is_none() && next.is_none() {
        return ().into_any();
    }
    let previous = previous.map(|page| {
        view! {
            <a class="wm-ends__link" href=page.route>
                <IconView icon=Icon::Back/>
                <span class="wm-ends__text"><span class="wm-ends__label">"Previous"</span><span class="wm-ends__title">{page.title}</span></span>
            </a>
        }
    });
    let next = next.map(|page| {
        view! {
            <a class="wm-ends__link wm-ends__link--next" href=page.route>
                <span class="wm-ends__text"><span class="wm-ends__label">"Next"</span><span class="wm-ends__title">{page.title}</span></span>
                <IconView icon=Icon::Forward/>
            </a>
        }
    });
    view! { <nav class="wm-ends" aria-label="Previous and next page">{previous}{next}</nav> }.into_any()
}
