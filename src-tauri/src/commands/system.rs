//! Requests about the window and the operating system.

use tauri::{AppHandle, Manager, Runtime, State, WebviewWindow};
use waymark_api::{
    Code, IpcError,
    ipc::system::{
        CloseWindow, Diagnostics, OpenLink, Place, ReportProblem, Reveal, SetZoom, ToggleFullScreen, UiReady,
    },
};
use waymark_app::App;

use super::IpcResult;
use crate::{dialogs, logging, setup::Started, topics, windows};

#[tauri::command]
pub(super) async fn ui_ready<R: Runtime>(tauri: AppHandle<R>, request: UiReady) -> IpcResult<()> {
    let UiReady {} = request;
    windows::show_main(&tauri);
    // What the start was asked for comes once the interface can follow it, and once only.
    let route = tauri.state::<Started>().go_to.lock().ok().and_then(|mut route| route.take());
    if let Some(route) = route {
        topics::go_to(&tauri, route);
    }
    Ok(())
}

#[tauri::command]
pub(super) async fn report_problem(request: ReportProblem) -> IpcResult<()> {
    // The message comes from the page: one bounded line of the log.
    let message: String = request.message.chars().take(2_000).collect();
    tracing::error!(message, "the interface reported a problem");
    Ok(())
}

#[tauri::command]
pub(super) async fn open_link<R: Runtime>(tauri: AppHandle<R>, request: OpenLink) -> IpcResult<bool> {
    let link = waymark_app::links::outside(&request.url)?;
    tauri::async_runtime::spawn_blocking(move || dialogs::open_link(&tauri, &link))
        .await
        .map_err(failed("open the link"))
}

#[tauri::command]
pub(super) async fn reveal<R: Runtime>(tauri: AppHandle<R>, app: State<'_, App>, request: Reveal) -> IpcResult<()> {
    let started = tauri.state::<Started>();
    if let Place::Page { site, page } = &request.place {
        let file = waymark_app::docs::page_file(&app, site, page).await?;
        return dialogs::show_file(&tauri, &file).map_err(failed("show the file"));
    }
    let folder = match request.place {
        Place::Data => started.folders.data.clone(),
        Place::Logs => started.folders.logs.clone(),
        Place::Pack(pack) => waymark_app::sources::folder_of(&app, pack).await?,
        Place::Page { .. } => return Ok(()),
    };
    dialogs::show_folder(&tauri, &folder).map_err(failed("show the folder"))
}

#[tauri::command]
pub(super) async fn diagnostics<R: Runtime>(
    tauri: AppHandle<R>,
    app: State<'_, App>,
    request: Diagnostics,
) -> IpcResult<String> {
    let Diagnostics {} = request;
    let log = logging::tail(&tauri.state::<Started>().folders.logs, 80);
    let webview = tauri::webview_version().unwrap_or_else(|_| "unknown".to_owned());
    Ok(waymark_app::settings::diagnostics(&app, &webview, &log).await)
}

#[tauri::command]
pub(super) async fn set_zoom<R: Runtime>(window: WebviewWindow<R>, request: SetZoom) -> IpcResult<()> {
    let percent = request.percent.clamp(50, 200);
    window.set_zoom(f64::from(percent) / 100.0).map_err(failed("zoom the window"))
}

#[tauri::command]
pub(super) async fn toggle_full_screen<R: Runtime>(
    window: WebviewWindow<R>,
    request: ToggleFullScreen,
) -> IpcResult<()> {
    let ToggleFullScreen {} = request;
    let full = window.is_fullscreen().map_err(failed("ask whether the window fills the screen"))?;
    window.set_fullscreen(!full).map_err(failed("fill the screen"))
}

#[tauri::command]
pub(super) async fn close_window<R: Runtime>(window: WebviewWindow<R>, request: CloseWindow) -> IpcResult<()> {
    let CloseWindow {} = request;
    window.close().map_err(failed("close the window"))
}

/// Names the attempt that the operating system refused.
pub(super) fn failed<E: std::fmt::Display>(attempt: &'static str) -> impl Fn(E) -> IpcError {
    move |error| IpcError::new(Code::Unknown, format!("could not {attempt}: {error}"))
}
