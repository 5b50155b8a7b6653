//! A server that runs: the real binary on a free port.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Output, Stdio},
};

use tempfile::TempDir;

use super::{Client, Database, Device, SignedIn};

/// A running server with its folder. It ends with the value.
pub struct Server {
    child: Child,
    _out: BufReader<ChildStdout>,
    /// `http://127.0.0.1:<port>`.
    pub url: String,
    /// Its folder.
    pub data: TempDir,
    /// Its database.
    pub database: Database,
}

impl Server {
    /// Starts a server over an empty database.
    pub fn start(database: Database) -> Self {
        Self::start_with(database, &[])
    }

    /// The same with further options.
    pub fn start_with(database: Database, options: &[&str]) -> Self {
        Self::start_among(database, options, &[])
    }

    /// The same with variables of the environment.
    pub fn start_among(database: Database, options: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::run_among(TempDir::new().unwrap(), database, "127.0.0.1:0", options, variables)
    }

    /// Starts a server over a folder that is there already.
    pub fn run(data: TempDir, database: Database, listen: &str, options: &[&str]) -> Self {
        Self::run_among(data, database, listen, options, &[])
    }

    fn run_among(
        data: TempDir,
        database: Database,
        listen: &str,
        options: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let mut command = command(data.path(), &database, &["serve", "--listen", listen, "--name", "Corvane"]);
        let log = std::fs::OpenOptions::new().create(true).append(true).open(data.path().join("log")).unwrap();
        let mut child =
            command.args(options).envs(variables.iter().copied()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let log = || std::fs::read_to_string(data.path().join("log")).unwrap_or_default();
        assert!(line.contains(" on "), "the server said {line:?}, and {}", log());
        let url = line.trim().rsplit_once(" on ").unwrap().1.to_owned();
        Self { child, _out: out, url, data, database }
    }

    /// Ends it at once and gives its folder back.
    pub fn kill(mut self) -> (TempDir, Database) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let empty = TempDir::new().unwrap();
        (std::mem::replace(&mut self.data, empty), self.database.clone())
    }

    /// Runs a command over the folder of a server that does not run; what it printed.
    #[track_caller]
    pub fn offline(data: &TempDir, words: &[&str]) -> String {
        let output = Self::offline_output(data, words);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{words:?}\n{out}\n{err}");
        out.into_owned()
    }

    /// The same, whatever comes of it.
    pub fn offline_output(data: &TempDir, words: &[&str]) -> Output {
        command(data.path(), &Database::Sqlite, words).output().unwrap()
    }

    /// The same with variables in its environment.
    pub fn offline_output_with(data: &TempDir, words: &[&str], environment: &[(&str, &str)]) -> Output {
        command(data.path(), &Database::Sqlite, words).envs(environment.iter().copied()).output().unwrap()
    }

    /// A way into its database past it.
    pub async fn back_door(&self) -> sqlx::AnyPool {
        sqlx::any::install_default_drivers();
        let url = match &self.database {
            Database::Sqlite => format!("sqlite://{}", self.data.path().join("waymark.db").display()),
            Database::Postgres(url) => url.clone(),
        };
        sqlx::AnyPool::connect(&url).await.unwrap()
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.data.path().join("log")).unwrap()
    }

    /// The process's id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until the process has ended; its exit code.
    pub fn wait(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Runs a command of the command line over this server's data: `org list`, say.
    pub fn command(&self, words: &[&str]) -> Output {
        command(self.data.path(), &self.database, words).output().unwrap()
    }

    /// The same where it must work; what it printed.
    #[track_caller]
    pub fn does(&self, words: &[&str]) -> String {
        let output = self.command(words);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{words:?}\n{out}\n{err}");
        out.into_owned()
    }

    /// Imports people from CSV.
    #[track_caller]
    pub fn import(&self, csv: &str) -> String {
        let file = self.data.path().join("people.csv");
        std::fs::write(&file, csv).unwrap();
        self.does(&["org", "import", file.to_str().unwrap(), "--allow-leavers"])
    }

    /// An invite's code for somebody, made on the command line.
    #[track_caller]
    pub fn invite(&self, key: &str) -> String {
        let said = self.does(&["invite", key]);
        said.lines().find_map(|line| line.strip_prefix("code  ")).unwrap_or_else(|| panic!("{said}")).to_owned()
    }

    /// A client that is nobody yet.
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// A new device of somebody, joined by an invite.
    pub async fn join(&self, key: &str) -> SignedIn {
        Device::new(&format!("{key}'s laptop")).join(&self.client(), &self.invite(key)).await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program over a folder and a database.
fn command(data: &Path, database: &Database, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waymark-server"));
    command.args(words).arg("--data").arg(data);
    if let Database::Postgres(url) = database {
        command.args(["--database", url]);
    }
    command
}
