//! The exchange with a team's server (`protocol.md`, section 3).
//!
//! [`machine`] decides: a state machine without socket, timer, clock or randomness, which is proven by
//! simulation (`tests/simulation`). [`client`] speaks HTTP, and [`driver`] carries out what the machine says.

pub mod machine;
