//! `cargo xtask backstage`: the Backstage source against Backstage's own backend, from npm.
//!
//! Opt-in, because it installs about 400 MB into `target/backstage`: the packages of one Backstage release
//! (`tests/backstage/package.json` pins them) and what TechDocs builds sites with. The backend reads an
//! invented catalog, builds its sites with its own generator and publishes them on this machine; then the
//! suite `backstage` of the tests asks it what the app asks.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::Context as _;

use crate::{
    paths,
    progress::{Step, step},
};

/// Where the suite's own files lie.
const SUITE: &str = "tests/backstage";
/// Known to the quick tests as well, which replay what is recorded with it.
const TOKEN: &str = "harbour-light-token-for-tests";

/// What to do with the running Backstage.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Writes its answers down for the quick tests, in place of testing.
    #[arg(long)]
    record: bool,
}

/// Installs, starts, tests or records, stops.
pub(crate) fn run(options: Options) -> anyhow::Result<()> {
    for program in ["node", "npm", "python3"] {
        anyhow::ensure!(
            paths::program(program).is_some(),
            "{program} is missing\n  next: on Debian and Ubuntu `apt-get install nodejs npm python3-venv`, then run this again"
        );
    }
    let home = paths::absolute(&paths::target().join("backstage"));
    let next = "check that npm and PyPI can be reached; a C++ compiler is needed too, for SQLite";
    step("installing Backstage", next, |step| install(&home, step))?;
    let next = "read target/backstage/backend.log";
    let server = step("starting Backstage and building its sites", next, |_| Server::start(&home))?;
    if options.record {
        return step("recording", "read what it says", |step| record(&home, &server, step));
    }
    step("testing against Backstage", "mend what the tests name", |step| {
        let mut cargo = paths::cargo();
        cargo
            .args(["test", "--locked", "-p", "waymark-tests", "--features", "backstage", "--test", "backstage"])
            .env("WAYMARK_BACKSTAGE", &server.address)
            .env("WAYMARK_BACKSTAGE_PUBLISHED", home.join("published"));
        let output = step.run(cargo)?;
        let result = output.lines().rfind(|line| line.starts_with("test result")).unwrap_or_default().to_owned();
        step.note(&result);
        Ok(())
    })
}

fn install(home: &Path, step: &mut Step) -> anyhow::Result<()> {
    fs::create_dir_all(home)?;
    let before = fs::read(home.join("package.json")).unwrap_or_default();
    copy(Path::new(SUITE), home)?;
    let wanted = fs::read(home.join("package.json"))?;
    let marker = home.join("node_modules/.waymark");
    if before != wanted || !marker.is_file() {
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--no-package-lock"]).current_dir(home);
        step.run(npm)?;
        fs::write(&marker, "")?;
    }
    if !mkdocs(home).is_file() {
        let mut venv = Command::new("python3");
        venv.args(["-m", "venv"]).arg(home.join("venv"));
        step.run(venv)?;
        let mut pip = Command::new(home.join("venv/bin/pip"));
        pip.args(["install", "--quiet", "--requirement"]).arg(home.join("requirements.txt"));
        step.run(pip)?;
    }
    Ok(())
}

fn mkdocs(home: &Path) -> PathBuf {
    home.join("venv/bin/mkdocs")
}

/// Copies a folder over another one, which may have more in it.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("could not read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn record(home: &Path, server: &Server, step: &mut Step) -> anyhow::Result<()> {
    let mut node = server.node(home);
    node.arg("record.js").env("FIXTURES", paths::absolute(Path::new("tests/fixtures/backstage")));
    step.run(node).map(drop)
}

/// The running backend; it ends with this value.
struct Server {
    child: Option<Child>,
    port: u16,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Server {
    fn start(home: &Path) -> anyhow::Result<Self> {
        // What was published before is of another run.
        match fs::remove_dir_all(home.join("published")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => fs::create_dir_all(home.join("published"))?,
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut server = Self { child: None, port, address: format!("http://127.0.0.1:{port}") };
        let log = fs::File::create(home.join("backend.log"))?;
        let mut node = server.node(home);
        node.args(["start.js", "--config", "app-config.yaml"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let child = server.child.insert(node.spawn().context("could not start node")?);
        let said = child.stdout.take().context("node has no output")?;
        let mut all = String::new();
        let mut ready = false;
        let mut lines = BufReader::new(said).lines();
        while let Some(Ok(line)) = lines.next() {
            ready = line == "READY";
            all.push_str(&line);
            all.push('\n');
            if ready {
                break;
            }
        }
        anyhow::ensure!(ready, "it ended before it was ready\n{all}");
        // Nobody would read what it says from now on, and a full pipe would stop it.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(server)
    }

    /// Node in the suite's folder, with the generator's programs at hand.
    fn node(&self, home: &Path) -> Command {
        let mut node = Command::new("node");
        let others = std::env::var_os("PATH").unwrap_or_default();
        let all = std::iter::once(home.join("venv/bin")).chain(std::env::split_paths(&others));
        if let Ok(path) = std::env::join_paths(all) {
            node.env("PATH", path);
        }
        node.current_dir(home).env("PORT", self.port.to_string()).env("TOKEN", TOKEN).env("NODE_ENV", "development");
        node
    }
}
