//! What is proven, by which tests.

/// A promise and the tests that would break it.
pub(super) struct Proof {
    /// On the command line.
    pub(super) name: &'static str,
    /// In a few words.
    pub(super) what: &'static str,
    /// What must be reached.
    pub(super) reach: &'static str,
    pub(super) runs: &'static [Run],
    /// How many wrong rules its tests must notice.
    pub(super) controls: usize,
}

/// One call of `cargo test`.
pub(super) struct Run {
    pub(super) package: &'static str,
    /// Which program of the package.
    pub(super) target: &'static [&'static str],
    /// Which tests; all where there is none.
    pub(super) filters: &'static [&'static str],
    /// What a full run says through the environment.
    pub(super) full: &'static [(&'static str, &'static str)],
    /// Whether it starts the server program of another package, which cargo does not build by itself.
    pub(super) starts_server: bool,
}

impl Run {
    const fn new(package: &'static str, target: &'static [&'static str], filters: &'static [&'static str]) -> Self {
        Self { package, target, filters, full: &[], starts_server: false }
    }
}

const SYNC: &str = "waymark-sync";
const SERVER: &str = "waymark-server";
/// Tests inside the server's program.
const INSIDE: &[&str] = &["--bin", "waymark-server"];
const KILL: &[&str] = &["--test", "kill"];
const SIMULATION: &[&str] = &["--test", "simulation"];

/// Every proof, in the order of the table.
pub(super) const PROOFS: [Proof; 13] = [
    Proof {
        name: "story",
        what: "one story told against SQLite and PostgreSQL",
        reach: "same answers",
        runs: &[Run::new(SERVER, &["--test", "story"], &["both_databases"])],
        controls: 0,
    },
    Proof {
        name: "kill",
        what: "kill -9 of the server and of devices, through a proxy that cuts",
        reach: "0 lost, 0 doubled, order kept per device (full: 1,000 kills, 20,000 events)",
        runs: &[Run {
            full: &[
                ("WAYMARK_KILLS", "1000"),
                ("WAYMARK_KILL_EVENTS", "20000"),
                ("WAYMARK_KILLS_POSTGRES", "1000"),
                ("WAYMARK_KILL_EVENTS_POSTGRES", "20000"),
            ],
            starts_server: true,
            ..Run::new("waymark-tests", KILL, &["no_kill", "a_device_that"])
        }],
        controls: 1,
    },
    Proof {
        name: "simulation",
        what: "simulated devices, server, network and clocks",
        reach: "0 violations of I1–I9 (I5: matrix); same seed, same trace (full: 20,000 runs)",
        runs: &[
            Run {
                full: &[("WAYMARK_SIM_RUNS", "20000")],
                ..Run::new(SYNC, SIMULATION, &["no_invariant", "what_was_found", "the_same_seed"])
            },
            Run::new("waymark-app", &["--lib"], &["a_page_is_asked_for_once", "a_page_never_goes_backwards"]),
        ],
        controls: 1,
    },
    Proof {
        name: "bugs",
        what: "the eight seeded bugs, and a ninth of listening",
        reach: "9 of 9 caught",
        runs: &[Run::new(SYNC, SIMULATION, &["bug_"]), Run::new(SERVER, INSIDE, &["bug_3"])],
        controls: 9,
    },
    Proof {
        name: "replicas",
        what: "three servers over one PostgreSQL, killed and crashed under load; a device between two",
        reach: "0 acknowledged lost, 0 doubled, writes back ≤ 10 s; no number missed (full: 20 rounds)",
        runs: &[
            Run {
                full: &[("WAYMARK_STORMS", "20")],
                starts_server: true,
                ..Run::new("waymark-tests", KILL, &["three_servers"])
            },
            Run::new(SERVER, &["--test", "story"], &["a_device_between"]),
        ],
        controls: 0,
    },
    Proof {
        name: "bad-input",
        what: "bad input: wrong clocks, withdrawn journeys, other content, read-only and full databases",
        reach: "a named answer, 0 lost",
        runs: &[
            Run::new(SERVER, INSIDE, &["usecase::ingest", "usecase::org"]),
            Run::new(SERVER, &["--test", "story"], &["trouble::"]),
        ],
        controls: 0,
    },
    Proof {
        name: "matrix",
        what: "every operation × 11 callers × own, other's, missing",
        reach: "0 surprises",
        runs: &[Run::new(SERVER, &["--test", "matrix"], &[])],
        controls: 0,
    },
    Proof {
        name: "metrics",
        what: "the worked examples of the metrics",
        reach: "exact",
        runs: &[
            Run::new("waymark-core", &["--lib"], &["metrics::"]),
            Run::new("waymark-core", &["--test", "it"], &["p5_the_first"]),
        ],
        controls: 0,
    },
    Proof {
        name: "audit",
        what: "hands in the audit log",
        reach: "1,000 of 1,000 found",
        runs: &[Run::new(SERVER, INSIDE, &["usecase::chain"]), Run::new(SERVER, &["--test", "audit"], &[])],
        controls: 0,
    },
    Proof {
        name: "joining",
        what: "invites, refresh and reuse of tokens",
        reach: "nobody locked out, every replay found",
        runs: &[Run::new(SERVER, &["--test", "joining"], &[])],
        controls: 0,
    },
    Proof {
        name: "sign-in",
        what: "a real identity provider: what does not belong to a sign-in",
        reach: "0 taken",
        runs: &[Run::new(SERVER, INSIDE, &["oidc::"]), Run::new(SERVER, &["--test", "oidc"], &[])],
        controls: 0,
    },
    Proof {
        name: "forge",
        what: "webhooks: published samples, forged, repeated, out of order",
        reach: "all samples as expected, 0 forged taken",
        runs: &[Run::new(SERVER, INSIDE, &["forge::"]), Run::new(SERVER, &["--test", "forge"], &[])],
        controls: 0,
    },
    Proof {
        name: "restore",
        what: "backup, restore and its drill",
        reach: "everything there again",
        runs: &[Run::new(SERVER, &["--test", "backup"], &[])],
        controls: 0,
    },
];
