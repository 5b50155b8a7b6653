//! Signing in through the company's identity provider: what a device keeps to itself, the listener that a browser
//! comes back to (RFC 8252), and how patiently a device without a browser asks (RFC 8628).

mod callback;
mod listener;
mod pace;
mod poll;
mod secrets;

pub use callback::{Callback, Expected, Read, read};
pub use listener::{ListenError, Loopback, PATIENCE};
pub use pace::{Next, Pace};
pub use poll::confirmed;
pub use secrets::Secrets;
