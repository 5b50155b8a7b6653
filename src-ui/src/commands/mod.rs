//! One registry of commands: palette, menu, keys and shortcut sheet all read it, so they cannot disagree.

mod keys;
mod list;
mod panes;
mod sheet;
mod text_size;
mod zoom;

pub(crate) use keys::{KeyPress, matches, must_be_suppressed};
pub(crate) use list::{copy_diagnostics, print_window, registry};
pub(crate) use sheet::{SheetGroup, sheet};
pub(crate) use zoom::STEPS as ZOOM_STEPS;

use leptos::prelude::*;

use crate::kit::Icon;

/// What a command is about; the order of groups in the shortcut sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    /// Places.
    Go,
    /// Finding things.
    Find,
    /// Undo, redo, messages.
    Change,
    /// How it looks.
    View,
    /// The app itself.
    App,
}

impl Group {
    /// All groups in order.
    pub(crate) const ALL: [Self; 5] = [Self::Go, Self::Find, Self::Change, Self::View, Self::App];

    /// Its name for people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Go => "Go to",
            Self::Find => "Find",
            Self::Change => "Changes",
            Self::View => "View",
            Self::App => "Waymark",
        }
    }
}

/// Something that the person can do from anywhere.
#[derive(Clone, Copy)]
pub(crate) struct Command {
    /// Stable name, for "used lately".
    pub(crate) id: &'static str,
    /// A verb and an object.
    pub(crate) title: &'static str,
    /// Where it stands in the sheet.
    pub(crate) group: Group,
    /// Its drawing.
    pub(crate) icon: Icon,
    /// Keys as in `Kbd`; the first one is printed.
    pub(crate) keys: &'static [&'static str],
    /// Whether it stands in the "⋯" menu.
    pub(crate) in_menu: bool,
    /// Whether its keys work while a dialog is open.
    pub(crate) in_dialogs: bool,
    /// Whether its keys work while the person types in a field.
    pub(crate) in_fields: bool,
    /// Whether it can be done here and now.
    pub(crate) available: Signal<bool>,
    /// Does it.
    pub(crate) run: Callback<()>,
}

impl Command {
    /// The keys that are printed.
    pub(crate) fn printed_keys(&self) -> Option<&'static str> {
        self.keys.first().copied()
    }
}

/// All commands of this window, and which were used lately.
#[derive(Clone, Copy)]
pub(crate) struct Commands {
    list: StoredValue<Vec<Command>>,
    lately: StoredValue<Vec<&'static str>>,
}

impl Commands {
    /// Takes the list. Made once, inside the router.
    pub(crate) fn new(list: Vec<Command>) -> Self {
        Self { list: StoredValue::new(list), lately: StoredValue::new(Vec::new()) }
    }

    /// All commands in order.
    pub(crate) fn all(self) -> Vec<Command> {
        self.list.get_value()
    }

    /// All commands that can be done here and now.
    pub(crate) fn available(self) -> Vec<Command> {
        self.all().into_iter().filter(|command| command.available.get_untracked()).collect()
    }

    /// Does a command and remembers that it was used.
    pub(crate) fn run(self, command: Command) {
        self.lately.update_value(|lately| {
            lately.retain(|id| *id != command.id);
            lately.insert(0, command.id);
        });
        command.run.run(());
    }

    /// Names of the commands that were used in this session, newest first.
    pub(crate) fn lately(self) -> Vec<&'static str> {
        self.lately.get_value()
    }
}

/// The commands of this window.
pub(crate) fn use_commands() -> Commands {
    expect_context()
}
