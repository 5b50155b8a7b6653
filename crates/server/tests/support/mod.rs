//! The real program and a client of it, over each database.

#![allow(
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "helpers of tests fail by panicking; no test uses all of them"
)]

mod client;
pub mod database;
mod device;
mod server;

pub use client::{Answer, Client};
pub use database::{Database, databases};
pub use device::{Device, SignedIn};
pub use server::Server;

/// A company: an admin, two lines, and somebody who writes content.
pub const COMPANY: &str = "\
key,name,team,manager_key,roles,start_date,zone
root@corvane.example,Rosa Root,IT,,admin,,UTC
dora@corvane.example,Dora Director,Platform,,manager,,UTC
petra@corvane.example,Petra Novak,Platform,dora@corvane.example,manager,,UTC
omar@corvane.example,Omar Other,Data,,manager,,UTC
ada@corvane.example,Ada Hire,Platform,petra@corvane.example,hire,2026-01-05,UTC
ben@corvane.example,Ben Hire,Platform,petra@corvane.example,hire,2026-01-05,UTC
olga@corvane.example,Olga Hire,Data,omar@corvane.example,hire,2026-01-05,UTC
wim@corvane.example,Wim Writer,Docs,omar@corvane.example,author,,UTC
";
