//! What only the operating system can ask: a folder, a confirmation, another program.

use std::path::PathBuf;

use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};
use tauri_plugin_opener::OpenerExt;

use crate::{setup::Started, windows::MAIN};

/// Lets the person choose a folder; `None` where they changed their mind. Blocks: call it on a
/// thread that may wait.
pub(crate) fn pick_folder<R: Runtime>(tauri: &AppHandle<R>, title: &str) -> Option<PathBuf> {
    if let Some(e2e) = &tauri.state::<Started>().args.e2e {
        return e2e.pick.clone();
    }
    let mut dialog = tauri.dialog().file().set_title(title);
    if let Some(window) = tauri.get_webview_window(MAIN) {
        dialog = dialog.set_parent(&window);
    }
    dialog.blocking_pick_folder()?.into_path().ok()
}

/// Lets the person choose a bundle file; `None` where they changed their mind. Blocks.
pub(crate) fn pick_bundle<R: Runtime>(tauri: &AppHandle<R>) -> Option<PathBuf> {
    if let Some(e2e) = &tauri.state::<Started>().args.e2e {
        return e2e.pick.clone();
    }
    // A dialog's filter knows only the last part of a name: "gz" stands for .tar.gz.
    let mut dialog = tauri.dialog().file().set_title("Open a bundle").add_filter("Bundles", &["gz", "zst", "zip"]);
    if let Some(window) = tauri.get_webview_window(MAIN) {
        dialog = dialog.set_parent(&window);
    }
    dialog.blocking_pick_file()?.into_path().ok()
}

/// Lets the person choose where a file called `name` is saved; `None` where they changed their mind.
/// Blocks.
pub(crate) fn pick_new_file<R: Runtime>(tauri: &AppHandle<R>, name: &str) -> Option<PathBuf> {
    if let Some(e2e) = &tauri.state::<Started>().args.e2e {
        return e2e.pick.as_ref().map(|folder| folder.join(name));
    }
    let mut dialog = tauri.dialog().file().set_title("Save this file").set_file_name(name);
    if let Some(folder) = dirs::download_dir() {
        dialog = dialog.set_directory(folder);
    }
    if let Some(window) = tauri.get_webview_window(MAIN) {
        dialog = dialog.set_parent(&window);
    }
    dialog.blocking_save_file()?.into_path().ok()
}

/// A question with a verb on the button that acts. Blocks.
pub(crate) fn confirm<R: Runtime>(tauri: &AppHandle<R>, title: &str, text: &str, verb: &str) -> bool {
    if tauri.state::<Started>().args.e2e.is_some() {
        return true;
    }
    let mut dialog = tauri
        .dialog()
        .message(text)
        .title(title)
        .kind(MessageDialogKind::Warning)
        .buttons(MessageDialogButtons::OkCancelCustom(verb.to_owned(), "Cancel".to_owned()));
    if let Some(window) = tauri.get_webview_window(MAIN) {
        dialog = dialog.parent(&window);
    }
    dialog.blocking_show()
}

/// Shows where an outside link goes, asks, and opens it. Blocks.
pub(crate) fn open_link<R: Runtime>(tauri: &AppHandle<R>, link: &waymark_app::links::OutsideLink) -> bool {
    let question = format!("{}\n\n{}", link.host, link.shown);
    if !confirm(tauri, "Open this address outside Waymark?", &question, "Open") {
        return false;
    }
    if tauri.state::<Started>().args.e2e.is_some() {
        return true;
    }
    match tauri.opener().open_url(&link.url, None::<&str>) {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "an outside link could not be opened");
            false
        }
    }
}

/// Shows a file in the system's file manager.
pub(crate) fn show_file<R: Runtime>(tauri: &AppHandle<R>, file: &std::path::Path) -> Result<(), String> {
    if tauri.state::<Started>().args.e2e.is_some() {
        return Ok(());
    }
    tauri.opener().reveal_item_in_dir(file).map_err(|error| error.to_string())
}

/// Shows a folder in the system's file manager.
pub(crate) fn show_folder<R: Runtime>(tauri: &AppHandle<R>, folder: &std::path::Path) -> Result<(), String> {
    if tauri.state::<Started>().args.e2e.is_some() {
        return Ok(());
    }
    tauri.opener().open_path(folder.to_string_lossy(), None::<&str>).map_err(|error| error.to_string())
}
