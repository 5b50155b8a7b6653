//! The exchange with a team's server (`protocol.md`, section 3).
//!
//! [`machine`] decides: a state machine without socket, timer, clock or randomness, which is proven by
//! simulation (`tests/simulation`). [`client`] speaks HTTP, [`driver`] carries out what the machine says, and [`key`]
//! is the device's own.

pub mod client;
pub mod driver;
pub mod key;
pub mod machine;
