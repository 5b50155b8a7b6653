//! The wire between a device and its sources of content. Today there is one kind of source, a folder
//! on the same machine; team server, Backstage and git join it here.
//!
//! **Absent on purpose:** nothing here parses content or writes to the library. A source hands out
//! bytes with their paths, and says what it had to leave out.

pub mod folder;
