//! The library as its callers see it: on good disks, on bad ones, and when the process dies.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod support;

mod bulk;
mod content;
mod disk;
mod kill;
mod local;
mod permission;
mod record;
mod remote;
mod team;
