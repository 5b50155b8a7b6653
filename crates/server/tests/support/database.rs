//! The databases that a test is told to: SQLite always, PostgreSQL where the machine has one.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Stdio},
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
        Err(reason) => {
            let line = format!("SKIPPED over PostgreSQL: {reason}\n");
            assert!(std::env::var_os("WAYMARK_REQUIRE_POSTGRES").is_none(), "{line}");
            let _ = std::io::stderr().write_all(line.as_bytes());
        }
    }
    databases
}

/// A PostgreSQL that lives as long as the test's process: it watches a pipe whose other end is ours.
struct Cluster {
    folder: String,
    _watcher: Child,
}

/// Makes a cluster in a temporary folder, serves it on a socket there, and takes it all away when its standard
/// input closes.
const WATCHER: &str = r#"
set -e
PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)"
cd /tmp
dir=$(mktemp -d /tmp/waymark-pg.XXXXXX)
exec 3<&0
log() { echo "$1"; sed 's/^/  /' "$dir/log" | tail -5; rm -rf "$dir"; exit 1; }
initdb -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1 || log "initdb failed"
postgres -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=200 >"$dir/log" 2>&1 </dev/null &
pid=$!
for _ in $(seq 150); do
  if pg_isready -q -h "$dir" -U postgres; then echo "READY $dir"; break; fi
  kill -0 $pid 2>/dev/null || log "postgres ended"
  sleep 0.1
done
cat <&3 >/dev/null || true
kill -QUIT $pid
wait $pid || true
rm -rf "$dir"
"#;

/// This run's cluster, made when the first test asks.
fn cluster() -> Result<&'static Cluster, &'static str> {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    CLUSTER.get_or_init(start).as_ref().map_err(String::as_str)
}

fn start() -> Result<Cluster, String> {
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
    let mut said = String::new();
    let mut lines = BufReader::new(watcher.stdout.take().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        if let Some(folder) = line.strip_prefix("READY ") {
            return Ok(Cluster { folder: folder.to_owned(), _watcher: watcher });
        }
        said.push_str(&line);
    }
    Err(format!("there is no PostgreSQL that starts (apt install postgresql). {said}"))
}

impl Cluster {
    /// A new database of it.
    fn fresh(&self) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = std::env::var("PATH").unwrap_or_default();
        let made = Command::new("sh")
            .args(["-c", r#"PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)" exec createdb "$@""#])
            .args(["createdb", "-h", &self.folder, "-U", "postgres", &name])
            .env("PATH", path)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        format!("postgres://postgres@localhost/{name}?host={}", self.folder)
    }
}
