//! The server's database: SQLite in one file, or PostgreSQL behind any number of servers.
//!
//! One driver speaks to both, and each statement is written once, with `$1` for its values. What orders things (a
//! device's cursor, a person's feed) is locked until the commit, by reading it ([`for_update`]) or by writing it.
//!
//! **Absent:** what a fact means, and who may see it.

pub(crate) mod audit;
pub(crate) mod bundle;
pub(crate) mod copy;
pub(crate) mod device;
mod doubt;
mod error;
pub(crate) mod event;
pub(crate) mod feed;
pub(crate) mod forge;
pub(crate) mod hire;
pub(crate) mod identity;
pub(crate) mod invite;
pub(crate) mod joined;
pub(crate) mod journey;
pub(crate) mod me;
mod open;
pub(crate) mod org;
mod rows;
mod schema;
pub(crate) mod session;
pub(crate) mod sink;
pub(crate) mod team;
pub(crate) mod teams;
pub(crate) mod template;
pub(crate) mod view;

use error::stored;
pub(crate) use error::{About, StoreError};
pub(crate) use open::Store;
pub(crate) use rows::{for_update, numbered, placeholders};

/// A transaction of either database.
pub(crate) type Tx = sqlx::Transaction<'static, sqlx::Any>;
