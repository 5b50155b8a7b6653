//! Requests of the reader that need the operating system: saving a file, printing.

use tauri::{AppHandle, Manager, Runtime, State, WebviewWindow};
use waymark_api::ipc::docs::{PrintPage, SaveFile};
use waymark_app::App;

use super::{IpcResult, sources::waiting, system::failed};
use crate::{dialogs, setup::Started};

#[tauri::command]
pub(super) async fn save_file<R: Runtime>(
    tauri: AppHandle<R>,
    app: State<'_, App>,
    request: SaveFile,
) -> IpcResult<Option<String>> {
    let (name, bytes) = waymark_app::docs::file(&app, &request.site, &request.path).await?;
    let Some(path) = waiting(move || dialogs::pick_new_file(&tauri, &name)).await? else { return Ok(None) };
    let shown = path.to_string_lossy().into_owned();
    // The system's dialog has asked already whether an existing file may be replaced.
    waiting(move || std::fs::write(&path, bytes)).await?.map_err(failed("save the file"))?;
    Ok(Some(shown))
}

#[tauri::command]
pub(super) async fn print_page<R: Runtime>(window: WebviewWindow<R>, request: PrintPage) -> IpcResult<()> {
    let PrintPage {} = request;
    // Nobody is there to close the dialog.
    if window.state::<Started>().args.e2e.is_some() {
        return Ok(());
    }
    window.print().map_err(failed("print"))
}
