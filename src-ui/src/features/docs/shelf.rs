//! The docs' first screen: where reading goes on, bookmarks, what changed, all sites.

use leptos::prelude::*;
use waymark_api::ipc::docs::{BookmarkRow, ChangedRow, LibraryView, ReadingRow, SetBookmark, SiteSummary};

use super::bookmark;
use super::model::{change_line, going_on};
use crate::{
    backend::use_backend,
    kit::{ButtonKind, Eyebrow, Icon, IconButton, IconView, LinkButton, Ring, dates},
    routes::Route,
    state::{mark_ready, use_session, use_toasts},
};

/// Everything on the shelf.
#[component]
pub(super) fn Shelf(
    /// The library.
    view: LibraryView,
) -> impl IntoView {
    mark_ready();
    let now = use_session().frame().with_untracked(|frame| frame.now);
    let (first, rest) = going_on(view.recent);
    let recent = rest.into_iter().map(|row| recent_row(row, now)).collect::<Vec<_>>();
    let changed = view.changed.into_iter().map(|row| changed_row(row, now)).collect::<Vec<_>>();
    let bookmarks = view.bookmarks.into_iter().map(bookmark_row).collect::<Vec<_>>();
    let sites = view.sites.into_iter().map(site_row).collect::<Vec<_>>();
    view! {
        <div class="wm-shelf">
            <h1 class="wm-shelf__title" tabindex="-1">"Docs"</h1>
            {first.map(|row| view! { <GoOn row/> })}
            {group("Bookmarks", "shelf-bookmarks", bookmarks)}
            {group("Changed since you read it", "shelf-changed", changed)}
            {group("Read lately", "shelf-recent", recent)}
            {group("All documentation", "shelf-sites", sites)}
        </div>
    }
}

fn group(title: &'static str, id: &'static str, rows: Vec<AnyView>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="wm-shelf__group" aria-labelledby=id>
            <Eyebrow id=id>{title}</Eyebrow>
            <ul class="wm-shelf__list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// The page that was read last.
#[component]
fn GoOn(
    /// The page.
    row: ReadingRow,
) -> impl IntoView {
    let left = format!("{} left", dates::minutes(row.minutes_left));
    view! {
        <div class="wm-card wm-shelf__on">
            <Ring percent=Signal::derive(move || row.progress * 100.0)/>
            <div class="wm-shelf__words">
                <p class="wm-shelf__name">{row.title}</p>
                <p class="wm-shelf__note">{left}</p>
            </div>
            <LinkButton href=row.route kind=ButtonKind::Primary>"Continue reading"</LinkButton>
        </div>
    }
}

fn row(icon: Icon, href: String, title: String, note: String, end: AnyView) -> AnyView {
    view! {
        <li class="wm-shelf__row">
            <a class="wm-shelf__link" href=href>
                <IconView icon/>
                <span class="wm-shelf__name">{title}</span>
                <span class="wm-shelf__note">{note}</span>
            </a>
            {end}
        </li>
    }
    .into_any()
}

fn recent_row(page: ReadingRow, now: jiff::civil::DateTime) -> AnyView {
    row(Icon::Page, page.route, page.title, dates::ago(page.at, now), ().into_any())
}

fn changed_row(changed: ChangedRow, now: jiff::civil::DateTime) -> AnyView {
    let note = change_line(&changed.change, &dates::ago(changed.change.since, now));
    let note = note.rsplit_once(": ").map_or(note.clone(), |(_, what)| what.to_owned());
    row(Icon::Refresh, changed.page.route, changed.page.title, note, ().into_any())
}

fn site_row(site: SiteSummary) -> AnyView {
    let pages = if site.pages == 1 { "1 page".to_owned() } else { format!("{} pages", site.pages) };
    let href = Route::Page { site: site.id, page: site.home.unwrap_or_default(), heading: None }.href();
    row(Icon::Docs, href, site.title, pages, ().into_any())
}

fn bookmark_row(bookmark: BookmarkRow) -> AnyView {
    let (backend, toasts) = (use_backend(), use_toasts());
    let BookmarkRow { page, site, path, site_title } = bookmark;
    let label = format!("Take the bookmark of {} off", page.title);
    let title = page.title.clone();
    let remove = move |()| {
        let off = SetBookmark { site: site.clone(), page: path.clone(), on: false };
        // The shelf is loaded again by the topic.
        bookmark::set(off, title.clone(), (backend, toasts), |_| {});
    };
    row(
        Icon::Starred,
        page.route,
        page.title,
        site_title,
        view! { <IconButton icon=Icon::Close label on_press=remove/> }.into_any(),
    )
}
