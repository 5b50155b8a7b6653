//! A button that opens a menu.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    Icon, IconView, Kbd, Tooltip,
    menu_model::{MenuMove, press},
    unique_id,
};

/// One line of a menu.
#[derive(Clone, Debug)]
pub(crate) struct MenuItem {
    /// What it does, a verb first.
    pub(crate) title: String,
    /// A drawing before the words.
    pub(crate) icon: Option<Icon>,
    /// Its keys as in `Kbd`.
    pub(crate) shortcut: Option<&'static str>,
    /// Whether it cannot be taken back.
    pub(crate) danger: bool,
    /// Called when it is chosen.
    pub(crate) on_select: Callback<()>,
}

impl MenuItem {
    /// A plain line.
    pub(crate) fn new(title: impl Into<String>, on_select: impl Into<Callback<()>>) -> Self {
        Self { title: title.into(), icon: None, shortcut: None, danger: false, on_select: on_select.into() }
    }
}

/// A button that opens a menu: `↑ ↓`, Home, End, letters, Escape.
#[component]
pub(crate) fn MenuButton(
    /// What the menu is, in words.
    #[prop(into)]
    label: Signal<String>,
    /// The drawing on the button; three dots where none is given.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Its lines.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let (button, menu) = (NodeRef::<html::Button>::new(), NodeRef::<html::Ul>::new());
    let open = RwSignal::new(false);
    let id = unique_id("menu");
    let show = move |last: bool| {
        open.set(true);
        request_animation_frame(move || {
            let count = items.try_with_untracked(Vec::len).unwrap_or(0);
            focus_line(menu, if last { count.saturating_sub(1) } else { 0 });
        });
    };
    let button_key = move |event: web_sys::KeyboardEvent| {
        if let key @ ("ArrowDown" | "ArrowUp") = event.key().as_str() {
            event.prevent_default();
            show(key == "ArrowUp");
        }
    };
    let menu_key = move |event: web_sys::KeyboardEvent| {
        let titles: Vec<String> = items.with_untracked(|items| items.iter().map(|item| item.title.clone()).collect());
        let Some(action) = press(&event.key(), focused_line(menu), &titles) else { return };
        event.stop_propagation();
        match action {
            MenuMove::Focus(line) => focus_line(menu, line),
            MenuMove::Close => {
                open.set(false);
                focus_button(button);
            }
            MenuMove::Leave => return open.set(false),
        }
        event.prevent_default();
    };
    let leave = move |event: web_sys::FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = menu.try_get_untracked().flatten().is_some_and(|menu| menu.contains(to.as_ref()));
        // A click on the button itself closes the menu by its own handler.
        let on_button = button.try_get_untracked().flatten().is_some_and(|button| button.contains(to.as_ref()));
        if !inside && !on_button {
            open.set(false);
        }
    };
    let menu_id = id.clone();
    view! {
        <span class="wm-menu">
            <Tooltip text=label shortcut=None>
                <button
                    node_ref=button
                    class="wm-icon-button"
                    type="button"
                    aria-label=move || label.get()
                    aria-haspopup="menu"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls=move || open.get().then(|| id.clone())
                    on:click=move |_| if open.get_untracked() { open.set(false) } else { show(false) }
                    on:keydown=button_key
                >
                    <IconView icon=icon.unwrap_or(Icon::More)/>
                </button>
            </Tooltip>
            {move || open.get().then(|| view! {
                <ul
                    node_ref=menu
                    class="wm-menu__list"
                    role="menu"
                    id=menu_id.clone()
                    aria-label=move || label.get()
                    on:keydown=menu_key
                    on:focusout=leave
                >
                    {items.get().into_iter().map(|item| line(item, open, button)).collect_view()}
                </ul>
            })}
        </span>
    }
}

fn line(item: MenuItem, open: RwSignal<bool>, button: NodeRef<html::Button>) -> impl IntoView {
    let MenuItem { title, icon, shortcut, danger, on_select } = item;
    let choose = move |_| {
        open.set(false);
        focus_button(button);
        on_select.run(());
    };
    view! {
        <li role="none">
            <button class="wm-menu__item" class:wm-menu__item--danger=danger type="button" role="menuitem" tabindex="-1" on:click=choose>
                {icon.map(|icon| view! { <IconView icon/> })}
                <span class="wm-menu__title">{title}</span>
                {shortcut.map(|keys| view! { <Kbd keys/> })}
            </button>
        </li>
    }
}

fn lines(menu: NodeRef<html::Ul>) -> Vec<web_sys::HtmlElement> {
    let Some(found) =
        menu.try_get_untracked().flatten().and_then(|menu| menu.query_selector_all("[role=menuitem]").ok())
    else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

fn focus_line(menu: NodeRef<html::Ul>, line: usize) {
    if let Some(line) = lines(menu).get(line) {
        // An element of this page can always take the focus.
        let _ = line.focus();
    }
}

fn focused_line(menu: NodeRef<html::Ul>) -> usize {
    let active = document().active_element();
    lines(menu).iter().position(|line| active.as_ref() == Some(line.as_ref())).unwrap_or(0)
}

fn focus_button(button: NodeRef<html::Button>) {
    if let Some(button) = button.get_untracked() {
        // An element of this page can always take the focus.
        let _ = button.focus();
    }
}
