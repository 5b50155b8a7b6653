//! The wire between a device and its sources of content: a folder on the same machine, read or watched,
//! and a Backstage on the network. Team server and git join them here.
//!
//! **Absent on purpose:** nothing here parses content or writes to the library. A source hands out
//! bytes with their paths, and says what it had to leave out.

pub mod backstage;
pub mod folder;
