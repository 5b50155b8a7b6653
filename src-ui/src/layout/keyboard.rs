//! Keys and mouse buttons of the whole window.

use leptos::{ev, prelude::*};

use super::frame_state::dialog_is_open;
use crate::{
    commands::{Command, KeyPress, matches, must_be_suppressed, use_commands},
    kit::is_field,
    state::{use_session, use_visits},
};

/// Listens for the current owner's life: shortcuts, mouse buttons 4 and 5, the browser's context menu.
pub(super) fn listen() {
    let (commands, session, visits) = (use_commands(), use_session(), use_visits());
    let keys = window_event_listener(ev::keydown, move |event| {
        // While an input method composes, every key belongs to it.
        if event.is_composing() || event.default_prevented() {
            return;
        }
        let press = key_press(&event);
        let field = is_field(event.target());
        let over_dialog = dialog_is_open();
        let wanted = commands.all().into_iter().find(|command| {
            command.keys.iter().any(|keys| matches(keys, &press, session.platform()))
                && allowed(command, field, over_dialog)
        });
        match wanted {
            Some(command) if command.available.get_untracked() => {
                event.prevent_default();
                commands.run(command);
            }
            _ if must_be_suppressed(&press, session.platform()) => event.prevent_default(),
            _ => {}
        }
    });
    let mouse = window_event_listener(ev::mouseup, move |event| match event.button() {
        3 => {
            event.prevent_default();
            visits.back();
        }
        4 => {
            event.prevent_default();
            visits.forward();
        }
        _ => {}
    });
    let menu = window_event_listener(ev::contextmenu, move |event| {
        if !is_field(event.target()) && !something_is_selected() {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        keys.remove();
        mouse.remove();
        menu.remove();
    });
}

fn allowed(command: &Command, field: bool, over_dialog: bool) -> bool {
    (command.in_fields || !field) && (command.in_dialogs || !over_dialog)
}

fn key_press(event: &web_sys::KeyboardEvent) -> KeyPress {
    KeyPress {
        key: event.key(),
        code: event.code(),
        ctrl: event.ctrl_key(),
        meta: event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
    }
}

fn something_is_selected() -> bool {
    window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}
