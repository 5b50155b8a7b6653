//! A real team server beside the windows: the program itself, on a free port, with a folder of its own.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use jiff::Timestamp;
use tempfile::TempDir;

use crate::{desktop, process};

/// A running team server; dropping it ends it and deletes what it kept.
#[derive(Debug)]
pub struct TeamServer {
    program: PathBuf,
    arguments: Vec<String>,
    /// When it started first: its clock goes on while it is away.
    began: Instant,
    /// A PostgreSQL instead of the folder's own file.
    database: Option<String>,
    child: Child,
    url: String,
    folder: TempDir,
}

impl TeamServer {
    /// Starts `waymark-server serve` on a free port with nothing on it.
    ///
    /// # Errors
    /// Where the program is not there or does not say where it listens.
    pub async fn empty() -> anyhow::Result<Self> {
        Self::with(&[]).await
    }

    /// The same with further options of `serve`.
    ///
    /// # Errors
    /// As [`TeamServer::empty`].
    pub async fn with(options: &[&str]) -> anyhow::Result<Self> {
        Self::over(None, options).await
    }

    /// The same over a PostgreSQL, by its URL; any number of servers may share one.
    ///
    /// # Errors
    /// As [`TeamServer::empty`].
    pub async fn over(database: Option<&str>, options: &[&str]) -> anyhow::Result<Self> {
        let arguments = [&["serve", "--name", "Corvane", "--listen", "127.0.0.1:0"], options].concat();
        Self::start(database, &arguments).await
    }

    /// Starts `waymark-server demo`: the invented company, as it is at `now` (RFC 3339).
    ///
    /// # Errors
    /// Where the program is not there or does not come up.
    pub async fn demo(now: &str) -> anyhow::Result<Self> {
        let content = desktop::root()?.join("docs-content");
        let content = content.to_string_lossy();
        Self::start(None, &["demo", "--listen", "127.0.0.1:0", "--now", now, "--content", &content]).await
    }

    async fn start(database: Option<&str>, arguments: &[&str]) -> anyhow::Result<Self> {
        let folder = TempDir::with_prefix("waymark-server-")?;
        let program = program().context("WAYMARK_SERVER is not set, and no waymark-server lies beside the tests")?;
        let mut arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        arguments.extend(["--data".to_owned(), folder.path().join("data").to_string_lossy().into_owned()]);
        let began = Instant::now();
        let database = database.map(str::to_owned);
        arguments.extend(database.iter().flat_map(|url| ["--database".to_owned(), url.clone()]));
        let (child, url) = spawn(&program, &arguments, folder.path()).await?;
        Ok(Self { program, arguments, began, database, child, url, folder })
    }

    /// Where it listens: `http://127.0.0.1:…`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The folder of everything that it keeps.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What it printed so far.
    pub fn said(&self) -> String {
        said(self.folder.path())
    }

    /// The invite links that it printed, in order.
    pub fn invites(&self) -> Vec<String> {
        links(&self.said())
    }

    /// Runs another command of the program on the same data and gives back what it printed.
    ///
    /// # Errors
    /// Where it ends with another status than 0; the message has its output.
    pub fn command(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let mut command = Command::new(&self.program);
        command.args(arguments).arg("--data").arg(self.data());
        if let Some(url) = &self.database {
            command.args(["--database", url]);
        }
        let output = command.output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        anyhow::ensure!(
            output.status.success(),
            "waymark-server {} ended with {}\n{text}{}",
            arguments.join(" "),
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(text)
    }

    /// Writes a backup of what it keeps now, beside it.
    ///
    /// # Errors
    /// As [`TeamServer::command`].
    pub fn backup(&self) -> anyhow::Result<PathBuf> {
        let file = self.folder.path().join("backup");
        self.command(&["backup", &file.to_string_lossy()])?;
        Ok(file)
    }

    /// Sets it back to a backup; it must not be running.
    ///
    /// # Errors
    /// As [`TeamServer::command`].
    pub fn restore(&self, backup: &Path) -> anyhow::Result<()> {
        self.command(&["restore", &backup.to_string_lossy()]).map(drop)
    }

    /// An invite link for the person with this key.
    ///
    /// # Errors
    /// Where the program makes none.
    pub fn invite(&self, key: &str) -> anyhow::Result<String> {
        let text = self.command(&["invite", key, "--server", &self.url])?;
        links(&text).pop().with_context(|| format!("no link in: {text}"))
    }

    /// Pulls the plug: the process gets no chance to write anything.
    pub fn kill(&mut self) {
        process::kill(self.child.id());
        // A process that cannot be waited for is gone already.
        let _ = self.child.wait();
    }

    /// Starts the program again on the same port with what it kept.
    ///
    /// # Errors
    /// Where it does not come up.
    pub async fn start_again(&mut self) -> anyhow::Result<()> {
        let address = self.url.trim_start_matches("http://").to_owned();
        let mut arguments = self.arguments.clone();
        for at in 1..arguments.len() {
            match arguments[at - 1].as_str() {
                "--listen" => arguments[at].clone_from(&address),
                "--now" => arguments[at] = (arguments[at].parse::<Timestamp>()? + self.began.elapsed()).to_string(),
                _ => {}
            }
        }
        (self.child, self.url) = spawn(&self.program, &arguments, self.folder.path()).await?;
        Ok(())
    }
}

impl Drop for TeamServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The program under test: the one that xtask names, else the one that cargo built beside the tests.
pub fn program() -> Option<PathBuf> {
    let beside = || Some(std::env::current_exe().ok()?.parent()?.parent()?.join("waymark-server"));
    desktop::server().ok().or_else(beside).filter(|program| program.is_file())
}

async fn spawn(program: &Path, arguments: &[String], folder: &Path) -> anyhow::Result<(Child, String)> {
    let log = folder.join("server.log");
    let output = File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output)
        .spawn()
        .with_context(|| format!("could not start {}", program.display()))?;
    // A company of sixty with two years of history takes a while in a debug build.
    for _ in 0..1200 {
        let text = said(folder);
        if let Some(url) = text.lines().filter_map(|line| line.split(" on http://").nth(1)).next() {
            return Ok((child, format!("http://{}", url.trim())));
        }
        if let Some(status) = child.try_wait()? {
            anyhow::bail!("the server ended with {status}:\n{text}");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    process::kill(child.id());
    anyhow::bail!("the server did not say where it listens within 60 s:\n{}", said(folder))
}

fn said(folder: &Path) -> String {
    let mut text = String::new();
    if let Ok(mut file) = File::open(folder.join("server.log")) {
        // What cannot be read is not there; the caller says what it looked for.
        let _ = file.read_to_string(&mut text);
    }
    text
}

fn links(text: &str) -> Vec<String> {
    text.split_whitespace().filter(|word| word.starts_with("waymark://join?")).map(str::to_owned).collect()
}
