//! What the window and the operating system do.

use serde::{Deserialize, Serialize};
use waymark_core::id::{PackId, SiteId};

use crate::request::requests;

requests! {
    /// The first screen is painted: show the window.
    UiReady = "ui_ready" -> ();
    /// The interface met something that should not happen; goes to the log.
    ReportProblem { /** What happened. */ message: String } = "report_problem" -> ();
    /// Opens an outside address after the shell showed where it goes and the person agreed.
    OpenLink { /** `http`, `https` or `mailto`. */ url: String } = "open_link" -> bool;
    /// Shows a folder in the system's file manager.
    Reveal { /** Which. */ place: Place } = "reveal" -> ();
    /// Version, system and the end of the log, without names and paths of the person.
    Diagnostics = "diagnostics" -> String;
    /// Zooms the whole window.
    SetZoom { /** Percent, 50 to 200. */ percent: u16 } = "set_zoom" -> ();
    /// Full screen on or off.
    ToggleFullScreen = "toggle_full_screen" -> ();
    /// Closes the window, which quits.
    CloseWindow = "close_window" -> ();
}

/// A folder that can be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "place", content = "of", rename_all = "kebab-case")]
pub enum Place {
    /// The library.
    Data,
    /// The log files.
    Logs,
    /// A pack's folder.
    Pack(PackId),
    /// The file of a page, in its folder.
    Page {
        /// Which site.
        site: SiteId,
        /// Its source path.
        page: String,
    },
}
