//! Folders, the app and what the commands share.

use std::{path::PathBuf, sync::Mutex};

use anyhow::Context;
use tauri::{AppHandle, Manager, Runtime};
use waymark_app::{App, Config, FetchLimits};

use crate::{args::Args, logging::Log, ports, secrets, topics};

/// Tauri's identifier, which also names the library's folder.
const IDENTIFIER: &str = "dev.waymark.desktop";

/// Where things lie.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    /// The library.
    pub(crate) data: PathBuf,
    /// Log files.
    pub(crate) logs: PathBuf,
}

impl Folders {
    /// The platform's data folder, or the one that was asked for.
    pub(crate) fn find(args: &Args) -> anyhow::Result<Self> {
        let data = match &args.data_dir {
            Some(folder) => std::path::absolute(folder).context("the folder after --data-dir is not a path")?,
            None => dirs::data_dir()
                .context("this system names no folder for application data; start with --data-dir FOLDER")?
                .join(IDENTIFIER),
        };
        Ok(Self { logs: data.join("logs"), data })
    }
}

/// What this start was asked for; commands that stand in for dialogs read it.
pub(crate) struct Started {
    pub(crate) args: Args,
    pub(crate) folders: Folders,
    /// The place that this start was asked for, until the interface went there.
    pub(crate) go_to: Mutex<Option<String>>,
}

/// Builds the app and hands it to the commands. Opening the library goes on in the background, so
/// that the window does not wait for the disk.
pub(crate) fn manage<R: Runtime>(tauri: &AppHandle<R>, args: Args, folders: Folders, log: Option<Log>) {
    let content = args.e2e.as_ref().and_then(|e2e| e2e.content.clone()).unwrap_or_else(|| bundled_content(tauri));
    let config = Config {
        data_dir: folders.data.clone(),
        sample_dir: content,
        asset_base: crate::doc_protocol::ASSET_BASE.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let (clock, topics) = (ports::clock(&args), topics::emitter(tauri));
    let app = App::with_network(config, clock, topics, secrets::secrets(&args, &folders.data), FetchLimits::default());
    tauri::async_runtime::spawn(app.clone().open());
    tauri.manage(app);
    let go_to = Mutex::new(args.go_to.clone());
    tauri.manage(Started { args, folders, go_to });
    tauri.manage(log);
}

/// The sample beside the installed app, or in the checkout that built it.
fn bundled_content<R: Runtime>(tauri: &AppHandle<R>) -> PathBuf {
    let installed = tauri.path().resource_dir().map(|folder| folder.join("docs-content"));
    match installed {
        Ok(folder) if folder.is_dir() => folder,
        _ => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs-content"),
    }
}
