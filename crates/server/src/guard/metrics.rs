//! Numbers for Prometheus: about requests and connections, never about people.

use std::time::Duration;

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

use crate::store::Store;

/// All numbers.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    latency: Family<Route, Histogram>,
    events: Family<Outcome, Counter>,
    shed: Counter,
    pool: Family<Pool, Gauge>,
    connections: Connections,
}

/// Numbers of the listener.
#[derive(Clone, Debug, Default)]
pub(crate) struct Connections {
    /// Open now.
    pub open: Gauge,
    /// Refused, since one address had too many.
    pub refused: Counter,
    /// Closed to make room: they had sent no request yet, or rested between two.
    pub evicted: Counter,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Pool {
    state: &'static str,
}

/// Upper ends of the histogram's classes, in seconds.
const CLASSES: [f64; 10] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 10.0];

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("waymark"),
            requests: Family::default(),
            latency: Family::new_with_constructor(|| Histogram::new(CLASSES)),
            events: Family::default(),
            shed: Counter::default(),
            pool: Family::default(),
            connections: Connections::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("http_requests", "Requests by method, route and status", metrics.requests.clone());
        registry.register("http_request_seconds", "Time to an answer's head", metrics.latency.clone());
        registry.register("http_shed", "Requests refused since too many were under way", metrics.shed.clone());
        registry.register("events", "Events taken in, by what became of them", metrics.events.clone());
        registry.register("db_connections", "Connections to the database", metrics.pool.clone());
        let Connections { open, refused, evicted } = &metrics.connections;
        registry.register("connections_open", "Open connections", open.clone());
        registry.register("connections_refused", "Connections above the limit of one address", refused.clone());
        registry.register("connections_evicted", "Connections closed to make room", evicted.clone());
        metrics
    }
}

impl Metrics {
    /// Notes an answer.
    pub(super) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let labels = Request { method: method.to_owned(), route: route.to_owned(), status };
        self.requests.get_or_create(&labels).inc();
        self.latency.get_or_create(&Route { route: route.to_owned() }).observe(took.as_secs_f64());
    }

    /// Notes a request that was refused for lack of a place.
    pub(super) fn shed(&self) {
        self.shed.inc();
    }

    /// Notes what became of events: `accepted`, `duplicate`, the name of a refusal.
    pub(crate) fn events(&self, outcome: &str, count: u64) {
        self.events.get_or_create(&Outcome { outcome: outcome.to_owned() }).inc_by(count);
    }

    /// The listener's numbers.
    pub(crate) fn connections(&self) -> &Connections {
        &self.connections
    }

    /// All numbers as text.
    ///
    /// # Errors
    /// Never, for a text in memory; the writer's type says so.
    pub(crate) fn text(&self, store: &Store) -> Result<String, std::fmt::Error> {
        let (open, idle) = store.connections();
        self.pool.get_or_create(&Pool { state: "open" }).set(open);
        self.pool.get_or_create(&Pool { state: "idle" }).set(idle);
        let mut text = String::new();
        text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
