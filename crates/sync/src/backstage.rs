//! A Backstage as a source: its catalog, and the TechDocs sites of the entities in it.
//!
//! The order of use: an [`Address`] and a [`Token`] make a [`Client`]; [`Client::entities`] lists who has
//! documentation and [`Client::own_groups`] whose is "my team's"; [`Client::build`] says how new a site is,
//! and [`Client::fetch`] brings it, or only what changed, whole or not at all.
//!
//! The server is not trusted: every answer has a limit of bytes and of time, redirects stay on the same
//! server, names of files are checked before they are used, and nothing is read by the type that the
//! server says. The token is sent to the one server that it belongs to, and is printed nowhere.
//!
//! Formats: the REST interfaces of `@backstage/plugin-catalog-backend` 4.0 and
//! `@backstage/plugin-techdocs-backend` 2.3, with older answers in mind.

pub(crate) mod address;
mod build;
mod catalog;
mod client;
mod entity;
mod error;
mod fetch;
mod limits;
mod partial;
mod path;
mod team;
mod token;

pub use address::{Address, BadAddress};
pub use build::{Build, FileKind, Known};
pub use client::Client;
pub use entity::{BadRef, Entity, EntityRef, Relation};
pub use error::FetchError;
pub use fetch::{Body, Fetched, FetchedFile, Progress};
pub use limits::Limits;
pub use partial::Partial;
pub use token::Token;
