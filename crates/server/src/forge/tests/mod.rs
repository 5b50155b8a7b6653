//! From a forge's bytes to a person's milestone.

mod corpus;
mod hooks;
mod payloads;
mod postgres;
mod readers;
mod reconcile;
mod story;
mod world;
