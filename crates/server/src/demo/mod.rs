//! `waymark-server demo`: a server on loopback with an invented company on it.
//!
//! Whatever its managers see has come in as it comes in from devices: people by the import, content by
//! publishing, facts as batches of events. No table is written here.

mod company;
mod history;
mod random;
