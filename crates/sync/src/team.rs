//! The exchange with a team's server (`protocol.md`, section 3).
//!
//! [`machine`] decides: a state machine without socket, timer, clock or randomness, which is proven by
//! simulation (`tests/simulation`). [`client`] speaks HTTP, [`driver`] carries out what the machine says, [`key`] is
//! the device's own, and [`sign_in`] is what a device does at the company's identity provider.

pub mod client;
pub mod driver;
pub mod key;
pub mod machine;
pub mod sign_in;
