//! Requests about the team behind a native dialog: a file to save, and erasing after one more question.

use tauri::{AppHandle, Runtime, State};
use waymark_api::ipc::{privacy::EraseOnServer, team::ExportTeam};
use waymark_app::App;

use super::{IpcResult, sources::waiting, system::failed};
use crate::dialogs;

#[tauri::command]
pub(super) async fn export_team<R: Runtime>(
    tauri: AppHandle<R>,
    app: State<'_, App>,
    request: ExportTeam,
) -> IpcResult<Option<String>> {
    let (name, bytes) = waymark_app::team::export(&app, request.format).await?;
    let Some(path) = waiting(move || dialogs::pick_new_file(&tauri, &name)).await? else { return Ok(None) };
    let shown = path.to_string_lossy().into_owned();
    // The system's dialog has asked already whether an existing file may be replaced.
    waiting(move || std::fs::write(&path, bytes)).await?.map_err(failed("save the file"))?;
    Ok(Some(shown))
}

#[tauri::command]
pub(super) async fn erase_on_server<R: Runtime>(
    tauri: AppHandle<R>,
    app: State<'_, App>,
    request: EraseOnServer,
) -> IpcResult<bool> {
    let sure = waiting(move || {
        dialogs::confirm(
            &tauri,
            "Erase you on the server?",
            "Your team's server forgets your name and everything that was sent about you; counts without your name \
             may stay. You leave the team. What is on this device stays. This cannot be undone.",
            "Erase",
        )
    })
    .await?;
    if sure {
        waymark_app::privacy::erase_on_server(&app, request).await?;
    }
    Ok(sure)
}
