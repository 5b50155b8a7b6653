//! The top bar: back and forward, search, the menu.

use leptos::prelude::*;

use super::use_frame_state;
use crate::{
    commands::use_commands,
    kit::{Icon, IconButton, IconView, Kbd, MenuButton, MenuItem},
    state::use_visits,
};

/// The top bar.
#[component]
pub(super) fn Topbar() -> impl IntoView {
    let (visits, frame, commands) = (use_visits(), use_frame_state(), use_commands());
    let no_way_back = Signal::derive(move || !visits.can_go_back().get());
    let no_way_forward = Signal::derive(move || !visits.can_go_forward().get());
    let items: Vec<MenuItem> = commands
        .all()
        .into_iter()
        .filter(|command| command.in_menu)
        .map(|command| MenuItem {
            icon: Some(command.icon),
            shortcut: command.printed_keys(),
            ..MenuItem::new(command.title, Callback::new(move |()| commands.run(command)))
        })
        .collect();
    view! {
        <header class="wm-topbar">
            <div class="wm-topbar__group">
                <IconButton icon=Icon::Back label="Back" shortcut="Alt+←" disabled=no_way_back on_press=move |()| visits.back()/>
                <IconButton icon=Icon::Forward label="Forward" shortcut="Alt+→" disabled=no_way_forward on_press=move |()| visits.forward()/>
            </div>
            <button class="wm-search" type="button" aria-haspopup="dialog" aria-keyshortcuts="Control+K" on:click=move |_| frame.toggle_palette()>
                <IconView icon=Icon::Search/>
                <span class="wm-search__text">"Search or jump to"</span>
                <span aria-hidden="true"><Kbd keys="Ctrl+K"/></span>
            </button>
            <div class="wm-topbar__group wm-topbar__group--end">
                <MenuButton label="Menu" items/>
            </div>
        </header>
    }
}
