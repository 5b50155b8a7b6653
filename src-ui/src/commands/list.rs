//! All commands.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    Request,
    ipc::{
        settings::{Preferences, Theme},
        system::{CloseWindow, Diagnostics, Place, Reveal, ToggleFullScreen},
    },
};

use super::{Command, Group, panes, text_size, zoom};
use crate::{
    backend::{Backend, use_backend},
    kit::{Icon, copy_text},
    layout::{FrameState, use_frame_state},
    routes::{Route, Section, use_route},
    state::{
        Account, FindRequest, Navigator, PageAct, PageActs, Session, Toasts, UndoHandle, VisitLog, use_account,
        use_find_request, use_navigator, use_page_acts, use_session, use_toasts, use_undo, use_visits,
    },
};

/// What commands act on.
#[derive(Clone, Copy)]
struct Hands {
    backend: Backend,
    session: Session,
    toasts: Toasts,
    undo: UndoHandle,
    navigator: Navigator,
    visits: VisitLog,
    find: FindRequest,
    acts: PageActs,
    frame: FrameState,
    account: Account,
}

impl Command {
    fn new(
        id: &'static str,
        title: &'static str,
        group: Group,
        icon: Icon,
        run: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self {
            id,
            title,
            group,
            icon,
            keys: &[],
            in_menu: false,
            in_dialogs: false,
            in_fields: true,
            available: true.into(),
            run: Callback::new(move |()| run()),
        }
    }

    fn keys(self, keys: &'static [&'static str]) -> Self {
        Self { keys, ..self }
    }

    fn in_menu(self) -> Self {
        Self { in_menu: true, ..self }
    }

    /// Its keys also work over a dialog.
    fn anywhere(self) -> Self {
        Self { in_dialogs: true, ..self }
    }

    /// Its keys belong to the field while the person types.
    fn not_in_fields(self) -> Self {
        Self { in_fields: false, ..self }
    }

    fn when(self, available: impl Into<Signal<bool>>) -> Self {
        Self { available: available.into(), ..self }
    }
}

/// All commands in the order of the palette and the sheet. Call inside the router.
pub(crate) fn registry() -> Vec<Command> {
    let hands = Hands {
        backend: use_backend(),
        session: use_session(),
        toasts: use_toasts(),
        undo: use_undo(),
        navigator: use_navigator(),
        visits: use_visits(),
        find: use_find_request(),
        acts: use_page_acts(),
        frame: use_frame_state(),
        account: use_account(),
    };
    [places(hands), finding(hands), reading(hands), changes(hands), views(hands), app(hands)].concat()
}

fn places(hands: Hands) -> Vec<Command> {
    let member = hands.account.member();
    let joined = Signal::derive(move || member.with(Option::is_some));
    let go = move |id, title, icon, route: Route| {
        Command::new(id, title, Group::Go, icon, move || hands.navigator.go(route.clone()))
    };
    vec![
        go("today", "Go to Today", Icon::Today, Route::Today).keys(&["Ctrl+1"]),
        go("checklist", "Go to Checklist", Icon::Checklist, Route::Checklist).keys(&["Ctrl+2"]),
        go("docs", "Go to Docs", Icon::Docs, Route::Docs).keys(&["Ctrl+3"]),
        go("roadmap", "Go to Roadmap", Icon::Roadmap, Route::Roadmap).keys(&["Ctrl+4"]),
        go("team", "Go to Team", Icon::Team, Route::Team).keys(&["Ctrl+5"]).when(hands.account.leads()),
        go("settings", "Open settings", Icon::Settings, Route::Settings(Section::General))
            .keys(&["Ctrl+,", "Ctrl+6"])
            .in_menu(),
        go("sources", "Add a folder or see your packs", Icon::Folder, Route::Settings(Section::Sources)).in_menu(),
        go("account", "Join a team or see your account", Icon::Server, Route::Settings(Section::Account)),
        go("privacy", "See what is kept and what leaves this computer", Icon::Lock, Route::Settings(Section::Privacy)),
        go("own-page", "See what my manager sees", Icon::Eye, Route::OwnPage).when(joined),
        Command::new("back", "Go back", Group::Go, Icon::Back, move || hands.visits.back())
            .keys(&["Alt+←", "Ctrl+["])
            .when(hands.visits.can_go_back()),
        Command::new("forward", "Go forward", Group::Go, Icon::Forward, move || hands.visits.forward())
            .keys(&["Alt+→", "Ctrl+]"])
            .when(hands.visits.can_go_forward()),
    ]
}

fn finding(hands: Hands) -> Vec<Command> {
    let route = use_route();
    let on_page = Signal::derive(move || matches!(route.get(), Some(Route::Docs | Route::Page { .. })));
    vec![
        Command::new("palette", "Search or jump to", Group::Find, Icon::Search, move || hands.frame.toggle_palette())
            .keys(&["Ctrl+K", "Ctrl+P"])
            .anywhere(),
        Command::new("find", "Find in this page", Group::Find, Icon::Search, move || hands.find.ask())
            .keys(&["Ctrl+F"])
            .when(on_page),
    ]
}

/// What can be done with a page of the docs.
fn reading(hands: Hands) -> Vec<Command> {
    let route = use_route();
    let on_page = Signal::derive(move || matches!(route.get(), Some(Route::Page { .. })));
    let on_team = Signal::derive(move || matches!(route.get(), Some(Route::Team | Route::Person(_) | Route::OwnPage)));
    let ask = move |id, title, icon, act| Command::new(id, title, Group::Find, icon, move || hands.acts.ask(act));
    let size = move |id, title, change: fn(u8) -> u8| {
        Command::new(id, title, Group::View, Icon::Page, move || {
            hands.session.update_preferences(|preferences| preferences.text_size = change(preferences.text_size));
        })
    };
    vec![
        ask("bookmark", "Bookmark this page", Icon::Star, PageAct::Bookmark).keys(&["Ctrl+D"]).when(on_page),
        ask("print", "Print this page", Icon::Print, PageAct::Print).keys(&["Ctrl+Alt+P"]).when(on_page),
        Command::new("print-team", "Print these numbers", Group::Find, Icon::Print, print_window).when(on_team),
        ask("print-site", "Print the whole site", Icon::Print, PageAct::PrintSite).when(on_page),
        size("text-larger", "Make the text of docs larger", text_size::larger).keys(&["Ctrl+Alt+="]),
        size("text-smaller", "Make the text of docs smaller", text_size::smaller).keys(&["Ctrl+Alt+-"]),
    ]
}

fn changes(hands: Hands) -> Vec<Command> {
    let member = hands.account.member();
    let joined = Signal::derive(move || member.with(Option::is_some));
    vec![
        Command::new("undo", "Undo the last change", Group::Change, Icon::Undo, move || hands.undo.undo())
            .keys(&["Ctrl+Z"])
            .not_in_fields()
            .in_menu(),
        Command::new("redo", "Redo", Group::Change, Icon::Refresh, move || hands.undo.redo())
            .keys(&["Ctrl+Shift+Z", "Ctrl+Y"])
            .not_in_fields(),
        Command::new("sync", "Send and fetch now", Group::Change, Icon::Refresh, move || hands.account.sync_now())
            .when(joined),
        Command::new("message", "Go to the newest message", Group::Change, Icon::Message, move || {
            hands.frame.focus_newest_toast()
        })
        .keys(&["F8"]),
    ]
}

fn views(hands: Hands) -> Vec<Command> {
    let set = move |change: fn(&mut Preferences)| move || hands.session.update_preferences(change);
    let theme = move |id, title, change| Command::new(id, title, Group::View, Icon::Eye, set(change));
    vec![
        theme("theme-light", "Use the light theme", |p| p.theme = Theme::Light),
        theme("theme-dark", "Use the dark theme", |p| p.theme = Theme::Dark),
        theme("theme-system", "Use the theme of the system", |p| p.theme = Theme::System),
        Command::new("zoom-in", "Zoom in", Group::View, Icon::Expand, set(|p| p.zoom = zoom::larger(p.zoom)))
            .keys(&["Ctrl+=", "Ctrl++"])
            .anywhere()
            .in_menu(),
        Command::new("zoom-out", "Zoom out", Group::View, Icon::Expand, set(|p| p.zoom = zoom::smaller(p.zoom)))
            .keys(&["Ctrl+-"])
            .anywhere()
            .in_menu(),
        Command::new("zoom-reset", "Zoom to 100 %", Group::View, Icon::Expand, set(|p| p.zoom = 100))
            .keys(&["Ctrl+0"])
            .anywhere(),
        Command::new("full-screen", "Turn full screen on or off", Group::View, Icon::Expand, move || {
            send(hands, ToggleFullScreen {});
        })
        .keys(&["F11"])
        .anywhere()
        .in_menu(),
        Command::new("next-pane", "Go to the next pane", Group::View, Icon::Right, || panes::go(true)).keys(&["F6"]),
        Command::new("previous-pane", "Go to the previous pane", Group::View, Icon::Back, || panes::go(false))
            .keys(&["Shift+F6"]),
    ]
}

fn app(hands: Hands) -> Vec<Command> {
    vec![
        Command::new("shortcuts", "Show keyboard shortcuts", Group::App, Icon::Help, move || {
            hands.frame.open_shortcuts()
        })
        .keys(&["?", "Ctrl+/"])
        .not_in_fields()
        .in_menu(),
        Command::new("diagnostics", "Copy diagnostics", Group::App, Icon::Copy, move || {
            copy_diagnostics(hands.backend, hands.toasts)
        })
        .keys(&["Ctrl+Shift+D"])
        .in_menu(),
        Command::new("data-folder", "Show the data folder", Group::App, Icon::Folder, move || {
            send(hands, Reveal { place: Place::Data });
        }),
        Command::new("log-folder", "Show the log files", Group::App, Icon::Folder, move || {
            send(hands, Reveal { place: Place::Logs });
        }),
        Command::new("close", "Close the window", Group::App, Icon::Close, move || send(hands, CloseWindow {}))
            .keys(&["Ctrl+W"])
            .anywhere(),
        Command::new("quit", "Quit Waymark", Group::App, Icon::Close, move || send(hands, CloseWindow {}))
            .keys(&["Ctrl+Q"])
            .anywhere()
            .in_menu(),
    ]
}

/// Sends a request that answers with nothing worth showing.
fn send<R: Request + 'static>(hands: Hands, request: R) {
    spawn_local(async move {
        if let Err(error) = hands.backend.call(request).await {
            hands.toasts.failed(&error);
        }
    });
}

/// The system's print dialog with what is on screen.
pub(crate) fn print_window() {
    // Where the webview has no print dialog, nothing happens.
    let _ = window().print();
}

/// Puts version, system and the end of the log on the clipboard.
pub(crate) fn copy_diagnostics(backend: Backend, toasts: Toasts) {
    spawn_local(async move {
        match backend.call(Diagnostics {}).await {
            Ok(text) if copy_text(&text).await => toasts.say("Diagnostics copied"),
            Ok(_) => toasts.say("The clipboard could not be used"),
            Err(error) => toasts.failed(&error),
        }
    });
}
