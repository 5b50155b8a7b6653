//! Folders as people have them, folders that somebody made to do harm, and servers likewise.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod backstage;
mod corpus;
mod property;
// The whole-system tests have the same server; importing that package would turn the arrows around.
#[allow(unreachable_pub, dead_code, reason = "it is written for another package")]
#[path = "../../../../tests/src/replay.rs"]
mod replay;
mod sign_in;
mod team;
mod traps;
