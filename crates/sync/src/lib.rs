//! The wire between a device and its sources of content. Today these are a folder on the same machine
//! and a bundle, one file for machines without a network; team server, Backstage and git join them here.
//!
//! **Absent on purpose:** nothing here parses content or writes to the library. A source hands out
//! bytes with their paths, and says what it had to leave out.

pub mod bundle;
pub mod folder;
