//! A company whose servers and devices are killed: its people, a journey, its servers, and the proxy before them.

use std::{
    collections::HashMap,
    fs,
    io::Write as _,
    sync::{Arc, Mutex},
};

use sqlx::{Connection as _, SqliteConnection};
use waymark_core::content::{parse_journey, template_hash};
use waymark_sync::team::client::{ServerAddress, TeamClient};
use waymark_tests::{TeamServer, server_program};

use crate::{
    database::{self, Database},
    device::Disk,
    proxy::Proxy,
};

const PEOPLE: &str = "key,name,manager_key,roles,start_date,zone\n\
    ada@corvane.example,Ada Okafor,,hire,2026-01-19,UTC\n\
    ben@corvane.example,Ben Iversen,,hire,2026-01-19,UTC\n\
    cleo@corvane.example,Cleo Marsh,,hire,2026-01-19,UTC\n";
const TEMPLATE: &str = "---\nschema: waymark.journey/1\nid: killed\ntitle: First weeks\nversion: 1.0.0\n\
    owner: team:platform\n---\n\n## Week 1 {#week-1}\n\n- [ ] Get the tools {#tools}\n";

/// Servers over one database with three hires, a journey, and a proxy before them.
pub(crate) struct Company {
    pub(crate) servers: Vec<TeamServer>,
    pub(crate) proxy: Proxy,
    /// What the journey's template is known by.
    pub(crate) hash: String,
    database: Database,
}

impl Company {
    /// A company with so many servers; `None` where no server was built.
    pub(crate) async fn found(seed: u64, database: Database, servers: usize) -> Option<Self> {
        if server_program().is_none() {
            let _ = writeln!(std::io::stderr(), "SKIPPED: kill -9; waymark-server is not built");
            return None;
        }
        let url = match &database {
            Database::Sqlite => None,
            Database::Postgres(url) => Some(url.as_str()),
        };
        let mut running = Vec::new();
        for _ in 0..servers {
            running.push(TeamServer::over(url, &["--no-rate-limits"]).await.unwrap());
        }
        let first = &running[0];
        let table = first.data().with_file_name("people.csv");
        fs::write(&table, PEOPLE).unwrap();
        first.command(&["org", "import", &table.to_string_lossy()]).unwrap();
        let folder = first.data().with_file_name("killed");
        fs::create_dir_all(folder.join("journeys")).unwrap();
        fs::write(folder.join("journeys/killed.md"), TEMPLATE).unwrap();
        first.command(&["publish", &folder.to_string_lossy()]).unwrap();
        let template = parse_journey("journeys/killed.md", TEMPLATE).0.unwrap();
        let to = running.iter().map(|server| server.url().trim_start_matches("http://").to_owned()).collect();
        let proxy = Proxy::start(to, seed).await;
        Some(Self { servers: running, proxy, hash: template_hash(&template), database })
    }

    /// What a new device of somebody has on its disk.
    pub(crate) async fn join(&self, who: &str) -> Arc<Mutex<Disk>> {
        let said = self.servers[0].command(&["invite", &format!("{who}@corvane.example")]).unwrap();
        let code = said.lines().find_map(|line| line.strip_prefix("code  ")).unwrap();
        Disk::join(&TeamClient::new(ServerAddress::parse(&self.proxy.url).unwrap()).unwrap(), code).await
    }

    /// What the database has of its devices, by device, in the order in which it took effect: ids and bytes.
    pub(crate) async fn kept(&self) -> HashMap<String, Vec<(String, String)>> {
        let sql = "SELECT device, id, body FROM event WHERE device IS NOT NULL AND feed IS NOT NULL ORDER BY feed";
        let rows: Vec<(String, String, String)> = match &self.database {
            Database::Sqlite => {
                let url = format!("sqlite://{}", self.servers[0].data().join("waymark.db").display());
                let mut database = SqliteConnection::connect(&url).await.unwrap();
                sqlx::query_as(sql).fetch_all(&mut database).await.unwrap()
            }
            Database::Postgres(url) => {
                let three = |row: Vec<String>| <[String; 3]>::try_from(row).unwrap().into();
                database::rows(url, sql).into_iter().map(three).collect()
            }
        };
        let mut kept: HashMap<String, Vec<(String, String)>> = HashMap::new();
        for (device, id, body) in rows {
            kept.entry(device).or_default().push((id, body));
        }
        kept
    }

    /// Compares the database with what the devices recorded; how many facts there are.
    pub(crate) async fn compare(&self, disks: impl Iterator<Item = Arc<Mutex<Disk>>>, seed: u64) -> u64 {
        let kept = self.kept().await;
        let (mut there, mut devices) = (0, 0);
        for disk in disks {
            let disk = disk.lock().unwrap();
            assert_eq!(disk.odd, Vec::<String>::new(), "seed {seed}: a crash looks like something else");
            let rows = kept.get(&disk.device().to_string()).map(Vec::as_slice).unwrap_or_default();
            let ids: Vec<String> = rows.iter().map(|(id, _)| id.clone()).collect();
            assert_eq!(ids, disk.recorded(), "seed {seed}: each fact once, in the device's order");
            (there, devices) = (there + ids.len() as u64, devices + 1);
        }
        assert_eq!(kept.len(), devices, "seed {seed}: nothing else is there");
        there
    }
}
