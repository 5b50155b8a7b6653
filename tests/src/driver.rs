//! A WebKitWebDriver of our own for every window.
//!
//! A driver process serves one window at a time, and the app inherits its environment. A driver per
//! window therefore gives each test its own home, colours and time zone, and leaves nothing behind.

use std::{
    fs::File,
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use anyhow::Context as _;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, json};

use crate::{Appearance, Home, Launch, desktop, process};

/// A running driver; dropping it ends it and whatever it started.
#[derive(Debug)]
pub(crate) struct Driver {
    child: Child,
    port: u16,
    log: PathBuf,
}

impl Driver {
    /// Starts a driver whose windows live in this home.
    pub(crate) async fn start(launch: &Launch, home: &Home) -> anyhow::Result<Self> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let log = desktop::out()?.join(format!("window-{}-{number}.log", std::process::id()));
        // The port is free now; another program could take it before the driver does, which then
        // ends at once, and the wait below says so.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|free| free.local_addr())
            .context("could not find a free port")?
            .port();
        let output = File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
        let mut command = Command::new("WebKitWebDriver");
        command
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.config())
            .env("XDG_DATA_HOME", home.path().join(".local/share"))
            .env("XDG_CACHE_HOME", home.path().join(".cache"))
            .env("RUST_BACKTRACE", "1")
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .process_group(0);
        match launch.appearance {
            Appearance::Light => command.env_remove("GTK_THEME"),
            Appearance::Dark => command.env("GTK_THEME", "Adwaita:dark"),
            // A theme in the environment would hide the one in the settings file.
            Appearance::HighContrast => command.env_remove("GTK_THEME"),
        };
        let child =
            command.spawn().context("could not start WebKitWebDriver (Debian: apt-get install webkit2gtk-driver)")?;
        let driver = Self { child, port, log };
        for _ in 0..500 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return Ok(driver);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        anyhow::bail!("WebKitWebDriver did not answer within 5 s\n{}", driver.said())
    }

    /// Starts the program and connects to its page. The name of the browser is never given: the
    /// driver refuses every value for it.
    pub(crate) async fn connect(&self, program: &Path, arguments: &[String]) -> anyhow::Result<Client> {
        let mut wanted = Map::new();
        wanted.insert("webkitgtk:browserOptions".to_owned(), json!({ "binary": program, "args": arguments }));
        let url = format!("http://127.0.0.1:{}", self.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let connecting = builder.capabilities(wanted).connect(&url);
        let client = tokio::time::timeout(Duration::from_secs(30), connecting)
            .await
            .map_err(anyhow::Error::from)
            .and_then(|made| made.map_err(Into::into));
        client.with_context(|| format!("could not open {}\n{}", program.display(), self.said()))
    }

    /// The process of the program that this driver started.
    pub(crate) fn app(&self, program: &Path) -> Option<u32> {
        process::descendants(self.child.id()).into_iter().find(|pid| process::runs(*pid, program))
    }

    /// What the driver and the app printed.
    pub(crate) fn said(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        format!("the app and its driver said ({}):\n{text}", self.log.display())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let started = process::descendants(self.child.id());
        for pid in started.into_iter().chain([self.child.id()]) {
            process::kill(pid);
        }
        // A process that cannot be waited for is gone already.
        let _ = self.child.wait();
    }
}
