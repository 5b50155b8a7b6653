//! The two contracts: between Waymark's interface and its shell ([`ipc`]: requests, replies, codes and
//! topics), and between a device and its team server ([`http`]).
//!
//! **Invariant:** no function here has an effect. The crate says how things are asked for, not how
//! they are done.

pub mod code;
pub mod http;
pub mod ipc;
pub mod request;
pub mod topic;

mod iso;

pub use code::{Code, IpcError};
pub use request::Request;
