//! The wire between a device and the world: a folder on the same machine, read or watched, a bundle that was
//! carried to it, a Backstage on the network, and the team's server, with which facts are exchanged.
//!
//! **Absent on purpose:** nothing here parses content or writes to the library. A source hands out
//! bytes with their paths, and says what it had to leave out; the exchange asks a port of `app` for its disk.

pub mod backstage;
pub mod bundle;
pub mod folder;
pub mod team;

mod http;
