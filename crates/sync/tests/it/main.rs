//! Folders as people have them, and folders that somebody made to do harm.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod corpus;
mod property;
mod traps;
