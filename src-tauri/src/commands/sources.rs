//! Requests behind a native dialog: choosing folders, and erasing after one more question.

use tauri::{AppHandle, Runtime, State};
use waymark_api::{
    Code, IpcError,
    ipc::{
        privacy::{EraseData, ExportData},
        sources::{PickBundle, PickFolder},
    },
};
use waymark_app::App;

use super::IpcResult;
use crate::dialogs;

#[tauri::command]
pub(super) async fn pick_folder<R: Runtime>(tauri: AppHandle<R>, request: PickFolder) -> IpcResult<Option<String>> {
    let PickFolder {} = request;
    let folder = waiting(move || dialogs::pick_folder(&tauri, "Open a folder")).await?;
    Ok(folder.map(|folder| folder.to_string_lossy().into_owned()))
}

#[tauri::command]
pub(super) async fn pick_bundle<R: Runtime>(tauri: AppHandle<R>, request: PickBundle) -> IpcResult<Option<String>> {
    let PickBundle {} = request;
    let file = waiting(move || dialogs::pick_bundle(&tauri)).await?;
    Ok(file.map(|file| file.to_string_lossy().into_owned()))
}

#[tauri::command]
pub(super) async fn export_data<R: Runtime>(
    tauri: AppHandle<R>,
    app: State<'_, App>,
    request: ExportData,
) -> IpcResult<Option<String>> {
    let ExportData {} = request;
    let Some(folder) = waiting(move || dialogs::pick_folder(&tauri, "Export into a folder")).await? else {
        return Ok(None);
    };
    let file = waymark_app::privacy::export(&app, &folder).await?;
    Ok(Some(file.to_string_lossy().into_owned()))
}

#[tauri::command]
pub(super) async fn erase_data<R: Runtime>(
    tauri: AppHandle<R>,
    app: State<'_, App>,
    request: EraseData,
) -> IpcResult<bool> {
    let EraseData {} = request;
    let sure = waiting(move || {
        dialogs::confirm(
            &tauri,
            "Erase everything on this device?",
            "Your journeys with their history, notes, bookmarks, reading history and preferences are deleted. \
             Folders that you opened stay as they are. This cannot be undone.",
            "Erase",
        )
    })
    .await?;
    if sure {
        waymark_app::privacy::erase(&app).await?;
    }
    Ok(sure)
}

/// Runs what waits for the person on a thread that may wait.
pub(super) async fn waiting<T: Send + 'static>(ask: impl FnOnce() -> T + Send + 'static) -> IpcResult<T> {
    tauri::async_runtime::spawn_blocking(ask)
        .await
        .map_err(|error| IpcError::new(Code::Unknown, format!("the system's dialog failed: {error}")))
}
