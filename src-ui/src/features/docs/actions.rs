//! What can be done with a page: its menu, and the link that says that something is wrong.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::{
    docs::PageView,
    system::{Place, Reveal},
};

use super::{model::deep_link, place::ReadingPlace};
use crate::{
    backend::use_backend,
    kit::{Button, ButtonSize, Icon, MenuButton, MenuItem, copy_text},
    state::{PageAct, Toasts, open_link, use_page_acts, use_toasts},
};

/// The page's menu.
#[component]
pub(super) fn PageMenu(
    /// The page.
    view: PageView,
    /// Where the reader is on it.
    reading: ReadingPlace,
) -> impl IntoView {
    let (backend, toasts, acts) = (use_backend(), use_toasts(), use_page_acts());
    let item = |title: &str, icon: Icon, act: Callback<()>| MenuItem { icon: Some(icon), ..MenuItem::new(title, act) };
    let (site, page) = (view.site.clone(), view.page.clone());
    let link = Callback::new(move |()| {
        let link = deep_link(&site, &page, reading.heading().get_untracked().as_deref());
        copy(link, "Link copied", toasts);
    });
    let mut items = vec![item("Copy link", Icon::Link, link)];
    if let Some(edit) = view.about.edit.clone() {
        items.push(item("Edit this page", Icon::Edit, Callback::new(move |()| open_link(&edit))));
    }
    let wrong = report(&view, reading, toasts);
    items.push(item("This is wrong…", Icon::Flag, wrong));
    if view.about.in_folder {
        let place = Place::Page { site: view.site.clone(), page: view.page.clone() };
        let show = Callback::new(move |()| {
            let place = place.clone();
            spawn_local(async move {
                if let Err(error) = backend.call(Reveal { place }).await {
                    toasts.failed(&error);
                }
            });
        });
        items.push(item("Show the file", Icon::Folder, show));
    }
    let print = MenuItem {
        shortcut: Some("Ctrl+Alt+P"),
        ..item("Print this page", Icon::Print, Callback::new(move |()| acts.ask(PageAct::Print)))
    };
    items.push(print);
    items.push(item("Print the whole site", Icon::Print, Callback::new(move |()| acts.ask(PageAct::PrintSite))));
    view! { <MenuButton label="This page" items/> }
}

/// What happens when somebody says that a page is wrong: a new issue on its forge, or where there is none, a text
/// for whoever keeps it.
fn report(view: &PageView, reading: ReadingPlace, toasts: Toasts) -> Callback<()> {
    let (title, page, site) = (view.title.clone(), view.page.clone(), view.site_title.clone());
    let (address, owner) = (view.about.report.clone(), view.about.owner.clone());
    Callback::new(move |()| {
        if let Some(address) = &address {
            return open_link(address);
        }
        let heading = reading.heading().get_untracked().map(|id| format!("#{id}")).unwrap_or_default();
        let text = format!("“{title}” ({site}: {page}{heading})\n\nWhat is wrong:\n\n\nWhat would be right:\n");
        let to = owner.as_ref().map_or_else(|| "whoever keeps the page".to_owned(), Clone::clone);
        copy(text, &format!("A report to fill in was copied. Send it to {to}."), toasts);
    })
}

/// The button under the outline.
#[component]
pub(super) fn SuggestFix(
    /// The page.
    view: PageView,
    /// Where the reader is on it.
    reading: ReadingPlace,
) -> impl IntoView {
    let toasts = use_toasts();
    let act = match view.about.edit.clone() {
        Some(edit) => Callback::new(move |()| open_link(&edit)),
        None => report(&view, reading, toasts),
    };
    let words = if view.about.edit.is_some() { "Suggest a fix" } else { "This is wrong" };
    let icon = if view.about.edit.is_some() { Icon::Edit } else { Icon::Flag };
    view! {
        <div class="wm-aside__group">
            <Button size=ButtonSize::Small icon on_press=act>{words}</Button>
        </div>
    }
}

fn copy(text: String, done: &str, toasts: Toasts) {
    let done = done.to_owned();
    spawn_local(async move {
        let said = if copy_text(&text).await { done } else { "The clipboard could not be used".to_owned() };
        toasts.say(said);
    });
}
