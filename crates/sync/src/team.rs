//! The exchange with a team's server (`protocol.md`, section 3).
//!
//! [`machine`] decides: a state machine without socket, timer, clock or randomness, which is proven by
//! simulation (`tests/simulation`). [`client`] speaks HTTP, [`driver`] carries out what the machine says, [`key`] is
//! the device's own, [`sign_in`] is what a device does at the company's identity provider, and [`clock`] tells whether
//! the device's clock is off.

pub mod client;
pub mod clock;
pub mod driver;
pub mod key;
pub mod machine;
pub mod sign_in;
