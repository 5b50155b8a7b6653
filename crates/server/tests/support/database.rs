//! The databases that a test is told to: SQLite always, PostgreSQL where the machine has one.

#![allow(dead_code, reason = "not every program with tests crashes a database")]

use std::{
    io::{BufRead as _, BufReader, Lines, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// Where a server of a test keeps its data.
#[derive(Clone, Debug, PartialEq)]
pub enum Database {
    /// One file in the server's folder.
    Sqlite,
    /// A fresh database in this run's own PostgreSQL, by its URL.
    Postgres(String),
}

impl std::fmt::Display for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        })
    }
}

/// A fresh database of each kind. Where the machine has no PostgreSQL it says so on standard error, past the
/// test harness; with `WAYMARK_REQUIRE_POSTGRES` set, as in a release run, it fails.
pub fn databases() -> Vec<Database> {
    let mut databases = vec![Database::Sqlite];
    match cluster() {
        Ok(cluster) => databases.push(Database::Postgres(cluster.fresh())),
        Err(reason) => skipped(reason),
    }
    databases
}

/// Says that a test was not told to PostgreSQL; fails where that is asked for.
pub fn skipped(reason: &str) {
    let line = format!("SKIPPED over PostgreSQL: {reason}\n");
    assert!(std::env::var_os("WAYMARK_REQUIRE_POSTGRES").is_none(), "{line}");
    let _ = std::io::stderr().write_all(line.as_bytes());
}

/// A PostgreSQL that lives as long as the test's process, or as this value where it is not the shared one: it watches
/// a pipe whose other end is ours.
pub struct Cluster {
    folder: String,
    /// Closed, it ends everything.
    orders: Option<ChildStdin>,
    said: Lines<BufReader<ChildStdout>>,
    watcher: Child,
}

/// Makes a cluster in a temporary folder, serves it on a socket there, does what it is told, and takes it all away
/// when its standard input closes. `crash` ends all processes of the database at once and starts it again.
const WATCHER: &str = r#"
set -e
PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)"
cd /tmp
dir=$(mktemp -d /tmp/waymark-pg.XXXXXX)
exec 3<&0
log() { echo "$1"; sed 's/^/  /' "$dir/log" | tail -5; rm -rf "$dir"; exit 1; }
initdb -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1 || log "initdb failed"
start() {
  postgres -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=200 >>"$dir/log" 2>&1 </dev/null 3<&- &
  pid=$!
  for _ in $(seq 300); do
    if pg_isready -q -h "$dir" -U postgres; then echo "READY $dir"; return; fi
    kill -0 $pid 2>/dev/null || log "postgres ended"
    sleep 0.1
  done
  log "postgres does not come up"
}
start
while read -r order <&3; do
  if [ "$order" = crash ]; then
    kill -QUIT $pid
    wait $pid || true
    echo DOWN
    start
  fi
done
kill -QUIT $pid
wait $pid || true
rm -rf "$dir"
"#;

/// This run's cluster, made when the first test asks.
fn cluster() -> Result<&'static Cluster, &'static str> {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::start).as_ref().map_err(String::as_str)
}

impl Cluster {
    /// A cluster of one's own, which may be crashed.
    ///
    /// # Errors
    /// Where the machine has no PostgreSQL that starts.
    pub fn start() -> Result<Self, String> {
        // PostgreSQL refuses to run as root; Debian's package brings a user for it.
        let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0\n"));
        let mut command = if is_root { Command::new("runuser") } else { Command::new("sh") };
        if is_root {
            command.args(["-u", "postgres", "--", "sh"]);
        }
        let mut watcher = command
            .args(["-c", WATCHER])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("could not start it: {error}"))?;
        let orders = watcher.stdin.take();
        let said = BufReader::new(watcher.stdout.take().unwrap()).lines();
        let mut cluster = Self { folder: String::new(), orders, said, watcher };
        cluster.folder = cluster.ready()?;
        Ok(cluster)
    }

    /// Waits until it serves; its folder.
    fn ready(&mut self) -> Result<String, String> {
        let mut said = String::new();
        while let Some(Ok(line)) = self.said.next() {
            if let Some(folder) = line.strip_prefix("READY ") {
                return Ok(folder.to_owned());
            }
            said.push_str(&line);
        }
        Err(format!("there is no PostgreSQL that starts (apt install postgresql). {said}"))
    }

    /// Ends the database in the middle of whatever it does, calls `down` when it is gone, and starts it again; back
    /// when it serves.
    pub fn crash(&mut self, down: impl FnOnce()) {
        self.orders.as_mut().unwrap().write_all(b"crash\n").unwrap();
        assert_eq!(self.said.next().unwrap().unwrap(), "DOWN");
        down();
        self.ready().unwrap();
    }

    /// A new database of it, by its URL.
    pub fn fresh(&self) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        program("createdb", &["-h", &self.folder, "-U", "postgres", &name]);
        format!("postgres://postgres@localhost/{name}?host={}", self.folder)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.orders.take());
        let _ = self.watcher.wait();
    }
}

/// Runs a statement against a PostgreSQL; the rows, each column as text.
pub fn rows(url: &str, sql: &str) -> Vec<Vec<String>> {
    let said = program("psql", &["--no-psqlrc", "-At", "-F", "\u{1f}", "-v", "ON_ERROR_STOP=1", "-c", sql, url]);
    said.lines().map(|line| line.split('\u{1f}').map(str::to_owned).collect()).collect()
}

/// Runs a program of PostgreSQL's; what it printed.
fn program(name: &str, arguments: &[&str]) -> String {
    let found = r#"PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)" exec "$0" "$@""#;
    let mut command = Command::new("sh");
    // A database that a test made read-only is made writable again by this.
    command.env("PGOPTIONS", "-c default_transaction_read_only=off");
    let done = command.args(["-c", found, name]).args(arguments).output().unwrap();
    assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}
