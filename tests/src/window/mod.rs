//! The real window, driven as a person would drive it.
//!
//! What is under test is clicked and typed; [`Window::invoke`] only brings the app into the state
//! from which a test starts. Every question waits for its answer, up to [`PATIENCE`].

mod access;
mod find;
mod keys;

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use fantoccini::{Client, Locator, wd::TimeoutConfiguration};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use waymark_api::Request;

pub use access::Violation;

use crate::{Home, Launch, desktop, driver::Driver, process};

/// How long the window may take for anything.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// How often an open question is asked again.
const PERIOD: Duration = Duration::from_millis(20);
/// What the interface sets on `<body>` when the first data is on the page.
const READY: &str = "body[data-ready=true]";

/// An open window of the app. Dropping it ends the app at once; [`Window::close`] lets it finish.
#[derive(Debug)]
pub struct Window {
    client: Client,
    driver: Driver,
    launch: Launch,
    home: Home,
    process: u32,
}

impl Window {
    pub(crate) async fn open(driver: Driver, launch: Launch, home: Home) -> anyhow::Result<Self> {
        let client = driver.connect(&launch.program(&home)?, &launch.arguments(&home)).await?;
        let process = driver.app(&launch.app).with_context(|| {
            format!("the driver opened a window, but no process runs {}\n{}", launch.app.display(), driver.said())
        })?;
        let window = Self { client, driver, launch, home, process };
        window.wait_until_ready().await?;
        let limits = TimeoutConfiguration::new(Some(PATIENCE * 2), Some(PATIENCE * 2), None);
        window.client.update_timeouts(limits).await.context("could not limit how long the page may take")?;
        let (width, height) = window.launch.size;
        window.client.set_window_size(width, height).await.context("could not give the window its size")?;
        Ok(window)
    }

    /// The WebDriver session, for what this type has no word for.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The home that the app runs in.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// The app's process.
    pub fn process(&self) -> u32 {
        self.process
    }

    /// Waits until the interface has shown its first data.
    ///
    /// # Errors
    ///
    /// Where it does not; the message has what the app and the page say.
    pub async fn wait_until_ready(&self) -> anyhow::Result<()> {
        let found = self.client.wait().at_most(PATIENCE).every(PERIOD).for_element(Locator::Css(READY)).await;
        if found.is_ok() {
            return Ok(());
        }
        let page =
            self.script::<String>("return document.body.innerText.slice(0, 800)", vec![]).await.unwrap_or_default();
        anyhow::bail!("the window did not become ready ({READY})\nthe page says: {page}\n{}", self.driver.said())
    }

    /// Loads a route anew, as after a start, and waits until it is ready.
    ///
    /// # Errors
    ///
    /// Where the page does not become ready.
    pub async fn load(&self, route: &str) -> anyhow::Result<()> {
        self.client
            .goto(&format!("tauri://localhost{route}"))
            .await
            .with_context(|| format!("could not load {route}"))?;
        self.wait_until_ready().await
    }

    /// Follows a link to a route inside the running interface, as a click on an anchor does. A route
    /// that leads on to one below it, as `/docs` does to a page, has arrived there. WebKit's own "back"
    /// passes over such a place, because no person went there; a test of it clicks a real link.
    ///
    /// # Errors
    ///
    /// Where the interface does not go there.
    pub async fn follow(&self, route: &str) -> anyhow::Result<()> {
        let script = "const a = document.createElement('a'); a.href = arguments[0]; document.body.append(a); a.click(); a.remove();";
        self.script::<Value>(script, vec![json!(route)]).await?;
        let path = route.split(['?', '#']).next().unwrap_or(route).to_owned();
        let below = format!("{path}/");
        let arrived = |now: String| now == path || now.starts_with(&below);
        self.until(&format!("the route is {path}"), async || self.route().await.map(arrived)).await
    }

    /// The path that is shown.
    ///
    /// # Errors
    ///
    /// Where the window does not answer.
    pub async fn route(&self) -> anyhow::Result<String> {
        self.script("return location.pathname", vec![]).await
    }

    /// Runs JavaScript in the page and answers with what it returns.
    ///
    /// # Errors
    ///
    /// Where the script throws, or returns something of another type.
    pub async fn script<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<T> {
        let value = self.client.execute(script, arguments).await.context("the page could not run a script")?;
        serde_json::from_value(value).context("the page answered with something else than was asked for")
    }

    /// Sends a request to the shell, to arrange the state that a test starts from.
    ///
    /// # Errors
    ///
    /// Where the shell refuses; the message has its answer.
    pub async fn call<R: Request>(&self, request: R) -> anyhow::Result<R::Reply> {
        let reply = self.invoke(R::COMMAND, serde_json::to_value(request)?).await?;
        serde_json::from_value(reply)
            .with_context(|| format!("{} answered with something else than its contract says", R::COMMAND))
    }

    /// Calls a command of the shell by its name, for commands and arguments that the contract forbids.
    ///
    /// # Errors
    ///
    /// Where the command refuses; the message has its answer.
    pub async fn invoke(&self, command: &str, request: Value) -> anyhow::Result<Value> {
        let script = "const done = arguments[arguments.length - 1]; \
             window.__TAURI_INTERNALS__.invoke(arguments[0], { request: arguments[1] }) \
               .then((value) => done({ value: value ?? null }), (error) => done({ error: error ?? 'no reason' }));";
        let mut answer = self
            .client
            .execute_async(script, vec![json!(command), request])
            .await
            .with_context(|| format!("could not call {command}"))?;
        anyhow::ensure!(answer.get("error").is_none(), "{command} refused: {}", answer["error"]);
        Ok(answer["value"].take())
    }

    /// Makes sure that the interface still runs: after a panic it shows a panel and nothing else works.
    ///
    /// # Errors
    ///
    /// Where it stopped; the message has what the app's log says.
    pub async fn still_runs(&self) -> anyhow::Result<()> {
        let script = "return !(document.getElementById('boot-error')?.hidden ?? true)";
        if !self.script::<bool>(script, vec![]).await? {
            return Ok(());
        }
        let logs = fs::read_dir(self.home.library().join("logs")).into_iter().flatten().flatten();
        let log: Vec<String> = logs.filter_map(|file| fs::read_to_string(file.path()).ok()).collect();
        anyhow::bail!("the interface stopped; the app's log:\n{}", log.join("\n"))
    }

    /// Writes a picture of the page to the desktop's folder, and says where it is.
    ///
    /// # Errors
    ///
    /// Where the picture cannot be taken or written, or the interface has stopped.
    pub async fn picture(&self, name: &str) -> anyhow::Result<PathBuf> {
        self.still_runs().await?;
        let path = desktop::out()?.join(format!("{name}.png"));
        self.settle().await?;
        let mark = self.script::<Value>(include_str!("stir.js"), vec![]).await;
        let image =
            tokio::time::timeout(PATIENCE, self.client.screenshot()).await.context("the window gave no picture")?;
        mark.and(self.script::<Value>("window.waymarkStir?.(); return null", vec![]).await)?;
        let image = image.context("could not take a picture")?;
        fs::write(&path, image).with_context(|| format!("could not write {}", path.display()))?;
        Ok(path)
    }

    /// Waits until fonts and pictures are there and two frames went by in which nothing was added.
    async fn settle(&self) -> anyhow::Result<()> {
        let script = "const done = arguments[arguments.length - 1]; \
             const loaded = [...document.images].map((image) => image.complete ? 0 : new Promise((go) => { image.onload = image.onerror = go; })); \
             Promise.all([document.fonts.ready, ...loaded]) \
               .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";
        self.client.execute_async(script, vec![]).await.map(drop).context("the page did not come to rest")
    }

    /// Asks until the answer is yes.
    ///
    /// # Errors
    ///
    /// Where it never is; `what` says what was waited for.
    pub async fn until(&self, what: &str, mut holds: impl AsyncFnMut() -> anyhow::Result<bool>) -> anyhow::Result<()> {
        let started = Instant::now();
        loop {
            let answer = holds().await;
            if matches!(answer, Ok(true)) {
                return Ok(());
            }
            if started.elapsed() > PATIENCE {
                let why = answer.err().map(|error| format!(": {error:#}")).unwrap_or_default();
                let route = self.route().await.unwrap_or_default();
                anyhow::bail!("waited {} s in vain until {what} (on {route}){why}", PATIENCE.as_secs());
            }
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// What the app and its driver printed so far.
    pub fn said(&self) -> String {
        self.driver.said()
    }

    /// Quits the app and hands its home back.
    ///
    /// # Errors
    ///
    /// Where the app does not end.
    pub async fn close(self) -> anyhow::Result<Home> {
        self.still_runs().await?;
        let Self { client, driver, home, process, .. } = self;
        client.close().await.context("could not close the window")?;
        let started = Instant::now();
        while process::is_alive(process) {
            anyhow::ensure!(
                started.elapsed() < PATIENCE,
                "the app did not end after its window was closed\n{}",
                driver.said()
            );
            tokio::time::sleep(PERIOD).await;
        }
        Ok(home)
    }

    /// Ends the app as a power cut would, and hands its home back.
    pub fn kill(self) -> Home {
        process::kill(self.process);
        self.home
    }

    /// Quits the app and opens it again with what it left on disk.
    ///
    /// # Errors
    ///
    /// Where it does not end, or does not open.
    pub async fn restart(self) -> anyhow::Result<Self> {
        let launch = self.launch.clone();
        let home = self.close().await?;
        launch.open_in(home).await
    }
}
