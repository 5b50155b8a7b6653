//! What stands before every handler: how much, how long, how often, how many at once; and what is noted of it.

mod address;
mod limits;
mod metrics;
mod observe;
mod rules;

pub(crate) use address::{Address, Peer, Proxies};
pub(crate) use limits::{Limits, Rate};
pub(crate) use metrics::{Connections, Metrics};
pub(crate) use observe::observe;
pub(crate) use rules::{Place, Rules, Slots, guard};
