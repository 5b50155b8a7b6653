//! The bare browser engine under the app's window: no policy, no shell, nothing of ours.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use fantoccini::{Client, wd::TimeoutConfiguration};

use crate::{Home, Launch, driver::Driver, window::PATIENCE};

/// WebKit's own small browser with an empty page; dropping it ends it.
#[derive(Debug)]
pub struct Engine {
    client: Client,
    _driver: Driver,
    _home: Home,
}

impl Engine {
    /// Opens it. `None` where this system's WebKit comes without a browser.
    ///
    /// # Errors
    ///
    /// Where it is there and does not start.
    pub async fn open() -> anyhow::Result<Option<Self>> {
        let Some(browser) = browser() else { return Ok(None) };
        let home = Home::fresh()?;
        let driver = Driver::start(&Launch::of(browser.clone()), &home).await?;
        let client = driver.connect(&browser, &["--automation".to_owned()]).await?;
        client.goto("about:blank").await.context("the bare engine shows no page")?;
        let limits = TimeoutConfiguration::new(Some(PATIENCE * 6), Some(PATIENCE * 2), None);
        client.update_timeouts(limits).await.context("could not limit how long the page may take")?;
        Ok(Some(Self { client, _driver: driver, _home: home }))
    }

    /// Its WebDriver session.
    pub fn client(&self) -> &Client {
        &self.client
    }
}

/// Debian puts it beside the library, in a folder named after the architecture.
fn browser() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    folders.map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser")).find(|path| path.is_file())
}
